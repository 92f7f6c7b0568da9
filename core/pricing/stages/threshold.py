"""满减 · 满折: from so much on, an amount or a percentage off (domain.md 2, stage 5).

All thresholds are measured on the eligible lines after stage 4, then applied in canonical order,
never below zero; of one offer's steps the best. What one takes off is allocated to its lines by
what they cost then. Where domain.md leaves room: a percentage of a step is of the sum as measured,
and a threshold that repeats takes its amount for each full `from`: of two that it asks for, fen
and quantity, as often as both are full.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.working import Working, WorkingLine
from core.rulebook.giving import GiftStep
from core.rulebook.offers import BasketOffer, GiftOffer, Step, Threshold
from core.values.money import allocate
from core.values.rate import take


class Measured(Struct, frozen=True):
    """What a threshold is measured on: fen and thousandths of its lines after stage 4."""

    fen: int
    milli: int


def threshold(working: Working) -> None:
    """Take the thresholds that are reached."""
    measured = [(offer, measure(offer, working.lines)) for offer in working.on.thresholds]
    for offer, reached in measured:
        take_off(working, offer, reduction(offer, reached), Stage.THRESHOLD, Reason.THRESHOLD)


def counting(offer: Threshold | GiftOffer, lines: Sequence[WorkingLine]) -> list[WorkingLine]:
    """The lines that a threshold counts."""
    return [
        line
        for line in lines
        if line.is_open_to(offer) and (offer.counts_special or not line.is_special)
    ]


def measure(offer: Threshold | GiftOffer, lines: Sequence[WorkingLine]) -> Measured:
    """The sums of its lines as they stand."""
    counted = counting(offer, lines)
    return Measured(
        sum(line.net_fen for line in counted), sum(line.quantity_milli for line in counted)
    )


def reduction(offer: Threshold, reached: Measured) -> int:
    """Fen that the best of its steps takes off, its cap kept."""
    off = max(_step_off(offer, step, reached) for step in offer.steps)
    return off if offer.cap_fen is None else min(off, offer.cap_fen)


def _step_off(offer: Threshold, step: Step, reached: Measured) -> int:
    if reached.fen < step.from_fen or reached.milli < step.from_milli:
        return 0
    times = times_full(step, reached) if offer.repeats else 1
    by_rate = reached.fen - take(reached.fen, step.rate_bp)
    return max(step.off_fen * times, by_rate)


def times_full(step: Step | GiftStep, reached: Measured) -> int:
    """How often all that a step asks for is full."""
    asked = ((reached.fen, step.from_fen), (reached.milli, step.from_milli))
    return min(much // each for much, each in asked if each)


def take_off(
    working: Working, offer: BasketOffer, off_fen: int, stage: Stage, reason: Reason
) -> None:
    """Take so much off the lines of an offer, as far as there is anything left of them."""
    lines = (
        counting(offer, working.lines)
        if isinstance(offer, Threshold)
        else [line for line in working.lines if line.is_open_to(offer)]
    )
    nets = [line.net_fen for line in lines]
    off_fen = min(off_fen, sum(nets))
    if off_fen <= 0:
        return
    if working.tried is not None:
        working.tried.add(offer.id)
    for line, part in zip(lines, allocate(off_fen, nets), strict=True):
        line.net_fen -= part
        if part and working.tried is None:
            working.adjustments.append(
                Adjustment(stage, offer.id, line.no, part, reason, offer.name)
            )
