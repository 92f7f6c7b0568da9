"""A share of what `python -m tests.flips` does in full."""

from __future__ import annotations

from pathlib import Path

from tests.flips.flipping import FILES, flip_many, furnished


def test_a_flipped_bit_is_seen_or_changes_nothing(tmp_path: Path) -> None:
    tally = flip_many(furnished(tmp_path), flips=40, seed=3)
    assert tally.troubles == []
    assert set(tally.same | tally.seen) == set(FILES), "a file was not touched: nothing was shown"
    assert tally.seen["store.db"] > tally.same["store.db"]
