"""追溯码在账上: which pack was sold when, came back when, and what was sold without its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import BatchExpired, TraceNeeded, WeightNeeded
from core.pricing.basket import Basket, BasketLine
from core.pricing.quote import Quote


class TraceSale(Struct, frozen=True):
    """A sale that a trace code stands in and that still holds: not voided, not returned."""

    code: str
    sale_id: UUID
    sale_no: str
    at_us: int


class SoldTrace(Struct, frozen=True):
    """A trace code of a sale, on which of its lines, and whether it came back."""

    line_no: int
    code: str
    is_returned: bool = False


class Untraced(Struct, frozen=True):
    """Units of a line that were sold without their codes; why, and who answers for it."""

    line_no: int
    missing: int
    reason: str
    answers_no: int


class SoldBatch(Struct, frozen=True):
    """Batch and last day of the goods of a line, as far as its code told."""

    line_no: int
    batch: str
    expires_on: date | None


class TraceRecord(Struct, frozen=True):
    """What a sale keeps of where its goods come from."""

    traces: tuple[SoldTrace, ...] = ()
    batches: tuple[SoldBatch, ...] = ()
    untraced: tuple[Untraced, ...] = ()


class SoldBefore(Struct, frozen=True):
    """A warning: this trace code was sold before, and never came back."""

    code: str
    name: str
    sale_no: str
    at_us: int


class NearExpiry(Struct, frozen=True):
    """A warning: the last day of these goods is near."""

    name: str
    on: date
    days: int


Warned = SoldBefore | NearExpiry


class TraceRow(Struct, frozen=True):
    """One row of the export: a pack went out (`kind` "sale") or came back ("return", "void")."""

    kind: str
    at_us: int
    no: str
    code: str
    product_code: str
    name: str
    batch: str = ""
    expires_on: date | None = None


def unweighed_line(basket: Basket) -> BasketLine | None:
    """The first line that stands as one unit only because nobody has said what it weighs."""
    return next((line for line in basket.lines if line.is_unweighed), None)


def check_goods(basket: Basket, today: date) -> None:
    """Whether its goods may be sold today: a basket may have been held since it was scanned.

    Raises WeightNeeded where nobody said what a line weighs, TraceNeeded where more units lack
    their codes than somebody answers for, BatchExpired.
    """
    if (light := unweighed_line(basket)) is not None:
        raise WeightNeeded(light.product.name)
    if missing := basket.traces_missing:
        raise TraceNeeded(basket.lacking_traces()[0].product.name, missing)
    for line in basket.lines:
        if line.expires_on is not None and line.expires_on < today:
            raise BatchExpired(line.product.name, line.batch, line.expires_on.isoformat())


def trace_record(basket: Basket, quoted: Quote) -> TraceRecord | None:
    """What of a basket is kept, by the lines as they are sold; None where there is nothing."""
    has_origin = any(line.traces or line.batch or line.expires_on for line in basket.lines)
    if not has_origin and not basket.lacking_traces():
        return None
    numbers = {line.no for line in quoted.lines}
    sold = {line.no: _sold_as(line, basket, numbers) for line in basket.lines}
    return TraceRecord(
        traces=tuple(
            SoldTrace(sold[line.no], code) for line in basket.lines for code in line.traces
        ),
        batches=tuple(
            SoldBatch(line.no, line.batch, line.expires_on)
            for line in basket.lines
            if sold[line.no] == line.no and (line.batch or line.expires_on)
        ),
        untraced=_untraced(basket, sold),
    )


def _untraced(basket: Basket, sold: Mapping[int, int]) -> tuple[Untraced, ...]:
    """What goes out without codes, by the lines as they are sold."""
    waiver = basket.waiver
    if waiver is None:
        return ()
    missing: Counter[int] = Counter()
    for line in basket.lacking_traces():
        missing[sold[line.no]] += line.traces_lacking
    return tuple(
        Untraced(no, count, waiver.reason, waiver.answers_no) for no, count in missing.items()
    )


def _sold_as(line: BasketLine, basket: Basket, numbers: Collection[int]) -> int:
    """The number under which a line is sold: its own, or that of the one it is priced with."""
    if line.no in numbers:
        return line.no
    return next(each.no for each in basket.lines if each.no in numbers and each.is_sold_with(line))
