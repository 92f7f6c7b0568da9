"""积分规则 as data: the section `points` of a rulebook and its part `spend`."""

from __future__ import annotations

from typing import Any

from core.rulebook.conditions import EVERYTHING
from core.rulebook.parse_conditions import scope_of, scope_record
from core.rulebook.points_policy import PointsPolicy, SpendPolicy
from core.values.fields import Fields
from core.values.money import MAX_FEN
from core.values.rate import FULL

_MAX_MONTHS = 1200


def points_of(fields: Fields) -> PointsPolicy:
    """The section of a rulebook; raises BadRecord. Without `spend` points are no money."""
    policy = PointsPolicy(
        points=fields.whole("points", 1, most=MAX_FEN),
        per_fen=fields.whole("per_fen", 100, least=1, most=MAX_FEN),
        expiry=fields.text("expiry", "rolling", among=("rolling", "year_end", "never")),
        months=fields.whole("months", 24, least=1, most=_MAX_MONTHS),
        spend=None if fields.is_null("spend") else _spend(fields.inner("spend")),
    )
    fields.end()
    return policy


def points_record(policy: PointsPolicy) -> dict[str, Any]:
    """Plain JSON values: the inverse of `points_of`."""
    record: dict[str, Any] = {
        "points": policy.points,
        "per_fen": policy.per_fen,
        "expiry": policy.expiry,
        "months": policy.months,
    }
    return record | ({} if policy.spend is None else {"spend": _spend_record(policy.spend)})


def _spend(fields: Fields) -> SpendPolicy:
    policy = SpendPolicy(
        fen=fields.whole("fen", least=1, most=MAX_FEN),
        per_points=fields.whole("per_points", least=1, most=MAX_FEN),
        most_bp=fields.whole("most_bp", FULL, least=1, most=FULL),
        least_points=fields.whole("least_points", 0, most=MAX_FEN),
        scope=EVERYTHING if fields.is_null("scope") else scope_of(fields.inner("scope")),
    )
    fields.end()
    return policy


def _spend_record(policy: SpendPolicy) -> dict[str, Any]:
    record: dict[str, Any] = {
        "fen": policy.fen,
        "per_points": policy.per_points,
        "most_bp": policy.most_bp,
        "least_points": policy.least_points,
    }
    return record | ({} if policy.scope == EVERYTHING else {"scope": scope_record(policy.scope)})
