"""兑换品库存 of a store: its tills share one shelf, with and without a line."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.actions.head_office import open_cases
from core.actions.redeem import redeem, rewards_for, undo_redemption
from core.actions.reward_shelf import count_rewards
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_redeem import REWARDS, with_rules
from tests.actions.test_redeem import member as member
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import pulled, told
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.builders import manager_of


def left(shop: Shop) -> int:
    """Soaps on the shelf, as a till has it."""
    with shop.store.read() as reading:
        return reading.redemptions.stock().get("soap", 0)


def both(line, *tills: Shop) -> list[int]:
    """What each till has once all is told and taken."""
    for till in tills:
        told(till, line)
    for till in tills:
        pulled(till, line)
    return [left(till) for till in tills]


def test_what_one_till_gives_away_lies_on_no_tills_shelf(
    shop: Shop, staff: Staff, member: UUID, request: pytest.FixtureRequest
) -> None:
    made = redeem(shop, member, "soap", 2, redemption_id=shop.new_id(), staff=staff).made
    redeem(shop, member, "soap", 2, redemption_id=shop.new_id(), staff=staff)
    line = request.getfixturevalue("line")
    other = request.getfixturevalue("other")
    with_rules(other, manager_of(other), rewards=REWARDS)
    assert both(line, shop, other) == [6, 6]
    count_rewards(other, "soap", 20, staff=manager_of(other))
    assert left(other) == 20
    assert left(shop) == 6, "it has not heard of it"
    assert both(line, shop, other) == [20, 20]
    undo_redemption(shop, made.no, staff=staff)
    assert left(shop) == 22, "what it did itself counts at once"
    assert both(line, shop, other) == [22, 22]


def test_what_both_count_without_a_line_comes_together_and_below_nothing_is_none(
    shop: Shop, staff: Staff, member: UUID, request: pytest.FixtureRequest
) -> None:
    line, other = request.getfixturevalue("line"), request.getfixturevalue("other")
    with_rules(other, manager_of(other), rewards=REWARDS)
    assert both(line, shop, other) == [10, 10]
    count_rewards(shop, "soap", 0, staff=staff)
    count_rewards(other, "soap", 3, staff=manager_of(other))
    assert both(line, shop, other) == [-7, -7]
    soap = next(each for each in rewards_for(shop, member) if each.reward.code == "soap")
    assert (soap.most, type(soap.refused).__name__) == (0, "RewardOutOfStock")
    count_rewards(shop, "soap", 3, staff=staff)
    assert both(line, shop, other) == [3, 3]
    assert open_cases(line.office) == ()
