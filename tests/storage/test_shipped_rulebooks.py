"""规则册: those that ship price as their own comments say; sums by hand."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import main
from core.catalog.product import Product
from core.members.member import Standing
from core.pricing.basket import Basket, Presented
from core.pricing.quote import Quote, quote
from core.rulebook.rulebook import Rulebook
from core.values.gtin import is_checked
from core.values.moment import Moment
from storage.home import visit_home
from storage.rulebook_file import load_rulebook

SHIPPED = Path(__file__).parents[2] / "resources" / "rulebooks"
NAMES = ("pharmacy_scored", "fashion", "supermarket")
PHARMACY, FASHION, MARKET = (load_rulebook(SHIPPED / f"{name}.toml") for name in NAMES)
# In quotes, as long as an EAN, UPC or ITF-14.
CODES = re.compile(r'"(\d{8}|\d{12,14})"')
ORDINARY_DAY, MEMBER_DAY = date(2026, 11, 26), date(2026, 11, 28)


def priced(
    book: Rulebook,
    *goods: tuple[str, int, int],
    tier: str = "",
    on: date = ORDINARY_DAY,
    coupon: str = "",
    **rest: Any,
) -> Quote:
    """Goods as (category, price, pieces), for a member of a tier or for nobody."""
    basket = Basket(UUID(int=1))
    for at, (category, fen, pieces) in enumerate(goods, 1):
        product = Product(
            UUID(int=100 + at), f"code-{at}", category, fen, category=category, **rest
        )
        basket = basket.add(product, pieces * 1000)
    if coupon:
        found = book.coupon(coupon)
        assert found is not None
        basket = basket.with_coupon(Presented(coupon, found.id))
    standing = Standing(UUID(int=2), tier, joined_on=date(2020, 1, 1)) if tier else None
    return quote(basket, standing, book, Moment(0, on, 600))


@pytest.mark.parametrize("path", sorted(SHIPPED.iterdir()), ids=lambda path: path.name)
def test_the_check_finds_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["rulebook", "check", str(path)]) == 0
    assert "可以用" in capsys.readouterr().out


def test_the_scored_pharmacy_gives_its_tier_and_its_member_day() -> None:
    vip = priced(PHARMACY, ("保健食品", 100_00, 1), tier="vip")
    assert (vip.payable_fen, vip.points) == (95_00, 142)
    day = priced(PHARMACY, ("保健食品", 100_00, 1), tier="vip", on=MEMBER_DAY)
    assert (day.payable_fen, day.points) == (95_00, 285)
    important = priced(PHARMACY, ("保健食品", 100_00, 1), tier="important", on=MEMBER_DAY)
    assert (important.payable_fen, important.points) == (95_00, 228)
    assert priced(PHARMACY, ("保健食品", 100_00, 1), on=MEMBER_DAY).payable_fen == 100_00


def test_prescriptions_stay_outside_of_everything() -> None:
    cure = priced(PHARMACY, ("处方药", 42_60, 1), tier="vip", on=MEMBER_DAY, is_prescription=True)
    assert (cure.payable_fen, cure.points, cure.spend_fen) == (42_60, 0, 0)


def test_herbs_are_measured_after_the_percentage() -> None:
    assert priced(PHARMACY, ("中药饮片", 320_00, 1)).payable_fen == 290_00
    assert priced(PHARMACY, ("中药饮片", 320_00, 1), tier="vip").payable_fen == 274_00
    # 310.00 at 95折 would miss the 300: the till leaves the 95折 off.
    assert priced(PHARMACY, ("中药饮片", 310_00, 1), tier="vip").payable_fen == 280_00


def test_fashion_takes_the_tier_then_the_season() -> None:
    three = ("外套", 400_00, 1), ("裤装", 300_00, 1), ("上衣", 300_00, 1)
    assert priced(FASHION, *three).payable_fen == 800_00
    assert priced(FASHION, *three, tier="gold").payable_fen == 720_00
    assert priced(FASHION, *three[:2], tier="silver").payable_fen == 598_50
    assert priced(FASHION, *three, coupon="SEASON100", tier="gold").payable_fen == 620_00
    assert priced(FASHION, ("袜子", 12_00, 4)).payable_fen == 41_00


def test_the_card_itself_takes_nothing_and_earns_nothing() -> None:
    card = priced(FASHION, ("会员卡", 299_00, 1), tier="black", coupon="VIP85")
    assert (card.payable_fen, card.points, card.spend_fen) == (299_00, 0, 0)
    assert FASHION.scheme.cards["CARD-GOLD"].code == "gold"


def test_the_supermarket_gives_the_cheapest_of_three() -> None:
    milk = ("牛奶", 12_00, 2), ("牛奶", 9_00, 1)
    assert priced(MARKET, *milk).payable_fen == 24_00
    # Units of a deal take no percentage beside it.
    assert priced(MARKET, *milk, tier="gold").payable_fen == 24_00
    assert priced(MARKET, ("日用品", 120_00, 1), tier="silver").points == 264  # 110.00 × 1.2 × 2


@pytest.mark.parametrize("name", NAMES)
def test_a_new_shop_may_begin_with_it(tmp_path: Path, name: str) -> None:
    words = "setup --store 新店 --till 1 --manager 店长 --pin 246810".split()
    file = ["--rulebook", str(SHIPPED / f"{name}.toml"), "--home", str(tmp_path / "home")]
    assert main.main([*words, *file]) == 0
    with visit_home(tmp_path / "home") as found, found.store.read() as reading:
        assert reading.rulebooks.current() == load_rulebook(SHIPPED / f"{name}.toml")


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.name)
def test_its_product_codes_can_be_imported_and_scanned(path: Path) -> None:
    """What has the length of an EAN, UPC or ITF-14 ends in its check digit."""
    codes = CODES.findall(path.read_text(encoding="utf-8"))
    assert [code for code in codes if not is_checked(code)] == []


def test_the_sample_tables_have_all_that_the_supermarket_names() -> None:
    sold = column("supermarket_products.csv", "条码"), column("supermarket_products.csv", "分类")
    text = (SHIPPED / "supermarket.toml").read_text(encoding="utf-8")
    listed = ",".join(re.findall(r"categories = \[(.*?)\]", text))
    assert set(CODES.findall(text)) <= sold[0]
    assert {name.strip(' "') for name in listed.split(",")} <= sold[1]
    tiers = {tier.name for tier in MARKET.scheme.tiers}
    assert column("supermarket_members.csv", "等级") == tiers


def column(table: str, heading: str) -> set[str]:
    with (SHIPPED.parent / "sample" / table).open(encoding="utf-8", newline="") as file:
        return {row[heading] for row in csv.DictReader(file)}
