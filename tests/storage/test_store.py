"""One owner, one writer, one transaction; what is kept is found again as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.errors import (
    CardTaken,
    HomeTaken,
    NoStore,
    NotOurStore,
    ProductTaken,
    SaleBroken,
    StoreDamaged,
    StoreLocked,
    StoreNewer,
    StoreOlder,
    WrongKey,
)
from core.ports import Store
from core.sync.fact import GENESIS, is_linked
from storage.columns import Connection
from storage.engine import connect
from storage.store import TillStore, create_store, open_guest, open_store
from tests.storage.making import (
    KEY,
    NOW_US,
    TODAY,
    a_member,
    a_product,
    a_store,
    a_till,
    joined,
    new_id,
    sell,
    void_in,
)


def values(connection: Connection, names: str) -> list[object]:
    return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names.split()]


def test_every_pragma_is_as_it_was_set(store: TillStore) -> None:
    names = (
        "journal_mode synchronous foreign_keys trusted_schema cell_size_check mmap_size "
        "journal_size_limit temp_store fullfsync"
    )
    connection = connect(store.path, KEY)
    assert values(connection, names) == ["wal", 2, 1, 0, 1, 0, 64 << 20, 2, 1]
    assert connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()


def test_a_reader_cannot_write(store: TillStore) -> None:
    with store.read() as reading, pytest.raises(Exception, match=r"readonly|read-only"):
        reading.connection.execute("DELETE FROM staff")


def test_plain_sqlite_says_it_is_not_a_database(store: TillStore) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(store.path).execute("SELECT * FROM members")


def test_no_name_or_phone_is_readable_in_any_file_of_the_home(store: TillStore) -> None:
    with store.write() as tx:
        member = a_member("6002", "欧阳娜娜", "+8613911112222")
        tx.members.add(member)
        tx.outbox.append(joined(member))
    store.back_up()
    files = [path for path in store.home.rglob("*") if path.is_file()]
    assert store.path.with_name("store.db-wal") in files
    for path in files:
        data = path.read_bytes()
        for secret in ("欧阳娜娜", "13911112222", "李小红", "中山路店"):
            assert secret.encode() not in data, path


def test_a_second_start_is_refused(store: TillStore) -> None:
    with pytest.raises(StoreLocked):
        open_store(store.home, key=KEY)
    code = (
        "import sys; from pathlib import Path; from storage.store import open_store\n"
        "from core.errors import StoreLocked\n"
        "try: open_store(Path(sys.argv[1]), key=bytes(range(32)))\n"
        "except StoreLocked: print('locked')"
    )
    run = [sys.executable, "-c", code, str(store.home)]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "locked\n"


def test_a_store_opens_again_after_closing(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    again = open_store(tmp_path, key=KEY)
    with again.read() as reading:
        assert reading.till.store_name == "中山路店"
        assert reading.members.by_card("6001") is not None
    again.close()


def test_a_home_is_set_up_once(store: TillStore) -> None:
    store.close()
    with pytest.raises(HomeTaken):
        create_store(store.home, key=KEY, till=a_till())


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        open_store(tmp_path, key=KEY)


@pytest.mark.parametrize("key", [bytes(32), b"short"])
def test_a_wrong_key_is_a_wrong_key(store: TillStore, key: bytes) -> None:
    sold(store)
    store.close()
    with pytest.raises(WrongKey):
        open_store(store.home, key=key)


def test_the_right_key_on_a_damaged_first_page_is_damage(store: TillStore) -> None:
    sold(store)
    store.close()
    with store.path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(64))
    with pytest.raises(StoreDamaged):
        open_store(store.home, key=KEY)


def sold(store: TillStore) -> None:
    with store.write() as tx:
        sell(tx, None)


def test_a_plain_sqlite_file_is_not_ours(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "store.db")
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    with pytest.raises(NotOurStore):
        open_store(tmp_path, key=KEY)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xd8" * 5000])
def test_any_other_file_is_not_ours(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "store.db").write_bytes(data)
    with pytest.raises(NotOurStore):
        open_store(tmp_path, key=KEY)


def test_an_encrypted_file_of_another_program_is_not_ours(tmp_path: Path) -> None:
    connection = connect(tmp_path / "store.db", KEY, is_new=True)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    with pytest.raises(NotOurStore):
        open_store(tmp_path, key=KEY)


def test_a_newer_schema_is_not_touched(store: TillStore) -> None:
    with store.writer() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreNewer):
        open_store(store.home, key=KEY)


def test_an_older_store_waits_for_the_till_which_brings_it_up(store: TillStore) -> None:
    home, older = store.home, "UPDATE alembic_version SET version_num = '0003'"
    with store.writer() as connection:
        connection.execute(older)
    store.close()
    with pytest.raises(StoreOlder):
        open_guest(home, key=KEY)


def test_an_exception_rolls_everything_back(store: TillStore) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        sell(tx, tx.members.by_card("6001"))
        raise ZeroDivisionError
    with store.read() as reading:
        assert reading.sales.last() is None
        assert reading.sales.next_number() == 1
        assert reading.ledger.balance(reading.members.by_card("6001").id) == 0


def test_a_sale_is_found_again_as_it_was(store: TillStore) -> None:
    with store.write() as tx:
        sale = sell(tx, tx.members.by_card("6001"), lines=3)
    with store.read() as reading:
        found = reading.sales.get(sale.basket.sale_id)
        assert found == reading.sales.by_no("S01-T2-000001") == reading.sales.last()
        assert (found.payable_fen, found.paid_fen, found.change_fen) == (3003, 3503, 500)
        assert (found.points_earned, found.points_balance) == (30, 30)
        assert found.receipt.sale_no == sale.no and len(found.receipt.lines) == 5
        figures = reading.days.takings(reading.days.open_one().id)
        assert (figures.sales, figures.tender("cash")) == (1, 3003)


def test_numbers_of_sales_are_dense_also_after_a_rollback(store: TillStore) -> None:
    numbers = []
    for is_kept in (True, False, True, True):
        try:
            with store.write() as tx:
                numbers.append(sell(tx, None).number)
                if not is_kept:
                    raise KeyError
        except KeyError:
            pass
    assert numbers == [1, 2, 2, 3]


def test_a_member_file_tells_points_spend_and_what_expires_first(store: TillStore) -> None:
    with store.write() as tx:
        member = tx.members.by_card("6001")
        sell(tx, member, lines=2)
        sell(tx, member)
    with store.read() as reading:
        file = reading.members.file_by_card("6001", spend_since=TODAY)
        assert (file.points, file.spend_fen, file.expiring_points) == (30, 3001, 30)
        assert file.expiring_on.isoformat() == "2028-11-24"
        assert file == reading.members.file(member.id, spend_since=TODAY)
        tomorrow = TODAY.replace(day=25)
        assert reading.members.file_by_card("6001", spend_since=tomorrow).spend_fen == 0
        assert reading.members.file_by_card("nobody", spend_since=TODAY) is None


@pytest.mark.parametrize("field", ["payable_fen", "points", "change_fen", "list_fen"])
def test_a_sale_whose_figures_do_not_fit_is_stopped(store: TillStore, field: str) -> None:
    with store.write() as tx:
        good = sell(tx, None)
    wrong = replace(good.quote, **{field: getattr(good.quote, field) + 1})
    other = replace(good, number=2, no="S01-T2-000002", quote=wrong)
    with pytest.raises(SaleBroken), store.write() as tx:
        tx.sales.add(other, tx.sales.last().receipt, day_id=new_id())


def test_a_sale_id_sells_once(store: TillStore) -> None:
    sale_id = new_id()
    with store.write() as tx:
        sell(tx, None, sale_id=sale_id)
    with pytest.raises(SaleBroken), store.write() as tx:
        sell(tx, None, sale_id=sale_id)


def test_a_card_and_a_code_belong_to_one(store: TillStore) -> None:
    with pytest.raises(CardTaken), store.write() as tx:
        tx.members.add(a_member("6001", "别人", None))
    with pytest.raises(ProductTaken), store.write() as tx:
        tx.products.add(a_product())


def test_two_members_may_share_a_phone(store: TillStore) -> None:
    with store.write() as tx:
        tx.members.add(a_member("6002", "张三"))
    with store.read() as reading:
        holders = reading.members.by_phone("+8613800138000")
    assert [member.card_no for member in holders] == ["6001", "6002"]


def test_a_member_comes_back_whole(store: TillStore) -> None:
    with store.read() as reading:
        member = reading.members.by_card("6001")
        assert (member.name, member.phone, member.joined_on) == ("李小红", "+8613800138000", TODAY)
        assert (member.birthday.month, member.birthday.day, member.birthday.year) == (2, 29, 1988)
        assert reading.members.get(member.id) == member


def test_card_numbers_are_given_out_once(store: TillStore) -> None:
    taken = []
    for _ in range(3):
        with store.write() as tx:
            taken.append(tx.members.next_number())
    assert taken == [1, 2, 3]


def test_events_hang_on_one_chain(store: TillStore) -> None:
    with store.write() as tx:
        assert (tx.outbox.head().seq, tx.outbox.head().hash) == (0, GENESIS)
        first = tx.outbox.append(joined(a_member()))
        second = tx.outbox.append(joined(a_member()))
    assert (first.seq, second.seq) == (1, 2)
    assert second.prev == first.hash
    assert is_linked(second)
    assert "李小红".encode() not in second.data
    assert store.last_seen_us() == NOW_US


@pytest.mark.parametrize(
    "table", "sales sale_lines tenders receipts transfers lots events audit rulebooks".split()
)
def test_what_happened_cannot_be_changed_or_removed(store: TillStore, table: str) -> None:
    with store.write() as tx:
        sell(tx, tx.members.by_card("6001"))
    column = {"rulebooks": "version", "audit": "seq", "sales": "id", "events": "id"}
    same = column.get(table, "sale_id")
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET {same} = {same}"):
        with pytest.raises(Exception, match="kept for ever"), store.writer() as connection:
            connection.execute(sql)


def test_a_reader_sees_one_state_while_a_sale_is_written(store: TillStore) -> None:
    with store.read() as reading:
        assert reading.sales.last() is None
        with store.write() as tx:
            sell(tx, None)
        assert reading.sales.last() is None
    with store.read() as reading:
        assert reading.sales.last() is not None


def test_writers_of_two_threads_take_turns(store: TillStore) -> None:
    def sell_ten() -> None:
        for _ in range(10):
            with store.write() as tx:
                sell(tx, None)

    threads = [threading.Thread(target=sell_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as reading:
        assert reading.sales.next_number() == 41


def test_a_guest_reads_and_writes_beside_the_owner(store: TillStore) -> None:
    guest = open_guest(store.home, key=KEY)
    with guest.write() as tx:
        tx.members.add(a_member("6009", "客人", None))
    guest.close()
    with store.read() as reading:
        assert reading.members.by_card("6009") is not None


def test_a_transaction_within_a_transaction_is_a_bug(store: TillStore) -> None:
    with store.write(), pytest.raises(RuntimeError), store.write():
        raise AssertionError("never here")


def keeps_the_port(store: TillStore) -> Store:
    return store


def test_a_void_takes_spend_and_points_away_and_is_found_with_its_sale(store: TillStore) -> None:
    with store.write() as tx:
        member = tx.members.by_card("6001")
        first, second = sell(tx, member, lines=2), sell(tx, member)
        found = tx.sales.get(second.basket.sale_id)
        assert not found.is_voided
        void_in(tx, found)
    with store.read() as reading:
        file = reading.members.file(member.id, spend_since=TODAY)
        assert (file.points, file.spend_fen) == (first.quote.points, first.quote.spend_fen)
        assert file.expiring_points == first.quote.points
        assert reading.sales.last().is_voided
        assert not reading.sales.get(first.basket.sale_id).is_voided
        lots = reading.ledger.lots(member.id)
        assert [lot.left for lot in lots] == [first.quote.points]
        day = reading.days.open_one()
        assert reading.days.takings(day.id).taken_fen == first.quote.payable_fen


def test_a_sale_is_voided_once(store: TillStore) -> None:
    with store.write() as tx:
        sell(tx, tx.members.by_card("6001"))
    with pytest.raises(SaleBroken), store.write() as tx:
        void_in(tx, tx.sales.last())
        tx.voids.add(void_in(tx, tx.sales.last()), tx.sales.last().receipt)
    with store.read() as reading:
        assert not reading.sales.last().is_voided
