"""列存的一份: it keeps up, is made anew in doubt, holds nobody's data, and one has it at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from _thread import interrupt_main
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import portalocker
import pytest

from core.errors import Cancelled, ReportBusy
from core.members.held_tiers import TierHold
from core.members.member import LONG_AGO, Member
from core.members.member_table import MemberRow
from core.ports import StoredSale, Writing
from core.ports.insight import OnCopied, Value
from core.sales.sale import Sale
from storage.backup import back_up, restore
from storage.insight import copy as copies
from storage.insight.copy import Copy, copy_path
from storage.insight.tables import ALL, MARKS
from storage.store import TillStore, open_store
from tests.storage.making import (
    KEY,
    NOW_US,
    TODAY,
    a_product,
    bring_members,
    forget_triggers,
    new_id,
    return_in,
    sell,
    void_in,
)
from tests.storage.test_import_undo import AT
from tests.storage.test_imports import members

CARD = "6001"
LONG_CARD = "880012345678"
SECRETS = ("李小红", "13800138000", "王小二", LONG_CARD)


def unheard(_copied: int, _all: int) -> None:
    """Nobody waits."""


def sold(store: TillStore, times: int = 1, card: str = CARD, **what: Any) -> list[Sale]:
    with store.write() as tx:
        return [sell(tx, tx.members.by_card(card), **what) for _ in range(times)]


def stored(tx: Writing, sale: Sale) -> StoredSale:
    found = tx.sales.get(sale.basket.sale_id)
    assert found is not None
    return found


def numbered(tx: Writing, number: int) -> StoredSale:
    found = tx.sales.by_no(f"S01-T2-{number:06d}")
    assert found is not None
    return found


def rows(store: TillStore, question: str) -> Sequence[tuple[Value, ...]]:
    with store.insight.opened() as copy:
        copy.keep_up(unheard)
        return copy.ask(question, TODAY, TODAY).rows


def kept_up(store: TillStore, hear: OnCopied = unheard) -> None:
    with store.insight.opened() as copy:
        copy.keep_up(hear)


def tickets(store: TillStore) -> Value:
    found = rows(store, "days")
    return found[0][1] if found else 0


def table(store: TillStore, name: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(copy_path(store.home)), read_only=True) as connection:
        return sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)


def tables(store: TillStore) -> dict[str, list[tuple[Any, ...]]]:
    return {each.name: table(store, each.name) for each in ALL}


def test_it_keeps_up_with_what_is_sold_voided_and_returned(store: TillStore) -> None:
    assert tickets(store) == 0
    first, second = sold(store, 2, lines=2)
    assert tickets(store) == 2
    with store.write() as tx:
        void_in(tx, stored(tx, first))
    assert rows(store, "days") == ((TODAY, 1, 20_01, 20_01),)
    with store.write() as tx:
        return_in(tx, stored(tx, second), of=1)
    assert rows(store, "days") == ((TODAY, 1, 10_01, 10_01),)
    kept = tables(store)
    store.insight.rebuild(unheard)
    assert tables(store) == kept, "kept up, it is what a new one is"


def test_so_it_does_where_chunks_end_anywhere(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(store, 7, lines=2)
    tickets(store)
    whole = tables(store)
    for size in (1, 2, 3, 7):
        monkeypatch.setattr(copies, "AT_ONCE", size)
        heard: list[tuple[int, int]] = []
        store.insight.rebuild(lambda *told, heard=heard: heard.append(told))
        assert tables(store) == whole
        assert heard[-1] == (7, 7)
        assert all(one <= other for one, other in pairwise(heard))


def test_who_stops_it_finds_it_going_on_where_it_was(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(store, 6, lines=2)
    tickets(store)
    whole = tables(store)
    monkeypatch.setattr(copies, "AT_ONCE", 2)

    def stop(copied: int, _all: int) -> None:
        if copied == 4:
            raise Cancelled()

    with pytest.raises(Cancelled):
        store.insight.rebuild(stop)
    heard: list[int] = []
    kept_up(store, lambda copied, _all: heard.append(copied))
    assert heard == [4, 5, 6]
    assert tables(store) == whole


def test_ctrl_c_while_it_is_asked_is_no_bug(store: TillStore) -> None:
    copy = Copy(store, b"key" * 11)
    soon = threading.Timer(0.1, interrupt_main)
    with pytest.raises(KeyboardInterrupt), copy.opened() as opened:
        soon.start()
        opened.run("SELECT sum(a.i * b.i) FROM range(100000) a(i), range(1000000) b(i)")
    with copy.opened() as opened:
        assert opened.run("SELECT 1") == [(1,)], "the next question finds a fresh engine"


@pytest.mark.parametrize("bytes_", [b"", b"x" * 5000, b"SQLite format 3\0" * 300])
def test_a_damaged_file_is_made_anew(store: TillStore, bytes_: bytes) -> None:
    sold(store, 3)
    assert tickets(store) == 3
    copy_path(store.home).write_bytes(bytes_)
    assert tickets(store) == 3


def test_so_is_half_a_file_and_one_with_a_hole(store: TillStore) -> None:
    sold(store, 3)
    tickets(store)
    path = copy_path(store.home)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:8192] + bytes(8192) + whole[16384:]):
        path.write_bytes(damaged)
        assert tickets(store) == 3


def test_so_is_one_of_another_version(store: TillStore) -> None:
    sold(store, 3)
    tickets(store)
    with duckdb.connect(str(copy_path(store.home))) as connection:
        connection.execute(f"ALTER TABLE {MARKS} RENAME TO marks_1")
        connection.execute("DROP TABLE lines")
    assert tickets(store) == 3
    assert len(table(store, "lines")) == 3


@pytest.mark.parametrize("goes_on", ["sells", "voids another", "stays"])
def test_an_older_backup_in_its_place_is_noticed(store: TillStore, goes_on: str) -> None:
    sold(store, 3)
    backup = back_up(store)
    if goes_on == "sells":
        sold(store, 2)
    else:
        with store.write() as tx:
            void_in(tx, numbered(tx, 1))
    tickets(store)
    store.close()
    restore(store.home, backup, key=KEY)
    again = open_store(store.home, key=KEY)
    expected = 3
    if goes_on == "sells":
        sold(again, 2)
        expected = 5
    elif goes_on == "voids another":
        with again.write() as tx:
            void_in(tx, numbered(tx, 3))
        expected = 2
    assert tickets(again) == expected
    kept = tables(again)
    again.insight.rebuild(unheard)
    assert tables(again) == kept
    again.close()


def test_members_of_an_import_that_is_taken_back_go(store: TillStore) -> None:
    def copy_it(done: int) -> None:
        nonlocal seen
        kept_up(store)
        seen = max(seen, len(table(store, "members")))
        stops.append(done >= 600)

    seen, stops = 0, [False]
    with pytest.raises(Cancelled):
        bring_members(
            store,
            members(1200),
            moment=AT,
            on_progress=copy_it,
            should_stop=lambda: stops[-1],
        )
    assert seen > 1
    kept_up(store)
    assert len(table(store, "members")) == 1
    bring_members(store, members(1200), moment=AT)
    kept_up(store)
    kept = tables(store)
    store.insight.rebuild(unheard)
    assert tables(store) == kept


def test_as_many_other_members_in_their_place_are_noticed(store: TillStore) -> None:
    bring_members(store, members(5), moment=AT)
    kept_up(store)
    before = table(store, "members")
    with store.writer() as connection:
        connection.execute("UPDATE members SET id = ? WHERE n = 6", (UUID(int=7).bytes,))
    kept_up(store)
    assert len(table(store, "members")) == len(before)
    assert table(store, "members") != before


def test_nothing_of_anybody_is_in_it(store: TillStore) -> None:
    bring_members(store, [*members(20), MemberRow(LONG_CARD, "王小二")], moment=AT)
    sold(store, 3)
    sold(store, card=LONG_CARD)
    tickets(store)
    with store.read() as reading:
        found = reading.members.by_card(LONG_CARD)
    assert found is not None
    raw = b"".join(path.read_bytes() for path in store.home.glob("insight.duckdb*"))
    for secret in (*(word.encode() for word in SECRETS), found.id.bytes, found.id.hex.encode()):
        assert secret not in raw
    said = repr(tables(store)) + repr(table(store, MARKS))
    assert "商品0" in said or "同仁堂" in said, "goods are named in it"
    for secret in (*SECRETS, found.id.hex, found.id.hex.upper(), str(found.id.int)):
        assert secret not in said


def test_a_member_has_another_number_in_another_store(store: TillStore, tmp_path: Path) -> None:
    tickets(store)
    [(number, _)] = table(store, "members")
    with store.read() as reading:
        found = reading.members.by_card(CARD)
    assert found is not None
    assert number == copies.blinding(KEY)(found.id.bytes)
    assert number != copies.blinding(bytes(32))(found.id.bytes)
    assert not list(store.home.glob("insight-*")), "no rows lie about"


@pytest.mark.parametrize(
    "name", ['含"引号"，和,逗号', "两\n行", "NULL", "", " 空 ", "'; DROP TABLE sales"]
)
def test_names_of_goods_come_as_they_are(store: TillStore, name: str) -> None:
    product = a_product("6900000000012", name)
    with store.write() as tx:
        tx.products.add(product)
        sell(tx, None, product=product)
    [row] = rows(store, "products")
    assert row[:2] == (product.code, name or None)


ASK = """
import sys
from pathlib import Path
from storage.store import open_guest
from tests.storage import making
store = open_guest(Path(sys.argv[1]), key=making.KEY)
for _ in range(3):
    store.insight.rebuild(lambda _copied, _all: None)
    with store.insight.opened() as copy:
        print(copy.ask("days", making.TODAY, making.TODAY).rows[0][1])
