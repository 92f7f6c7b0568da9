"""屏幕: the window of a till stays where somebody sees it, whichever screen is pulled out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QRegion, QScreen
from PySide6.QtWidgets import QWidget

SETTLE_MS = 300  # the system moves windows itself first, and not always to where one sees them


class InSight(QObject):
    """Brings a window back into sight when screens change, and home when its screen comes back.

    `moved` tells that it stands somewhere else now, because its screen is gone.
    """

    moved = Signal()

    def __init__(self, app: QGuiApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._home: tuple[QRect, bool] | None = None
        self._put = QRect()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._settled.timeout.connect(self.look)
        app.screenAdded.connect(self._on_added)
        app.screenRemoved.connect(self._settled.start)
        app.primaryScreenChanged.connect(self._settled.start)
        for screen in app.screens():
            self._watch(screen)

    def areas(self) -> list[QRect]:
        """What can be seen of each screen, the first one first."""
        first = self._app.primaryScreen()
        screens = sorted(self._app.screens(), key=lambda screen: screen is not first)
        return [screen.availableGeometry() for screen in screens]

    def look(self) -> None:
        """Move the window where it cannot be seen, or back to where it was before."""
        areas, window = self.areas(), self._window
        if not any(not area.isEmpty() for area in areas):
            return
        if self._home is not None and self._goes_home(areas):
            return
        shown = window.frameGeometry()
        place = place_in(shown, areas)
        if place == shown:
            return
        if self._home is None:
            self._home = (window.geometry(), window.isMaximized())
        self._stand(_inner(place, shown, window.geometry()), is_filling=window.isMaximized())
        self.moved.emit()

    def _goes_home(self, areas: Sequence[QRect]) -> bool:
        """Whether the screen is back; where a person has moved the window, it stays."""
        assert self._home is not None
        home, was_filling = self._home
        if self._window.geometry() != self._put and not self._window.isMaximized():
            self._home = None
            return False
        if place_in(home, areas) != home:
            return False
        self._home = None
        self._stand(home, is_filling=was_filling)
        return True

    def _stand(self, place: QRect, *, is_filling: bool) -> None:
        if is_filling:
            self._window.showNormal()
        self._window.setGeometry(place)
        self._put = place
        if is_filling:
            self._window.showMaximized()

    def _on_added(self, screen: QScreen) -> None:
        self._watch(screen)
        self._settled.start()

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._settled.start)


def place_in(shown: QRect, areas: Sequence[QRect]) -> QRect:
    """Where a window belongs: where it is if all of it is seen, else wholly on one screen.

    That is the screen with most of it, or the first one. What is too large becomes smaller.
    """
    unseen = QRegion(shown)
    for area in areas:
        unseen -= QRegion(area)
    if unseen.isEmpty():
        return shown
    screen = max(areas, key=lambda area: _size(area & shown))
    size = shown.size().boundedTo(screen.size())
    left = min(max(shown.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(shown.top(), screen.top()), screen.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def _size(area: QRect) -> int:
    return 0 if area.isEmpty() else area.width() * area.height()


def _inner(place: QRect, frame: QRect, window: QRect) -> QRect:
    """The window's own place within its frame's: the system's borders stay as wide as they are."""
    return QRect(
        place.left() + window.left() - frame.left(),
        place.top() + window.top() - frame.top(),
        place.width() - (frame.width() - window.width()),
        place.height() - (frame.height() - window.height()),
    )
