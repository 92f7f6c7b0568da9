"""手工优惠的对话: tried with each stroke, given on Enter, and with an approval beyond the limit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from core.actions import by_hand as giving
from core.actions.by_hand import Tried, unanswered
from core.actions.counter import Counter
from core.changes import Changes
from core.errors import NotAllowed
from core.pricing.basket import Basket
from core.pricing.by_hand import ByHand
from core.shop import Shop
from core.trust.rights import Approval, Right
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.till.by_hand import ByHandSheet
from ui.till.by_hand_state import ByHandState, Preview, by_hand_words, grown_words
from ui.till.flow import TillFlow
from ui.work import Work


class ByHandFlow(QObject):
    """F4, and the question before a payment whose discounts grew beyond what was allowed."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: ByHandSheet,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._override = override
        self._no: int | None = None
        sheet.tried.connect(self._try)
        sheet.given.connect(self._give)
        sheet.taken_back.connect(self._take_back)
        work.changed.connect(self._on_changed)

    def begin(self, no: int | None) -> None:
        """Open the sheet for a line, where one is chosen; an empty basket has nothing to give."""
        counter = self._flow.counter
        if counter is not None and not counter.basket.is_empty and self._sheet.isHidden():
            self._no = no
            self._sheet.begin(ByHandState.of(counter, no))

    def answer(self, approval: Approval | None = None, *, then: Callable[[], None]) -> None:
        """Have somebody answer for what has grown beyond the limit, before money is taken."""
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: giving.approve_by_hand(
                shop, basket, staff=staff, approval=approval
            ),
            then=lambda _counter: then(),
            failed=lambda error: self._unanswered(error, then),
        )

    def _unanswered(self, error: Exception, then: Callable[[], None]) -> None:
        again = partial(self.answer, then=then)
        counter = self._flow.counter
        given = unanswered(counter) if counter else ()
        why = grown_words(given) if given else ""
        if not self._override.mends(error, again, why=why):
            self._flow.say(error)

    def _on_changed(self, changes: Changes) -> None:
        """A scan under the sheet: what it says is of the basket as it stands."""
        counter = self._flow.counter
        if changes & Changes.BASKET and counter is not None and self._sheet.isVisible():
            if counter.basket.is_empty:
                self._sheet.shut()
            else:
                self._sheet.show_state(ByHandState.of(counter, self._no))

    def _try(self, no: int | None, by_hand: ByHand) -> None:
        counter = self._flow.counter
        if counter is not None:
            self._work.ask(
                giving.try_by_hand,
                counter.basket,
                no,
                by_hand,
                staff=self._flow.staff,
                topic="by hand",
                then=self._show_tried,
                failed=lambda _error: self._sheet.show_now(),
            )

    def _show_tried(self, tried: Tried) -> None:
        self._sheet.show_preview(Preview.of(tried))

    def _give(self, no: int | None, by_hand: ByHand, approval: Approval | None = None) -> None:
        staff = self._flow.staff

        def give(shop: Shop, basket: Basket) -> Counter:
            return giving.give_by_hand(shop, basket, no, by_hand, staff=staff, approval=approval)

        self._flow.put(
            give,
            then=lambda _counter: self._sheet.shut(),
            failed=partial(
                self._failed,
                again=partial(self._give, no, by_hand),
                words=by_hand_words(by_hand),
            ),
        )

    def _take_back(self, no: int | None) -> None:
        self._flow.put(
            lambda shop, basket: giving.take_back_by_hand(shop, basket, no),
            then=lambda _counter: self._sheet.shut(),
            failed=partial(self._failed, again=lambda _approval: None, words=""),
        )

    def _failed(self, error: Exception, *, again: Callable[[Approval], object], words: str) -> None:
        if isinstance(error, NotAllowed) and error.right == Right.DISCOUNT_BEYOND_LIMIT:
            self._sheet.amount.set_busy(False)
        if not self._override.mends(error, again, words=words):
            say_not_done(error, self._sheet.show_error)
