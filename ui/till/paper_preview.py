"""样张: a paper as it comes out of the printer, black dots on white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.devices.dots import Dots
from ui.look import Look

EDGE = 16
WIDEST = {80: 380, 58: 276}


class PaperPreview(QWidget):
    """The strip in the middle of its place, never larger than it is on a counter."""

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self._look = look
        self._image = QImage()
        self._widest = WIDEST[80]
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strip(self, dots: Dots, width_mm: int, spoken: str) -> None:
        """Show these dots; `spoken` is what they say."""
        self._widest = WIDEST[width_mm]
        self.setAccessibleName(spoken)
        light = bytes(byte ^ 0xFF for byte in dots.data)
        image = QImage(light, dots.width, dots.height, dots.width // 8, QImage.Format.Format_Mono)
        self._image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        self._fit()
        self.update()

    @property
    def _paper(self) -> QSize:
        """The paper with its white edges, in pixels of the screen."""
        wide = min(self._widest, self.width())
        if self._image.isNull():
            return QSize(wide, EDGE)
        high = (wide - 2 * EDGE) * self._image.height() // self._image.width()
        return QSize(wide, high + 2 * EDGE)

    def _fit(self) -> None:
        if self.height() != self._paper.height():
            self.setFixedHeight(self._paper.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, size = QPainter(self), self._paper
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        painter.fillRect(place, Qt.GlobalColor.white)
        painter.setPen(self._look.colour("line_strong"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            inner = place.adjusted(EDGE, EDGE, -EDGE, -EDGE)
            ratio = self.devicePixelRatioF()
            shown = self._image.scaled(
                QSize(round(inner.width() * ratio), round(inner.height() * ratio)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(inner, shown)
