"""次数: uses are counted with the sale, and given back by a void or by the last return."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from msgspec.structs import replace

from core.actions.counter import new_basket, reprice
from core.actions.hold import hold
from core.actions.merge_members import merge_members
from core.actions.publish_rulebook import publish_rulebook
from core.actions.return_sale import return_sale
from core.actions.settle import settle
from core.actions.void import void_sale
from core.errors import PriceChanged
from core.pricing.adjustment import Lost
from core.pricing.used import Used
from core.rulebook.conditions import BirthdayWindow, Conditions, Limits
from core.rulebook.offers import BasketOffer, PercentageOffer, Step, Threshold
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from storage.verify import verify
from tests.actions.test_return import TOO_MANY
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, VITAMIN, paid, scanned, settled
from tests.builders import Home, manager_of

MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
OFF = Threshold(id="off", name="立减 5 元", steps=(Step(off_fen=500),))


def rules(shop: Shop, staff: Staff, *offers: BasketOffer) -> None:
    now = new_basket(shop).rulebook
    publish_rulebook(shop, replace(now, version=now.version + 1, offers=offers), staff=staff)


def with_limits(**limits: int) -> Threshold:
    return replace(OFF, limits=Limits(**limits))


def saved(shop: Shop, *codes: str) -> int:
    made = scanned(shop, *codes).quote
    return sum(each.amount_fen for each in made.adjustments if each.offer == "off")


@contextmanager
def the_last_use(shop: Shop, staff: Staff, **limits: int) -> Iterator[None]:
    """It is there, and is used up by a sale."""
    rules(shop, staff, with_limits(**limits))
    assert saved(shop, GOLD, VITAMIN) == 500
    yield
    assert saved(shop, GOLD, VITAMIN) == 0


def test_one_for_each_member_and_the_next_member_has_another(shop: Shop, staff: Staff) -> None:
    with the_last_use(shop, staff, per_member=1):
        settled(shop, staff, GOLD, VITAMIN)
    assert saved(shop, SILVER, VITAMIN) == 500
    assert saved(shop, VITAMIN) == 0


def test_so_many_in_all_whoever_it_was(shop: Shop, staff: Staff) -> None:
    with the_last_use(shop, staff, in_all=2):
        settled(shop, staff, VITAMIN)
        settled(shop, staff, SILVER, VITAMIN)
    assert [each.lost for each in scanned(shop, VITAMIN).quote.rejected] == [Lost.USED_UP]


def test_the_days_own_limit(shop: Shop, staff: Staff) -> None:
    with the_last_use(shop, staff, per_day=1):
        settled(shop, staff, VITAMIN)


def test_another_basket_that_used_the_last_one_changes_the_price(shop: Shop, staff: Staff) -> None:
    with the_last_use(shop, staff, in_all=1):
        late = paid(shop, scanned(shop, GOLD, VITAMIN))
        settled(shop, staff, VITAMIN)
        with pytest.raises(PriceChanged):
            settle(shop, late.basket, shown=late.quote.hash, staff=staff)
    now = paid(shop, reprice(shop, late.basket.with_tenders(())))
    assert not settle(shop, now.basket, shown=now.quote.hash, staff=staff).is_repeat


def test_a_held_basket_uses_nothing(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, with_limits(in_all=1))
    hold(shop, scanned(shop, GOLD, VITAMIN).basket, staff=staff)
    assert saved(shop, VITAMIN) == 500


def test_a_void_gives_the_use_back_to_its_day(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, with_limits(in_all=1, per_member=1, per_day=1, per_member_day=1))
    sale = settled(shop, staff, GOLD, VITAMIN).sale
    assert saved(shop, GOLD, VITAMIN) == 0
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert saved(shop, GOLD, VITAMIN) == 500


def test_only_the_last_part_of_a_sale_brings_its_use_back(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, with_limits(per_member=1))
    sale = settled(shop, staff, GOLD, VITAMIN, CALCIUM).sale
    for line, left in ((1, 0), (2, 500)):
        return_sale(
            shop,
            sale.sale_id,
            {line: 1000},
            return_id=shop.new_id(),
            explanation=TOO_MANY,
            staff=staff,
        )
        assert saved(shop, GOLD, VITAMIN) == left


def test_a_member_who_was_merged_brings_their_uses_along(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, with_limits(per_member=1))
    settled(shop, staff, NORMAL, VITAMIN)
    assert saved(shop, SILVER, VITAMIN) == 500
    merge_members(shop, NORMAL, SILVER, staff=staff)
    assert saved(shop, SILVER, VITAMIN) == 0


def test_the_first_purchase_counts_what_stands(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, replace(OFF, when=Conditions(is_first_purchase=True)))
    sale = settled(shop, staff, GOLD, VITAMIN).sale
    assert saved(shop, GOLD, VITAMIN) == 0
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert saved(shop, GOLD, VITAMIN) == 500


def test_a_birthday_benefit_once_a_year(shop: Shop, staff: Staff) -> None:
    month = Conditions(birthday=BirthdayWindow(is_month=True))
    cake = PercentageOffer(id="cake", name="生日九折", rate_bp=5000, when=month)
    rules(shop, staff, cake)
    # 李小华 was born on 25 November.
    for on, before, after in ((1, 19_50, 0), (30, 0, 0)):
        with time_machine.travel(datetime(2027, 11, on, 4, tzinfo=UTC)):
            assert saved_by_cake(shop) == before
            settled(shop, staff, GOLD, VITAMIN)
            assert saved_by_cake(shop) == after
    with time_machine.travel(datetime(2028, 11, 2, 4, tzinfo=UTC)):
        assert saved_by_cake(shop) == 19_50


def saved_by_cake(shop: Shop) -> int:
    made = scanned(shop, GOLD, VITAMIN).quote
    return sum(each.amount_fen for each in made.adjustments if each.offer == "cake")


def test_verify_counts_anew(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, with_limits(in_all=5))
    settled(shop, staff, GOLD, VITAMIN)
    with shop.store.read() as reading:
        today = shop.moment(reading).business_on
        assert reading.offer_uses.by_all(["off"], today) == (Used("off", in_all=1, day=1),)
    with shop.store.writer() as connection:  # type: ignore[attr-defined]
        connection.execute("UPDATE offer_counts SET uses = 2 WHERE sold_on = 0")
    assert [finding.what for finding in verify(shop.store)] == ["use_counts_differ"]
    with shop.store.writer() as connection:  # type: ignore[attr-defined]
        connection.execute("UPDATE offer_counts SET uses = 1 WHERE sold_on = 0")


@pytest.mark.parametrize("change", ["amount_fen = 1", "partner = '别家'", "year = 2000"])
def test_who_changes_what_a_use_came_to_is_found(
    furnished: Home, tmp_path: Path, change: str
) -> None:
    home = Home(Path(shutil.copytree(furnished.path, tmp_path / "home")))
    with home.shop() as shop:
        staff = manager_of(shop)
        rules(shop, staff, with_limits(in_all=5))
        settled(shop, staff, GOLD, VITAMIN)
        assert verify(shop.store) == []
        with shop.store.writer() as connection:  # type: ignore[attr-defined]
            connection.execute("DROP TRIGGER offer_uses_no_update")
            connection.execute(f"UPDATE offer_uses SET {change}")
        assert "uses_differ" in {finding.what for finding in verify(shop.store)}
