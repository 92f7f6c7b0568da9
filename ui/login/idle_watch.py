"""没人动: how long nobody has touched the till."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Signal
from PySide6.QtGui import QWindow

HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


PRESSES = HANDS - {QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchUpdate}


class IdleWatch(QObject):
    """Sees what a window is given before any widget of it, so that nothing hides a hand.

    `pressed`: somebody did something that asks for an answer, and not only moved.
    """

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._since = QElapsedTimer()
        self._since.start()

    def watch(self, window: QWindow) -> None:
        """Keys, mouse and fingers in this window count from now on."""
        window.installEventFilter(self)

    def touch(self) -> None:
        """Somebody did something."""
        self._since.restart()
        self.pressed.emit()

    def idle_s(self) -> int:
        """Whole seconds since somebody did."""
        return self._since.elapsed() // 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PRESSES:
            self.touch()
        elif event.type() in HANDS:
            self._since.restart()
        return False
