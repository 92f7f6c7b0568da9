"""别店会员: found in the directory by card or phone, served masked, and whole once told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.actions.cards import thaw_member
from core.actions.scan import scan
from core.errors import MemberFrozen, SeveralMembers, UnknownCode, VisitorFrozen
from core.members.member import LONG_AGO
from core.ports.directory import Current
from core.ports.feed import Taken
from core.pricing.basket import Basket
from core.shop import Shop
from core.sync.directory import MEMBER, Blind, LotHeld, Person, blind_key
from core.sync.entry import Entry
from core.trust.staff import Staff
from storage.directory import directory_path, make_tables, open_directory
from storage.home import home_key
from tests.actions.test_settle import VITAMIN, settled
from tests.builders import Home, file_of, manager_of
from tests.telling import hear, told

KEY = b"k" * 32
WHO, OTHER, COLD = UUID(int=1 << 90), UUID(int=2 << 90), UUID(int=3 << 90)
PHONE, SHARED = "13700137000", "13700137001"


def entry(who: UUID, name: str, points: int, phone: str, card: str = "", **more: bool) -> Entry:
    cards = (blind_key(KEY, Blind.CARD, card),) if card else ()
    phones = (blind_key(KEY, Blind.PHONE, f"+86{phone}"),)
    return Entry(who, name, "gold", points, cards=cards, phones=phones, **more)


def begin_directory(shop: Shop, home: Home) -> None:
    """One with nobody in it holds from now on."""
    snapshot = UUID(int=7)
    made = open_directory(directory_path(home.path, snapshot), home_key(home.path).key, is_new=True)
    make_tables(made)
    made.close()
    with shop.store.write() as tx:
        tx.snapshots.switch(Current(snapshot, 1_000_000))


@pytest.fixture(autouse=True)
def directory(shop: Shop, home: Home) -> None:
    """A directory with three members of other stores."""
    begin_directory(shop, home)
    with shop.store.write() as tx:
        tx.mirror.keep_chain_key(KEY)
    known = entry(WHO, "赵*", 230, PHONE, "770001"), entry(OTHER, "钱*", -4, SHARED)
    shop.store.directory.keep([*known, entry(COLD, "孙*", 0, SHARED, "770003", is_frozen=True)])


@pytest.mark.parametrize("text", ["770001", PHONE])
def test_a_visitor_is_served_masked_by_card_or_phone(
    shop: Shop, staff: Staff, basket: Basket, text: str
) -> None:
    with shop.store.write() as tx:  # of somebody else, which says nothing of this one
        tx.feed.took(Taken(MEMBER, OTHER.hex, 2_000_000))
    counter = scan(shop, basket, text, staff=staff)
    assert counter.file is not None
    member = counter.file.member
    assert (member.id, member.name, member.tier, member.phone) == (WHO, "赵*", "gold", None)
    assert (counter.file.points, counter.file.told_us, member.is_visitor) == (230, 1_000_000, True)
    assert member.card_no == (text if text == "770001" else f"~{WHO.hex}")
    assert scan(shop, basket, text, staff=staff).file == counter.file, "once is enough"


def test_a_visitor_earns_as_everybody_and_is_whole_when_they_are_told(
    shop: Shop, staff: Staff
) -> None:
    earned = settled(shop, staff, "770001", VITAMIN).sale.points_earned
    assert earned > 0
    assert file_of(shop, "770001").points == 230 + earned
    lots = (LotHeld(UUID(int=5), 190, date(2099, 1, 1)), LotHeld(UUID(int=6), 40 + earned, None))
    person = Person("赵子龙", "+86" + PHONE, "770009", joined_on=date(2024, 1, 1))
    hear(shop, told(WHO, lots, person=person))
    file = file_of(shop, "770009")
    assert (file.member.name, file.points, file.member.is_visitor) == (
        "赵子龙",
        230 + earned,
        False,
    )
    with shop.store.read() as reading:
        assert {lot.id for lot in reading.ledger.lots(WHO)} == {lot.id for lot in lots}


def test_who_was_a_member_here_already_is_found_by_another_card(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    hear(shop, told(WHO, person=Person("赵子龙", card_no="770009", joined_on=date(2024, 1, 1))))
    shop.store.directory.keep([entry(WHO, "赵**", 0, PHONE, "770001")])
    counter = scan(shop, basket, "770001", staff=staff)
    assert counter.file is not None
    assert (counter.file.member.card_no, counter.file.member.joined_on) != ("770001", LONG_AGO)


def test_who_is_frozen_or_shares_a_phone_is_answered_as_a_member_is(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    with pytest.raises(VisitorFrozen):
        scan(shop, basket, "770003", staff=staff)
    with pytest.raises(VisitorFrozen):
        thaw_member(shop, COLD, staff=manager_of(shop))
    with pytest.raises(SeveralMembers):
        scan(shop, basket, SHARED, staff=staff)
    with pytest.raises(UnknownCode):
        scan(shop, basket, "770004", staff=staff)
    hear(shop, told(COLD, person=Person("孙悟空", card_no="770003"), frozen="卡丢了"))
    with pytest.raises(MemberFrozen):
        scan(shop, basket, "770003", staff=staff)
    assert thaw_member(shop, COLD, staff=manager_of(shop)).name == "孙悟空"
    assert scan(shop, basket, "770003", staff=staff).file is not None


def test_without_a_directory_a_code_is_unknown(shop: Shop, staff: Staff, basket: Basket) -> None:
    with shop.store.write() as tx:
        tx.snapshots.drop()
    with pytest.raises(UnknownCode):
        scan(shop, basket, "770001", staff=staff)


def test_a_debt_comes_with_them(shop: Shop, staff: Staff, basket: Basket) -> None:
    shop.store.directory.remove([COLD])
    counter = scan(shop, basket, SHARED, staff=staff)
    assert counter.file is not None
    assert counter.file.points == -4


def test_whom_the_directory_still_has_is_nobody_once_they_are_erased(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    kept = shop.store.directory.get(WHO)
    assert kept is not None
    scan(shop, basket, "770001", staff=staff)
    hear(shop, told(WHO, is_erased=True, seal="5ea1"))
    shop.store.directory.keep([kept])  # as one who reads an older snapshot has it
    with pytest.raises(UnknownCode):
        scan(shop, basket, "770001", staff=staff)
