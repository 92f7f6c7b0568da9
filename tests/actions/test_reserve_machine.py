"""用分: two real tills and a real server, whatever is lost, late, crashed or restored between them.

At every instant what a member has is available, pending and leased together; nothing is spent
twice, and in the end till and server say the same.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from
from msgspec.structs import replace

from core.actions.counter import Counter, new_basket, reprice, tendered
from core.actions.leases import renew_leases
from core.actions.pull import pull
from core.actions.reserve import Wanted, let_go_but, note_line, reserve, tell_dropped
from core.actions.scan import scan
from core.actions.settle import settle
from core.actions.spend_points import spend_points
from core.actions.sync import begin, send
from core.actions.void import void_sale
from core.errors import Refused, ServerUnreachable, SessionOver, Shortfall, Unavailable
from core.pricing.tender import Tender, TenderKind
from core.rulebook.points_policy import SpendPolicy
from core.shop import Shop
from storage.signatures import Ed25519
from tests.actions.test_return import MISTAKE, file_of
from tests.actions.test_settle import CALCIUM, GOLD
from tests.actions.test_spend import let_points_pay
from tests.builders import Home, manager_of
from tests.chained import PROGRAM, Crash, Line, an_office, another_till, copied, join, send_all
from tests.server.arrival import read_all

WHICH = integers(0, 1)
SOME = sampled_from((700, 3_000, 6_000, 12_000))
FATES = sampled_from(("", "", "", "request", "answer", "twice", "crash"))
WHOLE = SpendPolicy(fen=1, per_points=1, most_bp=10_000)


class Seat:
    """A till, what stands at its counter, and its session."""

    def __init__(self, home: Home, line: Line, stack: ExitStack) -> None:
        self.home, self.line, self.stack = home, line, stack
        self.shop: Shop = stack.enter_context(home.shop())
        self.counter: Counter | None = None
        self.sales: list[UUID] = []
        self._token = ""

    def token(self) -> str:
        if not self._token:
            self._token = begin(self.shop, self.line, Ed25519(), program=PROGRAM)[0].token
        return self._token

    def forget(self) -> None:
        self._token = ""

    def ask(self, fate: str, do) -> None:
        """Speak with the server as its fate is; the till may die of it."""
        self.line.faults = [fate] if fate else []
        try:
            do()
            note_line(self.shop, is_open=True)
        except SessionOver:
            self.forget()
        except Unavailable:
            note_line(self.shop, is_open=False)
        except Crash:
            self.forget()
            self.counter = None
        except Refused:
            pass
        finally:
            self.line.faults = []


class Spending(RuleBasedStateMachine):
    """Two tills of a store, one member, and the server."""

    furnished: Home

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.stack = ExitStack()
        home = Home(Path(shutil.copytree(self.furnished.path, self.folder / "first")))
        self.office = None
        with home.shop() as shop:
            let_points_pay(shop, WHOLE)
            self.office = an_office(self.folder, shop.clock)
            other = copied(shop, home, self.folder / "second")
        line = Line(self.office)
        self.seats = [Seat(each, line, self.stack) for each in (home, other)]
        first, second = self.seats
        join(first.shop, line)
        send_all(first.shop, line)
        another_till(second.shop, second.shop.new_id())
        with second.shop.store.write() as tx:
            tx.set_till(replace(tx.till, till_no=2))
        join(second.shop, line)
        self.member = file_of(first.shop, GOLD).member.id
        read_all(self.office)
        for seat in self.seats:  # whoever came here is likely to come again
            note_line(seat.shop, is_open=True)
            seat.counter = self._goods(seat)
            self.pay(self.seats.index(seat))

    # At a counter

    @rule(no=WHICH, points=SOME, fate=FATES)
    def choose(self, no: int, points: int, fate: str) -> None:
        """The member wants to pay with points; another sale may have stood there."""
        seat = self.seats[no]
        shop, staff = seat.shop, manager_of(seat.shop)
        counter = seat.counter or self._goods(seat)
        counter = spend_points(shop, counter.basket, points, staff=staff)
        seat.counter = counter
        if not counter.is_reserved:
            spent, sale = counter.quote.points_spent, counter.basket.sale_id
            wanted = Wanted(self.member, spent, sale)
            seat.ask(fate, lambda: reserve(shop, seat.line, seat.token(), wanted))

    def _goods(self, seat: Seat) -> Counter:
        counter, staff = new_basket(seat.shop), manager_of(seat.shop)
        for code in (GOLD, CALCIUM, CALCIUM):
            counter = scan(seat.shop, counter.basket, code, staff=staff)
        return counter

    @rule(no=WHICH)
    def pay(self, no: int) -> None:
        """Only what was set aside can be settled; a second press does nothing."""
        seat = self.seats[no]
        if seat.counter is None:
            return
        shop, staff = seat.shop, manager_of(seat.shop)
        counter = reprice(shop, seat.counter.basket)
        due = counter.quote.payable_fen
        tenders = (Tender(TenderKind.CASH, due),) if due else ()
        with suppress(Refused):
            ready = tendered(shop, counter.basket.with_tenders(tenders))
            for _ in range(2):
                done = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
            seat.sales.append(done.sale.sale_id)
            seat.counter = None

    @rule(no=WHICH, points=SOME, fate=FATES)
    def buy(self, no: int, points: int, fate: str) -> None:
        """Both, one after the other, as it goes mostly."""
        self.choose(no, points, fate)
        self.pay(no)

    @rule(no=WHICH)
    def leave(self, no: int) -> None:
        """The basket is emptied."""
        self.seats[no].counter = None
        let_go_but(self.seats[no].shop, ())

    @rule(no=WHICH)
    def void(self, no: int) -> None:
        seat = self.seats[no]
        if seat.sales:
            with suppress(Refused):
                sale = seat.sales.pop()
                void_sale(seat.shop, sale, explanation=MISTAKE, staff=manager_of(seat.shop))

    # Behind it

    @rule(no=WHICH, fate=FATES)
    def tell(self, no: int, fate: str) -> None:
        """What was let go, also what a crash left behind."""
        seat = self.seats[no]
        here = seat.counter.basket.sale_id if seat.counter else None
        let_go_but(seat.shop, [(here, self.member)])
        seat.ask(fate, lambda: tell_dropped(seat.shop, seat.line, seat.token()))

    @rule(no=WHICH, fate=FATES)
    def lease(self, no: int, fate: str) -> None:
        seat = self.seats[no]
        seat.ask(fate, lambda: renew_leases(seat.shop, seat.line, seat.token()))

    @rule(no=WHICH, points=SOME)
    def buy_offline(self, no: int, points: int) -> None:
        """The line is broken: as much as is leased, whatever was wished for."""
        note_line(self.seats[no].shop, is_open=False)
        self.buy(no, points, "request")

    @rule(no=WHICH, fate=FATES)
    def push(self, no: int, fate: str) -> None:
        seat = self.seats[no]

        def do() -> None:
            seat.forget()
            session, _ = begin(seat.shop, seat.line, Ed25519(), program=PROGRAM)
            seat._token = session.token
            send(seat.shop, seat.line, session)
            while not pull(seat.shop, seat.line, session).is_last:
                pass

        seat.ask(fate, do)

    @rule()
    def the_server_reads(self) -> None:
        read_all(self.office)

    @rule(no=WHICH)
    def begins_a_new_life(self, no: int) -> None:
        """As after its store was put back: nothing it was given before is spent."""
        seat = self.seats[no]
        with seat.shop.store.write() as tx:
            tx.set_till(replace(tx.till, incarnation=tx.till.incarnation + 1))
        seat.forget()

    @invariant()
    def nothing_is_spent_twice(self) -> None:
        if not hasattr(self, "seats"):
            return
        with self.office.store.read() as look:
            sums, balance = look.accounts.sums(), look.accounts.balance(self.member)
            open_ = look.escrows.open_of(self.member)
        assert sum(sums.values()) == 0
        assert not sums.get("overspend")
        assert min(balance.available, balance.pending, balance.leased) >= 0
        assert sum(each.left for each in open_) == balance.pending + balance.leased

    def teardown(self) -> None:
        if hasattr(self, "seats"):
            self._heal()
            self.stack.close()
            self.office.store.close()  # type: ignore[attr-defined]
            shutil.rmtree(self.folder)

    def _heal(self) -> None:
        for _ in range(3):
            for seat in self.seats:
                let_go_but(seat.shop, ())
                send_all(seat.shop, seat.line)
                seat.forget()
                with suppress(Shortfall, ServerUnreachable):
                    tell_dropped(seat.shop, seat.line, seat.token())
            read_all(self.office)
        self.nothing_is_spent_twice()
        spent = 0
        for seat in self.seats:
            with seat.shop.store.read() as reading:
                spent += sum(reading.voids.facts(sale) is not None for sale in seat.sales)
        assert spent == sum(len(seat.sales) for seat in self.seats), "nothing sold is lost"


@pytest.mark.usefixtures("furnished")
def test_nothing_is_spent_twice_whatever_happens(furnished: Home) -> None:
    Spending.furnished = furnished
    run_state_machine_as_test(
        Spending,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
