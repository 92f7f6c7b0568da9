"""What a dry run says will be new or changed is what comes in."""

from __future__ import annotations

from dataclasses import replace

from core.members.member import Birthday
from core.values.moment import Moment
from storage.import_foresee import foresee_members, foresee_products
from storage.import_record import Imported
from storage.store import TillStore
from tests.storage.making import NOW_US, TODAY, bring_members, bring_products
from tests.storage.test_imports import content, members, products

AT = Moment(NOW_US, TODAY)


def test_members_come_in_as_foreseen(store: TillStore) -> None:
    bring_members(store, members(5), moment=AT)
    rows = members(8)
    rows[1] = replace(rows[1], name="新名", points=9)
    rows[2] = replace(rows[2], phone=None, points=7)
    rows[3] = replace(rows[3], birthday=Birthday(5, 5))
    rows += [replace(rows[at], points=3, is_further=True) for at in (0, 6)]
    before = content(store)
    told = foresee_members(store, rows, AT)
    assert told == Imported(4, 2, 4)
    assert content(store) == before
    assert bring_members(store, rows, moment=AT) == told
    assert foresee_members(store, rows, AT) == Imported(0, 0, 10)


def test_products_come_in_as_foreseen(store: TillStore) -> None:
    bring_products(store, products(5), moment=AT)
    rows = products(8)
    rows[1] = replace(rows[1], price_fen=1)
    rows[2] = replace(rows[2], requires_trace=True)
    told = foresee_products(store, rows)
    assert told == Imported(3, 2, 3)
    assert bring_products(store, rows, moment=AT) == told
    assert foresee_products(store, rows) == Imported(0, 0, 8)
