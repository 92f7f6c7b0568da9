"""An import that came to its end is taken back, but for whom the shop has met since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as with_

from core.errors import Cancelled, ImportRunning
from core.members.member import Member
from core.points.ledger import Account, AccountKind, Allocation, Cause, Transfer
from core.ports import Writing
from core.ports.past_imports import Outlook, PastImport, Stays
from core.rulebook.parse import rulebook_of
from core.values.moment import Moment
from storage.import_met import ASKED, NOTHING_MET
from storage.import_record import Imported, Source
from storage.import_turn import alone, half_imports
from storage.imports import undo_unfinished
from storage.past_imports import StoredPastImports
from storage.store import TillStore
from storage.tagged_products import repriced
from storage.verify import verify
from tests.storage.making import NOW_US, TODAY, bring_members, bring_products, new_id, sell
from tests.storage.test_import_undo import (
    be_merged,
    freeze,
    kept_images,
    last_event,
    merge,
    note,
    replace_card,
)
from tests.storage.test_imports import content, members, products

AT = Moment(NOW_US, TODAY)
LATER = Moment(NOW_US + 3_600_000_000, TODAY)
NEXT_DAY = Moment(NOW_US + 86_400_000_000, TODAY + timedelta(days=1))


def nothing(_done: int, _whole: int) -> None:
    return


def a_file(name: str = "会员.csv", bad: int = 0) -> Source:
    return Source(name, 1, bad)


def past(store: TillStore) -> StoredPastImports:
    return store.past_imports


def newest(store: TillStore) -> PastImport:
    return past(store).all()[0]


def look(store: TillStore) -> Outlook:
    return past(store).look(newest(store).id, nothing)


def take_back(store: TillStore, at: Moment = LATER) -> Outlook:
    """As it was told before."""
    told = look(store)
    came = past(store).take_back(newest(store).id, at, nothing)
    assert came == told
    return came


def add_members(store: TillStore, count: int, **of_each: object) -> Imported:
    rows = [replace(row, **of_each) for row in members(count)]
    return bring_members(store, rows, moment=AT, source=a_file())


def test_every_table_that_names_a_member_says_whether_somebody_was_met(store: TillStore) -> None:
    """A new one belongs into `storage.import_met`."""
    sql = (
        "SELECT DISTINCT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) "
        "AS columns WHERE tables.type = 'table' AND columns.name IN "
        "('member_id', 'into_id', 'other_id', 'debit_member', 'place_member')"
    )
    with store.reader() as connection:
        names = {name for (name,) in connection.execute(sql).fetchall()}
    assert names - ASKED == NOTHING_MET
    assert ASKED - names == {"asked", "imports", "before_images", "handouts"}


def test_the_newest_import_is_told_first_and_a_cancelled_one_is_not(store: TillStore) -> None:
    add_members(store, 3)
    source = a_file("价格.xlsx", bad=2)
    bring_products(store, products(2), moment=LATER, source=source)
    with pytest.raises(Cancelled):
        bring_members(store, members(9), moment=LATER, source=a_file(), should_stop=lambda: True)
    told = [
        (each.what, each.file_name, each.staff_no, each.added, each.bad)
        for each in past(store).all()
    ]
    assert told == [("products", "价格.xlsx", 1, 2, 2), ("members", "会员.csv", 1, 3, 0)]
    assert [each.taken_back_us for each in past(store).all()] == [0, 0]


def test_all_is_as_it_was_before(store: TillStore) -> None:
    bring_members(store, members(300), moment=AT)
    before = content(store)
    rows = [replace(row, name="新名", expires_on=date(2027, 6, 30)) for row in members(800)]
    bring_members(store, rows, moment=AT, source=a_file())
    assert take_back(store) == Outlook(500, 300, 50_000, {}, ())
    assert content(store) == before
    assert kept_images(store) == 0
    assert last_event(store)[0] == "ImportUndone"
    assert newest(store).taken_back_us == LATER.at_us and not newest(store).is_under_way
    assert past(store).take_back(newest(store).id, LATER, nothing) == Outlook(0, 0, 0, {}, ())
    assert verify(store) == []


def earn(tx: Writing, member: Member) -> None:
    sell(tx, member)


def spend(tx: Writing, member: Member) -> None:
    (lot,) = tx.ledger.lots(member.id)
    account = Account(AccountKind.AVAILABLE, member.id)
    made = Transfer(new_id(), account, Account(AccountKind.REDEEMED), 10, Cause.SPEND, TODAY, 1)
    tx.ledger.post(made, allocations=(Allocation(made.id, lot.id, 10),))


def consent(tx: Writing, member: Member) -> None:
    tx.consents.add(member.id, 1, at_us=NOW_US, staff_no=1)


@pytest.mark.parametrize(
    ("meet", "why"),
    [
        (earn, Stays.BOUGHT),
        (spend, Stays.POINTS),
        (be_merged, Stays.MERGED),
        (merge, Stays.MERGED),
        (consent, Stays.EDITED),
        (freeze, Stays.EDITED),
        (note, Stays.EDITED),
        (replace_card, Stays.EDITED),
    ],
)
def test_whom_the_shop_has_met_stays_and_is_told_before(
    store: TillStore, meet: Callable[[Writing, Member], None], why: Stays
) -> None:
    add_members(store, 300)
    with store.write() as tx:
        met = tx.members.by_card("700003")
        meet(tx, met)
    came = take_back(store)
    assert (came.gone, came.stays) == (299, {why: 1})
    (stay,) = came.first
    assert (stay.why, stay.is_new) == (why, True) and stay.name != met.name
    with store.read() as reading:
        assert reading.members.get(met.id) is not None
        assert reading.members.by_card("700004") is None
    assert last_event(store)[1]["kept"] == [met.id.hex]
    assert meet is spend or verify(store) == []


def test_who_was_changed_by_a_later_import_stays_as_that_has_them(store: TillStore) -> None:
    """Until the later one is taken back: then they are as the first one had them."""
    tiers = with_tiers(store)
    bring_members(store, members(4), moment=AT)
    raised = [replace(row, tier="gold", points=0) for row in members(6)]
    bring_members(store, raised, moment=AT, source=a_file("一.csv"))
    assert tiers("700001") == "gold"
    renamed = [replace(members(6)[no], name="后来的") for no in (1, 5)]
    bring_members(store, renamed, moment=LATER, source=a_file("二.csv"))
    first = past(store).all()[1]
    told = past(store).look(first.id, nothing)
    assert (told.gone, told.restored, told.stays) == (1, 3, {Stays.IMPORTED: 2})
    assert [(each.number, each.is_new) for each in told.first] == [
        ("****0005", True),
        ("****0001", False),
    ]
    assert past(store).take_back(first.id, LATER, nothing) == told
    assert (tiers("700000"), tiers("700001"), tiers("700005")) == ("basic", "gold", "gold")
    with store.read() as reading:
        kept = [reading.members.by_card(card).id.hex for card in ("700005", "700001")]
    assert last_event(store)[1]["kept"] == kept
    assert verify(store) == []
    came = take_back(store)
    assert (came.gone, came.restored, came.stays) == (0, 2, {})
    assert tiers("700001") == "gold"
    assert verify(store) == []


def with_tiers(store: TillStore) -> Callable[[str], str]:
    record = {
        "name": "tiers",
        "version": 2,
        "currency": "CNY",
        "points": {"points": 1, "per_fen": 100, "expiry": "never"},
        "scheme": {
            "window_months": 12,
            "tiers": [
                {"code": "basic", "name": "普通", "from_fen": 0},
                {"code": "gold", "name": "金卡", "from_fen": 1000_00},
            ],
        },
        "tenders": [{"kind": "cash"}],
    }
    with store.write() as tx:
        tx.rulebooks.add(rulebook_of(record))

    def tier(card: str) -> str:
        with store.read() as reading:
            return reading.members.by_card(card).tier

    return tier


def test_what_was_edited_since_stays_edited(store: TillStore) -> None:
    bring_members(store, members(3), moment=AT)
    add_members(store, 3, name="新名", phone="+8613700000000")
    with store.write() as tx:
        member = tx.members.by_card("700001")
        tx.mirror.rewrite(with_(member, name="改过的"))
    came = take_back(store)
    assert (came.restored, came.stays) == (2, {Stays.EDITED: 1})
    with store.read() as reading:
        now = reading.members.by_card("700001")
        assert (now.name, now.phone) == ("改过的", "+8613000000001")
        assert reading.members.by_card("700002").name == members(3)[2].name
    assert last_event(store)[1]["kept"] == []


def test_a_number_that_somebody_else_has_now_is_theirs(store: TillStore) -> None:
    """Whom a first import added is gone, and the second had changed one of them."""
    bring_members(store, members(1), moment=AT)
    add_members(store, 1, name="新名")
    with store.writer() as connection:
        sql = "UPDATE members SET id = x'0102030405060708090a0b0c0d0e0f10' WHERE card_no = '700000'"
        connection.execute(sql)
    before = content(store)["members"]
    assert take_back(store) == Outlook(0, 0, 0, {}, ())
    assert content(store)["members"] == before


def test_prices_are_as_they_were_and_their_tags_are_to_be_printed(store: TillStore) -> None:
    bring_products(store, products(4), moment=AT)
    before = content(store)
    dearer = [replace(row, price_fen=row.price_fen + 500) for row in products(6)]
    bring_products(store, dearer, moment=AT, source=a_file("价格.csv"))
    with store.write() as tx:
        sell(tx, None, product=tx.products.by_code("9000005"))
        again = tx.products.by_code("9000002")
        tx.products.change(with_(again, price_fen=1))
    came = take_back(store, NEXT_DAY)
    assert (came.gone, came.restored) == (1, 3)
    assert came.stays == {Stays.BOUGHT: 1, Stays.EDITED: 1}
    assert [(each.name, each.number) for each in came.first] == [
        ("板蓝根5", "9000005"),
        ("板蓝根2", "9000002"),
    ]
    with store.read() as reading, store.reader() as connection:
        prices = [reading.products.by_code(f"900000{no}").price_fen for no in (0, 1, 2, 3, 5)]
        assert prices == [10_00, 10_01, 1, 10_03, 15_05]
        tags = repriced(connection, NEXT_DAY.business_on, limit=9)
        assert [each.code for each in tags] == ["9000000", "9000001", "9000003"]
    assert len(content(store)["products"]) == len(before["products"]) + 1
    assert verify(store) == []


@pytest.mark.parametrize("what", ["members", "products"])
def test_what_is_stopped_half_way_is_brought_to_its_end_by_the_till(
    store: TillStore, what: str
) -> None:
    before = content(store)
    if what == "members":
        add_members(store, 1000)
    else:
        bring_products(store, products(1000), moment=AT, source=a_file())

    def stop(done: int, whole: int) -> None:
        if 2 * done > whole:
            raise Cancelled()

    with pytest.raises(Cancelled):
        past(store).look(newest(store).id, stop)
    assert len(content(store)[what]) > 1000
    with pytest.raises(Cancelled):
        past(store).take_back(newest(store).id, LATER, stop)
    assert newest(store).is_under_way and half_imports(store)
    assert 100 < len(content(store)[what]) < 900
    with pytest.raises(ImportRunning), alone(store.home):
        past(store).take_back(newest(store).id, LATER, nothing)
    assert undo_unfinished(store, LATER) == 1
    assert not newest(store).is_under_way and newest(store).taken_back_us == LATER.at_us
    assert content(store) == before
    assert verify(store) == []


def test_of_who_was_erased_nothing_comes_back(store: TillStore) -> None:
    bring_members(store, members(2), moment=AT)
    add_members(store, 3, name="新名")
    with store.write() as tx:
        gone = [tx.members.by_card(f"70000{no}").id for no in (1, 2)]
        for member in gone:
            tx.mirror.erase(member)
    assert kept_images(store) == 1
    came = take_back(store)
    assert (came.gone, came.restored, came.stays) == (0, 1, {Stays.OTHER: 1})
    with store.reader() as connection:
        sql = "SELECT name, phone FROM members WHERE id = ?"
        for member in gone:
            assert connection.execute(sql, (member.bytes,)).fetchone() == ("", None)
