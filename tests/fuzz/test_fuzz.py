"""A share of what `python -m tests.fuzz` does in full."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.fuzzing import Tally, fuzz
from tests.fuzz.mangling import mangled, mangled_record
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_strange_breaks_anything(name: str) -> None:
    tally = Tally()
    fuzz(name, seed=7, first=0, count=4 * TARGETS[name][1], tally=tally)
    assert tally.troubles == []


def test_what_is_mangled_is_another() -> None:
    dice = random.Random(1)
    assert len({mangled(dice, b"6901234567809") for _ in range(200)}) > 150
    record = {"a": [1, {"b": "c"}], "d": {}}
    assert sum(mangled_record(dice, record) != record for _ in range(200)) > 190
