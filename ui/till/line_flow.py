"""行的对话: a line of the basket is stepped, counted or removed, a member or exchange let go."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions import counter as counters
from core.actions.counter import Counter
from core.errors import BadQuantity
from core.pricing.basket import Basket
from core.pricing.exchange import Exchange
from core.shop import Shop
from core.values.quantity import ONE, parse_quantity
from ui.chain_desk import ChainDesk
from ui.till.flow import TillFlow
from ui.till.keys import QUANTITY
from ui.till.page import TillPage


class LineFlow(QObject):
    """Everything in the order in which it was pressed, behind what was scanned before."""

    def __init__(
        self,
        flow: TillFlow,
        page: TillPage,
        *,
        chain: ChainDesk,
        is_free: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`is_free`: nothing lies over the page."""
        super().__init__(parent)
        self._flow = flow
        self._page = page
        self._is_free = is_free
        self._chain = chain
        self._asked: tuple[UUID, int] | None = None
        flow.shown.connect(self._ask_weight)
        page.basket.table.current_changed.connect(self._on_current)
        page.stepped.connect(self._step)
        page.counted.connect(self._count)
        page.removed.connect(self._remove)
        page.member_dropped.connect(self._drop_member)
        page.exchange_dropped.connect(self._drop_exchange)

    def _on_current(self, _key: object) -> None:
        """F3 shows the quantity of the line that is selected: another line has its own."""
        if self._page.scan.asks_for_selected:
            self._page.press(QUANTITY)

    def _step(self, no: int, step: int) -> None:
        def one_more(shop: Shop, basket: Basket) -> Counter:
            milli = basket.line(no).quantity_milli + step * ONE
            return counters.change_quantity(shop, basket, no, milli)

        self._flow.put(one_more)

    def _count(self, no: int, text: str) -> None:
        try:
            milli = parse_quantity(text)
        except BadQuantity as refused:
            self._flow.say(refused)
            self._ask_again(no)  # the next number is meant as the quantity too
            return
        self._flow.put(lambda shop, basket: counters.change_quantity(shop, basket, no, milli))

    def _ask_again(self, no: int) -> None:
        counter = self._flow.counter
        if counter is not None and _is_unweighed(counter.basket, no):
            self._page.ask_quantity(no)
        else:
            self._page.press(QUANTITY)

    def _ask_weight(self, counter: Counter, _last: object) -> None:
        """Once, of what was just added; a scan goes on, and the payment wants what is left out."""
        basket, no = counter.basket, counter.changed_line
        if (asked := self._page.scan.counted_line) and not _is_unweighed(basket, int(asked)):
            self._page.scan.clear()
        if no is None or not _is_unweighed(basket, no) or self._asked == (basket.sale_id, no):
            return
        self._asked = basket.sale_id, no
        if self._is_free() and not self._page.scan.text():
            self._page.ask_quantity(no)

    def _remove(self, no: int) -> None:
        self._flow.put(lambda shop, basket: counters.remove_line(shop, basket, no))

    def _drop_member(self) -> None:
        self._flow.put(lambda shop, basket: counters.choose_member(shop, basket, None))

    def _drop_exchange(self) -> None:
        from core.actions.exchange import drop_exchange

        counter = self._flow.counter
        exchange = counter.basket.exchange if counter is not None else None
        self._flow.put(drop_exchange, then=lambda _counter: self._give_back(exchange))

    def _give_back(self, exchange: Exchange | None) -> None:
        """Others may take it back at once; without a line they may when its time is over."""
        if exchange is not None and self._chain.is_sending:
            from core.actions.return_elsewhere import give_up_claims

            return_id = exchange.return_id

            self._chain.errand(
                lambda *line: give_up_claims(*line, of=return_id),
                then=lambda _count: None,
                failed=lambda _error: None,
                is_brief=True,
            )


def _is_unweighed(basket: Basket, no: int) -> bool:
    return any(line.no == no and line.is_unweighed for line in basket.lines)
