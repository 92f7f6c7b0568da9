"""退回的追溯码: which packs come back with a return."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.sales.returns import Refund, SoldLine
from core.sales.trace import SoldTrace


def returned_codes(
    sold: Sequence[SoldTrace],
    lines: Sequence[SoldLine],
    given: Refund,
    scanned: Collection[str],
) -> tuple[str, ...]:
    """The codes that were scanned, and all of a line of which nothing stays with the customer."""
    left = {line.no: line.left_milli for line in lines}
    back = {part.no: part.quantity_milli for part in given.lines}
    whole = {no for no, milli in back.items() if milli == left[no]}
    return tuple(
        each.code
        for each in sold
        if not each.is_returned
        and each.line_no in back
        and (each.code in scanned or each.line_no in whole)
    )
