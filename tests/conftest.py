"""How every test runs: without a screen, and the same way each time.

`pytest --hypothesis-profile=explore` tries new examples instead of the same ones, 1,000 of each;
`--hypothesis-profile=laws` 10,000: the long run of what must hold for every basket.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from ui.catalogue import speak

# Before anything imports Qt; who wants to watch the windows sets it to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.register_profile("laws", deadline=None, max_examples=10_000)
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A test that speaks another language leaves none behind."""
    yield
    speak("zh_CN")
