"""滚动: what is taller than its place scrolls there, on the background of what lies below."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class Scroll(QScrollArea):
    """Shows `inner` as wide as the area is; keys stay with whoever has the focus.

    `gap`: how many pixels stay free before the bar, where there is one and `inner` has no margin.
    """

    def __init__(self, inner: QWidget, *, gap: int = 0) -> None:
        super().__init__()
        # One of our own: for one of Qt's, PySide6 looks through all classes of widgets there are.
        ground = QWidget()
        self.setViewport(ground)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        ground.setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        if gap:
            self.verticalScrollBar().rangeChanged.connect(
                lambda _least, most: self.setViewportMargins(0, 0, gap if most else 0, 0)
            )

    def scroll_to(self, name: str) -> None:
        """Let what has this name stand at the top; where nothing shown has it, all stays.

        What was made just now has its place a moment later.
        """
        QTimer.singleShot(0, self, lambda: self._to_top(name))

    def _to_top(self, name: str) -> None:
        inner = self.widget()
        if inner is None:
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for each in inner.findChildren(QWidget, name):
            if each.isVisible():
                self.verticalScrollBar().setValue(each.mapTo(inner, QPoint(0, 0)).y())

    def showEvent(self, event: QShowEvent) -> None:
        """What was made lower while nobody saw it is laid out anew."""
        super().showEvent(event)
        if (layout := self.widget().layout()) is not None:
            layout.invalidate()
