"""用分: tills that lose, double and mix up what they ask and tell; nothing is spent twice.

A till spends only what it was told it has, within its time; everything else may go wrong: requests
and answers are lost, come twice, and come later; events come in any order; tills fall silent.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.actions.enrol_till import name_store
from core.actions.head_office import begin_serving
from core.actions.set_aside import authorise, lease, leases_over, void
from core.errors import Refused
from core.ports.office import Alone
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.session import Session
from core.sync.spending import LeasesAsked, LeasesOver, NotNeeded, PointsAsked, SetAside
from storage.machine import SystemDice
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.server.arrival import read_all, wrong_accounts
from tests.server.speech import joins, sells
from tests.server.tills import TODAY, Clock, TillAtWork, new_id, sent

MINUTE_S, DAY_S = 60, 24 * 3600
FATES = st.sampled_from(("arrives", "arrives", "request lost", "answer lost", "late", "twice"))
WHICH, SOME = st.integers(0, 2), st.sampled_from((7, 60, 100))


class Purse:
    """A till, its session, and what it knows that it may spend: points and until when."""

    def __init__(self, office: HeadOffice, no: int) -> None:
        self.office, self.till = office, TillAtWork(no).join(office)
        self.session: Session | None = None
        self.held: dict[UUID, list[int]] = {}
        self.undelivered: list[Event] = []
        self.lost: list[UUID] = []

    def token(self) -> str:
        now_us = self.office.clock.now_us()
        if self.session is None or self.session.until_us <= now_us:
            self.session = self.till.begin(self.office)
        return self.session.token

    def take(self, told: SetAside) -> None:
        if told.status == "open":
            self.held[told.id] = [told.points - told.spent, told.until_us]

    def made(self) -> None:
        self.undelivered.append(self.till.events[-1])


class Spending(RuleBasedStateMachine):
    """Three tills and a member."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        if not EMPTY:
            path = Path(tempfile.mkdtemp()) / "empty.db"
            open_office(f"sqlite:///{path}").close()
            EMPTY.append(path)
        path = Path(shutil.copy(EMPTY[0], Path(self.folder.name) / "office.db"))
        store = open_office(f"sqlite:///{path}")
        self.office = HeadOffice(store, Clock(), SystemDice(), Ed25519(), Alone())
        begin_serving(self.office, "康源")
        name_store(self.office, "S01", "中山路店")
        self.purses = [Purse(self.office, no) for no in (1, 2, 3)]
        first = self.purses[0]
        self.member = joins(first.till)
        first.made()
        self.earned, self.spent = 0, 0
        self.late: list[Callable[[], object]] = []
        self.earn(0, 100)
        self.push(0, 0, whole=True)
        read_all(self.office)

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        for purse in self.purses:
            purse.held.clear()
        self.a_while_later(9 * DAY_S)
        for no, purse in enumerate(self.purses):
            self.push(no, 0, whole=True)
            purse.token()
        read_all(self.office)
        with self.office.store.read() as look:
            balance = look.accounts.balance(self.member)
            assert wrong_accounts(look) == []
        assert (balance.pending, balance.leased) == (0, 0), "all of it came back"
        assert balance.available == self.earned - self.spent
        self.office.store.close()  # type: ignore[attr-defined]
        self.folder.cleanup()

    def ask(self, fate: str, do: Callable[[], SetAside], answered: Callable[[SetAside], object]):
        """One request and its answer."""
        if fate == "late":
            self.late.append(do)
        if fate in ("late", "request lost"):
            return
        try:
            told = do()
            told = do() if fate == "twice" else told
        except Refused:
            return
        if fate != "answer lost":
            answered(told)

    # What tills ask

    @rule(no=WHICH, points=SOME, fate=FATES)
    def authorise(self, no: int, points: int, fate: str) -> None:
        purse = self.purses[no]
        asked = PointsAsked(new_id(), self.member, points, TODAY)
        self.ask(fate, lambda: authorise(self.office, purse.token(), asked), purse.take)
        if asked.id not in purse.held:
            purse.lost.append(asked.id)

    @rule(no=WHICH, points=SOME, fate=FATES)
    def lease(self, no: int, points: int, fate: str) -> None:
        purse = self.purses[no]
        asked = LeasesAsked((PointsAsked(new_id(), self.member, points, TODAY),))
        self.ask(fate, lambda: lease(self.office, purse.token(), asked).leases[0], purse.take)

    @rule(no=WHICH, fate=FATES, at=st.integers(0, 5))
    def give_back(self, no: int, fate: str, at: int) -> None:
        """What is not needed, and what no answer came for: it is not spent after that."""
        purse = self.purses[no]
        idents = [*purse.held, *purse.lost]
        if not idents:
            return
        ident = idents[at % len(idents)]
        is_whole = purse.held.pop(ident, None) is not None
        not_needed = NotNeeded(ident, self.member)
        over = LeasesOver((ident,), len(purse.till.events))
        if is_whole and ident in self.used:
            self.ask(
                fate, lambda: leases_over(self.office, purse.token(), over).leases[0], _nothing
            )
        else:
            self.ask(fate, lambda: void(self.office, purse.token(), not_needed), _nothing)

    @rule(no=WHICH, share=st.sampled_from((40, 100)), at=st.integers(0, 5))
    def spend(self, no: int, share: int, at: int) -> None:
        """A sale, with or without a network."""
        purse, now_us = self.purses[no], self.office.clock.now_us()
        if not purse.held:
            self.authorise(no, 60, "arrives")
        good = [each for each, (left, until) in purse.held.items() if left and until > now_us]
        if not good:
            return
        ident = good[at % len(good)]
        points = max(1, purse.held[ident][0] * share // 100)
        sells(purse.till, self.member, 0, amount=points, escrow=ident)
        purse.made()
        self.spent += points
        self.used.add(ident)
        with self.office.store.read() as look:
            is_lease = {e.id: e.kind == "leased" for e in look.escrows.open_of(self.member)}
        if is_lease.get(ident):
            purse.held[ident][0] -= points
        else:
            del purse.held[ident]

    @rule(no=WHICH, points=st.integers(1, 50))
    def earn(self, no: int, points: int) -> None:
        purse = self.purses[no]
        sells(purse.till, self.member, points)
        purse.made()
        self.earned += points

    # What becomes of it

    @rule(no=WHICH, at=st.integers(0, 9), whole=st.booleans())
    def push(self, no: int, at: int, *, whole: bool) -> None:
        """Everything, or one event out of its order; whatever was sent is sent again one day."""
        purse = self.purses[no]
        purse.token()
        assert purse.session is not None
        if not purse.till.events:
            return
        one = [purse.till.events[at % len(purse.till.events)]]
        sent(self.office, purse.session, *(purse.till.events if whole else one))

    @rule(at=st.integers(0, 9))
    def what_was_late_comes(self, at: int) -> None:
        if self.late:
            try:
                self.late[at % len(self.late)]()
            except Refused:
                return

    @rule()
    def the_server_reads(self) -> None:
        read_all(self.office)

    @rule(seconds=st.sampled_from((16 * MINUTE_S, DAY_S, 4 * DAY_S)))
    def a_while_later(self, seconds: int) -> None:
        """Not so long that a till is silent for more than a week after it may spend."""
        for purse in self.purses:
            if seconds > DAY_S:
                self.push(self.purses.index(purse), 0, whole=True)
        self.office.clock.wait_s(seconds)
        read_all(self.office)

    @property
    def used(self) -> set[UUID]:
        if not hasattr(self, "_used"):
            self._used: set[UUID] = set()
        return self._used

    @invariant()
    def nobody_has_less_than_nothing(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.office.store.read() as look:
            sums = look.accounts.sums()
            balance = look.accounts.balance(self.member)
        assert sum(sums.values()) == 0
        assert not sums.get("overspend"), "nothing is spent twice"
        assert min(balance.available, balance.pending, balance.leased) >= 0


def _nothing(told: SetAside) -> None:
    """Whatever the answer is."""


EMPTY: list[Path] = []
TestSpending = Spending.TestCase
TestSpending.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
