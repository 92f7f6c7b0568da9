"""What the counter page says of a basket: words, sums and masks, from real quotes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.catalog.product import Product
from core.members.member import Birthday
from core.pricing.basket import Basket
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.sales.receipt import LeftLine
from core.values.money import format_money, parse_money
from tests.ui.till.baskets import basket, counter, member, with_change
from ui.till.idle_state import last_sale
from ui.till.member_state import MemberState, birthday_banner
from ui.till.state import TillState
from ui.why_state import WhyState

PRODUCTS = [
    Product(UUID(int=1), "6901", "维生素C咀嚼片", 3900, unit="瓶", member_price_fen=3700),
    Product(UUID(int=2), "6902", "碳酸钙D3片", 6800, unit="瓶"),
    Product(UUID(int=3), "6903", "藿香正气水", 990, unit="盒", special_price_fen=880),
    Product(UUID(int=4), "6904", "阿托伐他汀钙片", 4260, is_prescription=True),
    Product(UUID(int=5), "6905", "枸杞子", 9600, unit="kg", is_weighed=True),
]
LINES = st.lists(
    st.tuples(st.sampled_from(PRODUCTS), st.integers(1, 9_000)), min_size=1, max_size=12
)


def made_of(lines: list[tuple[Product, int]]) -> Basket:
    made = Basket(UUID(int=1))
    for product, milli in lines:
        made = made.add(product, milli)
    return made


def fen(text: str) -> int:
    return parse_money(text) if text else 0


@given(LINES, st.sampled_from(["normal", "silver", "gold", "diamond", None]))
def test_the_ledger_adds_up_both_ways(lines: list[tuple[Product, int]], tier: str | None) -> None:
    why = WhyState.of(counter(made_of(lines), file=member(tier) if tier else None))
    for row in (*why.rows, why.total):
        assert fen(row.first) + sum(map(fen, row.cells)) == fen(row.net)
    for at in range(len(why.total.cells)):
        assert sum(fen(row.cells[at]) for row in why.rows) == fen(why.total.cells[at])
    assert sum(fen(row.net) for row in why.rows) == fen(why.total.net)
    assert len(why.heads) == len(why.total.cells) + 3


GIVEN = st.lists(
    st.none()
    | st.builds(PriceByHand, st.integers(1, 9_000), st.sampled_from(["临期", "破损"]), st.just(1))
    | st.builds(DiscountByHand, st.just("破损"), st.just(1), amount_fen=st.integers(1, 5_000)),
    min_size=12,
    max_size=12,
)


@given(LINES, GIVEN, st.integers(1, 9_999))
def test_what_is_given_by_hand_adds_up_in_rows_and_ledger(
    lines: list[tuple[Product, int]], given: list[ByHand | None], rate_bp: int
) -> None:
    basket = made_of(lines)
    for line, by_hand in zip(basket.lines, given, strict=False):
        if line.no in {each.no for each in basket.lines}:
            basket = basket.with_by_hand(line.no, by_hand)
    basket = basket.with_discount(DiscountByHand("老顾客", 1, rate_bp=rate_bp))
    state = TillState.of(counter(basket, file=member()))
    assert sum(fen(row.net) for row in state.rows) == fen(state.payable)
    for row in (*state.why().rows, state.why().total):
        assert fen(row.first) + sum(map(fen, row.cells)) == fen(row.net)


def test_what_is_given_by_hand_is_named_with_its_reason() -> None:
    basket = made_of([(PRODUCTS[0], 1000), (PRODUCTS[1], 1000), (PRODUCTS[2], 1000)])
    basket = basket.with_by_hand(1, PriceByHand(36_00, "价签错误", 1))
    basket = basket.with_by_hand(2, DiscountByHand("破损", 1, rate_bp=9000))
    basket = basket.with_by_hand(3, PriceByHand(12_00, "价签错误", 1))
    state = TillState.of(
        counter(basket.with_discount(DiscountByHand("老顾客", 1, amount_fen=5_00)), file=member())
    )
    said = [[piece.text for piece in row.sub] for row in state.rows]
    assert said == [
        ["改价 36.00·价签错误", "−3.00"],
        ["金卡95折", "−3.40", "手工9折·破损", "−6.46"],
        ["改价 12.00·价签错误"],
        ["老顾客"],
    ]
    assert state.rows[2].quantity == "1 × 12.00", "above list it is the price of the line"
    assert (state.rows[3].name, state.rows[3].net) == ("整单优惠", "−5.00")
    heads = ("改价·价签错误", "金卡95折", "手工·破损", "整单·老顾客")
    assert state.why().heads == ("商品", "原价", *heads, "应收")
    assert state.figures.pieces == "3"


@given(LINES)
def test_nets_add_up_to_the_payable(lines: list[tuple[Product, int]]) -> None:
    state = TillState.of(counter(made_of(lines), file=member()))
    assert sum(fen(row.net) for row in state.rows) == fen(state.payable)
    assert fen(state.figures.list) - fen(state.figures.saved) == fen(state.payable)


def test_a_row_says_what_became_cheaper_and_why() -> None:
    state = TillState.of(
        counter(made_of([(PRODUCTS[0], 2000), (PRODUCTS[1], 1000)]), file=member())
    )
    first, second = state.rows
    assert [piece.text for piece in first.sub] == ["会员价 37.00", "−4.00"]
    assert first.quantity == "2 × 39.00"
    assert [piece.text for piece in second.sub] == ["金卡95折", "−3.40"]


def test_a_prescription_says_that_it_takes_no_offer() -> None:
    row = TillState.of(counter(made_of([(PRODUCTS[3], 1000)]), file=member())).rows[0]
    assert row.chips == ("处方",)
    assert [piece.text for piece in row.sub] == ["处方药不参加优惠"]


def test_what_is_weighed_shows_its_unit_and_has_no_stepper() -> None:
    row = TillState.of(counter(made_of([(PRODUCTS[4], 375)]))).rows[0]
    assert row.quantity == "0.375 kg × 96.00"
    assert row.count == ""


def test_nobody_earns_nothing() -> None:
    state = TillState.of(counter(basket(1000)))
    assert state.member is None
    assert state.figures.points == "0"


def test_a_member_is_masked_everywhere() -> None:
    file = member()
    person = replace(file.member, name="阿卜杜热合曼江·买买提吐尔逊江")
    state = MemberState.of(counter(basket(1000), file=replace(file, member=person)))
    assert state is not None
    assert (state.name, state.contact) == ("阿***江", "138****5678")
    said = repr(state)
    for secret in ("阿卜杜", "13812345678", file.member.card_no):
        assert secret not in said


def test_the_way_to_the_next_tier_is_in_yuan() -> None:
    state = MemberState.of(counter(basket(1000), file=member(spend_fen=820_460)))
    assert state is not None
    assert state.facts[-1].title == f"离钻石卡还差 {format_money(2_000_000 - 820_460)} 元"


def test_the_highest_tier_has_no_further_way() -> None:
    state = MemberState.of(counter(basket(1000), file=member("diamond")))
    assert state is not None
    assert all("还差" not in fact.title for fact in state.facts)


def test_points_that_expire_soon_are_said() -> None:
    file = replace(member(), expiring_points=300, expiring_on=date(2026, 11, 30))
    state = MemberState.of(counter(basket(1000), file=file))
    assert state is not None
    assert (state.banners[0].title, state.banners[0].line) == ("300 分快到期", "11 月 30 日到期")
    later = MemberState.of(
        counter(basket(1000), file=replace(file, expiring_on=date(2026, 12, 30)))
    )
    assert later is not None
    assert later.facts[0].title == "12 月 30 日到期 300 分"


@pytest.mark.parametrize(
    ("in_days", "title"),
    [(0, "今天生日"), (1, "明天生日"), (2, "后天生日"), (7, "7 天后生日")],
)
def test_a_birthday_is_said_from_a_week_before(in_days: int, title: str) -> None:
    banner = birthday_banner(Birthday(3, 5, 1988), in_days)
    assert banner is not None
    assert banner.title == title
    assert "1988" not in banner.line


@pytest.mark.parametrize("in_days", [8, 30, None])
def test_a_birthday_further_away_is_not(in_days: int | None) -> None:
    assert birthday_banner(Birthday(3, 5), in_days) is None


def test_a_lunar_birthday_is_said_in_its_own_calendar() -> None:
    banner = birthday_banner(Birthday(8, 15, 1970, is_lunar=True), 0)
    assert banner is not None
    assert banner.line.startswith("农历八月十五")


def test_what_an_exchange_gives_back_is_in_sight_behind_its_sheet() -> None:
    sale = with_change(made_of([(PRODUCTS[0], 1000)]), 39_00)
    left = (LeftLine("wechat", 49_59),)
    sale = replace(sale, receipt=replace(sale.receipt, lines=(*sale.receipt.lines, *left)))
    last = last_sale(sale)
    assert last.handed == ("退给顾客", "49.59")
    assert "微信" in last.notes
