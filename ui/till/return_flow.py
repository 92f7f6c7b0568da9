"""退货的对话: the sale, what its return would do, and the return by whoever may or is allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions import return_sale as returning
from core.actions.claim_ahead import OTHERS_WERE_FIRST
from core.actions.counter import Counter
from core.actions.exchange import begin_exchange
from core.actions.return_elsewhere import claim_return, fetch_sale, return_elsewhere
from core.actions.return_sale import ReturnPreview, SaleReturned
from core.actions.serve import card_holder
from core.actions.trace import sold_pack, traced_line
from core.errors import AskedElsewhere, NoSuchSale, NotInChain, TraceTwice, Unavailable
from core.members.member import Member
from core.ports.central import Central
from core.pricing.basket import Basket
from core.sales.explanation import Explanation
from core.sales.trace import SoldTrace, TraceSale
from core.sales.trace_back import packs_within
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.ident import read_paper_no
from ui.chain_desk import ChainDesk
from ui.devices import sound
from ui.devices.paper import PaperDesk
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.return_state import ReturnState
from ui.till.returns import ReturnSheet
from ui.till.sale_finding import SaleFinding
from ui.work import Failed, Work

Chosen = dict[int, int]
T = TypeVar("T")
LOOKED, PACK, PREVIEW = "return", "returned pack", "return preview"


def looked_at(
    shop: Shop, no: str, chosen: Chosen | None = None, *, staff: Staff, has_receipt: bool
) -> ReturnState:
    """A sale with what is chosen of it, in words."""
    shown: ReturnPreview = returning.preview_return(
        shop, no, chosen, has_receipt=has_receipt, staff=staff
    )
    with shop.store.read() as reading:
        return ReturnState.of(shown, reading.till.zone)


def _fetched(text: str, staff: Staff, shop: Shop, central: Central, token: str) -> str:
    return fetch_sale(shop, central, token, text, staff=staff)


class _ReturnId:
    """Of what is shown; made once, on the thread of the store. Another sale has another."""

    made: UUID | None = None


class ReturnFlow(QObject):
    """F8."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: ReturnSheet,
        *,
        paper: PaperDesk,
        chain: ChainDesk,
        override: OverrideFlow,
        void: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._paper = paper
        self._chain = chain
        self._override = override
        self._void = void
        self._shown: ReturnState | None = None
        self._has_receipt = False
        self._return_id = _ReturnId()
        self._packs: list[SoldTrace] = []
        SaleFinding(work, flow, sheet.finder, self)
        sheet.traced.connect(self._look_for_pack)
        sheet.looked_for.connect(self._look_for)
        sheet.chosen.connect(self._preview)
        sheet.returned.connect(self._return)
        sheet.void_asked.connect(self._on_void_asked)
        sheet.exchanged.connect(self._exchange)

    def begin(self) -> None:
        """Which sale it was is found first."""
        self._shown = None
        self._work.forget(LOOKED, PACK, PREVIEW)
        self._sheet.begin()

    def begin_with(self, no: str, *, has_receipt: bool = True) -> None:
        """A sale that was found elsewhere; of a receipt that was scanned."""
        self.begin()
        self._look_for(no, has_receipt)

    def _look_for(self, text: str, by_number: bool) -> None:
        """A number first, then a pack that was sold, then whatever it may be of a sale."""
        self._work.ask(
            looked_at,
            text,
            topic=LOOKED,
            staff=self._flow.staff,
            has_receipt=by_number,
            then=partial(self._begin_found, by_number),
            failed=partial(self._look_for_sold, text),
        )

    def _begin_found(self, by_number: bool, state: ReturnState) -> None:
        """别台的小票 is asked for anew, its holder may have spent since; without a line as kept."""
        link = self._chain.state
        if not state.is_away or link is None or not link.is_online:
            self._begin_sale(by_number, state)
            return

        def failed(error: Exception) -> None:
            if isinstance(error, Unavailable | AskedElsewhere | NotInChain):
                self._begin_sale(by_number, state)
            else:
                self._refused(error)

        self._sheet.show_asking()
        self._chain.errand(
            partial(_fetched, state.no, self._flow.staff),
            then=partial(self._begin_fetched, by_number),
            failed=failed,
            is_brief=True,
        )

    def _look_for_sold(self, text: str, error: Exception) -> None:
        if not isinstance(error, NoSuchSale):
            self._refused(error)
            return
        if read_paper_no(text) is not None:
            self._fetch(text, error)
            return
        self._work.ask(
            sold_pack,
            text,
            topic=LOOKED,
            then=partial(self._on_sold, text),
            failed=self._refused,
        )

    def _fetch(self, text: str, unknown: Exception) -> None:
        """别台的小票: the server knows it, where this till belongs to a chain."""
        if not self._chain.is_sending:
            self._refused(unknown)
            return
        staff = self._flow.staff
        self._sheet.show_asking()
        self._chain.errand(
            partial(_fetched, text, staff),
            then=partial(self._begin_fetched, True),
            failed=self._refused,
        )

    def _begin_fetched(self, by_number: bool, no: str) -> None:
        """One that was not known here was scanned, or its number typed whole."""
        self._work.ask(
            looked_at,
            no,
            topic=LOOKED,
            staff=self._flow.staff,
            has_receipt=by_number,
            then=partial(self._begin_sale, by_number),
            failed=self._refused,
        )

    def _on_sold(self, text: str, sold: TraceSale | None) -> None:
        """A pack of the open sale is chosen; without one its sale is opened, and it is chosen."""
        if sold is None:
            self._look_further(text)
        elif self._sheet.has_sale:
            self._sheet.set_waiting()
            self._look_for_pack(text)
        else:
            self._work.ask(
                looked_at,
                sold.sale_no,
                topic=LOOKED,
                staff=self._flow.staff,
                has_receipt=False,
                then=partial(self._begin_with_pack, text),
                failed=self._refused,
            )

    def _begin_with_pack(self, text: str, state: ReturnState) -> None:
        self._begin_sale(False, state)
        self._look_for_pack(text)

    def _look_further(self, text: str) -> None:
        """Beside the goods of an open sale only a card is something else."""
        if not self._sheet.has_sale:
            self._sheet.find_sales(text)
            return
        self._work.ask(
            card_holder,
            text,
            topic=LOOKED,
            then=partial(self._find_of, text),
            failed=self._refused,
        )

    def _find_of(self, text: str, member: Member | None) -> None:
        if member is not None:
            self._sheet.find_sales(text)
        else:
            sound.play_error()
            self._sheet.say_not_here(text)

    def _begin_sale(self, by_number: bool, state: ReturnState) -> None:
        self._has_receipt, self._return_id, self._packs = by_number, _ReturnId(), []
        self._shown = state
        self._sheet.show_sale(state)

    def _look_for_pack(self, text: str) -> None:
        """One pack by its trace code; one of another sale is said, and nothing chosen."""
        if self._shown is not None:
            self._work.ask(
                traced_line,
                self._shown.sale_id,
                text,
                topic=PACK,
                then=self._add_pack,
                failed=self._not_packed,
            )

    def _add_pack(self, sold: SoldTrace) -> None:
        if sold in self._packs:
            self._not_packed(TraceTwice(sold.code, self._shown.no if self._shown else ""))
        else:
            self._packs.append(sold)
            self._sheet.add_pack(sold.line_no)

    def _not_packed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.say_problem)

    def _preview(self, chosen: Chosen) -> None:
        if self._shown is None:
            return
        self._return_id, self._packs = _ReturnId(), packs_within(self._packs, chosen)
        self._work.ask(
            looked_at,
            self._shown.no,
            chosen,
            topic=PREVIEW,
            staff=self._flow.staff,
            has_receipt=self._has_receipt,
            then=self._show,
            failed=self._refused,
        )

    def _show(self, state: ReturnState) -> None:
        """What is chosen of the sale that stands here; another may have been opened meanwhile."""
        if self._shown is not None and state.sale_id == self._shown.sale_id:
            self._shown = state
            self._sheet.show_chosen(state)

    def _return(
        self, sale_id: UUID, chosen: Chosen, told: Explanation, approval: Approval | None = None
    ) -> None:
        """The id is made once for what is shown, so that it comes back once."""
        traces = tuple(pack.code for pack in self._packs)
        person = (self._flow.staff, self._has_receipt, approval)
        words = (sale_id, chosen, told, *person, traces, self._return_id)
        failed = partial(self._failed, partial(self._return, sale_id, chosen, told))
        if self._shown is not None and self._shown.is_away:
            self._sheet.show_asking()
            self._chain.errand(
                lambda shop, *line: self._return_once(shop, *words, do=return_elsewhere, line=line),
                then=partial(self._returned, self._shown),
                failed=failed,
            )
        else:
            self._claim(words, failed)

    def _claim(self, words: tuple[Any, ...], failed: Failed) -> None:
        """What this till sold others may take back just now; who is not asked stops nothing."""

        then = partial(self._returned, self._shown)

        def go_on(_outcome: object) -> None:
            do = returning.return_sale
            self._work.act(self._return_once, *words, do=do, then=then, failed=failed)

        def refused(error: Exception) -> None:
            (failed if isinstance(error, OTHERS_WERE_FIRST) else go_on)(error)

        if not self._chain.is_sending:
            go_on(None)
            return
        self._chain.errand(
            lambda shop, *line: self._return_once(shop, *words, do=claim_return, line=line),
            then=go_on,
            failed=refused,
            is_brief=True,
        )

    def _return_once(
        self,
        shop: Shop,
        sale_id: UUID,
        chosen: Chosen,
        told: Explanation,
        staff: Staff,
        has_receipt: bool,
        approval: Approval | None,
        traces: tuple[str, ...],
        return_id: _ReturnId,
        *,
        do: Callable[..., T],
        line: tuple[Any, ...] = (),
    ) -> T:
        """Whatever is done about this return, over a line or without, is done by the same id."""
        return_id.made = return_id.made or shop.new_id()
        return do(
            shop,
            *line,
            sale_id,
            chosen,
            return_id=return_id.made,
            explanation=told,
            has_receipt=has_receipt,
            traces=traces,
            staff=staff,
            approval=approval,
        )

    def _returned(self, shown: ReturnState | None, outcome: SaleReturned) -> None:
        """The paper opens the drawer where cash goes back; who stands here is priced anew.

        Who turned back meanwhile must hear it all the same: there is money to hand back.
        """
        if not outcome.is_repeat:
            self._paper.print(outcome.receipt)
        if shown is not None:
            self._sheet.show_done(shown)
        self._flow.after_void()

    def _on_void_asked(self, no: str) -> None:
        """The whole sale was a mistake of today: that is a void."""
        self._sheet.shut()
        self._void(no)

    def _exchange(
        self, sale_id: UUID, chosen: Chosen, told: Explanation, approval: Approval | None = None
    ) -> None:
        """换货: it waits with the basket at the counter, and comes back when that is paid."""
        staff, has_receipt = self._flow.staff, self._has_receipt
        traces = tuple(pack.code for pack in self._packs)

        def begin(shop: Shop, basket: Basket) -> Counter:
            return begin_exchange(
                shop,
                basket,
                sale_id,
                chosen,
                return_id=shop.new_id(),
                explanation=told,
                has_receipt=has_receipt,
                traces=traces,
                staff=staff,
                approval=approval,
            )

        again = partial(self._exchange, sale_id, chosen, told)
        self._flow.put(
            begin, then=lambda _counter: self._sheet.shut(), failed=partial(self._failed, again)
        )

    def _failed(self, again: Callable[[Approval], None], error: Exception) -> None:
        self._sheet.set_waiting()
        words = ""
        if (shown := self._shown) is not None:
            words = tr("{no}，退款 {back}", no=shown.no, back=shown.back)
        if not self._override.mends(error, again, words=words):
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
