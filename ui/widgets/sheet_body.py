"""对话框的正文: what stands between the head and the foot of a sheet, and scrolls where it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SheetBody(QScrollArea):
    """What does not fit on the paper, however it shrinks, is scrolled.

    `asked`: it is being laid out anew. Qt's own `setWidgetResizable` scrolls already what is lower
    than it likes to be.
    """

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        ground = QWidget()  # one of our own: see Scroll
        self.setViewport(ground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground.setAutoFillBackground(False)

    def least_height(self, width: int) -> int:
        """How low it can be on a paper so wide."""
        body = self.widget()
        return 0 if body is None else self._least_height(max(width, body.minimumSizeHint().width()))

    def fit(self) -> None:
        """As large as the paper, or as small as it can be."""
        body = self.widget()
        if body is None:
            return
        room = self.maximumViewportSize()
        width = max(room.width(), body.minimumSizeHint().width())
        if self._least_height(width) > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            width = max(room.width(), body.minimumSizeHint().width())
        body.resize(width, max(room.height(), self._least_height(width)))

    def _least_height(self, width: int) -> int:
        layout = self.widget().layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(width)
        return self.widget().minimumSizeHint().height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow is the sheet's first: it may choose among names."""
        event.ignore()

    def scroll_by(self, event: QKeyEvent) -> None:
        """An arrow that nobody else wanted."""
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint() if self.widget() is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
            self.asked.emit()
            self.fit()
        return done
