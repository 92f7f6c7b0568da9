"""收款的对话: tenders are recorded one by one; the last one settles, and only once.

The counter behind the sheet stays as it was: tenders live in a basket of the payment's own until
the sale is settled. Turning back hands what was recorded to the counter: a customer's phone may be
charged already, and nobody may forget that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.actions import counter as counters
from core.actions import exchange as exchanging
from core.actions import settle as settling
from core.actions.counter import Counter
from core.actions.settle import Settled
from core.errors import ApprovalSpent, NotAllowed, PointsUnreserved, PriceChanged
from core.members.member import Member
from core.pricing.tender import Tender, TenderKind
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from ui.devices import sound
from ui.reserved_text import not_reserved_words
from ui.text import sentence
from ui.till.payment import PaymentSheet
from ui.till.payment_state import PaymentState
from ui.work import Work

if TYPE_CHECKING:
    from ui.till.reserving import Reserving

OF_RETURNS = (Right.RETURN_WITHIN_RULES, Right.RETURN_BEYOND_RULES)


class PaymentFlow(QObject):
    """One payment after another. `settled` gives the outcome of each, once; `left` ends without,
    with the tenders that were recorded.

    `tendered` gives the basket with each tender that was recorded, so that a crash forgets none.
    `shown` gives the counter with it.
    `unanswered` gives why what comes back in an exchange wants an approval; `answer` takes it.
    `scanned` gives each code that came meanwhile; `rejoined` the counter with a member whose card
    was one of them, and meant for this sale.
    """

    tendered = Signal(object)
    shown = Signal(object, object)
    rejoined = Signal(object)
    unanswered = Signal(object)
    scanned = Signal(str)
    settled = Signal(object)
    left = Signal(object)

    def __init__(
        self,
        work: Work,
        sheet: PaymentSheet,
        *,
        staff: Callable[[], Staff],
        reserving: Callable[[], Reserving | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._staff = staff
        self._reserving = reserving
        self._counter: Counter | None = None
        self._is_settling = False
        sheet.tender_added.connect(self._add)
        sheet.tender_removed.connect(self._remove)
        sheet.confirmed.connect(self._confirm)
        sheet.cancelled.connect(self._cancel)
        sheet.scanned.connect(self.scanned)

    @property
    def is_open(self) -> bool:
        """Whether a payment is going on."""
        return self._counter is not None

    def begin(self, counter: Counter) -> None:
        """Show what is to pay; a second press of the key changes nothing."""
        if self.is_open or counter.basket.is_empty:
            return
        self._counter = counter
        if counter.basket.exchange is None:
            self._sheet.show_payment(PaymentState.of(counter))
            self._reserve(counter)
        else:
            self._tendered(counter.basket.tenders, self._show)

    def _reserve(self, counter: Counter) -> None:
        """Points of a chain that the sale spends are set aside for it before money is taken."""
        reserving = self._reserving()
        if reserving is None or counter.is_reserved:
            return
        self._sheet.show_asking(counter.quote.points_spent)
        reserving.reserve_for(counter, partial(self._look_again, None), self._look_again)

    def take_member(self, member: Member) -> None:
        """The card belongs to this sale after all; tenders that still fit stay."""
        if self._counter is None:
            return
        basket = self._counter.basket.with_member(member.id)
        self._work.act(
            exchanging.paid_by_member,
            basket,
            staff=self._staff(),
            then=self._rejoin,
            failed=self._failed,
        )

    def answer(self, approval: Approval) -> None:
        """Somebody answers for what comes back in an exchange; its tenders stay."""
        if self._counter is not None:
            self._work.act(
                exchanging.answer_exchange,
                self._counter.basket,
                staff=self._staff(),
                approval=approval,
                then=self._rejoin,
                failed=self._failed,
            )

    def _rejoin(self, counter: Counter) -> None:
        if self._counter is not None:
            self._show(counter)
            self.rejoined.emit(counter)

    def wants(self, member: Member) -> bool:
        """Whether this sale could still become that of somebody who does not stand here."""
        counter = self._counter
        is_here = counter is not None and not self._is_settling
        return counter is not None and is_here and member.id != counter.basket.member_id

    def _add(self, kind: str, fen: int) -> None:
        if self._counter is None:
            return
        tenders = (*self._counter.basket.tenders, Tender(TenderKind(kind), fen))
        self._tendered(tenders, self._show)

    def _remove(self, at: int) -> None:
        if self._counter is None:
            return
        tenders = self._counter.basket.tenders
        if at < PaymentState.of(self._counter).credits:
            self._sheet.show_payment(PaymentState.of(self._counter))
            return
        self._tendered((*tenders[:at], *tenders[at + 1 :]), self._show)

    def _confirm(self, kind: str, fen: int) -> None:
        if self._counter is None:
            return
        if not kind:
            self._settle(self._counter)
            return
        tenders = (*self._counter.basket.tenders, Tender(TenderKind(kind), fen))
        self._tendered(tenders, self._settle)

    def _tendered(self, tenders: tuple[Tender, ...], then: Callable[[Counter], None]) -> None:
        assert self._counter is not None
        basket = self._counter.basket.with_tenders(tenders)
        self._work.act(
            exchanging.tendered, basket, staff=self._staff(), then=then, failed=self._failed
        )

    def _show(self, counter: Counter) -> None:
        if self._counter is not None:
            self._counter = counter
            self.tendered.emit(counter.basket)
            self.shown.emit(counter, None)
            self._sheet.show_payment(PaymentState.of(counter))
            self._reserve(counter)

    def _settle(self, counter: Counter) -> None:
        """Settle, but only for the price that the customer was shown before they paid."""
        if self._counter is None:
            return
        payable = PaymentState.of(counter).payable_fen
        if payable != PaymentState.of(self._counter).payable_fen:
            self._look_again(PriceChanged(payable))
        elif counter.quote.due_fen:
            self._show(counter)
        else:
            self._is_settling = True
            self._work.act(
                settling.settle,
                counter.basket,
                shown=counter.quote.hash,
                staff=self._staff(),
                then=self._done,
                failed=self._failed,
            )

    def _done(self, outcome: Settled) -> None:
        self._counter, self._is_settling = None, False
        self._sheet.show_change(outcome.sale)
        self.settled.emit(outcome)

    def _failed(self, error: Exception) -> None:
        self._is_settling = False
        if isinstance(error, PriceChanged) and self._counter is not None:
            self._look_again(error)
            return
        if isinstance(error, PointsUnreserved):  # what was set aside ran out meanwhile
            self._look_again(None)
            return
        sound.play_error()
        if self._counter is not None and self._sheet.isHidden():
            self._sheet.show_payment(PaymentState.of(self._counter))
        self._sheet.show_error(sentence(error))
        is_of_return = isinstance(error, NotAllowed | ApprovalSpent) and error.right in OF_RETURNS
        if is_of_return and self._counter is not None:
            self.unanswered.emit(error)

    def _look_again(self, why: Exception | None) -> None:
        """The price moved between showing and settling: show the new one, take nothing more."""
        if self._counter is None:  # somebody turned back meanwhile
            return
        if why is not None:
            sound.play_error()

        def show(counter: Counter) -> None:
            is_of_points = not isinstance(why, PriceChanged)
            self._show(counter)
            if why is not None:
                says = not_reserved_words(why, counter) if is_of_points else sentence(why)
                self._sheet.show_error(says)

        basket = self._counter.basket
        said: dict[str, Any] = {
            "then": show,
            "failed": lambda error: self._sheet.show_error(sentence(error)),
        }
        if basket.exchange is None:
            self._work.act(counters.reprice, basket, **said)
        else:
            self._work.act(exchanging.tendered, basket, staff=self._staff(), **said)

    def _cancel(self) -> None:
        """Turning back; a sale that is just being settled comes back with its change."""
        if self._counter is not None and not self._is_settling:
            tenders, self._counter = self._counter.basket.own_tenders, None
            self.left.emit(tenders)
