"""等级, as head office decided it at a period's end: kept here with its cause and its figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from core.actions.grant_tier import grant_tier
from core.actions.look_at_tiers import tier_history
from core.actions.review_tiers import review_all, review_tiers
from core.actions.sync import leave_chain
from core.members.held_tiers import FallenTier
from core.shop import Shop
from core.sync.terms import ReviewTold
from core.trust.staff import Staff
from core.values.ident import uuid7
from core.values.moment import months_after
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.tier_schemes import seen, tier_of
from tests.builders import file_of, manager_of
from tests.chained import Line
from tests.telling import ALL_READ, hear, person_of, told


@pytest.fixture
def today(shop: Shop) -> date:
    return shop.now().business_on


@pytest.fixture
def fall(shop: Shop, today: date) -> ReviewTold:
    """What head office says of a gold tier that ended yesterday."""
    until = file_of(shop, GOLD).member.tier_until
    ident, ended = uuid7(1, bytes(10)), {"fell_from": "gold", "fell_on": until}
    made = ReviewTold(ident, today, "silver", "period", "gold", "silver", until, **ended)
    return replace(made, until_after=months_after(today, 12), spend_fen=1_234_00)


def hears(shop: Shop, card: str, review: ReviewTold | None, tier: str, **more: object) -> bool:
    """Whether anything changed by it."""
    member, person = file_of(shop, card).member.id, person_of(shop, card)
    given = {"through": ALL_READ, "person": person, "review": review, "tier": tier}
    (outcome,) = hear(shop, told(member, **given, **more))
    assert isinstance(outcome, bool), outcome
    return outcome


def causes(shop: Shop, card: str) -> list[tuple[str, str, str, int | None]]:
    steps = tier_history(shop, file_of(shop, card).member.id)
    return [(step.cause, step.before, step.after, step.spend_fen) for step in steps]


def test_a_fall_is_kept_with_its_figures_and_said_at_the_next_visit(
    shop: Shop, staff: Staff, today: date, fall: ReviewTold
) -> None:
    hears(shop, GOLD, fall, "silver")
    assert hears(shop, GOLD, fall, "silver") is False
    assert causes(shop, GOLD) == [("period", "金卡", "银卡", 1_234_00)]
    file = seen(shop, GOLD)
    assert (file.member.tier, file.member.tier_until) == ("silver", fall.until_after)
    assert file.fallen == FallenTier("gold", fall.fell_on or today)
    settled(shop, staff, GOLD, VITAMIN)
    assert seen(shop, GOLD).fallen is None
    hears(shop, GOLD, fall, "silver")
    assert seen(shop, GOLD).fallen is None, "it was said"


def test_what_was_kept_says_until_when(shop: Shop, today: date, fall: ReviewTold) -> None:
    until = months_after(today, 18)
    kept = replace(fall, tier="gold", cause="kept", after="gold", until_after=until, fell_from="")
    assert hears(shop, GOLD, kept, "gold") is True
    assert causes(shop, GOLD) == [("kept", "金卡", "金卡", 1_234_00)]
    assert seen(shop, GOLD).member.tier_until == until
    assert seen(shop, GOLD).fallen is None


def test_a_fall_that_was_taken_back_was_none_here(shop: Shop, fall: ReviewTold) -> None:
    """This till hears of both at once."""
    late = replace(fall, cause="late", tier="gold", before="silver", after="gold", fell_from="")
    hears(shop, GOLD, late, "gold")
    assert (tier_of(shop, GOLD), seen(shop, GOLD).fallen) == ("gold", None)
    assert causes(shop, GOLD) == [("late", "银卡", "金卡", 1_234_00)]


def test_whoever_rose_since_has_not_fallen(shop: Shop, today: date, fall: ReviewTold) -> None:
    until = today + timedelta(days=300)
    hears(shop, GOLD, fall, "gold", tier_until=until)
    assert [each[0] for each in causes(shop, GOLD)] == ["period", "chain"]
    file = seen(shop, GOLD)
    assert (file.member.tier, file.member.tier_until, file.fallen) == ("gold", until, None)


def test_a_grant_that_is_over_ends_here_too(shop: Shop, today: date, fall: ReviewTold) -> None:
    member, until = file_of(shop, NORMAL).member, today + timedelta(days=5)
    grant = {"tier": "gold", "until": until, "reason": "店庆抽中的", "staff": manager_of(shop)}
    grant_tier(shop, member.id, **grant)
    with shop.store.read() as reading:
        (hold,) = reading.tiers.holds(member.id)
    over = ReviewTold(fall.id, today, "normal", "", "normal", "normal", ended=(hold.id,))
    over = replace(over, fell_from="gold", fell_on=until)
    assert hears(shop, NORMAL, over, "normal") is True
    assert hears(shop, NORMAL, over, "normal") is False
    assert [each[0] for each in causes(shop, NORMAL)] == ["granted", "granted_term"]
    file = seen(shop, NORMAL)
    assert (file.member.tier, file.fallen) == ("normal", FallenTier("gold", until))


def test_what_is_told_without_figures_has_none(shop: Shop) -> None:
    hears(shop, SILVER, None, "gold")
    assert causes(shop, SILVER) == [("chain", "银卡", "金卡", None)]


def test_a_till_of_a_chain_lets_nobody_fall_and_one_that_left_does(
    shop: Shop, line: Line, today: date
) -> None:
    assert review_all(shop).is_of_office
    leave_chain(shop, staff=manager_of(shop))
    assert not review_tiers(shop).is_of_office
