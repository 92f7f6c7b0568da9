"""The window of the album, on a real shop: a page is gone to, a sheet opened, answers awaited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, NoReturn, TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import delete

from core.actions.login import login
from core.errors import DiskFailed
from core.shop import Shop
from core.values.settings import Settings
from tests.builders import PIN, Home
from ui.look import Look
from ui.manage.room import Room
from ui.manage.window import ManageWindow
from ui.widgets.sheet import Sheet
from ui.work import Work

PATIENCE_S = 60
TURN_S = 0.002
TROUBLE = DiskFailed("SQLITE_IOERR")
S = TypeVar("S", bound=Sheet)
R = TypeVar("R", bound=Room)


class Unreadable:
    """A store on a disk that has failed: whatever is asked of it raises what a real one does."""

    def __getattr__(self, name: str) -> NoReturn:
        raise TROUBLE


class Office:
    """The manager is in; `leave` closes whatever a picture opened."""

    def __init__(self, home: Home, look: Look) -> None:
        self.home = home
        self.is_new = False
        self.work = Work(home.shop)
        self.window = ManageWindow(look, self.work, Settings(theme=look.theme))
        self.window.show()
        self.window.begin()
        self.until(lambda: self.work.hands.shop is not None)
        self.window._enter(login(self.shop, PIN, name="店长"))
        self.settle()

    @property
    def shop(self) -> Shop:
        """The one that the window stands on."""
        shop = self.work.hands.shop
        assert shop is not None
        return shop

    @property
    def shown(self) -> QWidget:
        """The page that shows."""
        page = self.window.pages.currentWidget()
        assert page is not None
        return page

    @property
    def sheets(self) -> list[Sheet]:
        """Those that lie over it, the newest last."""
        return self._sheets(Sheet)

    def close(self) -> None:
        """What was begun comes to its end."""
        self.settle()
        self.window.end()
        self.work.stop()
        delete(self.window)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Meanwhile whatever is asked, or done, meets a store that cannot be read."""
        hands, work = self.work.hands, self.work
        whole, ask, act = self.shop, work.ask, work.act
        broken = replace(whole, store=Unreadable())

        def met(do: Callable[..., Any]) -> Callable[..., Any]:
            return lambda _shop, *words, **named: do(broken, *words, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(work, "ask", lambda do, *words, **named: ask(met(do), *words, **named))
            patch.setattr(work, "act", lambda do, *words, **named: act(met(do), *words, **named))
            patch.setattr(hands, "shop", broken)
            yield
            self.settle()

    # What a picture does

    def renew(self) -> None:
        """All pages as they are before anybody has opened one; those of its beginning are not."""
        staff = self.window._staff
        assert staff is not None
        self.window._lay_rooms(staff)
        self.is_new = True

    def room(self, kind: type[R], part: str = "") -> R:
        """Its page, as it is opened, with all that it asks for."""
        self.window.go_to(f"{kind.name}/{part}" if part else kind.name)
        self.settle()
        return self.on(kind)

    def on(self, kind: type[R]) -> R:
        """The page that shows, which is this one; nothing is asked anew."""
        room = self.shown
        assert isinstance(room, kind)
        return room

    def sheet(self, kind: type[S]) -> S:
        """The newest one of this kind, when it shows."""
        self.until(lambda: bool(self._sheets(kind)))
        self.settle()
        return self._sheets(kind)[-1]

    def press(self, name: str) -> None:
        """A button by its name, the newest of them; then all that it asks for."""
        self.until(lambda: bool(self._buttons(name)))
        self._buttons(name)[-1].click()
        self.settle()

    def settle(self) -> None:
        """Until everything that was asked for is answered, and painted."""
        quiet = 0
        while quiet < 3:
            self.until(lambda: not self.work.is_busy)
            QApplication.processEvents()
            quiet = 0 if self.work.is_busy else quiet + 1

    def until(self, is_true: Callable[[], bool]) -> None:
        """Turn until this is so."""
        began = monotonic()
        while not is_true():
            QApplication.processEvents()
            sleep(TURN_S)
            assert monotonic() - began < PATIENCE_S, "it never came"

    def leave(self) -> None:
        """No sheet is open."""
        while self.sheets:
            self.sheets[-1].shut()
            self.settle()

    def _sheets(self, kind: type[S]) -> list[S]:
        # They lie on the window itself: nobody need go through all that its pages are made of.
        found = self.window.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [each for each in found if each.isVisible()]

    def _buttons(self, name: str) -> list[QAbstractButton]:
        found = self.window.findChildren(QAbstractButton, name)
        return [each for each in found if each.isVisible()]


@contextmanager
def office(home: Home, look: Look) -> Iterator[Office]:
    """The window of this home."""
    made = Office(home, look)
    try:
        yield made
    finally:
        made.close()


def fit(window: QWidget, size: tuple[int, int]) -> None:
    """Another size, and what is laid out anew for it."""
    window.resize(*size)
    for _ in range(4):
        QApplication.processEvents()
