"""隐私: all that is kept of one is handed out, or erased with a certificate; the books add up."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import time_machine

import storage
from core.actions.attend import sign_up
from core.actions.cards import freeze_member, thaw_member
from core.actions.change_profile import Wish, change_profile
from core.actions.deeds import correct_points
from core.actions.forget_member import (
    forget_member,
    look_at_privacy,
    preview_forget,
    set_member_rules,
)
from core.actions.grant_tier import grant_tier
from core.actions.merge_members import merge_members
from core.actions.notes import write_note
from core.actions.personal_data import PersonalData, personal_data
from core.actions.set_up import add_staff
from core.errors import BadRetention, NoSuchMember, NotAllowed
from core.members.activity import Place
from core.members.certificate import Why
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from storage.columns import METADATA
from tests.actions.test_activities import planned
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_spend import sum_of_accounts
from tests.actions.test_take_members import id_of
from tests.builders import audit_rows, file_of
from tests.chained import events_of

SECRETS = ("李小华", "13800135678", "教师", "a@b.cn", "青霉素")


def furnish(shop: Shop, staff: Staff) -> None:
    """李小华 with all that there can be."""
    gold = id_of(shop, GOLD)
    wishes = [Wish("occupation", "", "教师"), Wish("email", "", "a@b.cn")]
    change_profile(shop, gold, wishes, staff=staff)
    write_note(shop, gold, text="青霉素过敏", staff=staff)
    settled(shop, staff, GOLD, VITAMIN)
    sign_up(shop, planned(shop, staff).id, gold, staff=staff)
    why = {"reason": "教师节补给李小华", "staff": staff}
    until = shop.now().business_on + timedelta(days=30)
    correct_points(shop, gold, 5, correction_id=shop.new_id(), **why)
    grant_tier(shop, gold, tier="diamond", until=until, **why)


def test_all_that_is_kept_is_handed_out_and_that_is_noted(shop: Shop, staff: Staff) -> None:
    furnish(shop, staff)
    data = personal_data(shop, id_of(shop, GOLD), staff=staff)
    told = msgspec.json.encode(data).decode()
    assert all(secret in told for secret in SECRETS)
    assert [line.code for line in data.purchases] == [VITAMIN]
    assert data.points == file_of(shop, GOLD).points
    assert [edit.field for edit in data.edits] == ["email", "occupation"]
    assert [(each.title, each.place) for each in data.activities] == [("养生沙龙", Place.SEAT)]
    assert audit_rows(shop)[-1]["what"] == "person_exported"


def test_without_the_right_somebody_else_allows_it(shop: Shop, staff: Staff) -> None:
    office = add_staff(shop, name="王芳", pin="975318", role=Role.OFFICE)
    gold = id_of(shop, GOLD)
    with pytest.raises(NotAllowed):
        personal_data(shop, gold, staff=office)
    approval = Approval(Right.EXPORT_PERSON, staff.no, shop.clock.now_us())
    personal_data(shop, gold, staff=office, approval=approval)
    assert f"approved_by {staff.no}" in str(audit_rows(shop)[-1]["detail"])


def test_erased_nothing_personal_is_left_and_the_books_add_up(shop: Shop, staff: Staff) -> None:
    furnish(shop, staff)
    gold, points = id_of(shop, GOLD), file_of(shop, GOLD).points
    said = preview_forget(shop, gold, staff=staff)
    assert (said.name, said.in_chain) == ("李*华", False)
    assert (said.kept.points, said.kept.sales, said.kept.notes) == (points, 1, 1)
    made = forget_member(shop, gold, Why.ASKED, staff=staff).certificate
    assert made.kept == said.kept
    assert made.kept.sales_until is not None
    assert (made.kept.sales_until.month, made.kept.sales_until.day) == (12, 31)
    assert sum_of_accounts(shop) == 0
    with shop.store.read() as reading:
        assert reading.members.by_phone("+8613800135678") == ()
        assert reading.suggest("李小华") == ()
        assert reading.profiles.of(gold) == {}
        assert reading.profiles.edits(gold) == ()
        assert reading.standings.notes(gold) == ()
        assert reading.ledger.balance(gold) == 0
        tables = reading.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        for (table,) in tables:
            rows = str(reading.connection.execute(f"SELECT * FROM {table}").fetchall())
            assert not [secret for secret in SECRETS if secret in rows], table
    with pytest.raises(NoSuchMember):
        preview_forget(shop, gold, staff=staff)
    (event,) = [each for each in events_of(shop) if each.kind == "ErasureAsked"]
    assert event.private == ()


def test_who_became_them_is_erased_with_them(shop: Shop, staff: Staff) -> None:
    silver = id_of(shop, SILVER)
    merge_members(shop, SILVER, GOLD, staff=staff)
    forget_member(shop, id_of(shop, GOLD), Why.ASKED, staff=staff)
    with shop.store.read() as reading:
        assert reading.members.get(silver) is None


def test_a_certificate_is_kept_and_sealed(shop: Shop, staff: Staff) -> None:
    made = forget_member(shop, id_of(shop, GOLD), Why.MISTAKE, staff=staff).certificate
    (kept,) = look_at_privacy(shop, staff=staff).certificates
    assert (kept, kept.seal) == (made, made.seal)
    assert look_at_privacy(shop, staff=staff).people == {staff.no: "店长"}
    assert msgspec.structs.replace(made, why=Why.ASKED).seal != made.seal


def test_who_has_been_asleep_for_so_many_years_is_proposed(shop: Shop, staff: Staff) -> None:
    set_member_rules(shop, months="6", years="2", staff=staff)
    assert look_at_privacy(shop, staff=staff).asleep == ()
    with time_machine.travel(datetime(2029, 6, 1, 4, tzinfo=UTC)):
        settled(shop, staff, NORMAL, VITAMIN)
        found = look_at_privacy(shop, staff=staff)
        assert {each.card for each in found.asleep} == {"****0001", "****0002"}
        assert all(each.name != "李小华" for each in found.asleep)
        set_member_rules(shop, months="0", years="0", staff=staff)
        assert look_at_privacy(shop, staff=staff).asleep == ()


@pytest.mark.parametrize(("months", "years"), [("-1", "2"), ("12", "31"), ("", "2"), ("²", "2")])
def test_a_rule_is_a_number_that_makes_sense(
    shop: Shop, staff: Staff, months: str, years: str
) -> None:
    with pytest.raises(BadRetention):
        set_member_rules(shop, months=months, years=years, staff=staff)


EXPORTED = {
    "benefit_uses": "life",
    "card_terms": "life",
    "case_evidence": "cases",
    "cases": "cases",
    "consent_changes": "consents",
    "corrections": "life",
    "coupon_codes": "coupons",
    "credited_behaviours": "life",
    "draw_given": "life",
    "draw_gone": "life",
    "enrolled_members": "activities",
    "frozen_members": "frozen_for",
    "lots": "lots",
    "member_consents": "consents",
    "member_edits": "edits",
    "member_notes": "notes",
    "member_profiles": "fields",
    "merged_members": "life",
    "offer_uses": "life",
    "old_cards": "cards",
    "redemptions": "life",
    "returns": "purchases",
    "sales": "purchases",
    "tier_changes": "tiers",
    "tier_holds": "tiers",
    "voids": "movements",
}
NOT_EXPORTED = {
    "balances": "the sum of what moved",
    "birthday_edits": "the same edits, counted for offers",
    "confirmed_members": "what head office says of the same balance",
    "counted_elsewhere": "sums of other tills, which export what they sold",
    "handout_members": "who is to get a coupon, which is among them when it is given",
    "held_baskets": "goods that nobody has bought",
    "offer_units": "counts of the same purchases",
    "passed_over": "a place in the review of tiers",
    "private_values": "the same values as they were told, beside the events",
    "set_aside": "points lent to a till for a moment",
    "tier_standings": "the tier that the steps come to",
}


def test_whatever_is_kept_by_member_is_handed_out_or_said_why_not() -> None:
    for module in pkgutil.iter_modules(storage.__path__):
        if not module.ispkg:
            importlib.import_module(f"storage.{module.name}")
    kept = {table.name for table in METADATA.tables.values() if "member_id" in table.c}
    assert kept == EXPORTED.keys() | NOT_EXPORTED.keys()
    assert set(EXPORTED.values()) <= set(PersonalData.__struct_fields__)


def test_what_was_done_with_a_member_is_handed_out_too(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    correct_points(shop, gold, 5, reason="补教师节的", correction_id=shop.new_id(), staff=staff)
    freeze_member(shop, gold, reason="卡被冒用", staff=staff)
    thaw_member(shop, gold, staff=staff)
    told = msgspec.json.encode(personal_data(shop, gold, staff=staff)).decode()
    assert "补教师节的" in told
    assert "卡被冒用" in told
