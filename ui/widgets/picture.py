"""图片: a picture in a square, whole and in its middle; without one, an icon on a quiet ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint

ICON_SHARE = 0.4
LARGEST_ICON = 48.0


class Picture(QWidget):
    """`show_picture` takes the bytes of a file; what is no picture is shown as none."""

    def __init__(self, look: Look, side: int, *, icon: str, name: str, spoken: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._image = QImage()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFixedSize(QSize(side, side))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return self._image.isNull()

    def show_picture(self, data: bytes | None) -> None:
        """Another one, or none."""
        self._image = QImage() if not data else QImage.fromData(data)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        radius = look.radii.chip
        if self._image.isNull():
            paint.box(painter, self.rect(), radius=radius, fill=look.colour("sunken"))
            side = min(self.width() * ICON_SHARE, LARGEST_ICON)
            left, top = (self.width() - side) / 2, (self.height() - side) / 2
            paint.icon(painter, look, QRectF(left, top, side, side), self._icon, "ink_3")
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        times = self.devicePixelRatioF()
        room = QSize(round(self.width() * times), round(self.height() * times))
        shown = self._image.scaled(
            room,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        width, height = shown.width() / times, shown.height() / times
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawImage(place, shown)
