"""几点: an instant in the words of a row."""

from __future__ import annotations

from datetime import tzinfo

from core.values.moment import local_time
from ui.catalogue import tr

HOURS_FROM, DAYS_FROM = 2 * 60, 2 * 24 * 60
"""Minutes from which a span is said in hours, and in days."""


def when(at_us: int, now_us: int, zone: tzinfo) -> str:
    """14:05 today, 11-25 14:05 on any other day."""
    at, now = local_time(at_us, zone), local_time(now_us, zone)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d %H:%M}"


def span_words(seconds: int) -> str:
    """How long: 17 分钟, 5 小时, 3,650 天; what has begun counts."""
    minutes = -(-seconds // 60)
    if minutes < HOURS_FROM:
        return tr("{count} 分钟", count=minutes)
    if minutes < DAYS_FROM:
        return tr("{count} 小时", count=minutes // 60)
    return tr("{count} 天", count=f"{minutes // (24 * 60):,}")
