"""Before an import rows are held beside the store: a phone and a number have one owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.catalog.product_table import ProductRow
from core.errors import BadName, CardReplaced, CardTaken, PhoneTaken, ProductTaken
from core.members.member_table import MemberRow
from core.members.standing import OldCard
from core.values.moment import Moment
from core.values.table import BadRow
from storage import import_check
from storage.import_check import check_members, check_products, met_on_the_way, newest
from storage.search_keys import phone_key
from storage.store import TillStore, create_store
from tests.storage.making import (
    KEY,
    NOW_US,
    TODAY,
    a_member,
    a_product,
    a_rulebook,
    a_store,
    a_till,
    bring_members,
    bring_products,
)

# Of the member and the product of `a_store`.
CARD, PHONE, CODE = "6001", "+8613800138000", "6901234567892"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillStore]:
    store = a_store(tmp_path_factory.mktemp("store") / "home")
    yield store
    store.close()


def row(card_no: str, phone: str | None, line: int = 2) -> MemberRow:
    return MemberRow(card_no, "赵敏", phone, line=line)


def checked(store: TillStore, *rows: MemberRow | BadRow, **how: bool) -> list[MemberRow | BadRow]:
    return list(check_members(store, rows, **how))


def test_a_new_card_on_the_phone_of_another_is_bad(store: TillStore) -> None:
    good, bad = checked(store, row("7001", "+8613900139000"), row("7002", PHONE, 3))
    assert good == row("7001", "+8613900139000")
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (3, "手机")
    assert isinstance(bad.error, PhoneTaken)
    assert (bad.error.masked_name, bad.error.card_no) == ("李*红", CARD)
    with store.read() as reading:
        assert bad.error.member_id == reading.members.by_card(CARD).id.hex


def test_a_member_keeps_the_phone_that_is_theirs(store: TillStore) -> None:
    rows = [row(CARD, PHONE), row("7001", None, 3)]
    assert checked(store, *rows) == rows


def test_a_known_card_does_not_move_onto_the_phone_of_another(tmp_path: Path) -> None:
    with_two = a_store(tmp_path / "home")
    with with_two.write() as tx:
        tx.members.add(a_member("6002", "陈明", "+8613900139000"))
    [bad] = checked(with_two, row("6002", PHONE))
    assert isinstance(bad, BadRow)
    assert bad.error.card_no == CARD
    with_two.close()


def test_phones_may_be_shared_when_a_manager_says_so(store: TillStore) -> None:
    rows = [row("7001", PHONE), row("7002", PHONE, 3)]
    assert checked(store, *rows, shares_phones=True) == rows


def test_who_shares_a_phone_already_goes_on_to_do_so(tmp_path: Path) -> None:
    family = a_store(tmp_path / "home")
    bring_members(family, [row("7001", PHONE)], moment=Moment(NOW_US, TODAY))
    known, stranger = row("7001", PHONE), row("7002", PHONE, 3)
    first, second = checked(family, known, stranger)
    assert first == known
    assert isinstance(second, BadRow)
    family.close()


def test_the_number_of_another_country_is_another_phone(tmp_path: Path) -> None:
    far, near = "+13900139000", "+863900139000"
    abroad = a_store(tmp_path / "home")
    with abroad.write() as tx:
        tx.members.add(replace(a_member("6002", "Ann", far)))
    assert phone_key(near) != phone_key(far) == "13900139000"
    rows = [row("7001", "+8613900139000")]
    assert checked(abroad, *rows) == rows, "found by the same key, and not the same"
    abroad.close()


def test_a_card_that_was_replaced_is_bad(tmp_path: Path) -> None:
    other = a_store(tmp_path / "home")
    with other.write() as tx:
        member = tx.members.by_card(CARD)
        assert member is not None
        tx.standings.retire_card(OldCard(CARD, member.id, TODAY))
        tx.members.set_card(member.id, "90001234")
    [bad, good] = checked(other, row(CARD, None), row("90001234", PHONE, 3))
    assert isinstance(bad, BadRow)
    assert (bad.column, type(bad.error)) == ("会员卡号", CardReplaced)
    assert bad.error.masked_card == "****1234"
    assert good == row("90001234", PHONE, 3)
    other.close()


def test_who_was_merged_may_have_the_phone_of_whom_they_became(tmp_path: Path) -> None:
    """The same old table once more: two cards of one person, with one phone."""
    merged = a_store(tmp_path / "home")
    with merged.write() as tx:
        gone, into = a_member("6002", "李小红", PHONE), tx.members.by_card(CARD)
        assert into is not None
        tx.members.add(gone)
        tx.standings.merge(gone.id, into.id, at_us=NOW_US, staff_no=1)
        tx.members.hide(gone.id)
    rows = [row("6002", PHONE), row(CARD, PHONE, 3), row("7001", PHONE, 4)]
    *good, bad = checked(merged, *rows)
    assert good == rows[:2]
    assert isinstance(bad, BadRow)
    merged.close()


def test_a_card_that_is_the_barcode_of_a_product_is_bad(store: TillStore) -> None:
    [bad] = checked(store, row(CODE, None), shares_phones=True)
    assert isinstance(bad, BadRow)
    assert (bad.column, type(bad.error)) == ("会员卡号", ProductTaken)


def test_a_barcode_that_is_the_card_of_a_member_is_bad(store: TillStore) -> None:
    rows = [ProductRow(CODE, "药", 1, line=2), ProductRow(CARD, "药", 1, line=3)]
    good, bad = check_products(store, rows)
    assert good is rows[0]
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column, type(bad.error)) == (3, "条码", CardTaken)


def test_a_store_without_members_has_nothing_against_a_row(tmp_path: Path) -> None:
    empty = create_store(tmp_path / "home", key=KEY, till=a_till())
    with empty.write() as tx:
        tx.rulebooks.add(a_rulebook())
    rows = [row("7001", PHONE), row(CODE, PHONE, 3)]
    assert checked(empty, *rows) == rows
    products = [ProductRow(CARD, "药", 1, line=2)]
    assert list(check_products(empty, products)) == products
    with empty.write() as tx:
        tx.products.add(a_product(CODE))
    assert isinstance(checked(empty, *rows)[1], BadRow)
    empty.close()


def test_who_joined_while_an_import_ran_is_told_beside_who_came_in(tmp_path: Path) -> None:
    """In front of it and behind it: its own keys come last, so neither could know."""
    meeting = a_store(tmp_path / "home")
    since = newest(meeting)
    first, second = "+8613900000001", "+8613900000002"
    with meeting.write() as tx:
        tx.members.add(a_member("8801", "先来", first))
        tx.products.add(a_product("7003"))

    def join_another(done: int) -> None:
        with meeting.write() as tx:
            if tx.members.by_card("8802") is None:
                assert tx.members.by_phone(second) == (), "its keys come last"
                tx.members.add(a_member("8802", "后来", second))

    rows = [row("7001", first), row("7002", second, 3), row("7003", None, 4)]
    bring_members(meeting, rows, moment=Moment(NOW_US, TODAY), on_progress=join_another)
    phones = [("8801", "7001"), ("8802", "7002")]
    assert sorted(met_on_the_way(meeting, since)) == [("7003", ""), *phones]
    assert met_on_the_way(meeting, since, shares_phones=True) == [("7003", "")]
    assert met_on_the_way(meeting, newest(meeting)) == [], "of others nothing is said"
    meeting.close()


def test_products_that_meet_a_new_card_are_told(tmp_path: Path) -> None:
    meeting = a_store(tmp_path / "home")
    since = newest(meeting)
    with meeting.write() as tx:
        tx.members.add(a_member("8801", "先来", None))
    rows = [ProductRow("8801", "药", 1, line=2), ProductRow(CARD, "药", 1, line=3)]
    bring_products(meeting, rows, moment=Moment(NOW_US, TODAY))
    assert met_on_the_way(meeting, since) == [("8801", "")]
    meeting.close()


CARDS = st.sampled_from([CARD, CODE, "7001", "7002", "7003"])
PHONES = st.sampled_from([None, PHONE, "+8613900139000"])
ROWS = st.lists(st.tuples(CARDS, PHONES, st.booleans()), max_size=12)


@given(ROWS, st.integers(1, 5), st.booleans())
def test_every_row_comes_back_in_its_order_whatever_the_parts(
    store: TillStore, facts: Sequence[tuple[str, str | None, bool]], at_once: int, shares: bool
) -> None:
    rows: list[MemberRow | BadRow] = [
        BadRow(line, "姓名", BadName("")) if is_bad else row(card, phone, line)
        for line, (card, phone, is_bad) in enumerate(facts, 2)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_check, "AT_ONCE", at_once)
        found = checked(store, *rows, shares_phones=shares)
    assert [each.line for each in found] == [each.line for each in rows]
    for before, after in zip(rows, found, strict=True):
        if isinstance(before, BadRow):
            assert after is before
            continue
        is_others = before.phone == PHONE and before.card_no != CARD and not shares
        assert isinstance(after, BadRow) == (is_others or before.card_no == CODE)
