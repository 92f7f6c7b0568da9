"""找单: by member, amount, product, number, day and time; today first, then all days before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from core.actions.day import close_day, open_day
from core.actions.find_sales import EVER, find_sales, look_at_sale
from core.actions.merge_members import merge_members
from core.actions.settle import settle
from core.actions.void import void_sale
from core.errors import NoSuchSale
from core.pricing.tender import Tender, TenderKind
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.values.money import format_money
from storage import sale_searches
from tests.actions.test_return import returned
from tests.actions.test_settle import CALCIUM, GOLD, SILVER, VITAMIN, paid, scanned, settled
from tests.builders import Home, manager_of
from ui.found_text import note_words

CASH, WECHAT = TenderKind.CASH, TenderKind.WECHAT
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
FIRST, SECOND, THIRD = (f"S01-T1-{no:06d}" for no in (1, 2, 3))


@contextmanager
def sold_in(home: Home) -> Iterator[Shop]:
    """Sold two days ago to 800001, and today to 800002 and to nobody."""
    with (
        time_machine.travel(datetime(2027, 11, 22, 2, 0, tzinfo=UTC), tick=False) as clock,
        home.shop() as shop,
    ):
        staff = manager_of(shop)
        close_day(shop, counted_fen=200_00, staff=staff)
        open_day(shop, float_fen=200_00, staff=staff)
        first = settled(shop, staff, GOLD, VITAMIN, VITAMIN).sale
        close_day(shop, counted_fen=200_00 + first.payable_fen, staff=staff)
        clock.shift(timedelta(days=2))
        open_day(shop, float_fen=500_00, staff=staff)
        settled(shop, staff, SILVER, CALCIUM)
        clock.shift(timedelta(hours=3))
        ready = scanned(shop, VITAMIN, CALCIUM)
        parts = Tender(WECHAT, 7_77), Tender(CASH, ready.quote.payable_fen - 7_77)
        ready = paid(shop, ready, *parts)
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
        yield shop


@pytest.fixture(scope="module")
def shop(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """For all tests that only look."""
    folder = tmp_path_factory.mktemp("sold")
    with sold_in(Home(Path(shutil.copytree(furnished.path, folder / "home")))) as shop:
        yield shop


def found(shop: Shop, text: str = "", *, days: int = 1) -> list[str]:
    rows = find_sales(shop, text, days=days, staff=manager_of(shop)).rows
    return [row.no for row in rows]


def test_today_alone_is_asked_for_and_all_days_by_word(shop: Shop) -> None:
    assert found(shop) == [THIRD, SECOND]
    assert found(shop, days=7) == found(shop, days=EVER) == [THIRD, SECOND, FIRST]
    assert found(shop, "11-22") == found(shop, "前天") == [FIRST]
    assert found(shop, "11-22~11-24") == [THIRD, SECOND, FIRST]
    assert found(shop, "昨天") == []


def test_a_row_says_what_a_cashier_knows_it_by(shop: Shop) -> None:
    staff = manager_of(shop)
    (row,) = find_sales(shop, "0001", staff=staff).rows
    assert row.no == FIRST
    assert [milli for _, milli in row.goods] == [2000]
    assert row.goods[0][0].startswith("维生素")
    assert row.tenders == ("cash",)


@pytest.mark.parametrize("word", [GOLD, "13800135678", "5678", FIRST])
def test_a_member_and_a_number_are_found_however_long_ago(shop: Shop, word: str) -> None:
    """What today has none of is looked for in all days before."""
    assert [found(shop, word, days=days) for days in (1, 7, EVER)] == [[FIRST]] * 3


@pytest.mark.parametrize("word", ["维生素", VITAMIN, "wss"])
def test_goods_are_found_by_code_name_and_initials(shop: Shop, word: str) -> None:
    assert found(shop, word) == [THIRD]
    assert found(shop, word, days=7) == found(shop, word, days=EVER) == [THIRD, FIRST]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where thousands are sold: two sales are too many."""
    for limit in ("A_MONTH", "MOST_OF_A_CLUE", "MOST_WALKED"):
        monkeypatch.setattr(sale_searches, limit, 1)


@pytest.mark.usefixtures("busy")
def test_goods_that_sell_all_day_are_looked_for_on_the_days_that_are_meant(shop: Shop) -> None:
    assert found(shop, f"{VITAMIN} 11-20~11-23") == [FIRST]


