"""收款: from F9 on: what is answered before money is taken, the payment, what stands here after."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.actions.by_hand import is_unanswered
from core.errors import WeightNeeded
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
    from core.actions.counter import Counter
    from core.actions.settle import Settled
    from core.pricing.basket import Basket
    from core.pricing.tender import Tender
    from ui.login.override_flow import OverrideFlow
    from ui.till.by_hand_flow import ByHandFlow
    from ui.till.gift_flow import GiftFlow
    from ui.till.scan_talk import ScanTalk

SEEN_MS = 300
"""Head office answers sooner as a rule: what goes by so soon is not shown."""


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
        self._asked: Basket | None = None
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._seen.timeout.connect(lambda: flow.page.pay.show_asking(is_asking=True))
        flow.shown.connect(self._on_shown)

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
        has_any = counter.basket.coupons or counter.basket.exchange
        if has_any and self._chain.is_sending and claimed != counter.basket:
            self._claim(counter.basket)
            return
        payments = self._payments  # it hears of what waits from the first moment on
        self._flow.hold()
        payments.begin(counter)

    def _claim(self, basket: Basket) -> None:
        """收款前占用: no other till may use them meanwhile; without a line the sale decides."""
        if self._asked is not None:
            return  # it goes on by itself when there is an answer
        from core.actions.claim_ahead import claim_ahead

        self._asked = basket
        self._seen.start()
        self._chain.errand(
            lambda shop, central, token: claim_ahead(shop, central, token, basket),
            then=lambda _: self._on_claimed(basket),
            failed=lambda error: self._on_refused(basket, error),
            is_brief=True,
        )

    def _on_claimed(self, basket: Basket) -> None:
        if self._asked is basket:
            self._stop_asking()
            self.begin(claimed=basket)

    def _on_refused(self, basket: Basket, error: Exception) -> None:
        """Said of the basket that was asked for, while it stands here with what was refused.

        One that was laid aside is asked for again when it is paid.
        """
        from core.actions.claim_ahead import OTHERS_WERE_FIRST

        counter = self._flow.counter
        if self._asked is not basket or counter is None:
            return
        self._stop_asking()
        now = counter.basket
        if not isinstance(error, OTHERS_WERE_FIRST):
            self.begin(claimed=basket)
        elif (now.coupons, now.exchange) == (basket.coupons, basket.exchange):
            self._flow.page.clear_done()  # that a coupon was used is not so any more
            self._flow.say(error)
        else:
            self.begin()

    def _on_shown(self, counter: Counter, _sold: object) -> None:
        """Of a basket that stands here no more nobody waits for an answer."""
        if self._asked is not None and counter.basket.sale_id != self._asked.sale_id:
            self._stop_asking()

    def _stop_asking(self) -> None:
        self._asked = None
        self._seen.stop()
        self._flow.page.pay.show_asking(is_asking=False)

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
