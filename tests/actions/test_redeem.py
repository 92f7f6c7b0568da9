"""积分兑换: rewards for points: who can have which, out of which lots, and all the way back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.actions.expire_points import expire_all
from core.actions.redeem import (
    Redeemed,
    redeem,
    redemptions_of,
    rewards_for,
    undo_redemption,
)
from core.actions.reprint import reprint
from core.actions.reward_shelf import count_rewards
from core.actions.set_up import add_staff
from core.errors import (
    BadStock,
    BadUnits,
    CouponHandedOut,
    NoSuchRedemption,
    NoSuchReward,
    NotAllowed,
    NotEnoughPoints,
    RedemptionUndone,
    Refused,
    RewardForTier,
    RewardLimit,
    RewardNotNow,
    RewardOutOfStock,
)
from core.points.redeem import Asking, most_units, refusal
from core.rulebook.parse_offers import offer_of
from core.rulebook.rewards import COUPON, Reward
from core.rulebook.schemes import Tier, TierScheme
from core.sales.receipt import CouponLine, Receipt, RedeemedLine, copy_of
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from core.values.fields import Fields
from tests.actions.test_deeds import with_rules
from tests.actions.test_expiry import give
from tests.actions.test_return import DAY_S, file_of
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, scanned
from tests.actions.test_shift import facts
from tests.builders import later

SOAP = Reward("soap", "香皂", 100, units=2, per_member=5)
POT = Reward("pot", "汤锅", 5_000, from_tier="gold")
LAMP = Reward("lamp", "台灯", 10, ends_on=date(2026, 1, 1))
REWARDS = (SOAP, POT, LAMP)


@pytest.fixture
def member(shop: Shop, staff: Staff) -> UUID:
    """Somebody with 250 points, in a shop with ten soaps."""
    with_rules(shop, staff, rewards=REWARDS)
    count_rewards(shop, "soap", 10, staff=staff)
    give(shop, NORMAL, 100, on=date(2026, 5, 1))
    give(shop, NORMAL, 150, on=date(2026, 1, 1))
    return file_of(shop, NORMAL).member.id


def had(shop: Shop, member: UUID, staff: Staff, code: str = "soap", units: int = 2) -> Redeemed:
    return redeem(shop, member, code, units, redemption_id=shop.new_id(), staff=staff)


def lots_of(shop: Shop, member: UUID) -> list[tuple[date | None, int]]:
    with shop.store.read() as reading:
        return [(lot.expires_on, lot.left) for lot in reading.ledger.lots(member)]


def stock(shop: Shop, code: str = "soap") -> int:
    with shop.store.read() as reading:
        return reading.redemptions.stock().get(code, 0)


def test_a_part_of_a_reward_counts_as_whole() -> None:
    assert [SOAP.cost(units) for units in (1, 2, 3, 4)] == [100, 100, 200, 200]


def test_the_lots_that_expire_first_pay_for_it(shop: Shop, staff: Staff, member: UUID) -> None:
    done = had(shop, member, staff, units=3)
    assert (done.made.points, done.balance, stock(shop)) == (200, 50, 7)
    assert lots_of(shop, member) == [(date(2028, 5, 1), 50)]
    assert RedeemedLine(200, 50) in done.slip.lines
    assert reprint(shop, staff=staff, sale_no=done.made.no).is_copy


def test_a_double_press_redeems_once(shop: Shop, staff: Staff, member: UUID) -> None:
    once = shop.new_id()
    first = redeem(shop, member, "soap", 2, redemption_id=once, staff=staff)
    again = redeem(shop, member, "soap", 2, redemption_id=once, staff=staff)
    assert (again.is_repeat, again.made, again.slip) == (True, first.made, first.slip)
    assert stock(shop) == 8


@pytest.mark.parametrize(
    ("code", "units", "error"),
    [
        ("soap", 0, BadUnits),
        ("soap", 6, RewardLimit),
        ("soap", 5, NotEnoughPoints),
        ("pot", 1, RewardForTier),
        ("lamp", 1, RewardNotNow),
        ("moon", 1, NoSuchReward),
    ],
)
def test_what_a_member_cannot_have(
    shop: Shop, staff: Staff, member: UUID, code: str, units: int, error: type[Refused]
) -> None:
    before = lots_of(shop, member)
    with pytest.raises(error):
        had(shop, member, staff, code, units)
    assert (lots_of(shop, member), stock(shop)) == (before, 10)


def test_an_empty_shelf_gives_nothing(shop: Shop, staff: Staff, member: UUID) -> None:
    count_rewards(shop, "soap", 1, staff=staff)
    with pytest.raises(RewardOutOfStock):
        had(shop, member, staff)
    had(shop, member, staff, units=1)
    offered = {each.reward.code: each for each in rewards_for(shop, member)}
    assert (offered["soap"].most, offered["soap"].stock) == (0, 0)
    assert isinstance(offered["soap"].refused, RewardOutOfStock)
    assert isinstance(offered["pot"].refused, RewardForTier)
    for code, units in (("moon", 1), ("soap", -1)):
        with pytest.raises(BadStock):
            count_rewards(shop, code, units, staff=staff)


def test_what_is_taken_back_goes_to_the_lots_that_gave_it(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    cashier = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    before = lots_of(shop, member)
    no = had(shop, member, cashier, units=3).made.no
    with pytest.raises(NotAllowed):
        undo_redemption(shop, no, staff=cashier)
    approval = Approval(Right.UNDO_REDEMPTION, 1, shop.clock.now_us())
    undone = undo_redemption(shop, no, staff=cashier, approval=approval)
    assert (undone.balance, stock(shop)) == (250, 10)
    back = lots_of(shop, member)
    assert {on: sum(left for day, left in back if day == on) for on, _ in back} == dict(before)
    assert [made.is_undone for made in redemptions_of(shop, member)] == [True]
    assert reprint(shop, staff=staff, sale_no=no) == copy_of(undone.slip, 1)
    (fact,) = facts(shop, "RedemptionUndone")
    assert (fact["staff_no"], fact["approved_by"]) == (cashier.no, 1)
    with pytest.raises(RedemptionUndone):
        undo_redemption(shop, no, staff=staff)
    with pytest.raises(NoSuchRedemption):
        undo_redemption(shop, "S01-T1-J99999", staff=staff)


def test_points_whose_lot_has_expired_meanwhile_live_thirty_days_more(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    no = had(shop, member, staff).made.no
    then = later(shop, 0)
    expire_all(then)
    undo_redemption(then, no, staff=staff)
    assert lots_of(then, member) == [(date(2100, 1, 31), 100)]
    assert expire_all(later(shop, 30 * DAY_S)).points == 0
    assert expire_all(later(shop, 31 * DAY_S)).points == 100


def with_coupon(shop: Shop, staff: Staff, reward: Reward) -> None:
    """The reward is a coupon of ten yuan."""
    record = {"id": "ten", "kind": "coupon", "name": "十元券", "off_fen": 1000}
    with shop.store.read() as reading:
        offers = (*reading.rulebooks.current().offers, offer_of(Fields(record)))
    with_rules(shop, staff, rewards=(reward,), offers=offers)


def codes_on(slip: Receipt) -> list[str]:
    return [line.code for line in slip.lines if isinstance(line, CouponLine)]


def test_a_coupon_stands_on_the_slip_and_stays_with_the_member(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    with_coupon(shop, staff, Reward("ten", "十元券", 50, kind=COUPON, coupon="ten"))
    done = had(shop, member, staff, "ten", 1)
    assert len(codes_on(done.slip)) == 1
    assert rewards_for(shop, member)[0].stock is None
    with pytest.raises(CouponHandedOut):
        undo_redemption(shop, done.made.no, staff=staff)


def test_a_coupon_that_is_used_once_has_a_fresh_code_for_each(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    ticket = Reward("ten", "十元券", 50, kind=COUPON, coupon="ten")
    with_coupon(shop, staff, ticket)
    done = had(shop, member, staff, "ten", 2)
    codes = codes_on(done.slip)
    assert len(set(codes)) == 2
    assert [coupon.code for coupon in done.coupons] == codes, "each has its paper"
    counter = scanned(shop, NORMAL, CALCIUM, codes[0])
    assert counter.quote.payable_fen == scanned(shop, NORMAL, CALCIUM).quote.payable_fen - 10_00


def test_the_most_that_can_be_had_is_not_refused_and_one_more_is() -> None:
    scheme = TierScheme((Tier("basic", "普通", 0), Tier("gold", "金卡", 100)))
    for points in (0, 99, 100, 250, 1_000):
        for stock_now in (0, 1, 4, 100):
            for had_before in (0, 4, 5):
                asking = Asking("basic", points, date(2026, 11, 26))
                of = {"had": had_before, "stock": stock_now}
                most = most_units(SOAP, asking, scheme, **of)
                assert refusal(SOAP, most + 1, asking, scheme, **of) is not None
                assert not most or refusal(SOAP, most, asking, scheme, **of) is None


def test_gold_may_have_what_is_for_gold(shop: Shop, staff: Staff, member: UUID) -> None:
    count_rewards(shop, "pot", 1, staff=staff)
    assert had(shop, file_of(shop, GOLD).member.id, staff, "pot", 1).made.points == 5_000
