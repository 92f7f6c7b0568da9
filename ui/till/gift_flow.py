"""赠品 · 加价购的对话: chosen one by one; before a payment what is not met any more is decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from core.actions import counter as counters
from core.actions import gifts as giving
from core.actions.counter import Counter
from core.actions.gifts import Choice, NotHad
from core.changes import Changes
from core.pricing.basket import Basket
from core.shop import Shop
from ui.not_done import say_not_done
from ui.till.flow import TillFlow
from ui.till.gift_state import gift_rows
from ui.till.gifts import GiftSheet
from ui.till.turns import Do
from ui.work import Work

Found = tuple[tuple[Choice, ...], dict[int, int], tuple[NotHad, ...]]


def _found(shop: Shop, basket: Basket) -> Found:
    """What may be chosen, what each line that is unmet would cost, and what is given to nobody."""
    prices = giving.prices_if_bought(shop, basket)
    return giving.choices(shop, basket), prices, giving.not_had(shop, basket)


class GiftFlow(QObject):
    """Ctrl+G, and the question before a payment that would charge for a gift."""

    def __init__(
        self, work: Work, flow: TillFlow, sheet: GiftSheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._then: Callable[[], None] | None = None
        self._is_begun = False
        sheet.chosen.connect(self._choose)
        sheet.bought.connect(self._buy)
        sheet.taken_out.connect(self._take_out)
        sheet.closed.connect(self._forget)
        work.changed.connect(self._on_changed)

    def begin(self, then: Callable[[], None] | None = None) -> None:
        """Open the sheet; `then` goes on once nothing is unmet any more."""
        self._then, self._is_begun = then, True
        self._ask()

    def _ask(self) -> None:
        counter = self._flow.counter
        if counter is not None and not counter.basket.is_empty:
            self._work.ask(
                _found,
                counter.basket,
                topic="gifts",
                then=self._show,
                failed=self._flow.say,
            )

    def _show(self, found: Found) -> None:
        counter = self._flow.counter
        if counter is not None and self._is_begun:
            self._sheet.show_rows(gift_rows(counter, *found))

    def _choose(self, offer: str, code: str) -> None:
        staff = self._flow.staff
        self._put(lambda shop, basket: giving.choose_gift(shop, basket, offer, code, staff=staff))

    def _buy(self, no: int) -> None:
        staff = self._flow.staff
        self._put(lambda shop, basket: giving.buy_gift(shop, basket, no, staff=staff))

    def _take_out(self, no: int) -> None:
        self._put(lambda shop, basket: counters.remove_line(shop, basket, no))

    def _put(self, do: Do) -> None:
        self._flow.put(do, then=self._done, failed=self._failed)

    def _done(self, counter: Counter) -> None:
        """Away with the sheet once everything is decided and chosen."""
        if counter.quote.unmet or (self._then is None and self._has_more(counter)):
            self._ask()
            return
        then = self._then
        self._sheet.shut()
        if then is not None:
            then()

    def _has_more(self, counter: Counter) -> bool:
        return any(row.left for row in counter.quote.offered)

    def _forget(self) -> None:
        self._then, self._is_begun = None, False

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)

    def _on_changed(self, changes: Changes) -> None:
        """A scan under the sheet: what it lists is of the basket as it stands."""
        if changes & Changes.BASKET and self._sheet.isVisible():
            self._ask()
