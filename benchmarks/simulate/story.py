"""故事: what happens in which order, made of a seed before anything does; a part of it is one, too.

Each step has its own seed and its own time, so that a run without some of them is still a run.
"""

from __future__ import annotations

import random

from msgspec import Struct

SALES = 20
"""Of each till on each day at least."""
MORE_SALES = 6
DAY_S = 24 * 3600
# How often a day of a till has each fault.
FAULTS = {
    "crash": 1.0,
    "weather": 0.6,
    "cut": 0.4,
    "clock": 0.12,
    "restore": 0.06,
    "put back": 0.06,
    "elsewhere": 0.08,
    "clone": 0.1,
    "lose": 0.03,
    "revoke": 0.03,
    "server dies": 0.6,
    "server back up": 0.3,
    "stranger": 0.4,
    "rename": 0.1,
    "merge": 0.1,
    "part": 0.05,
    "erase": 0.1,
    "prices": 0.2,
    "rulebook": 0.1,
}
COPIES = ("restore", "put back", "elsewhere", "clone", "server back up")
"""In every second world nothing is ever put back to what it was: less is excused there."""
SERVER_BACK_AFTER = 40
"""Steps at most between a backup of the server and its being needed, as most of them are."""


class Step(Struct, frozen=True):
    """`what` happens `after_s` seconds, at the till with this index, with chances of its own."""

    what: str
    at: int
    seed: int
    after_s: int

    def __str__(self) -> str:
        return f"+{self.after_s} s, till {self.at + 1}: {self.what} ({self.seed})"


def story_of(seed: str, *, tills: int, days: int, times: float = 1) -> list[Step]:
    """All days of all tills, with so many times the usual faults."""
    dice = random.Random(seed)
    is_plain = dice.random() < 0.5
    faults = {what: share for what, share in FAULTS.items() if not (is_plain and what in COPIES)}
    steps: list[Step] = []
    for _ in range(days):
        steps += _day(dice, tills, {what: share * times for what, share in faults.items()})
    return steps


def _day(dice: random.Random, tills: int, faults: dict[str, float]) -> list[Step]:
    lines = [[(what, till) for what in _day_of_till(dice)] for till in range(tills)]
    merged = _merged(dice, lines)
    for fault, share in faults.items():
        for till in range(tills):
            if dice.random() < share:
                merged.insert(dice.randint(0, len(merged)), (fault, till))
    _put_server_back(dice, merged)
    waits = [dice.randint(1, 12) for _ in merged]
    waits[0] = max(1, DAY_S - sum(waits[1:]))
    return [
        Step(what, till, dice.randrange(1 << 32), wait)
        for (what, till), wait in zip(merged, waits, strict=True)
    ]


def _day_of_till(dice: random.Random) -> list[str]:
    steps = ["sell"] * (SALES + dice.randint(0, MORE_SALES))
    more = ["join"] * dice.randint(0, 3) + ["sync"] * dice.randint(4, 9)
    more += ["return"] * dice.randint(0, 2) + ["void"] * dice.randint(0, 2)
    more += ["reward"] * dice.randint(0, 3) + ["read"] * dice.randint(0, 4)
    more += ["hold"] * dice.randint(0, 2) + ["take up"] * dice.randint(0, 2)
    more += ["return any"] * dice.randint(0, 3) + ["issue codes"] * dice.randint(0, 1)
    for what in more:
        steps.insert(dice.randint(0, len(steps)), what)
    return ["open", *steps, "close", *(["sync"] if dice.random() < 0.7 else [])]


def _merged(dice: random.Random, lines: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    order = [number for number, line in enumerate(lines) for _ in line]
    dice.shuffle(order)
    left = [iter(line) for line in lines]
    return [next(left[number]) for number in order]


def _put_server_back(dice: random.Random, steps: list[tuple[str, int]]) -> None:
    for place in [no for no, (what, _) in enumerate(steps) if what == "server back up"]:
        if dice.random() < 0.6:
            steps.insert(place + dice.randint(1, SERVER_BACK_AFTER), ("server restore", 0))
