"""兑换目录: shelf, pictures and figures hold at once; what a reward is, once it is published."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.catalogue import (
    Entry,
    drop_reward,
    look_at_catalogue,
    put_reward,
    reward_picture,
    reward_rows,
    set_picture,
    shelf_moves,
)
from core.actions.draft_rules import publish_draft
from core.actions.redeem import rewards_for, undo_redemption
from core.actions.reward_shelf import count_rewards, receive_rewards
from core.actions.today import waiting
from core.errors import BadRecord, BadStock, DraftElsewhere, NoSuchReward, StockMoved
from core.ports.catalogue import Had
from core.rulebook.rewards import Reward, reward_record
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_deeds import with_rules
from tests.actions.test_redeem import POT, SOAP, had, member, stock
from tests.actions.test_shift import facts

__all__ = ["member"]
CUP = Reward("cup", "杯子", 300)


def entry(shop: Shop, staff: Staff, code: str = "soap") -> Entry:
    return next(each for each in look_at_catalogue(shop, staff=staff).entries if each.code == code)


def put(shop: Shop, staff: Staff, reward: Reward, *, turn: int = 0, is_new: bool = False) -> int:
    return put_reward(shop, reward_record(reward), turn=turn, is_new=is_new, staff=staff).turn


def test_what_came_in_lies_beside_what_was_there(shop: Shop, staff: Staff, member: UUID) -> None:
    receive_rewards(shop, "soap", 5, seen=10, staff=staff)
    assert stock(shop) == 15
    with pytest.raises(StockMoved):
        receive_rewards(shop, "soap", 5, seen=10, staff=staff)
    for units in (0, -3):
        with pytest.raises(BadStock):
            receive_rewards(shop, "soap", units, seen=15, staff=staff)
    told = facts(shop, "RewardsCounted")[-1]
    assert (told["before"], told["units"], told["stock"]) == (10, 15, ["soap", 15])


def test_every_move_says_what_it_left(shop: Shop, staff: Staff, member: UUID) -> None:
    made = had(shop, member, staff, units=2).made
    undo_redemption(shop, made.no, staff=staff)
    receive_rewards(shop, "soap", 1, seen=10, staff=staff)
    found = [
        (each.kind, each.change, each.after) for each in shelf_moves(shop, "soap", staff=staff)
    ]
    assert found == [
        ("received", 1, 11),
        ("undone", 2, 10),
        ("redeemed", -2, 8),
        ("counted", 10, 10),
    ]


def test_what_was_had_is_counted_without_what_came_back(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    had(shop, member, staff, units=2)
    assert entry(shop, staff).had == Had(2, 100)
    undo_redemption(shop, had(shop, member, staff, units=2).made.no, staff=staff)
    assert entry(shop, staff).had == Had(2, 100)
    assert [row.is_undone for row in reward_rows(shop, "soap", staff=staff)] == [True, False]


def test_low_is_what_the_page_of_today_calls_low(shop: Shop, staff: Staff, member: UUID) -> None:
    low = {each.reward.name for each in look_at_catalogue(shop, staff=staff).entries if each.is_low}
    assert {each.reward.name for each in waiting(shop).low} <= low
    assert not entry(shop, staff).is_low
    assert entry(shop, staff, "pot").is_low


def test_each_reward_is_low_from_its_own_number_on(shop: Shop, staff: Staff, member: UUID) -> None:
    often, seldom = replace(SOAP, low_at=10), replace(POT, low_at=1)
    with_rules(shop, staff, rewards=(seldom, often))
    count_rewards(shop, "soap", 10, staff=staff)
    count_rewards(shop, "pot", 2, staff=staff)
    seen = waiting(shop)
    # What is low stands first, though less is left of the other.
    assert [(each.reward.code, each.is_low) for each in seen.rewards] == [
        ("soap", True),
        ("pot", False),
    ]
    assert [each.reward.code for each in seen.low] == ["soap"]
    assert entry(shop, staff).is_low and not entry(shop, staff, "pot").is_low
    count_rewards(shop, "soap", 11, staff=staff)
    assert not waiting(shop).low


def test_a_reward_is_drafted_and_holds_when_published(
    shop: Shop, staff: Staff, member: UUID
) -> None:
    turn = put(shop, staff, replace(SOAP, points=120))
    seen = entry(shop, staff)
    assert seen.held is not None and seen.drafted is not None
    assert (seen.held.points, seen.drafted.points) == (100, 120)
    turn = put(shop, staff, CUP, turn=turn, is_new=True)
    assert entry(shop, staff, "cup").held is None
    turn = drop_reward(shop, "pot", turn=turn, staff=staff).turn
    assert entry(shop, staff, "pot").drafted is None
    publish_draft(shop, turn=turn, staff=staff)
    assert {each.reward.code for each in rewards_for(shop, member)} == {"soap", "lamp", "cup"}
    assert entry(shop, staff).reward.points == 120


def test_two_managers_do_not_write_over_each_other(shop: Shop, staff: Staff, member: UUID) -> None:
    turn = put(shop, staff, replace(SOAP, points=120))
    for wrong in (0, turn + 1):
        with pytest.raises(DraftElsewhere):
            put(shop, staff, replace(SOAP, points=90), turn=wrong)
    with pytest.raises(DraftElsewhere):
        put(shop, staff, SOAP, turn=turn, is_new=True)
    with pytest.raises(BadRecord):
        put_reward(shop, {"code": "x"}, turn=turn, is_new=True, staff=staff)
    with pytest.raises(BadRecord):
        put(shop, staff, replace(SOAP, from_tier="nobody"), turn=turn)


def test_a_picture_comes_and_goes(shop: Shop, staff: Staff, member: UUID) -> None:
    set_picture(shop, "soap", b"one", staff=staff)
    set_picture(shop, "soap", b"two", staff=staff)
    assert reward_picture(shop, "soap") == b"two"
    assert entry(shop, staff).has_picture
    set_picture(shop, "soap", None, staff=staff)
    assert reward_picture(shop, "soap") is None
    with pytest.raises(NoSuchReward):
        set_picture(shop, "moon", b"one", staff=staff)
    put(shop, staff, CUP, is_new=True)
    set_picture(shop, "cup", b"three", staff=staff)
    assert entry(shop, staff, "cup").has_picture
