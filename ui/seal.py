"""印章: the seal 熟 as the program's icon: of its window, and of the file that is started."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from ui.look import Look

SIGN = "熟"
SIZES = (16, 24, 32, 48, 64, 128, 256)
_ROUND, _SIGN = 0.2, 0.68


def seal_image(look: Look, size: int) -> QImage:
    """The seal in pixels; around its corners there is nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    place = QRectF(0, 0, size, size)
    painter.drawRoundedRect(place, size * _ROUND, size * _ROUND)
    painter.setPen(look.colour("on_accent"))
    painter.setFont(look.font_px(round(size * _SIGN), bold=True))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, SIGN)
    painter.end()
    return image


def seal_icon(look: Look) -> QIcon:
    """The seal in every size that a desktop asks for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(QPixmap.fromImage(seal_image(look, size)))
    return icon
