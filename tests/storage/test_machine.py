"""The clock never goes back, PINs are hashed under a pepper, a reserve waits for a full disk."""

from __future__ import annotations

from pathlib import Path

import argon2
import pytest
import time_machine
from argon2._password_hasher import PasswordHasher

import storage.machine
from core.values.ident import uuid7
from storage.machine import (
    Argon2Pins,
    SystemClock,
    SystemDice,
    free_reserve,
    free_space,
    keep_reserve,
)
from tests.storage.making import KEY


def test_a_clock_set_back_stands_still_until_the_wall_has_caught_up() -> None:
    with time_machine.travel("2026-11-24 10:00 +0000", tick=False) as traveller:
        clock = SystemClock()
        ten = clock.now_us()
        traveller.move_to("2026-11-24 09:00 +0000")
        assert clock.now_us() == ten
        assert clock.behind_s == 3600
        traveller.move_to("2026-11-24 10:00:01 +0000")
        assert clock.now_us() == ten + 1_000_000
        assert clock.behind_s == 0


def test_a_clock_begins_no_earlier_than_what_was_seen_before() -> None:
    with time_machine.travel("2020-01-01 00:00 +0000", tick=False):
        clock = SystemClock(1_795_500_000_000_000)
        assert clock.now_us() == 1_795_500_000_000_000
        assert clock.behind_s > 86_400 * 365


def test_a_wait_ends_also_while_the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = [0]
    monkeypatch.setattr(storage.machine.time, "monotonic_ns", lambda: ticks[0])
    with time_machine.travel("2026-11-24 10:00 +0000", tick=False) as traveller:
        clock = SystemClock()
        ten = clock.steady_us()
        traveller.move_to("2020-01-01 00:00 +0000")
        ticks[0] = 5_000_000_000
        assert clock.steady_us() == ten + 5_000_000
        assert clock.now_us() == ten
        traveller.move_to("2026-11-24 10:01 +0000")
        assert clock.steady_us() == clock.now_us() == ten + 60_000_000


def test_pins_fit_only_themselves_and_only_under_this_key() -> None:
    pins = Argon2Pins(KEY)
    hashed = pins.hash("246810")
    assert hashed.startswith("$argon2id$")
    assert pins.fits("246810", hashed)
    assert not pins.fits("246811", hashed)
    assert not Argon2Pins(bytes(32)).fits("246810", hashed)
    assert not pins.fits("246810", "not a hash")


def test_a_pin_is_hashed_as_dear_as_it_is_in_a_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argon2, "PasswordHasher", PasswordHasher)
    assert "$m=65536,t=3,p=4$" in Argon2Pins(KEY).hash("246810")


def test_dice_make_ids_that_differ() -> None:
    assert len({uuid7(0, SystemDice().roll(10)) for _ in range(1000)}) == 1000


def test_a_reserve_is_laid_aside_and_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.machine, "RESERVE_BYTES", 3 << 20)
    assert keep_reserve(tmp_path)
    assert (tmp_path / "store.reserve").stat().st_size == 3 << 20
    assert free_reserve(tmp_path)
    assert not free_reserve(tmp_path)


def test_no_reserve_where_there_is_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.machine, "ROOM_FOR_RESERVE", free_space(tmp_path) * 2)
    assert not keep_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []
