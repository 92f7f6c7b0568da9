"""收会员: what head office says of members holds here; the books still add up (`shop` verifies)."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from core.actions.change_birthday import change_birthday
from core.actions.forget_member import forget_member, look_at_privacy
from core.actions.lay_aside import lay_aside
from core.actions.merge_members import merge_members
from core.actions.notes import write_note
from core.actions.pull import read_changes, take_changes
from core.actions.reprint import find_sale
from core.errors import CardOfAnother, NoSuchMember, PointsDiffer, TierNotHere
from core.members.certificate import Why
from core.members.member import Birthday, Note
from core.ports.central import Link
from core.shop import Shop
from core.sync.directory import MEMBER, LotHeld, Person
from core.sync.feed import Change
from core.sync.session import Session
from core.sync.together import HolderSaid, SaleSaid
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_spend import let_points_pay, sold_for, sum_of_accounts
from tests.builders import audit_rows, file_of
from tests.chained import events_of
from tests.telling import encoded, hear, lots_told, person_of, told

NEW, OTHER = UUID(int=1 << 100), UUID(int=2 << 100)
FAR = date(2099, 12, 31)


def id_of(shop: Shop, card: str) -> UUID:
    return file_of(shop, card).member.id


def notes(shop: Shop, member_id: UUID) -> tuple[Note, ...]:
    with shop.store.read() as reading:
        return reading.standings.notes(member_id)


def test_what_other_tills_did_comes_in_lot_by_lot(shop: Shop) -> None:
    gold = id_of(shop, GOLD)
    ((opening, points),) = lots_told(shop, gold).items()
    lots = (LotHeld(opening, points - 400, None), LotHeld(NEW, 70, FAR))
    assert hear(shop, told(gold, lots)) == [True]
    file = file_of(shop, GOLD)
    assert file.points == points - 330
    assert lots_told(shop, gold) == {opening: points - 400, NEW: 70}
    assert hear(shop, told(gold, lots)) == [False]
    assert sum_of_accounts(shop) == 0
    with shop.store.read() as reading:
        confirmed = reading.mirror.confirmed(gold)
    assert confirmed is not None
    assert confirmed.available == points - 330


def test_a_debt_comes_in_and_is_forgiven(shop: Shop) -> None:
    gold = id_of(shop, GOLD)
    hear(shop, told(gold, owes=30))
    assert (file_of(shop, GOLD).points, lots_told(shop, gold)) == (-30, {})
    hear(shop, told(gold, (LotHeld(NEW, 5, None),)))
    assert (file_of(shop, GOLD).points, lots_told(shop, gold)) == (5, {NEW: 5})


def test_of_whom_the_server_has_not_read_everything_it_knows_less(shop: Shop, staff: Staff) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    last = events_of(shop)[-1].seq
    settled(shop, staff, GOLD, VITAMIN)
    before = file_of(shop, GOLD).points
    lots = (LotHeld(NEW, 7, None),)
    said = told(gold, lots, through=last), told(silver, lots, through=last)
    assert hear(shop, *said) == [None, True]
    assert (file_of(shop, GOLD).points, file_of(shop, SILVER).points) == (before, 7)
    with shop.store.read() as reading:
        assert reading.mirror.passed_over(before_us=2**60, limit=9) == (gold,)
    assert hear(shop, told(gold, lots, through=events_of(shop)[-1].seq)) == [True]
    assert file_of(shop, GOLD).points == 7
    with shop.store.read() as reading:
        assert reading.mirror.passed_over(before_us=2**60, limit=9) == ()


def test_whoever_is_one_there_is_one_here_and_is_two_again(shop: Shop) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    lots_before = lots_told(shop, gold) | lots_told(shop, silver)
    lots = [LotHeld(ident, left, None) for ident, left in lots_before.items()]
    whole = file_of(shop, GOLD).points + file_of(shop, SILVER).points
    assert hear(shop, told(gold, lots, known_as=(silver,))) == [True]
    assert (file_of(shop, GOLD).points, file_of(shop, SILVER).points) == (whole, 0)
    assert (lots_told(shop, gold), file_of(shop, SILVER).merged_into) == (lots_before, gold)
    with shop.store.read() as reading:
        assert [row.key for row in reading.suggest("陈明")] == []
    hear(shop, told(gold, lots[:1]), told(silver, lots[1:]))
    assert file_of(shop, SILVER).merged_into is None
    assert lots_told(shop, gold) | lots_told(shop, silver) == lots_before
    with shop.store.read() as reading:
        assert [row.key for row in reading.suggest("陈明")] == [SILVER]
    assert "MembersMerged" not in {event.kind for event in events_of(shop)}


def test_what_was_noted_of_who_goes_is_said_of_who_stays_once(shop: Shop, staff: Staff) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    write_note(shop, silver, text="青霉素过敏", is_urgent=True, staff=staff)
    hear(shop, told(gold, known_as=(silver,)))
    assert [(note.text, note.is_urgent) for note in notes(shop, gold)] == [("青霉素过敏", True)]
    hear(shop, told(silver, known_as=(gold,)))
    hear(shop, told(gold, known_as=(silver,)))
    assert [len(notes(shop, each)) for each in (gold, silver)] == [1, 1]


def test_whoever_was_merged_the_other_way_round_stands_as_the_server_says(
    shop: Shop, staff: Staff
) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    merge_members(shop, GOLD, SILVER, staff=staff)
    hear(shop, told(gold, (LotHeld(NEW, 9, None),), known_as=(silver,)))
    assert (file_of(shop, GOLD).merged_into, file_of(shop, SILVER).merged_into) == (None, gold)
    assert (file_of(shop, GOLD).points, file_of(shop, SILVER).points) == (9, 0)


def test_a_lot_that_is_called_otherwise_here_is_told_of_as_the_chain_calls_it(
    shop: Shop, staff: Staff
) -> None:
    let_points_pay(shop)
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    (opening,) = lots_told(shop, silver)
    hear(shop, told(gold, (LotHeld(opening, 50_000, None),), known_as=(silver,)))
    sold_for(shop, staff, 100, GOLD, VITAMIN)
    (sale,) = (event for event in events_of(shop) if event.kind == "SaleSettled")
    spent = json.loads(sale.data)["body"]["spent"]
    assert [ident for ident, _ in spent["lots"]] == [opening.hex]


def test_known_members_are_who_head_office_says(shop: Shop) -> None:
    gold = id_of(shop, GOLD)
    lots = [LotHeld(ident, left, None) for ident, left in lots_told(shop, gold).items()]
    who = ("李晓华", "+8613900001111", "800099", "solar 1990-02-03")
    person = Person(*who, is_withdrawn=True)
    said = told(gold, lots, tier="silver", frozen="挂失", card_until=FAR, person=person)
    assert hear(shop, said) == [True]
    file = file_of(shop, "800099")
    member = file.member
    assert (member.id, member.name, member.phone) == (gold, *who[:2])
    assert (member.birthday, member.tier) == (Birthday(2, 3, 1990), "silver")
    assert (file.frozen_for, file.card_until) == ("挂失", FAR)
    with shop.store.read() as reading:
        assert [row.key for row in reading.suggest("1111")] == ["800099"]
        assert reading.suggest("13800135678") == ()
        assert reading.standings.old_card(GOLD) is not None
        assert not reading.consents.steps(gold)[-1].is_given
    assert hear(shop, said) == [False]
    hear(shop, told(gold, lots, tier="silver", person=Person(*who)))
    assert file_of(shop, "800099").frozen_for is None
    with shop.store.read() as reading:
        assert reading.consents.steps(gold)[-1].is_given


def test_who_comes_to_this_store_comes_in_and_all_others_do_not(shop: Shop) -> None:
    person = Person("赵云", "+8613700137000", "770001", joined_on=date(2025, 5, 1))
    said = told(NEW, (LotHeld(OTHER, 12, FAR),), tier="gold", person=person), told(OTHER)
    assert hear(shop, *said) == [True, False]
    file = file_of(shop, "770001")
    assert (file.member.tier, file.points, file.member.joined_on) == ("gold", 12, date(2025, 5, 1))
    with shop.store.read() as reading:
        assert reading.members.get(OTHER) is None


def test_who_has_the_card_of_who_they_become_leaves_it_to_them(shop: Shop) -> None:
    """One file was imported here and at another till."""
    gold, person = id_of(shop, GOLD), person_of(shop, GOLD)
    lots = (LotHeld(OTHER, 12480, FAR),)
    said = told(NEW, lots, tier="gold", person=person, known_as=(gold,))
    assert hear(shop, said) == [True]
    assert hear(shop, said) == [False]
    file = file_of(shop, GOLD)
    assert (file.member.id, file.points, file.member.name) == (NEW, 12480, person.name)
    with shop.store.read() as reading:
        assert reading.standings.merged_into(gold) == NEW
        assert [row.key for row in reading.suggest(person.phone[-4:])] == [GOLD]
        assert reading.ledger.balance(gold) == 0


def test_who_has_the_card_and_is_unread_may_become_them_yet(shop: Shop) -> None:
    """The import that brought them has not come to the server: nobody is called for it."""
    gold = id_of(shop, GOLD)
    said = told(NEW, person=person_of(shop, GOLD), through=0)
    assert hear(shop, said) == [None]
    assert file_of(shop, GOLD).member.id == gold
    with shop.store.read() as reading:
        assert reading.feed.aside() == ()
        assert reading.mirror.passed_over(before_us=2**60, limit=9) == (NEW,)


def test_who_was_laid_aside_lies_there_while_they_are_passed_over(shop: Shop, staff: Staff) -> None:
    """Their card is another's here: they are on the list until they hold, however busy that one."""
    person = person_of(shop, GOLD)
    session = Session("", 0, 0, 1, 0)
    for through in (10**6, 0, 10**6):
        page = [Change(MEMBER, NEW.hex, encoded(told(NEW, person=person, through=through)))]
        changes = read_changes(shop, session, page)
        with shop.store.write() as tx:
            take_changes(shop, tx, changes)
            assert [each.error for each in tx.feed.aside()] == ["CardOfAnother"]
        settled(shop, staff, GOLD, VITAMIN)
    hear(shop, told(id_of(shop, GOLD), person=replace(person, card_no="900199")))
    page = [Change(MEMBER, NEW.hex, encoded(told(NEW, person=person)))]
    changes = read_changes(shop, session, page)
    with shop.store.write() as tx:
        take_changes(shop, tx, changes)
        assert tx.feed.aside() == ()


