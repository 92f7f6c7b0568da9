"""A lot goes with its last day, and not before it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.points.expire import PastLot, expire
from core.points.ledger import EXPIRED, Cause
from core.points.liability import PointsRate, liability

LOT = PastLot(UUID(int=1), UUID(int=2), date(2026, 11, 24), 40)


def test_all_that_is_left_goes_on_the_day_after_the_last() -> None:
    transfer, part = expire(UUID(int=9), LOT, on=date(2026, 11, 25), rulebook_version=1)
    assert (transfer.credit, transfer.amount, transfer.cause) == (EXPIRED, 40, Cause.EXPIRY)
    assert (part.lot_id, part.amount) == (LOT.lot_id, 40)


def test_on_its_last_day_a_lot_can_still_be_used() -> None:
    with pytest.raises(ValueError, match="nothing"):
        expire(UUID(int=9), LOT, on=LOT.expires_on, rulebook_version=1)


def test_the_last_point_goes_too() -> None:
    _, part = expire(UUID(int=9), replace(LOT, left=1), on=date(2026, 11, 25), rulebook_version=1)
    assert part.amount == 1


def test_a_lot_of_which_nothing_is_left_does_not_go() -> None:
    with pytest.raises(ValueError, match="nothing"):
        expire(UUID(int=9), replace(LOT, left=0), on=date(2026, 11, 25), rulebook_version=1)


@given(
    st.dictionaries(st.dates(), st.integers(1, 10**9), max_size=30),
    st.integers(1, 1000),
    st.integers(1, 1000),
)
def test_the_months_add_up_to_the_worth_of_all(
    by_day: dict[date, int], fen: int, points: int
) -> None:
    rate = PointsRate(fen, points)
    owed = liability(sorted(by_day.items()), debt=0, members=0, rate=rate)
    assert owed.points == sum(by_day.values())
    assert sum(month.fen for month in owed.months) == rate.worth(owed.points)
    months = [month.month for month in owed.months]
    assert months == sorted(set(months))  # type: ignore[type-var]
