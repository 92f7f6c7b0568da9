"""抽奖的话: what screen, paper and command line say alike."""

from __future__ import annotations

GROUP = 8


def hash_words(signs: str) -> str:
    """In groups of eight, so that two people can read it to each other."""
    return " ".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