def test_who_is_parted_and_has_the_card_still_is_laid_aside(shop: Shop) -> None:
    gold, person = id_of(shop, GOLD), person_of(shop, GOLD)
    hear(shop, told(NEW, person=person, known_as=(gold,)))
    outcomes = hear(shop, told(NEW, person=person), told(gold, person=person))
    assert [str(each) for each in outcomes] == ["False", str(CardOfAnother("****0001"))]
    assert file_of(shop, GOLD).member.id == NEW


def test_what_cannot_be_so_here_is_said_and_changes_nothing(shop: Shop) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    before = file_of(shop, GOLD), file_of(shop, SILVER)
    taken = told(gold, (LotHeld(NEW, 3, None),), person=person_of(shop, GOLD, card_no=NORMAL))
    tier = told(silver, tier="iron")
    sums = told(NEW, (LotHeld(NEW, 3, None),), person=Person("赵云"), available=2)
    check = told(OTHER, person=Person("钱多"), check="0" * 32)
    errors = [CardOfAnother("****0003"), TierNotHere("iron")]
    errors += [PointsDiffer(NEW.hex), PointsDiffer(OTHER.hex)]
    outcomes = hear(shop, taken, tier, sums, check)
    assert [str(each) for each in outcomes] == [str(each) for each in errors]
    assert (file_of(shop, GOLD), file_of(shop, SILVER)) == before


