"""标价签: which products get a tag, and which of their prices may stand on it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket
from core.actions.price_tags import categories, tags_changed, tags_in, tags_of
from core.actions.publish_rulebook import publish_rulebook
from core.errors import NothingToTag, UntaggedCode
from core.rulebook.conditions import Conditions, Limits
from core.rulebook.offers import PriceOffer
from core.shop import Shop
from core.trust.staff import Staff
from tests.builders import Home

VITAMIN, WATER, STATIN = "6901234567809", "6901234567861", "6901234567830"


def prices(shop: Shop, code: str) -> tuple[int, int | None, int | None]:
    [tag] = tags_of(shop, [code])
    return tag.list_fen, tag.special_fen, tag.member_fen


def rule(shop: Shop, staff: Staff, **changed: object) -> None:
    """Let all prices of the rulebook hold otherwise."""
    now = new_basket(shop).rulebook
    offers = tuple(
        replace(offer, **changed) if isinstance(offer, PriceOffer) else offer
        for offer in now.offers
    )
    publish_rulebook(shop, replace(now, version=now.version + 1, offers=offers), staff=staff)


def test_the_lower_prices_stand_beside_the_list_price(shop: Shop) -> None:
    assert prices(shop, VITAMIN) == (3900, None, 3700)
    assert prices(shop, WATER) == (1250, 990, None)
    assert prices(shop, "6901234567816") == (6800, None, None)


def test_a_medicine_that_takes_no_offer_has_its_list_price_alone(shop: Shop) -> None:
    assert prices(shop, STATIN) == (4260, None, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_on": date(2000, 1, 1)},
        {"when": Conditions(from_minute=600, to_minute=720)},
        {"when": Conditions(from_tier="diamond")},
        {"when": Conditions(stores=frozenset({"S99"}))},
        {"limits": Limits(units_per_member=2)},
    ],
    ids=["over", "some hours", "higher tiers", "another store", "so many units"],
)
def test_a_price_that_does_not_hold_for_the_day_is_no_promise(
    shop: Shop, staff: Staff, changed: dict[str, object]
) -> None:
    rule(shop, staff, **changed)
    assert prices(shop, VITAMIN) == (3900, None, None)


def test_a_list_is_as_it_was_scanned(shop: Shop) -> None:
    tags = tags_of(shop, [WATER, "(01)06901234567809", VITAMIN])
    assert [tag.code for tag in tags] == [WATER, VITAMIN, VITAMIN]
    with pytest.raises(UntaggedCode):
        tags_of(shop, [WATER, "6999999999994"])


def test_a_category_by_name(shop: Shop) -> None:
    assert {"保健", "处方药"} <= set(categories(shop))
    assert [tag.code for tag in tags_in(shop, "处方药")] == [STATIN]
    with pytest.raises(NothingToTag):
        tags_in(shop, "没有的")


def test_what_costs_otherwise_since_a_day(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    rows = ("条码,名称,售价,会员价,分类", f"{VITAMIN},维生素C咀嚼片,38.00,36.00,保健")
    same = "6901234567816,碳酸钙D3片,68.00,,别的分类"
    table.write_text("\n".join((*rows, same)) + "\n", "utf-8")
    with home.shop() as shop:
        today = shop.now().business_on
        assert len(tags_changed(shop, today)) > 5, "all of them are new today"
        with pytest.raises(NothingToTag):
            tags_changed(shop, today + timedelta(days=1))
    home.command("import", "products", str(table))
    with home.shop() as shop:
        ago = {"6901234567816": 6800, VITAMIN: 3800}
        found = {tag.code: tag.list_fen for tag in tags_changed(shop, today)}
        assert ago.items() <= found.items()
