"""页: what fills the window below its header: an empty page behind the login, opening, counter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.look import Look
from ui.till.page import TillPage

if TYPE_CHECKING:
    from ui.till.open_day import OpenDayPage


class Pages(QStackedWidget):
    """The pages by their names: "login" (the login itself lies over it), "open_day", "counter"."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.counter = TillPage(look)
        self._named: dict[str, QWidget] = {}
        self._add("login", QWidget())
        self._add("counter", self.counter)

    @cached_property
    def open_day(self) -> OpenDayPage:
        """Made when a day is to be opened: most starts of a till find an open one."""
        from ui.till.open_day import OpenDayPage

        page = OpenDayPage(self._look)
        self._add("open_day", page)
        return page

    def go_to(self, name: str) -> None:
        """Show this one."""
        self.setCurrentWidget(self._named[name])

    def go_out(self, out: QWidget) -> None:
        """Show what stands instead of all pages: the till is closed out."""
        self.addWidget(out)
        self.setCurrentWidget(out)

    def shows(self, name: str) -> bool:
        """Whether it is this one that fills the window."""
        return self.currentWidget() is self._named.get(name)

    @property
    def name(self) -> str:
        """Which one fills the window; "" where the till is closed out."""
        return next((name for name in self._named if self.shows(name)), "")

    def _add(self, name: str, page: QWidget) -> None:
        self._named[name] = page
        self.addWidget(page)
