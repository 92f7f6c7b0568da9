"""选店标: the system's own dialog for files; nobody waits for it, and it ends with its sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from ui.text import tr
from ui.widgets.sheet import Sheet

KINDS = "*.png *.jpg *.jpeg *.bmp *.gif"


def ask_for_logo(sheet: Sheet, then: Callable[[str], object]) -> None:
    """`then` hears where the picture is; who closes the dialog changes nothing."""
    pictures = QStandardPaths.StandardLocation.PicturesLocation
    dialog = QFileDialog(
        sheet.window(),
        tr("选店标图片"),
        QStandardPaths.writableLocation(pictures),
        tr("图片 ({kinds})", kinds=KINDS),
    )
    dialog.setObjectName("logo_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    sheet.closed.connect(dialog.close)
    dialog.open()
