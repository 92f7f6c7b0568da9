"""数量: whole thousandths, so that 1 box is 1000 and 0.375 kg is 375."""

from __future__ import annotations

import re

from core.errors import BadQuantity
from core.values.money import FULL_WIDTH, round_half_up

ONE = 1000
MAX_MILLI = 9_999 * ONE
_QUANTITY = re.compile(r"\d{1,4}(\.\d{1,3})?\Z", re.ASCII)


def parse_quantity(text: str) -> int:
    """Thousandths of "2" or "0.375"; raises BadQuantity for 0, negatives and more than 9,999."""
    plain = text.translate(FULL_WIDTH).strip()
    if not _QUANTITY.match(plain):
        raise BadQuantity(text)
    units, _, rest = plain.partition(".")
    return check_quantity(int(units) * ONE + int(rest.ljust(3, "0") or "0"))


def check_quantity(milli: int) -> int:
    """The same thousandths, or BadQuantity where a line cannot hold them."""
    if not 0 < milli <= MAX_MILLI:
        raise BadQuantity(format_quantity(milli))
    return milli


def format_quantity(milli: int) -> str:
    """Text without idle zeros: 2000 is "2", 375 is "0.375"."""
    sign = "−" if milli < 0 else ""
    units, rest = divmod(abs(milli), ONE)
    return f"{sign}{units}" + (f".{rest:03d}".rstrip("0") if rest else "")


def is_whole(milli: int) -> bool:
    """Whole units, as of boxes."""
    return milli % ONE == 0


def extend(price_fen: int, milli: int) -> int:
    """Fen of price × quantity, rounded once (domain.md 2, stage 1)."""
    return round_half_up(price_fen * milli, ONE)


def quantity_at(label_fen: int, price_fen: int) -> int:
    """Thousandths that a price label stands for: label ÷ unit price, rounded, at least 0.001.

    domain.md 2, stage 1; raises BadQuantity where the unit has no price.
    """
    if price_fen <= 0:
        raise BadQuantity("0")
    return max(1, round_half_up(label_fen * ONE, price_fen))


def sold_milli(quantity_milli: int, label_fen: int | None, price_fen: int) -> int:
    """Thousandths that are sold: of what a scale has labelled, what the printed price buys."""
    if label_fen is None or price_fen <= 0:
        return quantity_milli
    return quantity_at(label_fen, price_fen)
