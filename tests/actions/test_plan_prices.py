"""定价: a file of prices, tried first, holds from its day on; what it does not say stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.actions.counter import new_basket
from core.actions.office_prices import begin_prices
from core.actions.plan_prices import look_at_prices, plan_prices
from core.actions.scan import scan
from core.errors import BadRows, BeginsTooEarly, NoGoodRows
from core.shop import Shop
from core.trust.staff import Staff
from storage.keeping import StoredKeeping
from tests.actions.test_settle import VITAMIN
from tests.actions.test_today import later

DAY_S = 86_400


def priced(folder: Path, *rows: str) -> str:
    path = folder / "prices.csv"
    path.write_text("\n".join(["条码,名称,售价,会员价", *rows]), "utf-8")
    return str(path)


VITAMINS = f"{VITAMIN},维生素C咀嚼片,41.00,"


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    path = priced(tmp_path, VITAMINS, "6900000000014,新品,5.00,", "6901234567823,x,oops,")
    seen = look_at_prices(shop, path, staff=staff)
    assert [each.code for each in seen.prices] == [VITAMIN, "6900000000014"]
    assert [row.line for row in seen.bad] == [4]
    before = seen.prices[0].before
    assert before is not None
    assert (before.price_fen, seen.prices[0].after.price_fen) == (39_00, 41_00)
    with shop.store.read() as reading:
        held = reading.products.by_code(VITAMIN)
    assert held == before


def test_what_the_file_has_no_column_for_stays(shop: Shop, staff: Staff, tmp_path: Path) -> None:
    with shop.store.read() as reading:
        before = reading.products.by_code(VITAMIN)
    path = priced(tmp_path, VITAMINS)
    plan_prices(shop, path, begins_on=shop.now().business_on, staff=staff)
    with shop.store.read() as reading:
        after = reading.products.by_code(VITAMIN)
    assert before is not None
    assert after is not None
    assert (after.price_fen, after.member_price_fen) == (41_00, None)
    assert (after.spec, after.unit, after.category) == (before.spec, before.unit, before.category)
    assert look_at_prices(shop, path, staff=staff).unchanged == 1


def test_a_price_of_tomorrow_holds_tomorrow(shop: Shop, staff: Staff, tmp_path: Path) -> None:
    morrow = shop.now().business_on + timedelta(days=1)
    planned = plan_prices(shop, priced(tmp_path, VITAMINS), begins_on=morrow, staff=staff)
    assert planned.count == 1

    def price(at: Shop) -> int:
        begin_prices(at)
        return scan(at, new_basket(at).basket, VITAMIN, staff=staff).quote.list_fen

    assert price(shop) == 39_00
    assert price(later(shop, DAY_S)) == 41_00
    # and is nobody else's to say: an import may follow
    assert not look_at_prices(shop, priced(tmp_path, VITAMINS), staff=staff).bad


def test_a_price_for_another_day_takes_nothing_of_those_that_are_planned(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    today = shop.now().business_on
    for days, price in ((4, "42.00"), (6, "43.00"), (2, "41.00")):
        path = priced(tmp_path, f"{VITAMIN},维生素C咀嚼片,{price},")
        plan_prices(shop, path, begins_on=today + timedelta(days=days), staff=staff)
    found = []
    for days in (2, 4, 6):
        there = later(shop, days * DAY_S)
        begin_prices(there)
        with shop.store.read() as reading:
            product = reading.products.by_code(VITAMIN)
        assert product is not None
        found.append(product.price_fen)
    assert found == [41_00, 42_00, 43_00]


def test_the_counter_sells_while_the_file_is_read(
    shop: Shop, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = StoredKeeping.products

    def slowly(keeping: StoredKeeping, path: str) -> object:
        with shop.store.write() as tx:  # stands still where the plan writes already
            tx.audit.note("beside", at_us=1, staff_no=0)
        return read(keeping, path)

    monkeypatch.setattr(StoredKeeping, "products", slowly)
    path, on = priced(tmp_path, VITAMINS), shop.now().business_on
    assert plan_prices(shop, path, begins_on=on, staff=staff).count == 1


def test_nothing_of_it_holds_where_a_row_is_bad_or_the_day_is_over(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    on = shop.now().business_on
    bad = priced(tmp_path, VITAMINS, "6901234567823,x,oops,")
    with pytest.raises(BadRows):
        plan_prices(shop, bad, begins_on=on, staff=staff)
    with pytest.raises(BeginsTooEarly):
        plan_prices(shop, bad, begins_on=on - timedelta(days=1), staff=staff)
    assert plan_prices(shop, bad, begins_on=on, staff=staff, takes_good_rows=True).count == 1
    with pytest.raises(NoGoodRows):
        plan_prices(shop, bad, begins_on=on, staff=staff, takes_good_rows=True)
