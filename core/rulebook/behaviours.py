"""行为积分: what earns points without a sale (签到, 建议, 分享), and how often."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.values.fields import Fields
from core.values.money import MAX_FEN

MOST = 6  # each has a key and a place on the screen
REFERRAL = "referral"
"""介绍: the code of the behaviour that nobody presses: the first purchase of who was brought."""
_MOST_TIMES = 10_000


class Behaviour(Struct, frozen=True):
    """`points` each time; at most so often a member a day, a year, in all (0: any number)."""

    code: str
    name: str
    points: int
    per_day: int = 1
    per_year: int = 0
    in_all: int = 0


def behaviour_of(fields: Fields) -> Behaviour:
    """One of the section of a rulebook; raises BadRecord."""
    behaviour = Behaviour(
        code=fields.text("code", least=1),
        name=fields.text("name", least=1),
        points=fields.whole("points", least=1, most=MAX_FEN),
        per_day=fields.whole("per_day", 1, most=_MOST_TIMES),
        per_year=fields.whole("per_year", 0, most=_MOST_TIMES),
        in_all=fields.whole("in_all", 0, most=_MOST_TIMES),
    )
    fields.end()
    return behaviour


def behaviour_record(behaviour: Behaviour) -> dict[str, Any]:
    """Plain JSON values: the inverse of `behaviour_of`."""
    return {
        "code": behaviour.code,
        "name": behaviour.name,
        "points": behaviour.points,
        "per_day": behaviour.per_day,
        "per_year": behaviour.per_year,
        "in_all": behaviour.in_all,
    }
