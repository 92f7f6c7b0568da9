"""介绍有礼: the first purchase of who was brought thanks who brought them, once."""

from __future__ import annotations

import pytest

from core.actions.cards import freeze_member
from core.actions.deeds import chances, credit_behaviour
from core.actions.merge_members import merge_members
from core.actions.referrals import Referred, put_referral, referrals
from core.errors import BadRecord, NoSuchBehaviour
from core.members.profile import REFERRER
from core.rulebook.behaviours import REFERRAL, Behaviour
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_deeds import with_rules
from tests.actions.test_return import returned
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_shift import facts
from tests.builders import file_of

THANKS = Behaviour(REFERRAL, "介绍新会员", 50, per_day=1)


@pytest.fixture(autouse=True)
def rules(shop: Shop, staff: Staff) -> None:
    """Fifty points for each, one a day."""
    with_rules(shop, staff, behaviours=(Behaviour("sign-in", "签到", 5), THANKS))


def bring(shop: Shop, card: str, by: str) -> None:
    member, other = file_of(shop, card).member.id, file_of(shop, by).member.id
    with shop.store.write() as tx:
        tx.profiles.write(member, {REFERRER: other.hex})


def points(shop: Shop, card: str) -> int:
    return file_of(shop, card).points


def rows(shop: Shop, staff: Staff) -> tuple[Referred, ...]:
    return referrals(shop, staff=staff).rows


def test_the_first_purchase_thanks_once(shop: Shop, staff: Staff) -> None:
    bring(shop, NORMAL, GOLD)
    before = points(shop, GOLD)
    assert [(row.points, row.brought.first_on) for row in rows(shop, staff)] == [(0, None)]
    settled(shop, staff, NORMAL, VITAMIN)
    assert points(shop, GOLD) == before + 50
    told = facts(shop, "BehaviourCredited")[-1]
    assert (told["code"], told["points"]) == (REFERRAL, 50)
    settled(shop, staff, NORMAL, VITAMIN)
    assert points(shop, GOLD) == before + 50
    (row,) = rows(shop, staff)
    assert (row.points, row.brought.is_back) == (50, False)
    assert row.brought.by_card == GOLD


def test_who_bought_before_was_not_brought(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, NORMAL, VITAMIN)
    bring(shop, NORMAL, GOLD)
    before = points(shop, GOLD)
    settled(shop, staff, NORMAL, VITAMIN)
    assert points(shop, GOLD) == before


def test_a_limit_leaves_the_sale_alone(shop: Shop, staff: Staff) -> None:
    bring(shop, NORMAL, GOLD)
    bring(shop, SILVER, GOLD)
    before = points(shop, GOLD)
    settled(shop, staff, NORMAL, VITAMIN)
    settled(shop, staff, SILVER, VITAMIN)
    assert points(shop, GOLD) == before + 50
    assert sorted(row.points for row in rows(shop, staff)) == [0, 50]


def test_nobody_thanks_themselves_or_who_is_not_served(shop: Shop, staff: Staff) -> None:
    bring(shop, NORMAL, NORMAL)
    bring(shop, SILVER, GOLD)
    freeze_member(shop, file_of(shop, GOLD).member.id, reason="试一试", staff=staff)
    settled(shop, staff, NORMAL, VITAMIN)
    settled(shop, staff, SILVER, VITAMIN)
    assert facts(shop, "BehaviourCredited") == []


def test_whoever_became_the_same_person_gets_nothing(shop: Shop, staff: Staff) -> None:
    bring(shop, NORMAL, SILVER)
    merge_members(shop, SILVER, NORMAL, staff=staff)
    settled(shop, staff, NORMAL, VITAMIN)
    assert facts(shop, "BehaviourCredited") == []


def test_what_came_back_whole_is_said(shop: Shop, staff: Staff) -> None:
    bring(shop, NORMAL, GOLD)
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    returned(shop, sale, {1: 1000}, staff)
    assert [row.brought.is_back for row in rows(shop, staff)] == [True]


def test_what_it_is_worth_is_drafted(shop: Shop, staff: Staff) -> None:
    record = {"name": "介绍新会员", "points": 80, "per_day": 3, "per_year": 0, "in_all": 0}
    turn = put_referral(shop, record, turn=0, staff=staff).turn
    seen = referrals(shop, staff=staff)
    assert seen.behaviour == THANKS
    assert seen.drafted is not None and seen.drafted.points == 80
    turn = put_referral(shop, {**record, "points": 0}, turn=turn, staff=staff).turn
    assert referrals(shop, staff=staff).drafted is None
    with pytest.raises(BadRecord):
        put_referral(shop, {**record, "points": -1}, turn=turn, staff=staff)


def test_nobody_presses_it_at_the_counter(shop: Shop, staff: Staff) -> None:
    member = file_of(shop, NORMAL).member.id
    assert [each.behaviour.code for each in chances(shop, member)] == ["sign-in"]
    with pytest.raises(NoSuchBehaviour):
        credit_behaviour(shop, member, REFERRAL, deed_id=shop.new_id(), staff=staff)
