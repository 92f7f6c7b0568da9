"""限购: of an offer that is limited in units only so many take it; the others are as without.

Before anything is priced its lines are parted: those units that may take the offer, and the rest,
which is barred from it and open to every other one. The units that it saves most on come first,
then those of earlier lines. What cannot be parted (weighed, with a label of the scale, or with a
discount by hand, which was meant for the whole line) takes it whole or not at all.

Only the priced basket shows which lines did not use what was handed to them, because something else
is cheaper there. They pass it on, and the basket is priced again; the cheapest price stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.pricing.adjustment import Adjustment, Lost, Rejected
from core.pricing.live import On
from core.pricing.stages.unit_price import price_of
from core.pricing.used import Used, Uses
from core.pricing.working import Working, WorkingLine
from core.rulebook.conditions import Limits
from core.rulebook.offers import PercentageOffer, PriceOffer
from core.values.quantity import ONE
from core.values.rate import FULL, take

Limited = PriceOffer | PercentageOffer
_ADDED = ("quantity_milli", "list_fen", "net_fen", "spend_fen", "points", "spent_points")
ROUNDS = 3
"""How often units may be passed on in one basket."""

Passed = frozenset[tuple[str, int]]
"""(offer, basket line) of lines that leave their units of an offer to others."""


class Handed(Struct, frozen=True):
    """The units of an offer that were left, those that may take it, and those beyond them."""

    offer: Limited
    left_milli: int
    takers: list[WorkingLine]
    beyond: list[WorkingLine]


def hand_out(working: Working, live: On, uses: Uses, passed: Passed) -> list[Handed]:
    """Part the lines of the offers that are limited in units; nothing where none is."""
    offers: tuple[Limited, ...] = (*live.prices, *live.percentages)
    limited = [offer for offer in offers if offer.limits.has_units]
    if not limited:
        return []
    used = {each.offer: each for each in uses}
    handed = []
    for offer in limited:
        left = units_left(offer.limits, used.get(offer.id))
        each = Handed(offer, left, [], [])
        for line in _by_saving(offer, working.lines):
            if (offer.id, working.line_no(line)) in passed:
                _pass_on(working, line, offer)
            else:
                left -= _let_take(working, line, each, left)
        handed.append(each)
    return handed


def passed_on(working: Working, handed: Sequence[Handed]) -> Passed:
    """The lines that did not use what others could have; of the others a true reason is told."""
    used = dict(units_used(working))
    took = {(made.offer, made.line) for made in working.adjustments}
    passed: set[tuple[str, int]] = set()
    for each in handed:
        offer, left = each.offer.id, each.left_milli - used.get(each.offer.id, 0)
        if not any(_could_take(line, left) for line in each.beyond):
            continue
        passed |= {
            (offer, working.line_no(line)) for line in each.takers if (offer, line.no) not in took
        }
        working.rejected = [
            replace(lost, lost=Lost.OTHERS_BETTER)
            if lost.offer == offer and lost.lost is Lost.UNITS_USED_UP
            else lost
            for lost in working.rejected
        ]
    return frozenset(passed)


def units_left(limits: Limits, used: Used | None) -> int:
    """Thousandths that may still take it."""
    before = used or Used("")
    counts = (
        (limits.units_per_member, before.member_milli),
        (limits.units_per_member_day, before.member_day_milli),
        (limits.units_per_day, before.day_milli),
        (limits.units_in_all, before.in_all_milli),
    )
    return max(0, min(most * ONE - milli for most, milli in counts if most is not None))


def units_used(working: Working) -> tuple[tuple[str, int], ...]:
    """How much took each offer that is limited in units, by id."""
    limited = working.rulebook.asks.in_units
    if not limited:
        return ()
    milli = {line.no: line.quantity_milli for line in working.lines}
    found = {(made.offer, made.line) for made in working.adjustments if made.offer in limited}
    sums: dict[str, int] = {}
    for offer, no in found:
        sums[offer] = sums.get(offer, 0) + milli[no]
    return tuple(sorted(sums.items()))


def join_parts(working: Working) -> None:
    """Let each basket line be one again, with the figures of its parts together."""
    lines = {line.no: line for line in working.lines}
    for part_no, no in working.parted.items():
        line, part = lines[no], lines.pop(part_no)
        for name in _ADDED:
            setattr(line, name, getattr(line, name) + getattr(part, name))
        line.is_special = line.is_special and part.is_special
    working.lines = list(lines.values())
    made: dict[Adjustment, int] = {}
    for each in working.adjustments:
        alike = replace(each, line=working.parted.get(each.line, each.line), amount_fen=0)
        made[alike] = made.get(alike, 0) + each.amount_fen
    working.adjustments = [replace(each, amount_fen=fen) for each, fen in made.items()]
    lost = [replace(e, line=working.parted.get(e.line, e.line)) for e in working.rejected]
    working.rejected = list(dict.fromkeys(lost))


def _by_saving(offer: Limited, lines: list[WorkingLine]) -> list[WorkingLine]:
    """The lines that could take it, those first on whose units it saves most."""
    saving = [(_saves(offer, line), line) for line in lines]
    could = [(fen, line) for fen, line in saving if fen > 0]
    could.sort(key=lambda each: -each[0])
    return [line for _, line in could]


def _saves(offer: Limited, line: WorkingLine) -> int:
    """Fen of a unit, 0 where it is not for the line."""
    product, list_fen = line.product, line.product.price_fen
    if line.is_outside or line.has_price_by_hand or line.chosen:
        return 0
    if isinstance(offer, PriceOffer):
        price = price_of(offer, product)
        return 0 if price is None else max(0, list_fen - price)
    if not offer.is_for(line.code, product.category, product.brand):
        return 0
    return list_fen - take(list_fen, offer.rate_bp) if offer.rate_bp < FULL else 0


def _let_take(working: Working, line: WorkingLine, handed: Handed, left: int) -> int:
    """How much of the line takes it; what is beyond is barred, and said."""
    offer = handed.offer
    if line.quantity_milli <= left:
        handed.takers.append(line)
        return line.quantity_milli
    whole = left - left % ONE if line.is_divisible else 0
    beyond = working.part_off(line, whole) if whole else line
    if whole:
        handed.takers.append(line)
    handed.beyond.append(beyond)
    beyond.barred |= {offer.id}
    _say(working, line, offer, Lost.UNITS_USED_UP)
    return whole


def _pass_on(working: Working, line: WorkingLine, offer: Limited) -> None:
    line.barred |= {offer.id}
    if isinstance(offer, PriceOffer):
        _say(working, line, offer, Lost.OTHERS_BETTER)


def _say(working: Working, line: WorkingLine, offer: Limited, why: Lost) -> None:
    no = working.line_no(line) if isinstance(offer, PriceOffer) else 0
    lost = Rejected(offer.id, no, why, 0, offer.name)
    if lost not in working.rejected:
        working.rejected.append(lost)


def _could_take(line: WorkingLine, left: int) -> bool:
    return left >= (ONE if line.is_divisible else line.quantity_milli)
