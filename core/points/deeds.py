"""行为 · 更正: what moved points without a sale, and how often it was done before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import BadCorrection
from core.rulebook.behaviours import Behaviour

_MOST_SIGNS = 18
_TYPED = str.maketrans("−－＋０１２３４５６７８９", "--+0123456789")
DAY, YEAR, EVER = "day", "year", "ever"


class Credited(Struct, frozen=True):
    """行为: a member did something that the rulebook gives points for; `id` is its transfer's."""

    id: UUID
    member_id: UUID
    code: str
    points: int
    at_us: int
    business_on: date
    staff_no: int


class Times(Struct, frozen=True):
    """How often a member did it: today, this year, in all."""

    day: int = 0
    year: int = 0
    ever: int = 0

    def limit_reached(self, behaviour: Behaviour) -> tuple[str, int] | None:
        """The first limit that leaves no room for once more, with how often it allows."""
        limits = (
            (DAY, self.day, behaviour.per_day),
            (YEAR, self.year, behaviour.per_year),
            (EVER, self.ever, behaviour.in_all),
        )
        return next(((per, most) for per, done, most in limits if most and done >= most), None)


class Correction(Struct, frozen=True):
    """更正: points that a person gave or took by hand, and why; `id` is its transfer's."""

    id: UUID
    member_id: UUID
    points: int
    at_us: int
    business_on: date
    staff_no: int
    approved_by: int
    words: str


def points_of(text: str) -> int:
    """+50, 50 or -50; raises BadCorrection."""
    plain = text.strip().translate(_TYPED).replace(",", "")
    digits = plain[1:] if plain.startswith(("+", "-")) else plain
    if not (digits.isascii() and digits.isdigit() and len(plain) <= _MOST_SIGNS):
        raise BadCorrection(text)
    return -int(digits) if plain.startswith("-") else int(digits)
