"""几点: an instant in the words of a row."""

from __future__ import annotations

from datetime import tzinfo

from core.values.moment import local_time


def when(at_us: int, now_us: int, zone: tzinfo) -> str:
    """14:05 today, 11-25 14:05 on any other day."""
    at, now = local_time(at_us, zone), local_time(now_us, zone)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d %H:%M}"
