"""规则的空格: which numbers of an offer may be filled in, and what stands around each of them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.errors import BadMoney
from core.rulebook.offers import (
    AnyFor,
    Bundle,
    CouponOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    Threshold,
)
from core.values.money import parse_money
from core.values.rate import FULL
from ui.rule_conditions import yuan
from ui.text import tr

YUAN, FOLD = "yuan", "fold"
Record = dict[str, Any]


class Blank(Struct, frozen=True):
    """One number of the record of an offer: where it stands, its label, and its unit."""

    path: tuple[str | int, ...]
    label: str
    unit: str = YUAN
    may_be_empty: bool = False


def blanks(offer: Offer) -> tuple[Blank, ...]:
    """The amounts of an offer; those that are no part of it are not asked for."""
    cap = Blank(("cap_fen",), tr("一单最多减，元"), may_be_empty=True)
    match offer:
        case Threshold():
            return (*_steps(offer), cap)
        case PercentageOffer():
            return Blank(("rate_bp",), tr("打几折"), FOLD), cap
        case NthReduced() if offer.rate_bp:
            return Blank(("rate_bp",), tr("打几折"), FOLD), cap
        case AnyFor() | Bundle():
            return (Blank(("price_fen",), tr("一共，元")),)
        case CouponOffer() if offer.off_fen:
            return Blank(("from_fen",), tr("满，元")), Blank(("off_fen",), tr("减，元"))
        case CouponOffer() if offer.rate_bp < FULL:
            return Blank(("from_fen",), tr("满，元")), Blank(("rate_bp",), tr("打几折"), FOLD)
    return ()


def _steps(offer: Threshold) -> list[Blank]:
    found = []
    for at, step in enumerate(offer.steps):
        if step.from_fen:
            found.append(Blank(("steps", at, "from_fen"), tr("满，元")))
        if step.off_fen:
            found.append(Blank(("steps", at, "off_fen"), tr("减，元")))
        else:
            found.append(Blank(("steps", at, "rate_bp"), tr("打几折"), FOLD))
    return found


def filled(record: Record, blank: Blank) -> str:
    """What stands there now, as a person writes it."""
    place: Any = record
    for key in blank.path[:-1]:
        place = place[key]
    value = place.get(blank.path[-1])
    if value is None:
        return ""
    if blank.unit == FOLD:
        return f"{value / 1000:g}"
    return yuan(value)


def fill(record: Record, blank: Blank, text: str) -> None:
    """Write what was typed; raises BadMoney."""
    place: Any = record
    for key in blank.path[:-1]:
        place = place[key]
    if not text and blank.may_be_empty:
        place.pop(blank.path[-1], None)
        return
    fen = parse_money(text)
    if blank.unit == YUAN:
        place[blank.path[-1]] = fen
        return
    # 9 and 95 are 90 % and 95 %: 9.5 and 95 mean the same
    rate = fen * 10 if fen < 1000 else fen
    if not 0 < rate < FULL:
        raise BadMoney(text)
    place[blank.path[-1]] = rate


def minute_of(text: str) -> int | None:
    """The minute of the day of 14:30, None for what is no time."""
    hour, _, rest = text.replace("：", ":").partition(":")
    if not (hour.isdecimal() and rest.isdecimal() and int(hour) < 24 and int(rest) < 60):
        return None
    return int(hour) * 60 + int(rest)
