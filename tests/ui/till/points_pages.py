"""Pictures of points as money: what could be paid, the sheet, a basket that they pay a part of."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.counter import Counter
from core.errors import NoPointsOffline, NotEnoughPoints, ServerUnreachable
from core.ports import StoredSale
from core.pricing.tender import TenderKind
from core.rulebook.points_policy import SpendPolicy
from tests.ui.till import baskets
from tests.ui.till.counter_pages import CALCIUM, STATIN, VITAMIN, basket_of, counter_page
from ui.look import Look
from ui.reserved_text import not_reserved_words
from ui.text import sentence
from ui.till.payment import PaymentSheet
from ui.till.payment_state import PaymentState
from ui.till.points import PointsSheet
from ui.till.points_state import PointsState
from ui.till.state import TillState

Draw = Callable[[Look, QWidget], QWidget | None]
HALF = SpendPolicy(fen=100, per_points=100, most_bp=5000, least_points=100)


def paying(points: int = 0, *, has: int = 12_480) -> Counter:
    """A basket of which a gold card's points may pay a part."""
    plain = baskets.rulebook()
    rules = replace(plain, points=replace(plain.points, spend=HALF))
    file = baskets.member("gold", points=has)
    made = basket_of((CALCIUM, 1000), (VITAMIN, 2000), (STATIN, 1000)).with_member(file.member.id)
    return baskets.counter(made.with_points(points), file=file, rules=rules)


def paid_with(points: int) -> StoredSale:
    """The sale of that basket, for cash."""
    due, rules = paying(points), paying().rulebook
    cash = (TenderKind.CASH, due.quote.due_fen)
    return baskets.settled(baskets.counter(due.basket, cash, file=due.file, rules=rules))


def _sheet(look: Look, window: QWidget, counter: Counter) -> PointsSheet:
    counter_page(look, window, TillState.of(counter))
    sheet, state = PointsSheet(look, window), PointsState.of(counter)
    assert state is not None
    sheet.begin(state)
    return sheet


def points_offered(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(paying()))


def points_spent(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(paying(2000)))


def points_most(look: Look, window: QWidget) -> None:
    _sheet(look, window, paying())


def points_too_many(look: Look, window: QWidget) -> None:
    _sheet(look, window, paying()).entry.set_text("12345")


def points_wrong(look: Look, window: QWidget) -> None:
    _sheet(look, window, paying()).entry.set_text("三百")


def points_none_make_sense(look: Look, window: QWidget) -> None:
    _sheet(look, window, paying(has=80))


def points_at_payment(look: Look, window: QWidget) -> PaymentSheet:
    sheet = PaymentSheet(look, window)
    sheet.show_payment(PaymentState.of(paying(2000)))
    return sheet


def points_at_payment_in_parts(look: Look, window: QWidget) -> PaymentSheet:
    due = paying(2000)
    rules = replace(due.rulebook, cash_rounding_fen=100)
    wechat = (TenderKind.WECHAT, 100_00)
    sheet = PaymentSheet(look, window)
    split = baskets.counter(due.basket, wechat, file=due.file, rules=rules)
    sheet.show_payment(PaymentState.of(split))
    return sheet


def points_at_change(look: Look, window: QWidget) -> PaymentSheet:
    sheet = points_at_payment(look, window)
    sheet.show_change(paid_with(2000))
    return sheet


def limited(allowed: int) -> Counter:
    """The same in a chain that lets so many of them be spent here now."""
    due = paying()
    assert due.file is not None
    file = replace(due.file, allowed=allowed)
    return baskets.counter(due.basket, file=file, rules=due.rulebook)


def points_asking(look: Look, window: QWidget) -> None:
    _sheet(look, window, paying()).show_waiting(9000)


def points_fewer_there(look: Look, window: QWidget) -> None:
    counter = limited(700)
    state = PointsState.of(counter)
    assert state is not None
    words = not_reserved_words(NotEnoughPoints(3200, 700), counter)
    _sheet(look, window, paying()).show_less(state, words)


def points_unanswered(look: Look, window: QWidget) -> None:
    counter = limited(1500)
    state = PointsState.of(counter)
    assert state is not None
    words = not_reserved_words(ServerUnreachable("silent"), counter)
    _sheet(look, window, paying()).show_less(state, words)


def points_out_of_reach(look: Look, window: QWidget) -> None:
    page = counter_page(look, window, TillState.of(limited(0)))
    page.say_error(sentence(NoPointsOffline()))


def points_at_payment_asking(look: Look, window: QWidget) -> None:
    points_at_payment(look, window).show_asking(2000)


def points_at_payment_fewer(look: Look, window: QWidget) -> None:
    counter = limited(0)
    sheet = PaymentSheet(look, window)
    sheet.show_payment(PaymentState.of(counter))
    sheet.show_error(not_reserved_words(ServerUnreachable("silent"), counter))


PAGES: tuple[Draw, ...] = (
    points_asking,
    points_fewer_there,
    points_unanswered,
    points_out_of_reach,
    points_at_payment_asking,
    points_at_payment_fewer,
    points_offered,
    points_spent,
    points_most,
    points_too_many,
    points_wrong,
    points_none_make_sense,
    points_at_payment,
    points_at_payment_in_parts,
    points_at_change,
)
