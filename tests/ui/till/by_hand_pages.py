"""Pictures of 手工优惠: the sheet in its states, and the counter with what was given."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.actions.by_hand import Tried
from core.actions.counter import Counter
from core.errors import DiscountTooHigh
from core.pricing.basket import SwitchedOff
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.given import given_by_hand
from tests.ui.till import baskets
from tests.ui.till.counter_pages import CALCIUM, GIFT, SALE, VITAMIN, Draw, basket_of, counter_page
from ui.look import Look
from ui.text import sentence
from ui.till.by_hand import ByHandSheet
from ui.till.by_hand_state import ByHandState, Preview
from ui.till.offer_state import OfferState
from ui.till.offers import OfferSheet
from ui.till.state import TillState

OLD_FRIEND = DiscountByHand("老顾客", 1, rate_bp=9500)


def _counter(*given: tuple[int | None, ByHand]) -> Counter:
    made = basket_of(*SALE)
    for no, by_hand in given:
        if no is not None:
            made = made.with_by_hand(no, by_hand)
        elif isinstance(by_hand, DiscountByHand):
            made = made.with_discount(by_hand)
    return baskets.counter(made, file=baskets.member())


def _sheet(look: Look, window: QWidget, counter: Counter, no: int | None) -> ByHandSheet:
    counter_page(look, window, TillState.of(counter))
    sheet = ByHandSheet(look, window)

    def show_tried(no: int | None, by_hand: ByHand) -> None:
        other = _counter((no, by_hand))
        given = next(each for each in given_by_hand(other.basket, other.quote) if each.line == no)
        too_much = not given.is_within(other.rulebook.by_hand)
        sheet.show_preview(Preview.of(Tried(other, given, too_much)))

    sheet.tried.connect(show_tried)
    sheet.begin(ByHandState.of(counter, no))
    return sheet


def by_hand(look: Look, window: QWidget) -> None:
    _sheet(look, window, _counter(), 2)


def by_hand_amount(look: Look, window: QWidget) -> None:
    sheet = _sheet(look, window, _counter(), 2)
    sheet.amount.entry.edit.setText("5")
    sheet.findChild(QWidget, "by_hand_reason_1").click()


def by_hand_beyond(look: Look, window: QWidget) -> None:
    sheet = _sheet(look, window, _counter(), 2)
    sheet.findChild(QWidget, "by_rate").click()
    sheet.amount.entry.edit.setText("5")
    sheet.findChild(QWidget, "by_hand_reason_0").click()


def by_hand_basket(look: Look, window: QWidget) -> None:
    sheet = _sheet(look, window, _counter((None, OLD_FRIEND)), 3)
    sheet.amount.entry.edit.setText("3.5")


def by_hand_wrong(look: Look, window: QWidget) -> None:
    sheet = _sheet(look, window, _counter((2, PriceByHand(60_00, "价签错误", 1))), 2)
    sheet.show_error(sentence(DiscountTooHigh(500_00, 64_60)))


def by_hand_dear(look: Look, window: QWidget) -> None:
    counter = baskets.counter(basket_of((GIFT, 9_000), (VITAMIN, 999_000)))
    sheet = ByHandSheet(look, window)
    sheet.begin(ByHandState.of(counter, 1))


def _given() -> Counter:
    return _counter(
        (1, PriceByHand(36_00, "价签错误", 1)),
        (2, DiscountByHand("破损", 1, amount_fen=5_00)),
        (4, PriceByHand(12_00, "价签错误", 1)),
        (None, OLD_FRIEND),
    )


def counter_by_hand(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(_given()))


def counter_by_hand_why(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(_given())).basket.toggle_why()


def _switched(*off: str) -> Counter:
    made = basket_of(*SALE)
    for offer in off:
        made = made.without_offer(SwitchedOff(offer, "老顾客", 1, 1))
    return baskets.counter(made, file=baskets.member())


def _offers(look: Look, window: QWidget, counter: Counter) -> OfferSheet:
    counter_page(look, window, TillState.of(counter))
    sheet = OfferSheet(look, window)
    sheet.show_state(OfferState.of(counter))
    return sheet


def offers(look: Look, window: QWidget) -> None:
    _offers(look, window, _switched("member-price")).findChild(QWidget, "offer_reason_2").click()


def offers_off(look: Look, window: QWidget) -> None:
    sheet = _offers(look, window, _switched("tier:gold", "special-price", "member-price"))
    sheet.show_error(sentence(DiscountTooHigh(5_00, 2_00)))


def offers_none(look: Look, window: QWidget) -> None:
    _offers(look, window, baskets.counter(basket_of((CALCIUM, 1000))))


def counter_offer_off_why(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(_switched("tier:gold"))).basket.toggle_why()


PAGES: tuple[Draw, ...] = (
    offers,
    offers_off,
    offers_none,
    counter_offer_off_why,
    by_hand,
    by_hand_amount,
    by_hand_beyond,
    by_hand_basket,
    by_hand_wrong,
    by_hand_dear,
    counter_by_hand,
    counter_by_hand_why,
)
