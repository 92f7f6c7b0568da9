"""让一让: who types or scans goes before what is sent, and never stops it."""

from __future__ import annotations

import pytest

from ui.give_way import CALM_S, MOST_S, GiveWay

SOON_S = CALM_S / 2


class Hands:
    """Somebody who types so many keys more, each so soon behind the one before it."""

    def __init__(self, keys: int) -> None:
        self.now_s = 0.0
        self.keys = keys
        self.way = GiveWay(lambda: self.now_s)
        self.way._over = self  # type: ignore[assignment]  # the clock goes on while it waits
        self.is_over = False

    def wait(self, left_s: float) -> bool:
        before_s = self.now_s
        while self.keys and self.now_s + SOON_S <= before_s + left_s:
            self.now_s += SOON_S
            self.keys -= 1
            self.way.used()
        self.now_s = max(self.now_s, before_s + left_s)
        return self.is_over

    def set(self) -> None:
        self.is_over = True


@pytest.mark.parametrize(
    ("keys", "least_s", "most_s"), [(0, 0, CALM_S), (2, CALM_S, MOST_S), (10**6, MOST_S, MOST_S)]
)
def test_it_rests_while_somebody_types_and_not_for_ever(
    keys: int, least_s: float, most_s: float
) -> None:
    hands = Hands(keys)
    hands.way.used()
    hands.way.rest()
    assert least_s - 1e-6 <= hands.now_s <= most_s + 1e-6
    assert hands.way.rested_us == pytest.approx(hands.now_s * 1_000_000, abs=1)


def test_where_nobody_types_nothing_rests() -> None:
    hands = Hands(10**6)
    hands.way.rest()
    assert (hands.now_s, hands.way.rested_us) == (0, 0)
    hands.way.used()
    hands.now_s = CALM_S + 0.001
    hands.way.rest()
    assert hands.way.rested_us == 0


def test_who_ends_waits_for_nobody() -> None:
    hands = Hands(10**6)
    hands.way.used()
    hands.way.end()
    hands.way.rest()
    assert hands.now_s <= CALM_S