def test_no_paper_and_nothing_laid_aside_names_who_is_erased(shop: Shop) -> None:
    sale, lies = UUID(int=9), told(OTHER, person=Person("钱多", phone="13800000009"))
    with shop.store.write() as tx:
        error, value, moment = CardOfAnother("****0003"), msgspec.json.encode(lies), shop.moment(tx)
        lay_aside(shop, tx, moment, error, topic=MEMBER, about=OTHER.hex, value=value)
        holder = HolderSaid(OTHER, "钱*", "", 40)
        said = SaleSaid(sale, "S02-T1-000001", UUID(int=8), "二店", 1, "{}", holder=holder)
        tx.elsewhere.keep(said, at_us=1)
    hear(shop, told(NEW, known_as=(OTHER,), is_erased=True, seal="5ea1"))
    with shop.store.read() as reading:
        assert reading.feed.aside() == ()
        kept = reading.elsewhere.get(sale)
    assert kept == replace(said, holder=replace(holder, name=""))


def test_who_is_erased_is_gone_for_good(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    settled(shop, staff, GOLD, VITAMIN)
    change_birthday(shop, gold, Birthday(1, 1, 1990), staff=staff)
    gone = told(gold, through=10**6, is_erased=True, seal="5ea1")
    assert hear(shop, gone) == [True]
    assert hear(shop, gone) == [False]
    (event,) = [each for each in events_of(shop) if each.kind == "MemberErased"]
    assert json.loads(event.data)["body"] == {"members": [gold.hex], "seal": "5ea1"}
    put_back = told(gold, through=10**6, person=Person("李小华", phone="13800135678"))
    assert hear(shop, put_back) == [False], "whatever a server says that was put back"
    with shop.store.read() as reading:
        assert reading.members.get(gold) is None
        assert reading.members.by_card(GOLD) is None
        assert reading.suggest("李小华") == ()
        assert reading.ledger.balance(gold) == 0
    with pytest.raises(NoSuchMember):
        change_birthday(shop, gold, Birthday(2, 2, 1990), staff=staff)
    for secret in ("李小华", "13800135678", "1988-11-25", "1990-01-01"):
        assert not _stands_anywhere(shop, secret), secret
    assert find_sale(shop).member_id == gold
    assert [row["subject"] for row in audit_rows(shop) if row["what"] == "member_erased"] == [
        gold.hex
    ]
    (made,) = look_at_privacy(shop, staff=staff).certificates
    assert (made.member_id, made.why, made.staff_no) == (gold, Why.OFFICE, 0)
    assert made.kept.values > 3 and made.kept.sales == 1


def test_whom_this_till_asked_to_erase_is_listed_once(shop: Shop, staff: Staff) -> None:
    with shop.store.write() as tx:
        tx.links.keep(Link("https://hq.example.com", "康宁", b"k", b"n", b"n", 1))
    gold = id_of(shop, GOLD)
    forget_member(shop, gold, Why.ASKED, staff=staff)
    assert hear(shop, told(gold, is_erased=True, seal="5ea1")) == [True]
    (made,) = look_at_privacy(shop, staff=staff).certificates
    assert (made.why, made.waits) == (Why.ASKED, False)


def test_who_becomes_one_that_was_erased_waits_until_the_server_has_read_of_it(shop: Shop) -> None:
    """It was put back to before that, and has not heard of it again."""
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    hear(shop, told(gold, is_erased=True, seal="5ea1"))
    before = file_of(shop, SILVER)
    put_back = told(gold, known_as=(silver,), person=Person("李小华", phone="13800135678"))
    assert hear(shop, put_back) == [None]
    assert file_of(shop, SILVER) == before
    with shop.store.read() as reading:
        assert reading.mirror.passed_over(before_us=1 << 60, limit=9) == (gold,)
        assert reading.feed.aside() == ()
    assert hear(shop, told(gold, known_as=(silver,), is_erased=True, seal="5ea1")) == [True]
    with shop.store.read() as reading:
        assert reading.members.by_card(SILVER) is None


def test_who_are_parted_and_erased_as_one_lose_their_points_once(shop: Shop) -> None:
    gold, silver = id_of(shop, GOLD), id_of(shop, SILVER)
    hear(shop, told(gold, (LotHeld(NEW, 9, None),)), told(silver, (LotHeld(OTHER, 7, None),)))
    parted = [
        told(ident, known_as=(other,), is_erased=True, seal="5ea1")
        for ident, other in ((gold, silver), (silver, gold))
    ]
    assert hear(shop, *parted) == [True, False]
    with shop.store.read() as reading:
        assert [reading.ledger.balance(ident) for ident in (gold, silver)] == [0, 0]
    assert [each.kind for each in events_of(shop)].count("MemberErased") == 1
    erased = [row["subject"] for row in audit_rows(shop) if row["what"] == "member_erased"]
    assert sorted(erased) == sorted((gold.hex, silver.hex))


def _stands_anywhere(shop: Shop, text: str) -> bool:
    """In any text of any table, but for the receipts that were printed."""
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'receipts'"
        for (table,) in connection.execute(names).fetchall():
            for row in connection.execute(f"SELECT * FROM {table}").fetchall():
                if any(text.encode() in _bytes(value) for value in row):
                    return True
    return False


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
