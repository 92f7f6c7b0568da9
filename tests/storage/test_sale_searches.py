"""找单 among a million sales: every search walks through an index, never through a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.sales.search import Clue, SaleSearch
from storage.sale_searches import statement
from storage.store import TillStore
from tests.storage.making import TODAY, a_store

ZONE = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(1970, 1, 1)
SOMEBODY, SOMETHING = (UUID(int=1),), (UUID(int=2), UUID(int=3))
CLUES = {
    "no": (Clue(no="S01-T1-000001"),),
    "number": (Clue(numbers=(97, 10_097)),),
    "amount": (Clue(amount_fen=35_80),),
    "member": (Clue(members=SOMEBODY),),
    "product": (Clue(products=SOMETHING),),
    "four digits": (Clue("", (5678,), 567800, SOMEBODY, SOMETHING),),
    "two words": (Clue(products=SOMETHING), Clue(amount_fen=35_80)),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillStore]:
    folder: Path = tmp_path_factory.mktemp("searched")
    store = a_store(folder / "home")
    yield store
    store.close()


def plan(store: TillStore, search: SaleSearch, narrowest: Clue | None = None) -> list[str]:
    sql, values = statement(search, 2, narrowest)
    with store.read() as reading:
        rows = reading.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    return [str(row[-1]) for row in rows]


@pytest.mark.parametrize("clues", CLUES.values(), ids=CLUES)
def test_of_all_days_one_clue_gives_its_sales_out_of_an_index(
    store: TillStore, clues: tuple[Clue, ...]
) -> None:
    steps = plan(store, SaleSearch(LONG_AGO, TODAY, ZONE, clues=clues), clues[0])
    assert not any(step.startswith(("SCAN sales", "SCAN sale_lines")) for step in steps), steps
    assert not any("sales_of_date" in step for step in steps), steps


@pytest.mark.parametrize("clues", [(), *CLUES.values()], ids=["nothing", *CLUES])
def test_within_a_month_the_days_are_walked_through_newest_first(
    store: TillStore, clues: tuple[Clue, ...]
) -> None:
    steps = plan(store, SaleSearch(TODAY, TODAY, ZONE, clues=clues))
    assert steps[0].startswith("SEARCH sales USING INDEX sales_of_date"), steps
    assert not any(step.startswith("SCAN sale") for step in steps), steps
    assert not any("ORDER BY" in step for step in steps), steps


def test_without_a_clue_all_days_need_no_sorting(store: TillStore) -> None:
    steps = plan(store, SaleSearch(LONG_AGO, TODAY, ZONE))
    assert steps == ["SEARCH sales USING INDEX sales_of_date (business_on>? AND business_on<?)"]
