"""退回的追溯码: which packs come back with a return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from core.sales.returns import Refund, SoldLine
from core.sales.trace import SoldTrace
from core.values.quantity import ONE


def returned_codes(
    sold: Sequence[SoldTrace],
    lines: Sequence[SoldLine],
    given: Refund,
    scanned: Collection[str],
) -> tuple[str, ...]:
    """The codes that were scanned, and all of a line of which nothing stays with the customer.

    Of a line no more codes come back than units: of those that were scanned, the first ones.
    """
    left = {line.no: line.left_milli for line in lines}
    back = {part.no: part.quantity_milli for part in given.lines}
    whole = {no for no, milli in back.items() if milli == left[no]}
    out = {each.code: each for each in sold if not each.is_returned and each.line_no in back}
    packs = packs_within([out[code] for code in dict.fromkeys(scanned) if code in out], back)
    wanted = {pack.code for pack in packs}
    return tuple(code for code, each in out.items() if code in wanted or each.line_no in whole)


def packs_within(packs: Iterable[SoldTrace], back: Mapping[int, int]) -> list[SoldTrace]:
    """Of the packs that were scanned, the first ones: a line has no more than units come back."""
    kept: list[SoldTrace] = []
    of_line: Counter[int] = Counter()
    for pack in packs:
        if of_line[pack.line_no] * ONE < back.get(pack.line_no, 0):
            kept.append(pack)
            of_line[pack.line_no] += 1
    return kept
