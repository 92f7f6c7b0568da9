"""Every text that a widget draws or speaks, read back from a drawing of it."""

from __future__ import annotations

from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ui.customer.window import CustomerWindow


def texts(window: CustomerWindow) -> list[str]:
    """What is drawn by each part, also by those that are hidden now, and what is spoken."""
    spoken = [
        text
        for each in (window, *window.findChildren(QWidget))
        for text in (each.accessibleName(), each.toolTip(), each.windowTitle())
    ]
    return [*spoken, *(text for part in window.parts for text in drawn(part))]


def drawn(part: QWidget) -> list[str]:
    """The texts in a drawing of a widget."""
    return [text for text, _size in letters(part)]


def letters(part: QWidget) -> list[tuple[str, float]]:
    """The texts in a drawing of a widget, each with the size of its letters."""
    paper = QBuffer()
    paper.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(paper)
    painter = QPainter(picture)
    part.render(painter, QPoint())
    painter.end()
    found = []
    for each in ElementTree.fromstring(bytes(paper.data().data())).iter():
        if each.tag.endswith("}text") and (text := "".join(each.itertext()).strip()):
            found.append((text, float(each.get("font-size", "0"))))
    return found
