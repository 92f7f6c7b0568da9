"""差一点: what is within reach, measured after stage 4 (domain.md 2)."""

from __future__ import annotations

from msgspec import Struct

from core.pricing.live import On
from core.pricing.stages.threshold import Measured, measure, reduction, times_full
from core.pricing.working import Working
from core.rulebook.giving import GiftStep
from core.rulebook.offers import GiftOffer, Step, Threshold

# What lacks more than this part of a step is no hint but an advertisement.
WITHIN = 2


class Nearly(Struct, frozen=True):
    """ "再加折后 12.50 元，再减 10 元": what is missing, fen or thousandths, and the gain.

    `gives` is "gift" or "add_on" where there is something to choose instead of a gain.
    """

    offer: str
    missing_fen: int
    missing_milli: int
    gain_fen: int
    label: str = ""
    gives: str = ""


def nearly(working: Working, live: On) -> tuple[Nearly, ...]:
    """The next step of each threshold, where at most half of it is missing."""
    found = [_next(offer, measure(offer, working.lines)) for offer in live.thresholds]
    found += [_next_gift(offer, measure(offer, working.lines)) for offer in live.gifts]
    return tuple(each for each in found if each is not None)


def _next(offer: Threshold, reached: Measured) -> Nearly | None:
    now = reduction(offer, reached)
    best: Nearly | None = None
    for step in offer.steps:
        fen, milli = _from(offer, step, reached)
        missing = max(0, fen - reached.fen), max(0, milli - reached.milli)
        if not _is_near(missing, step, reached):
            continue
        then = Measured(reached.fen + missing[0], reached.milli + missing[1])
        gain = reduction(offer, then) - now
        if gain > 0 and (best is None or missing < (best.missing_fen, best.missing_milli)):
            best = Nearly(offer.id, *missing, gain, offer.name)
    return best


def _next_gift(offer: GiftOffer, reached: Measured) -> Nearly | None:
    best: Nearly | None = None
    for step in offer.steps:
        fen, milli = _from(offer, step, reached)
        missing = max(0, fen - reached.fen), max(0, milli - reached.milli)
        if not _is_near(missing, step, reached):
            continue
        if best is None or missing < (best.missing_fen, best.missing_milli):
            gives = "gift" if step.gives.is_gift else "add_on"
            best = Nearly(offer.id, *missing, 0, offer.name, gives)
    return best


def _is_near(missing: tuple[int, int], step: Step | GiftStep, reached: Measured) -> bool:
    within = missing[0] * WITHIN <= step.from_fen and missing[1] * WITHIN <= step.from_milli
    return within and any(missing) and bool(reached.fen or reached.milli)


def _from(
    offer: Threshold | GiftOffer, step: Step | GiftStep, reached: Measured
) -> tuple[int, int]:
    """Where a step, or its next repetition, begins."""
    if not offer.repeats:
        return step.from_fen, step.from_milli
    times = times_full(step, reached) + 1
    return times * step.from_fen, times * step.from_milli
