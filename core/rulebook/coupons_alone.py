"""一个人发券的限额: how many coupons, and worth how much, one person issues alone on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from core.values.fields import Fields
from core.values.money import MAX_FEN

_MOST = 10_000_000


class CouponsAlone(Struct, frozen=True):
    """At most so many `coupons`, and at most so many `fen` off by all of them; None for any."""

    coupons: int | None = None
    fen: int | None = None

    def has(self, issued: Iterable[tuple[int, int | None]]) -> bool:
        """Whether all of these lie within: how many, and the most fen off by each of them.

        Of what nothing bounds (None) a single one is worth more than any sum.
        """
        rounds = list(issued)
        if self.coupons is not None and sum(count for count, _ in rounds) > self.coupons:
            return False
        if self.fen is None:
            return True
        worth = [None if each is None else count * each for count, each in rounds if count]
        known = [fen for fen in worth if fen is not None]
        return len(known) == len(worth) and sum(known) <= self.fen


ANY_NUMBER = CouponsAlone()
"""What a rulebook without a word about it is read with."""


def coupons_alone_of(fields: Fields) -> CouponsAlone:
    """The section of a rulebook; raises BadRecord."""
    limit = CouponsAlone(
        coupons=None if fields.is_null("coupons") else fields.whole("coupons", most=_MOST),
        fen=None if fields.is_null("fen") else fields.whole("fen", most=MAX_FEN),
    )
    fields.end()
    return limit


def coupons_alone_record(limit: CouponsAlone) -> dict[str, Any]:
    """Plain JSON values: the inverse of `coupons_alone_of`."""
    record = {"coupons": limit.coupons, "fen": limit.fen}
    return {name: value for name, value in record.items() if value is not None}
