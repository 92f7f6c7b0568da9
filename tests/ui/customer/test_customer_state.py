"""What a customer may see: the figures of the till, and nothing personal, whatever stands there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.counter import Counter
from core.catalog.product import Product
from core.members.member import Birthday, Member, MemberFile, Note
from core.pricing.basket import Basket
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.exchange import Exchange
from core.pricing.tender import Tender, TenderKind
from core.sales.receipt import CreditLine, LeftLine
from core.values.money import format_money
from tests.ui.customer.drawn import texts
from tests.ui.till import baskets
from ui.customer.pole_words import pole_lines
from ui.customer.state import NOTHING, CustomerState, Scene
from ui.customer.window import CustomerWindow
from ui.look import Look

SECRET = "龘"
"""In every text that no customer may see, and in no other."""
NAME = f"欧{SECRET}{SECRET}修"
BY_HAND: tuple[ByHand | None, ...] = (
    None,
    PriceByHand(1_000, SECRET, 1),
    DiscountByHand(SECRET, 1, amount_fen=100),
)
GOODS = [
    Product(UUID(int=1), "6901", "维生素C咀嚼片", 3900, unit="瓶", member_price_fen=3700),
    Product(UUID(int=2), "6902", f"{SECRET}片", 6800, SECRET, is_prescription=True),
    Product(UUID(int=3), "6903", f"{SECRET}{SECRET}胶囊", 990, SECRET, is_prescription=True),
    Product(UUID(int=4), "6904", "枸杞子", 9600, unit="kg", is_weighed=True),
]
FILES = st.builds(
    lambda tier, points, urgent, frozen: MemberFile(
        Member(
            UUID(int=7), "900102000012", NAME, tier, date(2024, 1, 1), "+8613899990000",
            Birthday(11, 24, 1956),
        ),
        points,
        frozen_for=SECRET if frozen else None,
        notes=(Note(UUID(int=8), f"青霉素过敏{SECRET}", urgent, 0, 1),),
    ),
    st.sampled_from(["normal", "silver", "gold", "diamond"]),
    st.integers(-5_000, 50_000),
    st.booleans(),
    st.booleans(),
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.sampled_from(GOODS), st.integers(1, 9), st.sampled_from(BY_HAND)), max_size=14
)


def made_of(lines: list[tuple[Product, int, ByHand | None]], discount: bool) -> Basket:
    basket = Basket(UUID(int=1))
    for product, units, by_hand in lines:
        basket = basket.add(product, units * 1_000)
        if by_hand is not None:
            no = basket.lines[-1].no
            lines_ = [replace(x, by_hand=by_hand) if x.no == no else x for x in basket.lines]
            basket = replace(basket, lines=tuple(lines_))
    whole = DiscountByHand(SECRET, 1, amount_fen=50) if discount else None
    return replace(basket, discount=whole)


@pytest.fixture(scope="module")
def shown(qapp, look: Look) -> CustomerWindow:
    window = CustomerWindow(look)
    window.resize(1920, 1080)
    window.show_place("中山路店", "14:32")
    return window


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(LINES, FILES, st.booleans(), st.booleans())
def test_nothing_personal_reaches_the_window(
    shown: CustomerWindow, lines, file: MemberFile, discount: bool, is_paid: bool
) -> None:
    basket = made_of(lines, discount and bool(lines))
    counter = replace(baskets.counter(basket, file=file), birthday_in_days=0)
    state = CustomerState.of(counter)
    if is_paid and lines:
        cash = (TenderKind.CASH, counter.quote.payable_fen + 700)
        state = CustomerState.of(counter, baskets.settled(baskets.counter(basket, cash, file=file)))
    shown.show_state(state)
    said = texts(shown)
    assert any("欧**修" in text for text in said)
    for text in said:
        assert SECRET not in text
        assert "9999" not in text
        assert "0000" not in text
        assert "900102000012" not in text
        assert "生日" not in text
        assert "过敏" not in text


@given(LINES, FILES)
def test_the_rows_and_the_sum_are_those_of_the_till(lines, file: MemberFile) -> None:
    counter = baskets.counter(made_of(lines, discount=False), file=file)
    state = CustomerState.of(counter)
    assert state.count == len(counter.quote.lines)
    goods = [row for row in state.rows if row.key.isdigit()]
    assert [row.net for row in goods] == [format_money(x.payable_fen) for x in counter.quote.lines]
    assert state.amount == format_money(counter.quote.payable_fen)


def test_a_prescription_line_shows_only_that_it_is_one() -> None:
    state = CustomerState.of(baskets.counter(baskets.basket(3_900, prescription_fen=4_260)))
    assert [row.name for row in state.rows] == ["商品1", "处方药"]
    assert state.rows[1].quantity == ""
    assert state.rows[1].net == "42.60"


def test_what_was_saved_is_said_by_the_line_and_in_all() -> None:
    state = CustomerState.of(baskets.counter(baskets.basket(6_800), file=baskets.member()))
    assert state.rows[0].sub == "金卡 95折，省 3.40"
    assert [(each.name, each.amount) for each in state.figures] == [
        ("原价", "68.00"),
        ("为您省了", "3.40"),
    ]
    assert state.points == ("您有 12,480 分", "这单再得 96 分")


def test_a_part_that_is_paid_leaves_the_rest() -> None:
    counter = baskets.counter(baskets.basket(6_800), (TenderKind.WECHAT, 5_000))
    state = CustomerState.of(counter)
    assert (state.label, state.amount) == ("还要付", "18.00")


def test_the_change_is_the_largest_thing_when_it_is_paid() -> None:
    counter = baskets.counter(baskets.basket(6_800), (TenderKind.CASH, 10_000))
    state = CustomerState.of(counter, baskets.settled(counter))
    assert (state.scene, state.label, state.amount) == (Scene.PAID, "找零", "32.00")


def exchanged(back_fen: int, *, credit_fen: int = 0) -> Exchange:
    credit = (Tender(TenderKind.CASH, credit_fen),) if credit_fen else ()
    return Exchange(
        UUID(int=5), UUID(int=6), "S01-T1-000001", ((1, 1000),), "too_many", "", True,
        "return_within_rules", 1, (Tender(TenderKind.CASH, back_fen),), credit=credit,
    )  # fmt: skip


def of_exchange(made: Exchange, *paid: tuple[TenderKind, int]) -> Counter:
    """A basket of 68.00 with goods that come back."""
    return baskets.counter(baskets.basket(6_800).with_exchange(made), *paid)


def figures(state: CustomerState) -> dict[str, str]:
    return {each.name: each.amount for each in state.figures}


def test_of_an_exchange_only_the_difference_is_asked_for() -> None:
    state = CustomerState.of(of_exchange(exchanged(3_900)))
    assert (state.label, state.amount) == ("还要付", "29.00")
    assert figures(state) == {"退货抵": "−39.00"}
    cash, wechat = (TenderKind.CASH, 3_900), (TenderKind.WECHAT, 1_000)
    counter = of_exchange(exchanged(3_900, credit_fen=3_900), cash, wechat)
    assert pole_lines(counter, None, is_plain=True)[1] == ("TO PAY", "19.00")
    state = CustomerState.of(counter)
    assert (state.label, state.amount) == ("还要付", "19.00")
    assert figures(state) == {"退货抵": "−39.00", "已收": "10.00"}


def test_what_dearer_goods_leave_is_given_back() -> None:
    for made, paid in (
        (exchanged(9_900), ()),
        (exchanged(9_900, credit_fen=6_800), ((TenderKind.CASH, 6_800),)),
    ):
        counter = of_exchange(made, *paid)
        state = CustomerState.of(counter)
        assert (state.label, state.amount) == ("退给您", "31.00")
    assert pole_lines(counter, None, is_plain=True)[1] == ("BACK", "31.00")


def test_of_an_exchange_that_is_paid_the_difference_stays() -> None:
    cash, wechat = (TenderKind.CASH, 3_900), (TenderKind.WECHAT, 2_900)
    sale = baskets.settled(of_exchange(exchanged(3_900, credit_fen=3_900), cash, wechat))
    receipt = replace(sale.receipt, lines=(*sale.receipt.lines, CreditLine("cash", 3_900)))
    state = CustomerState.of(None, replace(sale, receipt=receipt))
    assert (state.label, state.amount) == ("已付", "29.00")
    assert figures(state) == {"应付": "68.00", "退货抵": "−39.00", "已收": "29.00"}
    even = baskets.settled(
        of_exchange(exchanged(9_900, credit_fen=6_800), (TenderKind.CASH, 6_800))
    )
    lines = (*even.receipt.lines, CreditLine("cash", 6_800), LeftLine("cash", 3_100))
    paid = replace(even, receipt=replace(even.receipt, lines=lines))
    state = CustomerState.of(None, paid)
    assert (state.label, state.amount) == ("退给您", "31.00")
    assert pole_lines(None, paid, is_plain=True) == (("TOTAL", "68.00"), ("BACK", "31.00"))


def test_without_goods_and_member_there_is_nothing_to_see() -> None:
    assert CustomerState.of(baskets.counter(baskets.basket())) == NOTHING
