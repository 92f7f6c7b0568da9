"""这里: the header says where we are, and whose sales are counted where that is not all."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from core.actions.catalogue import look_at_catalogue
from core.actions.coupon_rounds import follow_coupons
from core.ports.store_sales import Heard
from core.shop import Shop
from core.sync.store_sales import Life
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.actions.test_deeds import with_rules
from tests.actions.test_redeem import SOAP
from tests.builders import manager_of
from tests.chained import Line, an_office, join
from ui.here import Here, here
from ui.manage.benefits.reward_words import chain_words
from ui.manage.benefits.words import counted_words

A_DAY_US = 86_400_000_000


def test_a_shop_alone_counts_all_there_is(shop: Shop) -> None:
    assert _said(here(shop)) == ("中山路店·1 号台", True, "")


def test_a_till_of_a_chain_counts_its_own(shop: Shop, tmp_path: Path) -> None:
    line = Line(an_office(tmp_path, shop.clock))
    join(shop, line)
    assert _said(here(shop)) == ("中山路店·1 号台", True, "只算这台的销售")
    line.office.store.close()  # type: ignore[attr-defined]


def test_what_was_given_says_whose_sales_its_figures_are_of(shop: Shop, tmp_path: Path) -> None:
    with_rules(shop, manager_of(shop), rewards=(SOAP,))
    assert _counted(shop) == ("", "")
    line = Line(an_office(tmp_path, shop.clock))
    join(shop, line)
    alone = "换走的只算这台上换的，别的台上换的不在里面。"
    assert _counted(shop) == ("用了和营业额只算这台收银台上的单", alone)
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
    assert _counted(shop) == ("用了和营业额算全店的单", alone)
    line.office.store.close()  # type: ignore[attr-defined]


def _counted(shop: Shop) -> tuple[str, str]:
    who = manager_of(shop)
    rewards = chain_words(look_at_catalogue(shop, staff=who))
    return counted_words(follow_coupons(shop, staff=who)), rewards


def test_a_pc_that_sells_nothing_says_so(shop: Shop) -> None:
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
    assert _said(here(shop)) == ("中山路店·后台电脑", False, "不收银，没有销售")


def _heard(shop: Shop, **more: int) -> None:
    """As head office told it: one till of the store, in whose place another has stood."""
    now_us, unheard = shop.clock.now_us(), more.get("silent_us", 0)
    named = {"till_no": 2, "through": 9, "heard_us": now_us - unheard}
    lives = (
        Life(UUID(int=1), 1, is_over=False, **named),
        Life(UUID(int=2), 1, is_over=True, **named),
    )
    asked_us = now_us - more.get("ago_us", 0)
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
        tx.store_sales.meet(lives)
        tx.store_sales.hear(Heard(asked_us, asked_us, 0, "1"))
        for life in tx.store_sales.lives():
            oldest_us = now_us - 40 * A_DAY_US
            tx.store_sales.move(replace(life, low=more.get("low", 1), oldest_us=oldest_us))


def test_an_office_pc_says_until_when_it_counts_the_sales_of_the_whole_store(shop: Shop) -> None:
    _heard(shop)
    assert re.fullmatch(r"算全店的销售，到 (\d\d-\d\d )?\d\d:\d\d", here(shop).counts)
    _heard(shop, silent_us=A_DAY_US)
    assert "，2 号台只到 " in here(shop).counts


def test_it_says_how_far_it_is_and_since_when_head_office_is_out_of_reach(shop: Shop) -> None:
    _heard(shop, low=5)
    assert here(shop).counts.startswith("还在取全店的销售，取到 ")
    _heard(shop, ago_us=A_DAY_US)
    assert here(shop).counts.endswith("，之后没有再取到")
    _heard(shop, low=5, ago_us=A_DAY_US)
    assert here(shop).counts.endswith(" 起没有再取到")


def _said(found: Here) -> tuple[str, bool, str]:
    return found.place, found.sells, found.counts
