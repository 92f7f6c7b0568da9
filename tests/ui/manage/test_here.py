"""这里: the header says where we are, and whose sales are counted where that is not all."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from core.shop import Shop
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.chained import Line, an_office, join
from ui.here import Here, here


def test_a_shop_alone_counts_all_there_is(shop: Shop) -> None:
    assert _said(here(shop)) == ("中山路店·1 号台", True, "")


def test_a_till_of_a_chain_counts_its_own(shop: Shop, tmp_path: Path) -> None:
    line = Line(an_office(tmp_path, shop.clock))
    join(shop, line)
    assert _said(here(shop)) == ("中山路店·1 号台", True, "只算这台的销售")
    line.office.store.close()  # type: ignore[attr-defined]


def test_a_pc_that_sells_nothing_says_so(shop: Shop) -> None:
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
    assert _said(here(shop)) == ("中山路店·后台电脑", False, "不收银，没有销售")


def _said(found: Here) -> tuple[str, bool, str]:
    return found.place, found.sells, found.counts
