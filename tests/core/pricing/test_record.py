"""A sale is priced again from its event alone (sync.md 2)."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import BadRecord
from core.members.member import Celebration
from core.pricing.basket import Basket, Presented, SwitchedOff
from core.pricing.quote import quote
from core.pricing.record import (
    basket_of,
    basket_record,
    inputs_of,
    price_again,
    pricing_record,
    standing_of,
    standing_record,
)
from core.pricing.tender import Tender, TenderKind
from core.rulebook.parse import rulebook_of
from core.values.canonical import canonical, digest
from tests.core.pricing.chance import baskets, rulebooks, tenders
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, priced, product

STANDINGS = st.none() | st.sampled_from(["t0", "t3", "unknown"]).map(a_member)
ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "tests" / "golden" / "events"


@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_the_event_alone_gives_the_same_bytes(goods, who, book, paid):
    goods = goods.with_tenders(paid)
    event = canonical(pricing_record(goods, who, book, NOW))
    made = quote(goods, who, book, NOW)
    again = price_again(json.loads(event))
    assert again.canonical == made.canonical
    assert again.hash == made.hash == digest(made.canonical)
    assert again == made


@given(baskets(), tenders())
def test_a_basket_comes_back_from_its_record(goods, paid):
    for each in (goods.with_tenders(paid), goods.with_member(goods.sale_id)):
        assert basket_of(json.loads(canonical(basket_record(each)))) == each


@given(baskets())
def test_who_approved_comes_back_too(goods):
    again = basket_of(json.loads(canonical(basket_record(goods))))
    for before, after in zip((*goods.lines, goods), (*again.lines, again), strict=True):
        one, other = (
            each.discount if isinstance(each, Basket) else each.by_hand for each in (before, after)
        )
        assert (one and one.approved) == (other and other.approved)


OLD = sorted(path for path in EVENTS.glob("*.json") if not path.name.endswith(".quote.json"))


@pytest.mark.parametrize("event", OLD, ids=lambda path: path.stem)
def test_an_event_from_before_prices_and_discounts_by_hand_gives_the_same_bytes(event):
    body = json.loads(event.read_bytes())["body"]
    said = event.with_suffix(".quote.json").read_bytes().rstrip(b"\n")
    assert "by_hand" not in str(body) and "discount" not in body["basket"]
    again = price_again(body)
    assert again.canonical == said
    assert again.hash == body["quote_hash"]
    renewed = pricing_record(
        basket_of(body["basket"]), standing_of(body["standing"]), rulebook_of(body["rulebook"]), NOW
    )
    assert price_again(renewed | {k: body[k] for k in ("at_us", "business_on")}) == again


def test_a_standing_comes_back_and_nobody_stays_nobody():
    assert standing_of(standing_record(a_member("gold"))) == a_member("gold")
    assert standing_record(None) is standing_of(None) is None


def test_names_as_catalogues_write_them_do_not_stop_the_second_pricing():
    odd = product("701", 1000, name="維生素\u3000C\t" + "長" * 500, spec="\n", unit="")
    body = pricing_record(basket(odd), None, PHARMACY, NOW)
    assert price_again(body).payable_fen == 1000


def test_what_else_the_sale_adds_to_the_body_is_left_alone():
    body = pricing_record(basket(product("702", 1000)), None, PHARMACY, NOW)
    assert price_again(body | {"no": "S01-T1-000001", "points": 3}).payable_fen == 1000


def test_every_figure_is_in_the_bytes():
    made = priced(basket(product("703", 1000)), "gold")
    for other in (
        priced(basket(product("703", 1000)), "silver"),
        priced(basket(product("703", 1000)), "gold", cash=1000),
        priced(basket((product("703", 1000), "2")), "gold"),
        priced(basket(product("704", 1000)), "gold"),
    ):
        assert other.canonical != made.canonical


def test_nothing_personal_is_in_the_record():
    body = pricing_record(basket(), a_member("gold"), PHARMACY, NOW)
    assert body["standing"] == {"member_id": a_member("gold").member_id.hex, "tier": "gold"}


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["basket"], None, "basket"),
        (["basket", "sale_id"], "x", "basket.sale_id"),
        (["basket", "lines", 0, "quantity_milli"], 0, "basket.lines[0].quantity_milli"),
        (["basket", "lines", 0, "product", "price_fen"], 1.5, "basket.lines[0].product.price_fen"),
        (["basket", "lines", 0, "product", "colour"], "red", "basket.lines[0].product.colour"),
        (["basket", "tenders", 0, "kind"], "gold", "basket.tenders[0].kind"),
        (
            ["basket", "lines", 0, "by_hand"],
            {"reason": "x", "staff_no": 1},
            "basket.lines[0].by_hand.amount_fen",
        ),
        (["basket", "lines", 0, "by_hand"], {"price_fen": -1}, "basket.lines[0].by_hand.price_fen"),
        (
            ["basket", "discount"],
            {"reason": "x", "staff_no": 1, "amount_fen": 5, "rate_bp": 9000},
            "basket.discount.rate_bp",
        ),
        (["basket", "tenders", 0, "amount_fen"], 0, "basket.tenders[0].amount_fen"),
        (["standing"], [], "standing"),
        (["standing", "tier"], 5, "standing.tier"),
        (["rulebook", "points", "per_fen"], 0, "rulebook.points.per_fen"),
        (["rulebook"], "pharmacy", "rulebook"),
        (["at_us"], None, "at_us"),
        (["business_on"], "today", "business_on"),
    ],
)
def test_a_damaged_event_names_what_is_wrong(path, value, named):
    goods = priced_basket()
    body = copy.deepcopy(pricing_record(goods, a_member("gold"), PHARMACY, NOW))
    inner = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(BadRecord) as bad:
        price_again(body)
    assert bad.value.path == named


def priced_basket():
    record = basket_record(basket(product("705", 1000)))
    return basket_of(record | {"tenders": [{"kind": "cash", "amount_fen": 1000}]})


PROGRAM = """
from msgspec.structs import replace
from core.pricing.record import pricing_record
from core.rulebook.rulebook import Outside
from core.values.canonical import canonical, digest
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, priced, product
book = replace(PHARMACY, outside=Outside(True, frozenset("烟酒茶糖")), cash_rounding_fen=10)
goods = basket(*[product(str(n), n * 7, category="药烟酒茶"[n % 4]) for n in range(100, 120)])
print(priced(goods, "gold", book, cash=5000, insurance=777).hash)
print(digest(canonical(pricing_record(goods, a_member("gold"), book, NOW))))
"""


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    answers = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert len(answers.pop().split()) == 2


def test_coupons_and_what_was_switched_off_come_back():
    own = Presented("1234", "own", a_member("gold").member_id)
    presented = replace(basket(product("711", 1000)), coupons=(Presented("all", "all"), own))
    off = presented.without_offer(SwitchedOff("t", "顾客不要", 2, 3))
    for each in (presented, off):
        assert basket_of(json.loads(canonical(basket_record(each)))) == each


def test_the_least_of_everything_comes_back():
    empty = Basket(a_member("gold").member_id)
    assert basket_of(basket_record(empty)) == empty
    grain = basket((product("712", 1000, is_weighed=True), "0.001"))
    paid = grain.with_tenders((Tender(TenderKind.CASH, 1),))
    assert basket_of(basket_record(paid)) == paid


def test_an_event_that_says_no_minute_was_at_midnight():
    night = pricing_record(basket(product("713", 1000)), None, PHARMACY, replace(NOW, minute=0))
    assert "minute" not in night
    assert inputs_of(night)[2].minute == 0
    late = pricing_record(basket(product("713", 1000)), None, PHARMACY, replace(NOW, minute=1))
    assert inputs_of(late)[2].minute == 1


def test_a_birthday_that_is_celebrated_comes_back_with_its_year():
    who = replace(a_member("gold"), birthdays=(Celebration("gift", 1), Celebration("b", 2026)))
    assert standing_of(standing_record(who)) == who
