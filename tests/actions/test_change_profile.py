"""改资料: what is kept, who saw what, and that of two who change one member nothing is lost."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.change_birthday import change_birthday
from core.actions.change_profile import (
    Wish,
    change_profile,
    join_family,
    open_profile,
    verify_profile,
)
from core.actions.member_file import record_file
from core.actions.serve import find_member
from core.actions.set_up import add_staff
from core.errors import NotAllowed, OfOneself, PhoneTaken, VisitorFile
from core.members.member import LONG_AGO, Birthday
from core.members.profile import FieldEdit
from core.shop import Shop
from core.sync.directory import LotHeld, Person
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.actions.test_take_members import id_of
from tests.builders import audit_rows
from tests.chained import events_of
from tests.telling import hear, lots_told, told


def wish(shop: Shop, staff: Staff, who: UUID, **values: str) -> list[Wish]:
    """To make these of what stands there now."""
    seen = open_profile(shop, who, staff=staff).values
    return [Wish(field, seen[field], value) for field, value in values.items()]


def change(shop: Shop, staff: Staff, who: UUID, **values: str):
    return change_profile(shop, who, wish(shop, staff, who, **values), staff=staff)


def edits(shop: Shop, who: UUID) -> tuple[FieldEdit, ...]:
    with shop.store.read() as reading:
        return reading.profiles.edits(who)


def test_all_fields_are_kept_with_what_they_were(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    change(shop, staff, gold, name="李晓华", phone="13900001111", occupation="教师", tags="老客")
    change(shop, staff, gold, occupation="", tags="老客、糖友")
    seen = open_profile(shop, gold, staff=staff)
    assert (seen.values["name"], seen.values["phone"]) == ("李晓华", "+8613900001111")
    assert (seen.values["occupation"], seen.values["tags"]) == ("", "老客、糖友")
    kept = record_file(shop, gold, staff=staff).more.edits
    newest = [(e.edit.field, e.edit.before, e.edit.after, e.by) for e in kept[:2]]
    assert newest == [
        ("tags", "老客", "老客、糖友", "店长"),
        ("occupation", "教师", "", "店长"),
    ]
    assert len(kept) == 6
    assert ("name", "李*华", "李*华") in [(e.edit.field, e.edit.before, e.edit.after) for e in kept]
    with shop.store.read() as reading:
        assert [each.key for each in reading.suggest("1111")] == [GOLD]
        assert reading.suggest("13800135678") == ()


def test_the_audit_and_the_chain_never_hold_what_stood_there(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    change(shop, staff, gold, name="李晓华", occupation="教师")
    change(shop, staff, gold, occupation="")
    rows = [row for row in audit_rows(shop) if row["what"] == "member_edited"]
    assert [row["detail"] for row in rows] == ["name occupation", "occupation"]
    told_of = [each for each in events_of(shop) if each.kind == "ProfileChanged"]
    bodies = [json.loads(each.data)["body"] for each in told_of]
    assert [(body["fields"], body["cleared"]) for body in bodies] == [
        (["name", "occupation"], []),
        ([], ["occupation"]),
    ]
    assert all("教师".encode() not in each.data for each in told_of)
    assert {(e.field, e.value) for e in told_of[0].private} == {
        ("name", "李晓华"),
        ("occupation", "教师"),
    }


def test_the_second_who_saves_sees_what_changed_and_nothing_is_lost(
    shop: Shop, staff: Staff
) -> None:
    gold = id_of(shop, GOLD)
    mine = wish(shop, staff, gold, occupation="医生", email="a@b.cn")
    change(shop, staff, gold, occupation="教师", tags="老客")
    saved = change_profile(shop, gold, mine, staff=staff)
    (other,) = saved.meanwhile
    assert (other.field, other.before, other.after) == ("occupation", "", "教师")
    assert saved.people[other.staff_no] == "店长"
    assert open_profile(shop, gold, staff=staff).values["email"] == ""
    mine[0] = Wish("occupation", "教师", "医生")
    saved = change_profile(shop, gold, mine, staff=staff)
    assert not saved.meanwhile
    values = open_profile(shop, gold, staff=staff).values
    assert (values["occupation"], values["email"], values["tags"]) == ("医生", "a@b.cn", "老客")


def test_two_who_wish_the_same_do_not_disagree(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    mine = wish(shop, staff, gold, occupation="医生")
    change(shop, staff, gold, occupation="医生")
    events = len(events_of(shop))
    assert not change_profile(shop, gold, mine, staff=staff).meanwhile
    assert len(events_of(shop)) == events


def test_a_phone_of_another_is_shared_only_where_somebody_says_so(shop: Shop, staff: Staff) -> None:
    silver = id_of(shop, SILVER)
    mine = wish(shop, staff, silver, phone="13800135678")
    with pytest.raises(PhoneTaken):
        change_profile(shop, silver, mine, staff=staff)
    change_profile(shop, silver, mine, staff=staff, shares_phone=True)
    with shop.store.read() as reading:
        assert len(reading.members.by_phone("+8613800135678")) == 2


def test_a_birthday_is_locked_after_a_benefit_for_whoever_is_no_manager(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = add_staff(shop, name="王芳", pin="975318", role=Role.OFFICE)
    gold = id_of(shop, GOLD)
    assert not open_profile(shop, gold, staff=office).is_locked
    change(shop, office, gold, birthday="solar 1988-11-24")
    with shop.store.read() as reading:
        assert reading.offer_uses.birthday_edited_on(gold) is not None
    monkeypatch.setattr("storage.offer_uses.StoredOfferUses.has_celebrated", lambda *_: True)
    assert open_profile(shop, gold, staff=office).is_locked
    mine = wish(shop, office, gold, birthday="solar 1988-11-25")
    with pytest.raises(NotAllowed):
        change_profile(shop, gold, mine, staff=office)
    right = Right.CHANGE_BIRTHDAY_AFTER_BENEFIT
    approval = Approval(right, staff.no, shop.clock.now_us())
    change_profile(shop, gold, mine, staff=office, approval=approval)
    assert find_member(shop, GOLD).birthday == Birthday(11, 25, 1988)


def test_what_the_counter_changes_is_in_the_history_too(shop: Shop, staff: Staff) -> None:
    silver = id_of(shop, SILVER)
    change_birthday(shop, silver, Birthday(8, 15, is_lunar=True), staff=staff)
    (edit,) = edits(shop, silver)
    assert (edit.field, edit.before, edit.after) == ("birthday", "", "lunar 0000-08-15")


def test_going_through_it_is_kept_with_its_day(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    saved = verify_profile(shop, gold, staff=staff)
    with shop.store.read() as reading:
        assert saved.values["verified"] == shop.moment(reading).business_on.isoformat()


def test_a_family_has_one_name_in_common(shop: Shop, staff: Staff) -> None:
    gold, silver, normal = (id_of(shop, card) for card in (GOLD, SILVER, NORMAL))
    join_family(shop, gold, silver, staff=staff)
    join_family(shop, silver, normal, staff=staff)
    with shop.store.read() as reading:
        family = reading.profiles.of(gold)["family"]
        assert set(reading.profiles.having("family", family, limit=9)) == {gold, silver, normal}
    with pytest.raises(OfOneself):
        join_family(shop, gold, gold, staff=staff)
    with pytest.raises(OfOneself):
        change(shop, staff, gold, referrer=gold.hex)


def test_what_head_office_tells_is_kept_and_in_the_history(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    change(shop, staff, gold, occupation="教师", tags="老客")
    lots = [LotHeld(ident, left, None) for ident, left in lots_told(shop, gold).items()]
    person = Person("李晓华", "", GOLD, "", profile={"occupation": "医生"})
    said = told(gold, lots, tier="gold", person=person, through=len(events_of(shop)))
    assert hear(shop, said) == [True]
    seen = open_profile(shop, gold, staff=staff)
    assert (seen.values["occupation"], seen.values["tags"]) == ("医生", "")
    assert {(e.field, e.staff_no) for e in edits(shop, gold)[:4]} >= {
        ("occupation", 0),
        ("tags", 0),
    }
    silent = Person("李晓华", "", GOLD, "")
    hear(shop, told(gold, lots, tier="gold", person=silent, through=len(events_of(shop))))
    assert open_profile(shop, gold, staff=staff).values["occupation"] == "医生"


def test_what_cannot_be_read_of_what_is_told_stops_nothing(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    lots = [LotHeld(ident, left, None) for ident, left in lots_told(shop, gold).items()]
    odd = {"referrer": "nobody", "verified": "yesterday", "sex": "?", "occupation": "医生"}
    person = Person("李小华", "", GOLD, "", profile=odd)
    hear(shop, told(gold, lots, tier="gold", person=person, through=len(events_of(shop))))
    values = open_profile(shop, gold, staff=staff).values
    assert {field: values[field] for field in odd} == dict.fromkeys(odd, "") | {
        "occupation": "医生"
    }


def test_a_visitor_is_changed_in_their_own_store_only(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    with shop.store.write() as tx:
        member = tx.members.get(gold)
        tx.mirror.rewrite(replace(member, joined_on=LONG_AGO))
    with pytest.raises(VisitorFile):
        open_profile(shop, gold, staff=staff)
