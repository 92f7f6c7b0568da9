"""打印: a short text on a printer of the system, chosen in the system's own dialog."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

POINTS = 12


def print_file(window: QWidget, text: str) -> None:
    """Ask for a printer, and print."""
    # a megabyte of Qt that only this needs
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    dialog = QPrintDialog(printer, window)

    def on_paper() -> None:
        paper = QTextDocument(text)
        paper.setDefaultFont(QFont("Noto Sans SC", POINTS))
        paper.print_(printer)

    dialog.accepted.connect(on_paper)
    QDialog.open(dialog)