"""


def test_two_processes_take_turns(store: TillStore) -> None:
    sold(store, 5)
    words = [sys.executable, "-c", ASK, str(store.home)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert tickets(store) == 5
    for process in both:
        out, _ = process.communicate(timeout=120)
        assert (process.returncode, out.split()) == (0, ["5"] * 3)


def test_who_waits_too_long_is_told(store: TillStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "PATIENCE_S", 0.1)
    with (store.home / "insight.lock").open("a") as lock:
        portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        with pytest.raises(ReportBusy):
            tickets(store)
    assert tickets(store) == 0


def test_a_paid_card_is_renewed_until_thirty_days_after_its_last_day(store: TillStore) -> None:
    bring_members(store, members(3), moment=AT)
    cards = ["700000", "700001", "700002"]
    first = TODAY - timedelta(days=365)
    with store.write() as tx:
        holders = [tx.members.by_card(card) for card in cards]
        for holder, again in zip(holders, (None, 29, 31), strict=True):
            assert holder is not None
            hold_a_card(tx, holder, first)
            if again is not None:
                hold_a_card(tx, holder, TODAY + timedelta(days=again))
    assert rows(store, "renewals") == ((f"{TODAY:%Y-%m}", "gold", 3, 1, 333),)


def hold_a_card(tx: Writing, member: Member, on: date) -> None:
    ids = new_id(), member.id
    hold = TierHold(*ids, "gold", "card", NOW_US, on, 1, 1, months=12, sale_id=new_id(), line_no=1)
    tx.tiers.add_hold(hold)


def test_who_is_of_another_store_is_a_visitor_and_no_new_member(store: TillStore) -> None:
    sold(store, 2)
    with store.write() as tx:
        sell(tx, None)
        stranger = Member(new_id(), "7001", "王*", "normal", LONG_AGO)
        tx.members.add(stranger)
        sell(tx, stranger)
    [(month, walked, joined, _, _, elsewhere)] = rows(store, "visitors")
    assert (month, walked, elsewhere) == (f"{TODAY:%Y-%m}", 1, 1)
    assert joined == len([row for row in table(store, "members") if row[1] == TODAY])


def test_what_every_offer_gave_is_counted_also_without_limits(store: TillStore) -> None:
    receipt = [["saving", {"reason": "percentage", "label": "95折", "amount_fen": 50}]] * 2
    sale = sold(store)[0]
    with store.writer() as connection:
        forget_triggers(connection)
        sql = "UPDATE receipts SET record = ? WHERE sale_id = ?"
        record = json.dumps(receipt, ensure_ascii=False, separators=(",", ":"))
        connection.execute(sql, (record, sale.basket.sale_id.bytes))
    taken = sale.quote.payable_fen
    assert rows(store, "given") == (("percentage", "95折", 1, 100, 1000, taken),)
