"""盖板: a page over everything of a window below its header; what lies beneath stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.widgets.stops import step, stops


class Cover(QWidget):
    """While it lies there, neither focus nor mouse reach what is beneath."""

    def __init__(self, window: QWidget, header: QWidget, page: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._header = header
        self._page = page
        self._before: QWidget | None = None
        self.setObjectName("cover")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        window.installEventFilter(self)
        self.hide()

    def lay(self) -> None:
        """Cover the window; who had the focus will have it again."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def lift(self) -> bool:
        """Take it away; whether somebody beneath has the focus again."""
        if self.isHidden():
            return False
        self.hide()
        before, self._before = self._before, None
        if before is None or not isValid(before) or not before.isVisible():
            return False
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def holds(self, widget: QWidget | None) -> bool:
        """Whether a widget belongs to the page."""
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _place(self) -> None:
        self.setGeometry(self._window.rect().adjusted(0, self._header.height(), 0, 0))

    # Of Qt

    def focusNextPrevChild(self, forward: bool) -> bool:
        step(stops(self._page), forward=forward)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return False
