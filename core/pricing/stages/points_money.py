"""积分抵扣: points as money (domain.md 2, stage 7).

Whole steps only, so that no point is swallowed by rounding. They pay at most the rulebook's share
of what the whole basket costs after stage 6, and no more than the lines that may be paid with
points cost then; never what is outside of everything. What they pay is allocated to those lines by
net, and the points by what they pay of each. The customer's choice is a wish: it is taken as far
as it makes sense, so that a basket that shrinks takes fewer. An add-on that costs points itself is
paid with money beside them, and has its points first.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.working import Working, WorkingLine
from core.rulebook.points_policy import SpendPolicy
from core.values.money import allocate
from core.values.rate import FULL

POINTS = "points"


def points_money(working: Working) -> None:
    """Note the most points that make sense, and let those that were chosen pay."""
    policy = working.rulebook.points.spend
    if policy is None or not working.spendable:
        return
    lines = [line for line in working.lines if _may_be_paid(line, policy)]
    working.most_points = _most(working, policy, sum(line.net_fen for line in lines))
    points = policy.taken(working.chosen_points, working.most_points)
    if points:
        _pay(working, lines, points, policy.worth_fen(points))


def _may_be_paid(line: WorkingLine, policy: SpendPolicy) -> bool:
    if line.is_outside or line.spent_points:
        return False
    return policy.scope.has(line.code, line.product.category, line.product.brand)


def _most(working: Working, policy: SpendPolicy, open_fen: int) -> int:
    """The most points that make sense; none where that is less than the least."""
    share_fen = sum(line.net_fen for line in working.lines) * policy.most_bp // FULL
    by_money = min(share_fen, open_fen) // policy.fen * policy.per_points
    return policy.taken(by_money, working.points_left)


def _pay(working: Working, lines: list[WorkingLine], points: int, fen: int) -> None:
    parts = allocate(fen, [line.net_fen for line in lines])
    for line, part, its_points in zip(lines, parts, allocate(points, parts), strict=True):
        line.spent_points = its_points
        if part:
            line.net_fen -= part
            working.adjustments.append(
                Adjustment(Stage.POINTS, POINTS, line.no, part, Reason.POINTS)
            )
