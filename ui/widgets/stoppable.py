"""能停的进度: how far something long is, with the button that stops it; hidden until it begins."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.progress import Progress


class Stoppable(QWidget):
    """`stopped` tells that somebody wants no more of it."""

    stopped = Signal()

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self.progress = Progress(look, name=f"{name}_progress")
        self.stop = Button(look, tr("停下"), name=f"{name}_stop")
        self.stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[4])
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        self.hide()
