"""让一让: who types or scans goes before what is sent, and never stops it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import cast

import pytest

from core.ports import Store
from ui.give_way import CALM_S, GAP_S, MOST_S, STEP_S, GiveWay, polite

BETWEEN_KEYS_S = 0.15
IN_A_BURST_S = 0.002


class Hands:
    """Somebody who types so many keys more, each so soon behind the one before it."""

    def __init__(self, keys: int, between_s: float = BETWEEN_KEYS_S) -> None:
        self.now_s = 100.0
        self.left, self.between_s = keys, between_s
        self.next_s = self.now_s + between_s
        self.way = GiveWay(lambda: self.now_s)
        self.way._over = self  # type: ignore[assignment]  # the clock goes on while it waits
        self.is_over = False

    def press(self) -> None:
        """One key, now."""
        self.way.used()
        self.next_s = self.now_s + self.between_s

    def wait(self, left_s: float) -> bool:
        """What a person does while the thread rests."""
        if self.is_over:
            return True
        until_s = self.now_s + left_s
        while self.left and self.next_s <= until_s:
            self.now_s = self.next_s
            self.left -= 1
            self.press()
        self.now_s = max(self.now_s, until_s)
        return False

    def work(self, seconds: float) -> None:
        """The thread of the network does something; keys come meanwhile."""
        self.wait(seconds)

    def rested(self, *, is_long: bool = False) -> float:
        """Seconds that it rests now."""
        before_s, before_us = self.now_s, self.way.rested_us
        self.way.rest(is_long=is_long)
        rested_s = self.now_s - before_s
        assert self.way.rested_us - before_us == pytest.approx(rested_s * 1_000_000, abs=1)
        return rested_s

    def set(self) -> None:
        """What an Event is told."""
        self.is_over = True


def test_where_nobody_types_nothing_rests() -> None:
    hands = Hands(0)
    assert hands.rested() == 0
    hands.press()
    hands.work(CALM_S)
    assert (hands.rested(), hands.rested(is_long=True)) == (0, 0)
    assert not hands.way.is_somebody_there


def test_behind_each_key_there_is_one_step() -> None:
    hands = Hands(10**6)
    hands.press()
    assert hands.way.is_somebody_there
    assert hands.rested() == pytest.approx(GAP_S)
    hands.work(STEP_S / 2)
    assert hands.rested() == 0, "it is the same step"
    hands.work(STEP_S)
    next_gap_s = hands.next_s + GAP_S - hands.now_s
    assert hands.rested() == pytest.approx(next_gap_s), "the next one is behind the next key"


def test_what_takes_long_is_a_step_of_its_own() -> None:
    hands = Hands(10**6)
    hands.press()
    hands.rested()
    assert hands.rested(is_long=True) == pytest.approx(BETWEEN_KEYS_S)


def test_a_key_within_a_step_ends_it() -> None:
    hands = Hands(10**6)
    hands.press()
    hands.rested()
    hands.press()
    assert hands.rested() == pytest.approx(GAP_S)


@pytest.mark.parametrize(
    ("keys", "seconds"), [(1, IN_A_BURST_S + GAP_S), (13, 13 * IN_A_BURST_S + GAP_S)]
)
def test_no_step_falls_into_the_burst_of_a_scanner(keys: int, seconds: float) -> None:
    hands = Hands(keys, IN_A_BURST_S)
    hands.press()
    assert hands.rested() == pytest.approx(seconds)


def test_who_never_lets_go_of_a_key_is_worked_beside() -> None:
    hands = Hands(10**6, IN_A_BURST_S)
    hands.press()
    assert hands.rested() == pytest.approx(MOST_S, abs=IN_A_BURST_S)


@pytest.mark.parametrize("late_s", [GAP_S + STEP_S + 0.001, BETWEEN_KEYS_S - 0.002])
def test_no_step_begins_when_the_next_key_may_come(late_s: float) -> None:
    hands = Hands(1)
    hands.press()
    hands.work(late_s)
    assert hands.rested() == pytest.approx(BETWEEN_KEYS_S - late_s + GAP_S)


@pytest.mark.parametrize("between_s", [0.025, 0.06])
def test_between_the_signs_of_a_slow_scanner_there_is_one_step(between_s: float) -> None:
    hands = Hands(13, between_s)
    hands.press()
    assert hands.rested() == pytest.approx(GAP_S)
    hands.work(STEP_S)
    assert hands.rested() == pytest.approx(between_s - STEP_S)


def test_where_somebody_waits_for_it_nothing_rests() -> None:
    hands = Hands(10**6)
    hands.press()
    hands.way.hurry()
    assert (hands.rested(), hands.rested(is_long=True)) == (0, 0)
    assert not hands.way.is_somebody_there
    hands.way.unhurried()
    hands.press()
    assert hands.rested() == pytest.approx(GAP_S)


def test_when_the_keys_end_it_goes_on_without_rest() -> None:
    hands = Hands(0)
    hands.press()
    hands.rested()
    hands.work(STEP_S)
    assert hands.rested() == pytest.approx(CALM_S - GAP_S - STEP_S)
    hands.work(STEP_S)
    assert hands.rested() == 0


def test_who_ends_waits_for_nobody() -> None:
    hands = Hands(10**6)
    hands.press()
    hands.way.end()
    assert hands.rested() == 0


class _Asked:
    """A store that notes when a transaction begins."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.begun_s = hands, [0.0]
        self.draft = "as it is"

    def read(self) -> nullcontext[None]:
        self.begun_s.append(self.hands.now_s)
        return nullcontext()

    write = read


def test_a_polite_store_rests_before_each_transaction_and_is_otherwise_the_same() -> None:
    hands = Hands(10**6)
    store = _Asked(hands)
    asked = polite(cast("Store", store), hands.way)
    hands.press()
    begun_s = hands.now_s
    for begin in (asked.read, asked.read, asked.write):
        with begin():
            pass
    gap_s = begun_s + GAP_S
    assert store.begun_s[1:] == pytest.approx([gap_s, gap_s, gap_s + BETWEEN_KEYS_S])
    assert asked.draft is store.draft  # type: ignore[comparison-overlap]
