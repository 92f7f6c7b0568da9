"""进度: a bar that fills, with the words for what is going on above it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.words import Words

HEIGHT = 12


class _Bar(QWidget):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.permille = 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        radius = HEIGHT // 2
        paint.box(painter, self.rect(), radius=radius, fill=look.colour("selected"))
        width = self.width() * self.permille / 1000
        if width >= HEIGHT:
            done = QRectF(0, 0, width, HEIGHT)
            paint.box(painter, done, radius=radius, fill=look.colour("accent"))


class Progress(QWidget):
    """Never runs backwards; screen readers hear the words with the percentage."""

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.words = Words(look, "", "item", elides=True, name=f"{name}_words")
        self._bar = _Bar(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(self.words)
        column.addWidget(self._bar)

    @property
    def permille(self) -> int:
        """How far it is."""
        return self._bar.permille

    def restart(self) -> None:
        """Something else begins."""
        self._bar.permille = 0

    def show_progress(self, permille: int, words: str) -> None:
        """So far, and what is going on."""
        self._bar.permille = min(max(permille, self._bar.permille), 1000)
        self.words.setText(words)
        self.setAccessibleName(f"{words} {self._bar.permille // 10}%")
        self._bar.update()
