"""进后台: who may look at takings proves who they are; everybody else is told whom to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.actions import login as logins
from core.actions.prove import Candidate, candidates
from core.trust.rights import Right
from core.trust.staff import Staff
from ui.login.badge import choose_by_badge
from ui.login.page import LoginPage
from ui.not_done import say_not_done
from ui.work import Work

ENTERS = Right.LOOK_AT_TAKINGS


class Entrance(QObject):
    """`entered` gives who came in; `locked` tells that the login lies over the pages again."""

    entered = Signal(object)
    locked = Signal()

    def __init__(self, work: Work, login: LoginPage, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._login = login
        self._staff: Staff | None = None
        login.login.connect(self._log_in)
        login.badge.connect(partial(choose_by_badge, work, login))

    @property
    def staff(self) -> Staff | None:
        """Who is in; whoever locked the room still is."""
        return self._staff

    def begin(self) -> None:
        """Ask who is here."""
        self._staff = None
        self._login.show_nobody()
        self._ask_people(self._login.who.show_people)

    def take_up(self, staff: Staff) -> None:
        """Somebody is in already."""
        self._staff = staff

    def lock(self, *, by_itself: bool = False) -> None:
        """Lay the login over the pages; what stands there stays."""
        if self._staff is None:
            return
        self._work.act(
            logins.lock,
            staff=self._staff,
            by_itself=by_itself,
            then=lambda _outcome: None,
            failed=self._not_in,
        )
        name = self._staff.name
        self._login.show_locked(name)
        self._ask_people(lambda people: self._login.who.show_people(people, name))
        self.locked.emit()

    def _ask_people(self, then: Callable[[Sequence[Candidate]], None]) -> None:
        self._work.ask(candidates, ENTERS, topic="people", then=then, failed=self._not_in)

    def _log_in(self, name: str, pin: str) -> None:
        self._work.act(
            logins.login, pin, name=name, right=ENTERS, then=self._came_in, failed=self._not_in
        )

    def _not_in(self, error: Exception) -> None:
        say_not_done(error, self._login.who.show_error)
        self._ask_people(self._login.who.show_waits)

    def _came_in(self, staff: Staff) -> None:
        self._staff = staff
        self.entered.emit(staff)
