"""购物车: what scanning, changing and removing do to it."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.errors import BadQuantity, BasketFull, NoSuchLine
from core.pricing.basket import MAX_LINES, Basket, Presented, SwitchedOff
from core.pricing.quote import NOTHING, _priced, quote
from core.values.quantity import MAX_MILLI
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

BOX, OTHER = product("601", 1000), product("602", 2000)
HERB = product("603", 9600, is_weighed=True)


def quantities(made: Basket) -> list[tuple[int, int]]:
    return [(line.no, line.quantity_milli) for line in made.lines]


def test_scanning_the_same_box_again_adds_to_its_line():
    assert quantities(basket(BOX, OTHER, BOX)) == [(1, 2000), (2, 1000)]


def test_weighed_lines_stay_apart_also_at_a_whole_kilogram():
    assert quantities(basket((HERB, "1"), (HERB, "1"), (HERB, "0.375"))) == [
        (1, 1000),
        (2, 1000),
        (3, 375),
    ]


def test_labelled_lines_stay_apart_and_keep_their_quantity():
    labelled = basket(BOX).add(BOX, label_fen=500)
    assert len(labelled.lines) == 2
    with pytest.raises(BadQuantity):
        labelled.with_quantity(2, 3000)


def test_the_same_product_at_a_new_price_is_a_line_of_its_own():
    assert len(basket(BOX, product("601", 1100)).lines) == 2


def test_a_number_is_not_used_again_after_a_removal():
    made = basket(BOX, OTHER).without(2).add(OTHER)
    assert quantities(made) == [(1, 1000), (3, 1000)]
    for nowhere in (made.without, made.line):
        with pytest.raises(NoSuchLine):
            nowhere(2)


@pytest.mark.parametrize("milli", [0, -1000, 10**9, MAX_MILLI + 1])
def test_absurd_quantities_are_refused_and_the_basket_stays(milli):
    made = basket(BOX)
    with pytest.raises(BadQuantity):
        made.with_quantity(1, milli)
    with pytest.raises(BadQuantity):
        made.add(OTHER, milli)
    assert quantities(made) == [(1, 1000)]


def test_scanning_beyond_the_most_of_a_line_is_refused():
    with pytest.raises(BadQuantity):
        basket((BOX, "9999")).add(BOX)


def test_a_basket_is_full_at_its_last_line():
    made = Basket(UUID(int=1))
    for number in range(MAX_LINES):
        made = made.add(product(f"9{number:04}", 100))
    with pytest.raises(BasketFull):
        made.add(OTHER)
    assert made.add(product("90000", 100)).line(1).quantity_milli == 2000


def test_every_change_makes_a_new_basket_for_the_same_sale():
    first = basket(BOX)
    member = first.with_member(UUID(int=5))
    assert (first.member_id, member.member_id) == (None, UUID(int=5))
    assert first.sale_id == member.sale_id
    assert Basket(UUID(int=1)).is_empty
    assert not first.is_empty


def test_an_empty_basket_is_what_the_stages_would_make_of_it() -> None:
    """Nobody asks the stages; they would say the same."""
    empty = Basket(UUID(int=1))
    priced, _passed = _priced(empty, None, PHARMACY, NOW)
    assert priced == quote(empty, None, PHARMACY, NOW) == NOTHING


@pytest.mark.parametrize(
    ("goods", "quantity", "pieces"),
    [(BOX, "3", 3), (HERB, "3", 1), (HERB, "0.375", 1), (BOX, "0.5", 1)],
)
def test_whole_units_are_pieces_and_what_is_weighed_is_one(goods, quantity, pieces):
    assert basket((goods, quantity)).lines[0].pieces == pieces


def test_an_offer_is_switched_off_once_by_the_last_reason_and_on_again_alone():
    off = [SwitchedOff("a", "顾客不要", 1, 1), SwitchedOff("b", "缺货", 1, 1)]
    made = basket(BOX).without_offer(off[0]).without_offer(off[1])
    again = replace(off[0], reason="缺货")
    assert made.without_offer(again).off == (off[1], again)
    assert made.with_offer("a").off == (off[1],)


def test_a_coupon_that_is_scanned_again_is_taken_back():
    ten, five = Presented("C10", "ten"), Presented("C5", "five")
    both = basket(BOX).with_coupon(ten).with_coupon(five)
    assert both.coupons == (ten, five)
    assert both.with_coupon(ten).coupons == (five,)
