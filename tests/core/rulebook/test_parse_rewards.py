"""A reward that is a coupon has a code of its own: what everybody may use is not bought."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import BadRecord
from core.rulebook.parse import rulebook_of

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


def test_its_coupon_is_in_the_rulebook() -> None:
    with pytest.raises(BadRecord):
        rulebook_of(with_coupon(id="eleven"))
