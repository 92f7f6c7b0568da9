"""An import runs beside a selling counter, and of a stopped one nothing remains."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from core.catalog.product_table import ProductRow
from core.errors import Cancelled, ImportRunning
from core.members.member import Birthday
from core.members.member_table import FOR_EVER, MemberRow
from core.values.moment import Moment
from storage.import_pace import CHUNK
from storage.store import TillStore, open_guest
from storage.verify import verify
from tests.storage.making import KEY, NOW_US, TODAY, bring_members, bring_products, sell

AT = Moment(NOW_US, TODAY)


def members(count: int, points: int = 100) -> list[MemberRow]:
    return [
        MemberRow(
            f"7{no:05d}", f"王小{'一二三四五六七八九'[no % 9]}", f"+8613{no:09d}", points=points
        )
        for no in range(count)
    ]


def products(count: int) -> list[ProductRow]:
    return [ProductRow(f"9{no:06d}", f"板蓝根{no}", 10_00 + no) for no in range(count)]


def content(store: TillStore) -> dict[str, list[object]]:
    """All that an import may touch, but for its own record and the chains."""
    tables = "members member_keys products product_keys lots transfers balances private_values"
    nothing = {"balances": "WHERE points <> 0"}
    with store.reader() as connection:
        return {
            table: sorted(
                map(
                    repr,
                    connection.execute(
                        f"SELECT * FROM {table} {nothing.get(table, '')}"
                    ).fetchall(),
                )
            )
            for table in tables.split()
        }


def test_imported_members_are_found_and_have_their_points(store: TillStore) -> None:
    row = MemberRow(
        "8001", "单于明", "+8613900001111", Birthday(5, 5, is_lunar=True), tier="basic", points=1234
    )
    done = bring_members(store, [*members(1000), row], moment=AT)
    assert (done.added, done.changed, done.unchanged) == (1001, 0, 0)
    with store.read() as reading:
        file = reading.members.file_by_card("8001", spend_since=TODAY)
        assert (file.points, file.expiring_points) == (1234, 1234)
        assert file.expiring_on == date(2028, 11, 24)
        assert file.member.birthday == Birthday(5, 5, is_lunar=True)
        assert file.member.tier_until == date(2027, 11, 24)
        assert reading.suggest("单于")[0].key == "8001"
        assert reading.suggest("1111")[0].key == "8001"
        assert reading.members.by_card("700999").tier_until is None
    assert verify(store) == []


def test_opening_lots_expire_on_days_of_their_own(store: TillStore) -> None:
    """Several of one member, in one chunk and in another; of whom was there before none."""
    own, later = date(2027, 6, 30), date(2028, 12, 31)
    bring_members(store, members(1), moment=AT)
    first, *others = members(CHUNK + 20)
    rows = [
        first,
        *(replace(row, expires_on=own) for row in others[:-1]),
        replace(others[-1], expires_on=FOR_EVER),
        *(
            replace(row, points=7, expires_on=day, is_further=True)
            for row in (first, others[0], others[-2])
            for day in (later, None)
        ),
    ]
    done = bring_members(store, rows, moment=AT)
    assert (done.added, done.changed, done.unchanged) == (CHUNK + 19 + 4, 0, 3)
    with store.read() as reading:
        lots = {
            card: [
                (lot.left, lot.expires_on)
                for lot in reading.ledger.lots(reading.members.by_card(card).id)
            ]
            for card in ("700000", "700001", "700002", others[-2].card_no, others[-1].card_no)
        }
        assert reading.ledger.balance(reading.members.by_card("700001").id) == 114
    usual = date(2028, 11, 24)
    several = [(100, own), (7, usual), (7, later)]
    assert list(lots.values()) == [[(100, usual)], several, [(100, own)], several, [(100, None)]]
    assert verify(store) == []


def test_also_lots_with_days_of_their_own_are_taken_back(store: TillStore) -> None:
    before = content(store)
    rows = [replace(row, expires_on=date(2027, 6, 30)) for row in members(500)]
    further = [replace(row, expires_on=None, is_further=True) for row in rows]
    applied: list[int] = []
    with pytest.raises(Cancelled):
        bring_members(
            store,
            [*rows, *further],
            moment=AT,
            on_progress=applied.append,
            should_stop=lambda: bool(applied) and applied[-1] >= 900,
        )
    assert content(store) == before
    assert verify(store) == []


def test_importing_again_changes_nothing(store: TillStore) -> None:
    bring_members(store, members(600), moment=AT)
    before = content(store)
    done = bring_members(store, members(600, points=999), moment=AT)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 600)
    assert content(store) == before


def test_importing_again_updates_by_card_and_leaves_points(store: TillStore) -> None:
    bring_members(store, members(3), moment=AT)
    renamed = replace(members(3)[1], name="赵敏", phone="+8613812340000", points=5)
    done = bring_members(store, [renamed], moment=AT)
    assert (done.added, done.changed) == (0, 1)
    with store.read() as reading:
        member = reading.members.by_card("700001")
        assert (member.name, reading.ledger.balance(member.id)) == ("赵敏", 100)
        assert [s.key for s in reading.suggest("赵敏")] == ["700001"]
        assert reading.suggest("王小二") == ()
        assert reading.members.by_phone("+8613000000001") == ()
    assert verify(store) == []


def test_nothing_remains_of_a_cancelled_import(store: TillStore) -> None:
    bring_members(store, members(2), moment=AT)
    before = content(store)
    changed = [replace(row, name="李变了") for row in members(2)]
    applied: list[int] = []
    with pytest.raises(Cancelled):
        bring_members(
            store,
            [*changed, *(replace(row, card_no="8" + row.card_no) for row in members(3000))],
            moment=AT,
            on_progress=applied.append,
            should_stop=lambda: bool(applied) and applied[-1] >= 2000,
        )
    assert 2000 <= applied[-1] < 3002
    assert content(store) == before
    assert verify(store) == []


def test_nothing_remains_when_the_search_keys_were_cancelled(store: TillStore) -> None:
    before = content(store)
    applied: list[int] = []
    with pytest.raises(Cancelled):
        bring_members(
            store,
            members(1000),
            moment=AT,
            on_progress=applied.append,
            should_stop=lambda: bool(applied) and applied[-1] == 1000,
        )
    assert content(store)["members"] == before["members"]
    assert content(store)["member_keys"] == before["member_keys"]
    assert verify(store) == []


def test_who_bought_meanwhile_stays_with_points(store: TillStore) -> None:
    applied: list[int] = []

    def sell_to_the_first(done: int) -> None:
        if not applied:
            with store.write() as tx:
                sell(tx, tx.members.by_card("700000"))
        applied.append(done)

    with pytest.raises(Cancelled):
        bring_members(
            store,
            members(2000),
            moment=AT,
            on_progress=sell_to_the_first,
            should_stop=lambda: len(applied) == 3,
        )
    with store.read() as reading:
        kept = reading.members.by_card("700000")
        assert reading.ledger.balance(kept.id) == 110
        assert reading.members.by_card("700001") is None
    assert verify(store) == []


def test_products_are_imported_changed_and_taken_back(store: TillStore) -> None:
    assert bring_products(store, products(1200), moment=AT).added == 1200
    with store.read() as reading:
        assert reading.products.by_code("9000007").price_fen == 1007
        assert reading.suggest("blg")[0].name.startswith("板蓝根")
        assert reading.suggest("蓝根1199")[0].key == "9001199"
    before = content(store)
    dearer = [
        replace(row, price_fen=row.price_fen + 1, name="新" + row.name) for row in products(900)
    ]
    applied: list[int] = []
    with pytest.raises(Cancelled):
        bring_products(
            store,
            dearer,
            moment=AT,
            on_progress=applied.append,
            should_stop=lambda: len(applied) == 2,
        )
    assert content(store) == before
    assert bring_products(store, dearer, moment=AT).changed == 900
    assert verify(store) == []


def test_one_import_at_a_time(store: TillStore) -> None:
    other = open_guest(store.home, key=KEY)
    refused: list[type[BaseException]] = []

    def try_another(_: int) -> None:
        try:
            bring_members(other, members(1), moment=AT)
        except ImportRunning as error:
            refused.append(type(error))

    bring_members(store, members(CHUNK + 1), moment=AT, on_progress=try_another)
    other.close()
    assert set(refused) == {ImportRunning}


def test_a_sale_waits_for_an_import_of_another_process_only_a_moment(store: TillStore) -> None:
    guest = open_guest(store.home, key=KEY)
    thread = threading.Thread(
        target=bring_members, args=(guest, members(6000)), kwargs={"moment": AT}
    )
    thread.start()
    waits = []
    while thread.is_alive():
        began = time.perf_counter()
        with store.writer():
            waits.append(time.perf_counter() - began)
        time.sleep(0.002)
    thread.join()
    guest.close()
    waits.sort()
    assert len(waits) > 20
    # Generous, for machines under load: without turns it would be seconds.
    assert waits[len(waits) // 2] < 0.25
    with store.read() as reading:
        assert reading.members.by_card("705999") is not None
