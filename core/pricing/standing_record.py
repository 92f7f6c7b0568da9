"""会员存证: what pricing knew of a member, and of how often offers were used, as plain JSON.

What came later is written only where it is not at its default.
"""

from __future__ import annotations

from typing import Any

from core.members.member import Celebration, Standing
from core.pricing.used import Used
from core.values.fields import Fields

_COUNTS = (
    "in_all",
    "day",
    "member",
    "member_day",
    "member_year",
    "in_all_milli",
    "day_milli",
    "member_milli",
    "member_day_milli",
)


def standing_record(standing: Standing | None) -> dict[str, Any] | None:
    """What pricing knows of the member, or null for nobody."""
    if standing is None:
        return None
    record: dict[str, Any] = {"member_id": standing.member_id.hex, "tier": standing.tier}
    if standing.points:
        record["points"] = standing.points
    if standing.joined_on is not None:
        record["joined_on"] = standing.joined_on.isoformat()
    if standing.has_bought:
        record["has_bought"] = True
    if standing.birthdays:
        record["birthdays"] = [
            {"offer": each.offer, "year": each.year}
            | ({"is_waiting": True} if each.is_waiting else {})
            for each in standing.birthdays
        ]
    return record


def standing_of(record: object, path: str = "") -> Standing | None:
    """The standing of a record; raises BadRecord."""
    if record is None:
        return None
    fields = Fields(record, path)
    standing = Standing(
        member_id=fields.id("member_id"),
        tier=fields.free_text("tier"),
        points=fields.whole("points", 0),
        joined_on=None if fields.is_null("joined_on") else fields.day("joined_on"),
        has_bought=fields.flag("has_bought", False),
        birthdays=fields.items("birthdays", _celebration_of),
    )
    fields.end()
    return standing


def used_record(used: Used) -> dict[str, Any]:
    """An offer and its counts; what is nothing is left out."""
    counts = {name: getattr(used, name) for name in _COUNTS if getattr(used, name)}
    return {"offer": used.offer, **counts}


def used_of(fields: Fields) -> Used:
    """The counts of a record; raises BadRecord."""
    used = Used(fields.free_text("offer"), *(fields.whole(name, 0) for name in _COUNTS))
    fields.end()
    return used


def _celebration_of(fields: Fields) -> Celebration:
    year = fields.whole("year", least=1)
    celebration = Celebration(fields.free_text("offer"), year, fields.flag("is_waiting", False))
    fields.end()
    return celebration
