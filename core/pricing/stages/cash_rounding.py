"""抹零: what is paid in cash, downwards to the rulebook's unit (domain.md 2, stage 8).

Only where cash is among the tenders; the others come first. It is allocated by what cash pays of
each line: over the lines that offers may touch, and over prescription lines (whatever is outside)
only for what is more than those hold.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.working import Working, WorkingLine
from core.values.money import allocate


def cash_rounding(working: Working) -> None:
    """Round the cash down and let the lines that cash pays bear it."""
    unit = working.rulebook.cash_rounding_fen
    if unit <= 1:
        return
    rest = sum(line.cash_fen for line in working.lines) % unit
    for is_outside in (False, True):
        lines = [line for line in working.lines if line.is_outside is is_outside]
        borne = min(rest, sum(line.cash_fen for line in lines))
        if borne:
            _bear(working, lines, borne)
            rest -= borne


def _bear(working: Working, lines: list[WorkingLine], borne_fen: int) -> None:
    parts = allocate(borne_fen, [line.cash_fen for line in lines])
    for line, part in zip(lines, parts, strict=True):
        if part:
            line.cash_fen -= part
            line.net_fen -= part
            working.adjustments.append(
                Adjustment(
                    Stage.CASH_ROUNDING, "cash_rounding", line.no, part, Reason.CASH_ROUNDING
                )
            )
