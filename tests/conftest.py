"""How every test runs: without a screen, and the same way each time.

`pytest --hypothesis-profile=explore` tries new examples instead of the same ones, 1,000 of each;
`--hypothesis-profile=laws` 10,000: the long run of what must hold for every basket.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from functools import partial

import argon2
import pytest
from hypothesis import settings

import storage.machine
from ui.catalogue import speak

# Before anything imports Qt; who wants to watch the windows sets it to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The program is started hundreds of times: it need not be compiled anew by each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.register_profile("laws", deadline=None, max_examples=10_000)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _light_homes() -> Iterator[None]:
    """Nearly every test logs in at a home of its own: neither costs what it costs in a shop.

    A PIN is hashed in 0.1 ms instead of 140, a reserve is 1 MiB instead of 64. That the program's
    own hash is dear is proven in `tests/storage/test_machine.py`; processes of their own have both.
    """
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2, "PasswordHasher", cheap)
        patch.setattr(storage.machine, "RESERVE_BYTES", 1 << 20)
        yield


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A test that speaks another language leaves none behind."""
    yield
    speak("zh_CN")


@pytest.fixture(autouse=True)
def _without_logs_of_another() -> Iterator[None]:
    """A program that a test ran in here has begun its log: on a stream that ends with the test."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
