"""看全店的销售取到哪里: what an office PC counts, for its header and the page of its place."""

from __future__ import annotations

from datetime import date, tzinfo

from msgspec import Struct

from core.ports import Reading, Till
from core.ports.store_sales import Heard, LifeHere
from core.values.moment import MICRO, moment_at

SILENT_US = 30 * 60 * MICRO
"""A till begins a session each quarter of an hour: one that did not has no line, or is shut."""
STALE_US = 10 * 60 * MICRO
"""Head office is asked twice a minute."""


class TillSeen(Struct, frozen=True):
    """A till that stands in the store: when head office heard it last, by the clock of here."""

    till_no: int
    heard_us: int
    is_silent: bool


class StoreSalesSeen(Struct, frozen=True):
    """`heard_us`: when head office was asked last; None: never. `whole_us`: all that was new to it
    at that moment is here; None: never yet.

    `is_stale`: it was not asked for long. `back_to`: that day and earlier ones are not all here
    yet; None where they are. `unread`: so many came that this program cannot read.
    """

    zone: tzinfo
    now_us: int
    heard_us: int | None = None
    whole_us: int | None = None
    is_stale: bool = True
    back_to: date | None = None
    is_whole: bool = False
    unread: int = 0
    tills: tuple[TillSeen, ...] = ()


def store_sales_seen(reading: Reading, now_us: int) -> StoreSalesSeen:
    """As it is now."""
    zone, here = reading.till.zone, reading.store_sales
    heard = here.heard()
    if heard is None:
        return StoreSalesSeen(zone, now_us)
    lives = here.lives()
    return StoreSalesSeen(
        zone,
        now_us,
        heard.heard_us,
        heard.whole_us,
        now_us - heard.heard_us > STALE_US,
        _back_to(reading.till, lives),
        not any(each.lacks_old for each in lives),
        here.unread(),
        tuple(_seen(each, heard) for each in lives if not each.is_over),
    )


def _seen(life: LifeHere, heard: Heard) -> TillSeen:
    at_us = life.heard_us - heard.ahead_us
    return TillSeen(life.till_no, at_us, heard.heard_us - at_us > SILENT_US)


def _back_to(till: Till, lives: tuple[LifeHere, ...]) -> date | None:
    """Behind this business date all is here of each till; of it itself some."""
    oldest = [each.oldest_us or 0 for each in lives if each.lacks_old]
    if not all(oldest) or not oldest:
        return None  # of one of them nothing is here yet
    return moment_at(max(oldest), till.zone, till.day_ends_hour, till.store_code).business_on
