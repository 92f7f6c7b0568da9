"""还要多久: how far something long is, with how long it takes still, as every page says it."""

from __future__ import annotations

from ui.text import tr

A_WHILE_S = 90
"""From here on it is told in minutes."""


def with_time_left(words: str, left_s: int) -> str:
    """50 / 200 位，还要约 12 秒."""
    if left_s >= A_WHILE_S:
        return tr("{words}，还要约 {minutes} 分钟", words=words, minutes=round(left_s / 60))
    return tr("{words}，还要约 {seconds} 秒", words=words, seconds=left_s)