@pytest.mark.usefixtures("busy")
def test_it_is_said_from_which_day_on_all_were_looked_at(shop: Shop) -> None:
    answer = find_sales(shop, VITAMIN, days=EVER, staff=manager_of(shop))
    assert [row.no for row in answer.rows] == [THIRD]
    assert answer.is_cut and answer.since == answer.today
    assert f"{answer.today} 以来的都看过了" in note_words(answer)


@pytest.mark.usefixtures("busy")
def test_before_that_day_what_is_easily_found_is_shown(shop: Shop) -> None:
    answer = find_sales(shop, f"{VITAMIN} {GOLD}", days=EVER, staff=manager_of(shop))
    assert [row.no for row in answer.rows] == [FIRST]
    assert not answer.is_cut, "this member has one sale: all were looked at"


def test_the_amount_is_what_was_paid(shop: Shop) -> None:
    staff = manager_of(shop)
    row = find_sales(shop, days=7, staff=staff).rows[-1]
    paid = f"{row.payable_fen // 100}.{row.payable_fen % 100:02d}"
    wider = find_sales(shop, paid, staff=staff)
    assert [each.no for each in wider.rows] == [FIRST]
    assert wider.is_wider
    assert not find_sales(shop, paid, days=7, staff=staff).is_wider
    assert found(shop, f"{paid} 13800135678") == [FIRST]
    assert found(shop, f"{paid} {SILVER}") == []


def test_what_a_phone_or_card_paid_of_it_is_an_amount_too(shop: Shop) -> None:
    """The customer's own bill says that part; of cash, what was handed over is no clue."""
    (row, _) = find_sales(shop, staff=manager_of(shop)).rows
    assert found(shop, "7.77") == [THIRD]
    assert found(shop, f"7.77 {SILVER}") == []
    assert found(shop, format_money(row.payable_fen - 7_77)) == []


def test_several_words_must_all_hold(shop: Shop) -> None:
    for days in (1, EVER):
        assert found(shop, f"维生素 {CALCIUM}", days=days) == [THIRD]
        assert found(shop, f"{CALCIUM} 维生素", days=days) == [THIRD]
        assert found(shop, f"{SILVER} {CALCIUM}", days=days) == [SECOND]
        assert found(shop, f"{CALCIUM} 没有这个", days=days) == []


def test_the_time_is_that_of_the_stores_clock(shop: Shop) -> None:
    assert found(shop, "10:00-11:00") == [SECOND]
    assert found(shop, "13点") == [THIRD]
    assert found(shop, "10点", days=EVER) == [SECOND, FIRST]


def test_who_was_merged_is_found_and_what_was_voided_is_marked(home: Home) -> None:
    with sold_in(home) as shop:
        staff = manager_of(shop)
        merge_members(shop, gone_card=GOLD, into_card=SILVER, staff=staff)
        for days in (7, EVER):
            assert found(shop, SILVER, days=days) == [SECOND, FIRST]
        (row,) = find_sales(shop, f"{SECOND.lower()}-r1", staff=staff).rows
        void_sale(shop, row.sale_id, explanation=MISTAKE, staff=staff)
        assert find_sales(shop, SECOND, staff=staff).rows[0].is_voided
    assert home.findings() == []


def test_a_sale_is_void_on_its_own_day_whole_and_once(home: Home) -> None:
    with sold_in(home) as shop:
        staff = manager_of(shop)
        may = {no: look_at_sale(shop, no, staff=staff) for no in (FIRST, SECOND, THIRD)}
        assert [each.can_void for each in may.values()] == [False, True, True]
        assert all(each.can_return for each in may.values())
        back = returned(shop, may[THIRD].sale, {1: 1000}, staff)
        part = look_at_sale(shop, THIRD, staff=staff)
        assert (part.can_void, part.can_return) == (False, True)
        assert part.sale.returned_fen == back.back_fen > 0
        rows = find_sales(shop, staff=staff).rows
        assert [row.returned_fen for row in rows] == [back.back_fen, 0]
        void_sale(shop, may[SECOND].sale.sale_id, explanation=MISTAKE, staff=staff)
        gone = look_at_sale(shop, SECOND, staff=staff)
        assert (gone.can_void, gone.can_return) == (False, False)
        with pytest.raises(NoSuchSale):
            look_at_sale(shop, "S01-T1-000009", staff=staff)
