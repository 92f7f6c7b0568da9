"""挂单、取单的对话: a basket laid aside under a name, and one taken up instead of another."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions import hold as holding
from core.actions.counter import Counter
from core.actions.share_held import TakenUp, give_back_held, recall_taken, share_held, take_held
from core.actions.slips import hold_slip
from core.errors import HeldAsksLine, HeldThereOnly, NoSuchHeld, NotInChain, Unavailable
from core.ports.central import Central
from core.pricing.basket import Basket
from core.sales.held import Held
from core.sales.hold_slip import HoldSlip
from core.shop import Shop
from core.sync.held import HeldSaid, HeldThere
from ui.chain_desk import ChainDesk
from ui.hold_text import repriced_words
from ui.login.allowed import Allowed
from ui.not_done import say_not_done
from ui.text import sentence
from ui.till.flow import TillFlow
from ui.till.held_state import choice_of, choice_there
from ui.till.sheets import Sheets
from ui.work import Work


def _shared(shop: Shop, central: Central, token: str) -> tuple[HeldSaid, tuple[Held, ...]]:
    """What others hold, and what of here nobody else has taken."""
    return share_held(shop, central, token), holding.held_baskets(shop)


def _alone(_error: Exception) -> None:
    """Without a line one's own are shown; the header says that there is none."""


class HoldFlow(QObject):
    """F6 and F7. `prints`: whether each basket that is laid aside has its slip at once."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheets: Sheets,
        allowed: Allowed,
        chain: ChainDesk,
        *,
        prints: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._prints = prints
        self._work = work
        self._flow = flow
        self._sheets = sheets
        self._allowed = allowed
        self._chain = chain
        self._there: dict[UUID, HeldThere] = {}
        self._asking: object = None
        sheets.recall.closed.connect(self._on_closed)
        sheets.hold.held.connect(self._hold)
        sheets.recall.recalled.connect(self._recall)
        sheets.recall.discarded.connect(self._discard)
        sheets.recall.slip_asked.connect(self._print_slip)

    def begin_hold(self) -> None:
        """Ask for a name; an empty basket is not laid aside."""
        counter = self._flow.counter
        if counter is not None and not counter.basket.is_empty:
            self._sheets.hold.begin()

    def begin_recall(self) -> None:
        """Show what is held here, and what the other tills of the store hold once it is told."""
        self._there = {}
        self._work.ask(holding.held_baskets, topic="held", then=self._show, failed=self._flow.say)
        if self._chain.is_sending:
            self._chain.errand(_shared, then=self._show_there, failed=_alone)

    def _show(self, held: tuple[Held, ...]) -> None:
        now_us = self._work.now_us()
        rows = [(each.held_us, choice_of(each, now_us)) for each in held]
        rows += [(each.held_us, choice_there(each, now_us)) for each in self._there.values()]
        rows.sort(key=lambda row: row[0])
        self._sheets.recall.show_rows([choice for _, choice in rows])

    def _show_there(self, told: tuple[HeldSaid, tuple[Held, ...]]) -> None:
        """Only while the list is open still: nobody waits for it otherwise."""
        said, held = told
        self._there = {each.id: each for each in said.there}
        if self._sheets.recall.isVisible():
            self._show(held)

    def _hold(self, name: str) -> None:
        staff, sheet, held = self._flow.staff, self._sheets.hold, list[UUID]()

        def hold(shop: Shop, basket: Basket) -> Counter:
            held.append(basket.sale_id)
            return holding.hold(shop, basket, staff=staff, name=name)

        self._flow.put(
            hold,
            then=lambda _counter: self._held(held[0]),
            failed=lambda error: sheet.show_error(sentence(error)),
        )

    def _held(self, sale_id: UUID) -> None:
        """A code nobody knew concerned the customer who steps aside."""
        self._flow.forget_error()
        self._flow.say_taken(())
        self._sheets.hold.shut()
        if self._prints():
            printed, failed = self._flow.printed.emit, self._flow.say
            self._work.act(hold_slip, sale_id, then=printed, failed=failed)

    def _recall(self, sale_id: UUID) -> None:
        """Whoever is first has it: the server is asked, where it is there."""
        if not self._chain.is_sending:
            self._recall_own(sale_id)
            return
        staff = self._flow.staff
        self._sheets.recall.show_asking()
        self._asking = asking = object()

        def answered(taken: TakenUp | None) -> None:
            if self._asking is asking:
                self._taken(sale_id, taken)
            else:
                self._give_back(sale_id, taken)

        def failed(error: Exception) -> None:
            if self._asking is asking:
                self._not_taken(sale_id, error)

        self._chain.errand(
            lambda shop, central, token: take_held(shop, central, token, sale_id, staff=staff),
            then=answered,
            failed=failed,
            is_brief=True,
        )

    def _on_closed(self) -> None:
        """Esc while it was asked for: nobody waits for the answer any more."""
        self._asking = None

    def _give_back(self, sale_id: UUID, taken: TakenUp | None) -> None:
        self._chain.errand(
            lambda shop, central, token: give_back_held(shop, central, token, sale_id, taken),
            then=lambda _: None,
            failed=_alone,  # it is told later, and is not here
        )

    def _taken(self, sale_id: UUID, taken: TakenUp | None) -> None:
        if taken is None:
            self._recall_own(sale_id)
            return
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: recall_taken(shop, basket, taken, staff=staff),
            then=self._recalled,
            failed=self._failed,
        )

    def _not_taken(self, sale_id: UUID, error: Exception) -> None:
        """One's own is taken up without a line, and where the server has not heard of it."""
        is_own = sale_id not in self._there
        if is_own and isinstance(error, Unavailable | HeldAsksLine | NotInChain | NoSuchHeld):
            self._recall_own(sale_id)
        elif isinstance(error, Unavailable | NotInChain):
            self._failed(HeldAsksLine())
        else:
            self._failed(error)

    def _recall_own(self, sale_id: UUID) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: holding.recall(shop, basket, sale_id, staff=staff),
            then=self._recalled,
            failed=self._failed,
        )

    def _print_slip(self, sale_id: UUID) -> None:
        if sale_id in self._there:
            self._failed(HeldThereOnly(self._there[sale_id].till_no))
            return
        self._work.ask(
            hold_slip, sale_id, topic="hold slip", then=self._slip_made, failed=self._failed
        )

    def _slip_made(self, slip: HoldSlip) -> None:
        self._flow.printed.emit(slip)
        self._sheets.recall.say_printed()

    def _recalled(self, counter: Counter) -> None:
        self._sheets.recall.shut()
        self._flow.say_taken(counter.basket.own_tenders)
        repriced = counter.repriced
        if repriced is not None:
            self._flow.remind(lambda: repriced_words(repriced))

    def _discard(self, sale_id: UUID) -> None:
        if sale_id in self._there:
            self._failed(HeldThereOnly(self._there[sale_id].till_no))
            return
        self._allowed.act(holding.discard_held, sale_id, then=self._show, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheets.recall.show_error)
