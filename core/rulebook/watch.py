"""信号的数: from how many on something becomes a signal that a person should look at."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.values.fields import Fields
from core.values.rate import FULL

HOURS = 24
_MOST = 100_000
_MOST_DAYS = 366
_MOST_HOURS = 720


class Watch(Struct, frozen=True):
    """The figures of domain.md 7; 0 switches a rule off.

    Of the last `days`: a card earns `earned_a_day` times on one, or `earned_at_one` times and each
    time at one cashier, who had at most `shifts_bp` of all shifts (basis points); one person
    corrects points by hand `corrected` times. Goods come back within `returned_days` after their
    points went for a reward; a reward goes out within `changed_hours` after a phone or a card was
    changed; `on_one_phone` members have one phone or address. Nothing is sold from `closes_hour` to
    `opens_hour` of the store's clock; where both are the same, it never closes.
    """

    days: int = 30
    earned_a_day: int = 5
    earned_at_one: int = 12
    shifts_bp: int = 7000
    returned_days: int = 7
    changed_hours: int = 24
    corrected: int = 10
    on_one_phone: int = 5
    opens_hour: int = 6
    closes_hour: int = 23

    def is_closed(self, hour: int) -> bool:
        """Whether nobody sells at this hour of the store's clock."""
        opens, closes = self.opens_hour, self.closes_hour
        if opens < closes:
            return not opens <= hour < closes
        return closes <= hour < opens


USUAL = Watch()
"""What a rulebook without a word about signals is read with."""


def watch_of(fields: Fields) -> Watch:
    """The section of a rulebook; raises BadRecord."""
    watch = Watch(
        days=fields.whole("days", USUAL.days, least=1, most=_MOST_DAYS),
        earned_a_day=fields.whole("earned_a_day", USUAL.earned_a_day, most=_MOST),
        earned_at_one=fields.whole("earned_at_one", USUAL.earned_at_one, most=_MOST),
        shifts_bp=fields.whole("shifts_bp", USUAL.shifts_bp, most=FULL),
        returned_days=fields.whole("returned_days", USUAL.returned_days, most=_MOST_DAYS),
        changed_hours=fields.whole("changed_hours", USUAL.changed_hours, most=_MOST_HOURS),
        corrected=fields.whole("corrected", USUAL.corrected, most=_MOST),
        on_one_phone=fields.whole("on_one_phone", USUAL.on_one_phone, most=_MOST),
        opens_hour=fields.whole("opens_hour", USUAL.opens_hour, most=HOURS - 1),
        closes_hour=fields.whole("closes_hour", USUAL.closes_hour, most=HOURS),
    )
    fields.end()
    return watch


def watch_record(watch: Watch) -> dict[str, Any]:
    """Plain JSON values: the inverse of `watch_of`."""
    return {name: getattr(watch, name) for name in Watch.__struct_fields__}
