"""收款: from F9 on: what is answered before money is taken, the payment, what stands here after."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.actions.by_hand import is_unanswered
from core.errors import NotInChain, Unavailable, WeightNeeded
from core.sales.trace import unweighed_line
from ui.chain_desk import ChainDesk
from ui.devices.paper import PaperDesk
from ui.exchange_text import exchange_words
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.payment_flow import PaymentFlow
from ui.till.sheets import Sheets
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.settle import Settled
    from core.pricing.basket import Basket
    from core.pricing.tender import Tender
    from ui.till.by_hand_flow import ByHandFlow
    from ui.till.gift_flow import GiftFlow
    from ui.till.override_flow import OverrideFlow
    from ui.till.scan_talk import ScanTalk


class PayTalk(QObject):
    """One sale after another; `scanning`, the other talks are made when they are asked."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheets: Sheets,
        paper: PaperDesk,
        *,
        scanning: Callable[[], ScanTalk],
        by_hand: Callable[[], ByHandFlow],
        gifts: Callable[[], GiftFlow],
        override: Callable[[], OverrideFlow],
        ask_quantity: Callable[[int], None],
        chain: ChainDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheets = sheets
        self._paper = paper
        self._scanning = scanning
        self._by_hand = by_hand
        self._gifts = gifts
        self._override = override
        self._ask_quantity = ask_quantity
        self._chain = chain

    @cached_property
    def _payments(self) -> PaymentFlow:
        sheet, flow = self._sheets.payment, self._flow
        payments = PaymentFlow(
            self._work,
            sheet,
            staff=lambda: flow.staff,
            reserving=lambda: flow.reserving,
            parent=self,
        )
        payments.settled.connect(self._on_settled)
        payments.tendered.connect(flow.keep)
        payments.shown.connect(flow.shown)
        flow.turns.waiting.connect(sheet.show_waiting)
        payments.left.connect(self._on_left)
        payments.unanswered.connect(self._ask_approval)
        self._scanning().listen(payments)
        return payments

    def begin(self, *, claimed: Basket | None = None) -> None:
        """What was given by hand is answered for before money is taken, gifts are decided.

        Codes of `claimed` were asked for just now; the next time they are asked for again.
        """
        counter = self._flow.counter
        if counter is None or counter.basket.is_empty or self._sheets.has_open:
            return
        if is_unanswered(counter):
            self._by_hand().answer(then=self.begin)
            return
        if counter.quote.unmet:
            self._gifts().begin(then=self.begin)
            return
        if (light := unweighed_line(counter.basket)) is not None:
            self._flow.say(WeightNeeded(light.product.name))
            self._ask_quantity(light.no)
            return
        if counter.basket.traces_missing:
            self._scanning().demand(then=self.begin)
            return
        if counter.basket.coupons and self._chain.is_sending and claimed != counter.basket:
            self._claim(counter.basket)
            return
        payments = self._payments  # it hears of what waits from the first moment on
        self._flow.hold()
        payments.begin(counter)

    def _claim(self, basket: Basket) -> None:
        """一次券: no other till may use them meanwhile; without a line the sale says what may."""
        from core.actions.claim_coupons import claim_coupons

        def go_on(_outcome: object) -> None:
            counter = self._flow.counter
            if counter is not None and counter.basket.sale_id == basket.sale_id:
                self.begin(claimed=basket)  # else somebody else stands there by now

        def failed(error: Exception) -> None:
            if isinstance(error, Unavailable | NotInChain):
                go_on(error)
            else:
                self._flow.say(error)

        self._chain.errand(
            lambda shop, central, token: claim_coupons(shop, central, token, basket),
            then=go_on,
            failed=failed,
            is_brief=True,
        )

    def _on_settled(self, outcome: Settled) -> None:
        sale = outcome.sale
        self._flow.after_sale(sale)
        self._flow.release()
        self._paper.print(sale.receipt)

    def _ask_approval(self, error: Exception) -> None:
        """What comes back asks for more than when the exchange was begun."""
        counter = self._flow.counter
        words = exchange_words(counter)[0] if counter and counter.basket.exchange else ""
        why = tr("要退回的那些，现在要有权限的人答应才能退。已收的都留着。")
        self._override().mends(error, self._payments.answer, words=words, why=why)

    def _on_left(self, tenders: tuple[Tender, ...]) -> None:
        """What was taken stays with the basket, and it is said."""
        self._flow.take_tenders(tenders)
        self._flow.release()
