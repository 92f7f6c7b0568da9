"""A reward that is a coupon has a code of its own: what everybody may use is not bought."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import BadRecord
from core.rulebook.parse import rulebook_of
from core.rulebook.rewards import LOW_STOCK, reward_of, reward_record
from core.values.fields import Fields

PHARMACY = Path(__file__).parents[3] / "resources/rulebooks/pharmacy.json"
REWARD = {"code": "ten", "name": "十元券", "points": 500, "kind": "coupon", "coupon": "ten"}
COUPON = {"kind": "coupon", "id": "ten", "name": "十元券", "off_fen": 1000}


def with_coupon(**more: str) -> dict:
    record = json.loads(PHARMACY.read_text("utf-8"))
    return record | {"offers": [*record["offers"], COUPON | more], "rewards": [REWARD]}


def test_its_coupon_has_no_code_that_anybody_may_use() -> None:
    assert rulebook_of(with_coupon()).rewards[0].coupon == "ten"
    with pytest.raises(BadRecord) as bad:
        rulebook_of(with_coupon(code="TEN"))
    assert bad.value.path == "rewards[0].coupon"


@pytest.mark.parametrize("low_at", [0, 3, 40])
def test_goods_say_with_how_many_left_they_are_low(low_at: int) -> None:
    goods = {"code": "soap", "name": "香皂", "points": 100, "low_at": low_at}
    reward = reward_of(Fields(dict(goods)))
    assert [reward.is_low(stock) for stock in (low_at, low_at + 1)] == [True, False]
    assert reward_of(Fields(reward_record(reward))) == reward
    # What a rulebook kept before the field was there stays the same bytes.
    assert ("low_at" in reward_record(reward)) == (low_at != LOW_STOCK)


def test_a_coupon_is_never_low() -> None:
    assert not rulebook_of(with_coupon()).rewards[0].is_low(0)
    with pytest.raises(BadRecord):
        reward_of(Fields(REWARD | {"low_at": 5}))


def test_its_coupon_is_in_the_rulebook() -> None:
    with pytest.raises(BadRecord):
        rulebook_of(with_coupon(id="eleven"))
