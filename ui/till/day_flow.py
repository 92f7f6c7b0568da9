"""登录、开店的对话: which page is due, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.actions import day as days
from core.actions import login as logins
from core.actions.day import DayOpened, LastClose
from core.actions.expire_points import Expired, expire_points
from core.actions.prove import Candidate, candidates
from core.actions.review_tiers import Reviewed, review_tiers
from core.errors import UnlikelyFloat
from core.sales.day import Day
from core.trust.staff import Staff
from core.values.money import parse_money
from ui.here import Here, here
from ui.login.badge import choose_by_badge
from ui.login.page import LoginPage
from ui.not_done import say_not_done
from ui.text import sentence, tr
from ui.till.flow import TillFlow
from ui.till.standing import AtCounter, Sentence
from ui.work import Work

if TYPE_CHECKING:
    from ui.till.open_day import OpenDayPage


class DayFlow(QObject):
    """`arrived` tells which page is due: "login", "open_day" or "counter".

    `locked` tells that the login page lies over it, or no longer does.
    """

    arrived = Signal(str)
    locked = Signal(bool)
    staff_changed = Signal(str)

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        *,
        login: LoginPage,
        open_day: Callable[[], OpenDayPage],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._login = login
        self._make_open_day = open_day
        self._staff: Staff | None = None
        self._because: Sentence | None = None
        self._doubted_fen: int | None = None
        self._page = ""
        self._is_locked = False
        self.arrived.connect(self._on_arrived)
        login.login.connect(self._log_in)
        login.badge.connect(partial(choose_by_badge, work, login))

    @cached_property
    def _open_day(self) -> OpenDayPage:
        page = self._make_open_day()
        page.opened.connect(self._open)
        page.left.connect(self.begin)
        return page

    @property
    def staff(self) -> Staff | None:
        """Who is logged in."""
        return self._staff

    @property
    def is_locked(self) -> bool:
        """Whether somebody who is logged in has to prove it again."""
        return self._is_locked

    def begin(self) -> None:
        """Ask who stands at the till."""
        self._staff = self._doubted_fen = None
        self._is_locked = False
        self._login.show_nobody()
        self.staff_changed.emit("")
        self._ask_people(self._login.who.show_people)
        self.arrived.emit("login")

    def lock(self, *, by_itself: bool = False, because: Sentence | None = None) -> None:
        """Let somebody prove who they are; `because` is said instead of who locked it."""
        if self._staff is None or self._is_locked:
            return
        if because is None:
            self._work.act(
                logins.lock,
                staff=self._staff,
                by_itself=by_itself,
                then=lambda _outcome: None,
                failed=self._flow.say,
            )
        self._lay_lock(self._staff.name, because)

    def hand_over(self, staff: Staff) -> None:
        """Somebody else stands here from now on, with all that stands at the counter."""
        self._staff = staff
        self.staff_changed.emit(staff.name)
        self._flow.take_over(staff)

    def ask_pin(self) -> None:
        """Put the caret where the PIN is typed."""
        self._login.who.ask_pin()

    def _lay_lock(self, name: str, because: Sentence | None = None) -> None:
        self._is_locked = True
        self._because = because
        self._login.show_locked(name, because() if because else "")
        self._ask_people(lambda people: self._login.who.show_people(_first(people, name), name))
        self.staff_changed.emit("")
        self.locked.emit(True)

    def _unlock(self, staff: Staff) -> None:
        """The same person goes on, or another one takes over with all that stands there."""
        if self._because is not None:
            self._flow.forget_error()
        self._flow.take_over(staff)
        self.locked.emit(False)

    def _on_arrived(self, page: str) -> None:
        self._page = page

    def _ask_people(self, then: Callable[[Sequence[Candidate]], None]) -> None:
        self._work.ask(
            candidates,
            topic="people",
            then=then,
            failed=lambda error: self._login.who.show_error(sentence(error)),
        )

    def _log_in(self, name: str, pin: str) -> None:
        self._work.act(logins.login, pin, name=name, then=self._logged_in, failed=self._not_in)

    def _not_in(self, error: Exception) -> None:
        say_not_done(error, self._login.who.show_error)
        self._ask_people(self._login.who.show_waits)

    def _logged_in(self, staff: Staff) -> None:
        was_locked, self._is_locked = self._is_locked, False
        self._staff = staff
        self.staff_changed.emit(staff.name)
        if was_locked:
            self._unlock(staff)
        self._work.ask(days.day_now, topic="day", then=self._look_at_day, failed=self._not_in)

    def _look_at_day(self, day: Day | None) -> None:
        self._work.ask(
            here,
            topic="here",
            then=lambda place: self._go_on(day, place),
            failed=self._not_in,
        )

    def _go_on(self, day: Day | None, place: Here) -> None:
        if self._staff is None or self._is_locked:
            return
        if day is None:
            self._ask_last_close(place)
            return
        is_old = day.business_on < place.business_on
        reminder = partial(_reminder, day.business_on) if is_old else None
        if self._page != "counter":
            self._at_counter(reminder)
        elif reminder is not None:
            self._flow.remind(reminder)

    def _ask_last_close(self, place: Here) -> None:
        """Whoever opens is told what lay in the drawer, and that it is a day twice."""
        staff = self._staff

        def show(last: LastClose | None) -> None:
            if staff is not None and staff is self._staff and not self._is_locked:
                self._open_day.show_day(place.business_on, staff=staff.name, last=last)
                self.arrived.emit("open_day")

        self._work.ask(days.last_close, topic="last close", then=show, failed=self._not_in)

    def _at_counter(self, reminder: Sentence | None = None) -> None:
        if self._staff is not None:
            self.arrived.emit("counter")
            self._flow.begin(self._staff, reminder=reminder)

    def _open(self, text: str) -> None:
        if self._staff is None:
            return
        float_fen = parse_money(text)
        doubted_fen, self._doubted_fen = self._doubted_fen, None
        self._work.act(
            days.open_day,
            float_fen=float_fen,
            staff=self._staff,
            is_sure=float_fen == doubted_fen,
            then=self._opened,
            failed=self._not_opened,
        )

    def _not_opened(self, error: Exception) -> None:
        """The same amount, said again, is meant."""
        if isinstance(error, UnlikelyFloat):
            self._doubted_fen = error.amount_fen
        self._open_day.show_error(sentence(error))

    def take_up(
        self, page: str, staff: Staff | None, at: AtCounter, *, is_locked: bool = False
    ) -> None:
        """Go on where another window stood; one that was locked stays it."""
        self._flow.take_up(staff, at)
        if staff is None:
            self.begin()
        elif page == "counter":
            self._staff = staff
            self.staff_changed.emit(staff.name)
            self.arrived.emit("counter")
        else:
            self._logged_in(staff)
        if is_locked and staff is not None:
            self._lay_lock(staff.name)

    def _opened(self, outcome: DayOpened) -> None:
        self._at_counter()
        self._expire_on(outcome.expired)
        self._review_on(outcome.reviewed)

    def _review_on(self, reviewed: Reviewed) -> None:
        """The same for tiers whose period is over."""
        if not reviewed.is_done and self._staff is not None:
            self._work.act(
                review_tiers,
                staff_no=self._staff.no,
                then=self._review_on,
                failed=self._flow.say,
            )

    def _expire_on(self, expired: Expired) -> None:
        """Step by step: whatever is scanned meanwhile has its turn between two of them."""
        if not expired.is_done and self._staff is not None:
            self._work.act(
                expire_points,
                staff_no=self._staff.no,
                then=self._expire_on,
                failed=self._flow.say,
            )


def _reminder(business_on: date) -> str:
    day = tr("{month} 月 {day} 日", month=business_on.month, day=business_on.day)
    return tr("{date}开的店还没有日结。收款照常；得空请按 F12 日结。", date=day)


def _first(people: Sequence[Candidate], name: str) -> list[Candidate]:
    """Who locked the till stands first."""
    return sorted(people, key=lambda who: who.name != name)
