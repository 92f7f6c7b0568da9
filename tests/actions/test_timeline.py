"""动态: whatever happened to a member stands in it, with whoever did it."""

from __future__ import annotations

from datetime import timedelta

from core.actions.attend import come, sign_up
from core.actions.cards import freeze_member, renew_card, thaw_member
from core.actions.coupon_codes import issue_coupons
from core.actions.draws import CameTo, close_draw, commit_draw, draw_winners, give_prize
from core.actions.merge_members import merge_members
from core.actions.settle import settle
from core.actions.timeline import Timeline, timeline
from core.actions.undo_merge import undo_merge
from core.actions.use_benefit import give_back_benefit, use_benefit
from core.members.activity import Place
from core.ports.life import LifeStep, Lived
from core.rulebook.offers import CouponOffer
from core.shop import Shop
from core.trust.draw import Prize
from core.trust.staff import Staff
from core.values.moment import Moment
from tests.actions.test_activities import planned
from tests.actions.test_offer_uses import rules
from tests.actions.test_settle import CALCIUM, GOLD, SILVER, paid, scanned
from tests.actions.test_take_members import id_of
from tests.actions.test_use_benefit import member
from tests.builders import later

__all__ = ["member"]
FIVE = CouponOffer(id="five", name="五元券", off_fen=500, from_fen=1000)
DAY_S = 86_400


def of(shop: Shop, staff: Staff, card: str = GOLD) -> Timeline:
    return timeline(shop, id_of(shop, card), staff=staff)


def found(seen: Timeline, *steps: LifeStep) -> list[Lived]:
    theirs = [each for each in seen.life.lived if each.what in steps]
    return sorted(theirs, key=lambda each: each.at_us)


def today(shop: Shop) -> Moment:
    with shop.store.read() as reading:
        return shop.moment(reading)


def test_activities_and_what_was_won(shop: Shop, staff: Staff) -> None:
    gold, salon = id_of(shop, GOLD), planned(shop, staff)
    sign_up(shop, salon.id, gold, staff=staff)
    draw = commit_draw(shop, shop.new_id(), "重阳抽奖", [Prize("米", 1)], staff=staff).draw.plan
    come(shop, salon.id, gold, staff=staff)
    close_draw(shop, draw.id, CameTo(salon.id), words="沙龙到场的", staff=staff)
    assert [(each.is_drawn, each.won) for each in of(shop, staff).life.draws] == [(False, ())]
    draw_winners(shop, draw.id, word="菊花", staff=staff)
    assert [each.won for each in of(shop, staff).life.draws] == [(("米", False),)]
    give_prize(shop, draw.id, 0, 0, gold, staff=staff)
    seen = of(shop, staff)
    assert [each.won for each in seen.life.draws] == [(("米", True),)]
    [came] = found(seen, LifeStep.ACTIVITY)
    assert (came.about, came.name, came.detail) == (salon.id, "养生沙龙", Place.CAME)
    assert seen.life.people[came.staff_no] == staff.name
    assert of(shop, staff, SILVER).life.draws == ()


def test_a_coupon_is_issued_used_and_another_expires(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, FIVE)
    issued = issue_coupons(shop, "five", 2, batch_id=shop.new_id(), card_no=GOLD, staff=staff)
    until = today(shop).business_on + timedelta(days=1)
    issue_coupons(shop, "five", 1, batch_id=shop.new_id(), card_no=GOLD, ends_on=until, staff=staff)
    ready = paid(shop, scanned(shop, GOLD, CALCIUM, issued.batch.codes[0]))
    settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    seen = of(shop, staff)
    assert [each.points for each in found(seen, LifeStep.COUPON)] == [2, 1]
    assert [each.detail for each in found(seen, LifeStep.COUPON_USED)] == [issued.batch.codes[0]]
    assert found(seen, LifeStep.COUPON_EXPIRED) == []
    assert seen.life.titles["five"] == "五元券"
    gone = of(later(shop, 3 * DAY_S), staff)
    assert [each.on for each in found(gone, LifeStep.COUPON_EXPIRED)] == [until]


def test_who_was_frozen_why_and_by_whom_stays_when_it_is_over(shop: Shop, staff: Staff) -> None:
    gold = id_of(shop, GOLD)
    freeze_member(shop, gold, reason="卡被冒用", staff=staff)
    thaw_member(shop, gold, staff=staff)
    renew_card(shop, gold, until=today(shop).business_on + timedelta(days=30), staff=staff)
    told = found(of(shop, staff), LifeStep.FROZEN, LifeStep.THAWED, LifeStep.CARD_RENEWED)
    assert [each.what for each in told] == [LifeStep.FROZEN, LifeStep.THAWED, LifeStep.CARD_RENEWED]
    assert told[0].detail == "卡被冒用"
    assert {each.staff_no for each in told} == {staff.no}
    assert found(of(shop, staff, SILVER), LifeStep.FROZEN) == []


def test_whoever_became_them_brings_what_happened(shop: Shop, staff: Staff) -> None:
    salon = planned(shop, staff)
    silver, gold = id_of(shop, SILVER), id_of(shop, GOLD)
    sign_up(shop, salon.id, silver, staff=staff)
    freeze_member(shop, silver, reason="卡被冒用", staff=staff)
    thaw_member(shop, silver, staff=staff)
    merge_members(shop, SILVER, GOLD, staff=staff)
    seen = of(shop, staff)
    assert [
        each.what for each in found(seen, LifeStep.FROZEN, LifeStep.THAWED, LifeStep.MERGED)
    ] == [
        LifeStep.FROZEN,
        LifeStep.THAWED,
        LifeStep.MERGED,
    ]
    assert seen.life.merged == {silver: "陈*"}
    assert len(found(seen, LifeStep.ACTIVITY)) == 1
    with shop.store.read() as reading:
        [merge] = reading.merges.of(gold)
    undo_merge(shop, gold, merge.id, staff=staff)
    seen = of(shop, staff)
    assert found(seen, LifeStep.ACTIVITY, LifeStep.MERGED) == []
    assert len(found(seen, LifeStep.PARTED)) == 1


def test_a_benefit_that_was_used_and_given_back(  # type: ignore[no-untyped-def]
    shop: Shop, staff: Staff, member
) -> None:
    use_benefit(shop, member, benefit="mail", staff=staff)
    give_back_benefit(shop, member, benefit="mail", staff=staff)
    told = found(of(shop, staff), LifeStep.BENEFIT, LifeStep.BENEFIT_BACK)
    assert [(each.what, each.name) for each in told] == [
        (LifeStep.BENEFIT, "mail"),
        (LifeStep.BENEFIT_BACK, "mail"),
    ]
    assert of(shop, staff).life.titles["mail"] == "免邮卡"
