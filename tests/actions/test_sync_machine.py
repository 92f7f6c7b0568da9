"""断网、崩溃、恢复、复制: whatever happens to till and line, in the end the server has it all.

Real tills on encrypted stores and a real server on SQLite; only the line between them is of ours.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from
from msgspec import Struct
from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.actions.counter import new_basket
from core.actions.enrol_till import revoke
from core.actions.head_office import open_cases
from core.actions.join_member import join_member
from core.actions.sync import begin, leave_chain, look_at_link, send
from core.actions.void import void_sale
from core.errors import (
    CopyFound,
    NotInChain,
    ServerUnreachable,
    SessionOver,
    Shortfall,
    TillRevoked,
    TillTaken,
    TillUnknown,
)
from core.members.consent import CONSENT
from core.shop import Shop
from core.sync.fact import Event
from core.sync.session import Session
from storage.machine import SystemClock
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.actions.test_settle import VITAMIN, settled
from tests.builders import Home, manager_of
from tests.chained import (
    PROGRAM,
    Crash,
    Line,
    an_office,
    copied,
    copy_office,
    events_of,
    is_there,
    join,
)

FAULTS = ["", "", "request", "answer", "twice", "crash"]
KEYS = Ed25519()


class _Standing(Struct):
    """A till that is open, its session, and the last sale that was not voided."""

    home: Home
    doors: ExitStack
    shop: Shop
    session: Session | None = None
    last: object = None


def _opened(home: Home) -> _Standing:
    doors = ExitStack()
    return _Standing(home, doors, doors.enter_context(home.shop()))


class TillAndServer(RuleBasedStateMachine):
    """Two machines at most: the till, and a copy of it."""

    furnished: Home

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.furnished.path.parent))
        self.line = Line(an_office(self.folder, SystemClock()))
        self.tills: list[_Standing] = []
        self.backup: Home | None = None
        self.server_file = self.folder / "office.db"
        self.server_backup: Path | None = None
        self.places = self.members = 0
        self.kept: dict[bytes, Event] = {}

    @initialize()
    def begins(self) -> None:
        home = Home(Path(shutil.copytree(self.furnished.path, self._place())))
        self.tills.append(_opened(home))
        join(self.tills[0].shop, self.line)

    def _place(self) -> Path:
        self.places += 1
        return self.folder / f"home{self.places}"

    def _at(self, at: int) -> _Standing:
        return self.tills[at % len(self.tills)]

    @rule(at=integers(0, 1))
    def sells(self, at: int) -> None:
        till = self._at(at)
        till.last = settled(till.shop, manager_of(till.shop), VITAMIN).sale.sale_id

    @rule(at=integers(0, 1))
    def gains_a_member(self, at: int) -> None:
        """With a name and a phone, which travel beside the event."""
        shop, self.members = self._at(at).shop, self.members + 1
        facts = {"name": "王小明", "birthday": None, "consent": CONSENT, "is_another": True}
        phone = str(13_900_000_000 + self.members)
        join_member(shop, new_basket(shop).basket, staff=manager_of(shop), phone=phone, **facts)

    @rule(at=integers(0, 1))
    def voids(self, at: int) -> None:
        till = self._at(at)
        if till.last is not None:
            staff = manager_of(till.shop)
            with suppress(Shortfall):
                void_sale(till.shop, till.last, explanation=None, staff=staff)
            till.last = None

    @rule(at=integers(0, 1), fault=sampled_from(FAULTS), later=sampled_from(FAULTS))
    def says_who_it_is(self, at: int, fault: str, later: str) -> None:
        till = self._at(at)
        with self._failing(till, fault, later):
            till.session, _ = begin(till.shop, self.line, KEYS, program=PROGRAM)

    @rule(at=integers(0, 1), fault=sampled_from(FAULTS), limit=integers(1, 4))
    def sends(self, at: int, fault: str, limit: int) -> None:
        till = self._at(at)
        if till.session is not None:
            with self._failing(till, fault):
                send(till.shop, self.line, till.session, limit=limit)
            self._remember(till)

    def _failing(self, till: _Standing, *faults: str) -> ExitStack:
        """The line fails so; a till that crashes comes back, one without a session has none."""
        self.line.faults = list(faults)
        doors = ExitStack()

        def came(kind: type[BaseException] | None, *_: object) -> bool:
            self.line.faults = []
            if kind is Crash:
                self._reopen(till)
                return True
            if kind is not None and issubclass(kind, SessionOver | CopyFound | TillUnknown):
                till.session = None
                return True
            expected = (ServerUnreachable, TillRevoked, NotInChain)
            return kind is not None and issubclass(kind, expected)

        doors.push(came)
        return doors

    def _reopen(self, till: _Standing) -> None:
        till.doors.close()
        again = _opened(till.home)
        till.doors, till.shop, till.session = again.doors, again.shop, None

    def _remember(self, till: _Standing) -> None:
        """Whatever the server has told a till that it has, it must have at the end."""
        with till.shop.store.read() as reading:
            links = reading.links
            through = {each: links.acknowledged(each) for each in links.incarnations()}
        for event in events_of(till.shop):
            if event.seq <= through[event.incarnation]:
                self.kept[event.hash] = event

    @rule()
    def is_backed_up(self) -> None:
        self.backup = copied(self.tills[0].shop, self.tills[0].home, self._place())

    @precondition(lambda self: self.backup is not None)
    @rule()
    def is_restored(self) -> None:
        """On another machine: on its own one a till sees by itself that it was put back."""
        assert self.backup is not None
        self.tills[0].doors.close()
        self.tills[0], self.backup = _opened(self.backup), None

    @rule()
    def server_is_backed_up(self) -> None:
        self.server_backup = self._place().with_suffix(".db")
        copy_office(self.server_file, self.server_backup)

    @precondition(lambda self: self.server_backup is not None)
    @rule()
    def server_is_restored(self) -> None:
        """What it forgets comes again from whoever still has it."""
        assert self.server_backup is not None
        self.line.office.store.close()  # type: ignore[attr-defined]
        self.server_file, self.server_backup = self.server_backup, None
        store = open_office(f"sqlite:///{self.server_file}")
        self.line.office = replace(self.line.office, store=store)
        known = self.kept.items()
        self.kept = {mark: each for mark, each in known if is_there(self.line.office, each)}

    @precondition(lambda self: len(self.tills) == 1)
    @rule()
    def is_cloned(self) -> None:
        self.tills.append(_opened(copied(self.tills[0].shop, self.tills[0].home, self._place())))

    @precondition(lambda self: len(self.tills) == 1)
    @rule()
    def is_revoked(self) -> None:
        with self.tills[0].shop.store.read() as reading:
            till_id = reading.till.id
        revoke(self.line.office, till_id)

    def teardown(self) -> None:
        try:
            for till in self.tills:
                self._heal(till)
            made = {each.hash: each for till in self.tills for each in events_of(till.shop)}
            for event in {**self.kept, **made}.values():
                assert is_there(self.line.office, event), event.data
            self._check_order()
            self._check_rest()
        finally:
            for till in self.tills:
                till.doors.close()
            self.line.office.store.close()  # type: ignore[attr-defined]
            shutil.rmtree(self.folder)

    def _check_order(self) -> None:
        """No place of a branch that is still here is empty at the server."""
        with self.line.office.store.read() as reading:
            for till in self.tills:
                for event in events_of(till.shop):
                    through = reading.received.durable_through(event.till_id, event.incarnation)
                    assert through >= event.seq

    def _check_rest(self) -> None:
        """Copies that live on have come to rest: each goes on with the numbers that it has."""
        for _ in range(2):
            for till in self.tills:
                self._heal(till)
        before, count = self._incarnations(), len(open_cases(self.line.office))
        for till in self.tills * 2:
            settled(till.shop, manager_of(till.shop), VITAMIN)
            try:
                session, _ = begin(till.shop, self.line, KEYS, program=PROGRAM)
            except (TillUnknown, TillRevoked):
                return  # a person keeps only one of them in the chain
            while send(till.shop, self.line, session).waiting.count:
                pass
        assert (self._incarnations(), len(open_cases(self.line.office))) == (before, count)

    def _incarnations(self) -> list[int]:
        found = []
        for till in self.tills:
            with till.shop.store.read() as reading:
                found.append(reading.till.incarnation)
        return found

    def _heal(self, till: _Standing) -> None:
        self.line.faults = []
        for _ in range(20):
            try:
                session, _ = begin(till.shop, self.line, KEYS, program=PROGRAM)
                assert till_of_session(self.line, session)
                while send(till.shop, self.line, session).waiting.count:
                    pass
                return
            except CopyFound:
                continue
            except (TillUnknown, TillRevoked):
                leave_chain(till.shop, staff=manager_of(till.shop))
                self._join_again(till)
        raise AssertionError("it does not come to an end")

    def _join_again(self, till: _Standing) -> None:
        with till.shop.store.read() as reading:
            till_id = reading.till.id
        try:
            join(till.shop, self.line)
        except TillTaken:
            revoke(self.line.office, till_id)
            join(till.shop, self.line)
        assert look_at_link(till.shop) is not None


def till_of_session(line: Line, session: Session) -> bool:
    with line.office.store.read() as reading:
        return branch_of(line.office, reading, session.token) is not None


def test_nothing_is_lost_and_nothing_is_there_twice(furnished: Home) -> None:
    TillAndServer.furnished = furnished
    long = settings(max_examples=8, stateful_step_count=24, deadline=None)
    usual = settings()
    run_state_machine_as_test(TillAndServer, settings=long if usual.max_examples < 101 else usual)
