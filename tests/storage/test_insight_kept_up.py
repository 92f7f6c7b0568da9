"""列存的一份: where nothing is new nothing is copied, and DuckDB is begun once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import duckdb
import pytest
from msgspec.structs import replace

from core.ports.insight import Value
from storage.insight.copy import copy_path
from storage.store import TillStore
from tests.storage.making import NOW_US, a_product, sell
from tests.storage.test_insight import rows, sold, tickets


def test_where_nothing_is_new_nothing_is_written(store: TillStore) -> None:
    sold(store, 3)
    tickets(store)
    path = copy_path(store.home)
    before = path.read_bytes()
    assert tickets(store) == 3
    assert path.read_bytes() == before


def renamed(store: TillStore, name: str, *, is_told: bool = True) -> Sequence[tuple[Value, ...]]:
    """The products of today, one of them called otherwise since."""
    with store.write() as tx:
        product = tx.products.by_code("6900000000012")
        assert product is not None
        tx.products.change(replace(product, name=name))
        if is_told:
            tx.audit.note("prices_began", at_us=NOW_US, staff_no=0, detail="1")
    return rows(store, "products")


def test_a_product_that_is_called_otherwise_is_so_in_reports(store: TillStore) -> None:
    product = a_product("6900000000012", "旧名")
    with store.write() as tx:
        tx.products.add(product)
        sell(tx, None, product=product)
    assert rows(store, "products")[0][1] == "旧名"
    for name in ("新名", "又一个", "旧名"):
        assert renamed(store, name)[0][1] == name


def test_while_products_come_in_they_are_looked_at_each_time(store: TillStore) -> None:
    product = a_product("6900000000012", "旧名")
    with store.write() as tx:
        tx.products.add(product)
        sell(tx, None, product=product)
    begin_import = (
        "INSERT INTO imports (id, kind, state, started_us, first_n, first_sale_n, added, changed, "
        "unchanged) VALUES (?, 'products', 'applying', 1, 0, 0, 0, 0, 0)"
    )
    with store.writer() as connection:
        connection.execute(begin_import, (UUID(int=9).bytes,))
    assert rows(store, "products")[0][1] == "旧名"
    assert renamed(store, "新名", is_told=False)[0][1] == "新名"
    with store.writer() as connection:
        connection.execute("UPDATE imports SET state = 'done'", ())
    assert renamed(store, "新名", is_told=False)[0][1] == "新名"


def test_duckdb_is_begun_once_and_anew_after_an_error(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    connect = duckdb.connect

    def counted(database: str, **named: Any) -> duckdb.DuckDBPyConnection:
        begun.append(database)
        return connect(database, **named)

    monkeypatch.setattr(duckdb, "connect", counted)
    sold(store, 3)
    assert tickets(store) == tickets(store) == 3
    assert len(begun) == 2, "one for the new file"
    with pytest.raises(duckdb.Error), store.insight._copy.opened() as copy:
        copy.run("SELECT nothing")
    assert tickets(store) == 3
    assert len(begun) == 3
