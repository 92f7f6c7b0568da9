"""锁屏: the login page over everything, until somebody proves who they are; nothing is lost."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import StaffGone
from ui.login.idle_watch import IdleWatch
from ui.login.page import LoginPage
from ui.text import sentence
from ui.till.day_flow import DayFlow
from ui.till.keys import LOCK
from ui.till.sheets import Sheets
from ui.widgets.cover import Cover
from ui.work import Work

A_MINUTE_S = 60


class Lock(QObject):
    """Ctrl+L, a while without a hand, or a person who was removed lays the cover; a PIN lifts it.

    `lifted` tells that it went and nobody beneath took the focus.
    """

    lifted = Signal()

    def __init__(
        self,
        window: QWidget,
        header: QWidget,
        login: LoginPage,
        *,
        days: DayFlow,
        work: Work,
        sheets: Sheets,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._days = days
        self._sheets = sheets
        self.minutes = 0
        """So long may nobody touch the till; 0: as long as one likes."""
        self.cover = Cover(window, header, login)
        self.watch = IdleWatch(self)
        shortcut = QShortcut(QKeySequence(LOCK), window)
        shortcut.activated.connect(self.lock)
        days.locked.connect(self._on_locked)
        work.refused.connect(self._on_refused)
        work.changed.connect(self._on_changed)
        sheets.opened.connect(self._on_sheet_opened)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def is_laid(self) -> bool:
        """Whether the login page lies over everything."""
        return not self.cover.isHidden()

    def lock(self) -> None:
        """Somebody leaves the till, or another one takes over."""
        self._days.lock()

    def end(self) -> None:
        """Another window takes over: what this one loses concerns nobody."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)

    def look(self) -> None:
        """Called every second: lock where nobody has touched the till for so long."""
        if self.minutes and self.watch.idle_s() >= self.minutes * A_MINUTE_S:
            self._days.lock(by_itself=True)

    def _on_locked(self, is_locked: bool) -> None:
        if is_locked:
            if "override" in self._sheets.open_names:
                self._sheets.override.give_up()  # whoever allowed something has gone, too
            self.cover.lay()
            return
        self.watch.touch()
        if not self.cover.lift():
            self.lifted.emit()

    def _on_changed(self, _changes: object) -> None:
        self.watch.touch()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, StaffGone):
            self._days.lock(because=partial(sentence, error))

    def _on_sheet_opened(self) -> None:
        """What was on its way when the till was locked opens beneath."""
        if self._days.is_locked:
            self.cover.raise_()
            self._on_focus(None, QApplication.focusWidget())

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Nothing beneath gets a key, whoever gives it the focus."""
        if new is None or not self._days.is_locked:
            return
        if self._window.isAncestorOf(new) and not self.cover.holds(new):
            self._days.ask_pin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._window:
            handle = self._window.window().windowHandle()
            if handle is not None:
                self.watch.watch(handle)
        return False
