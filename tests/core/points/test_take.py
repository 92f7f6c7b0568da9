"""用积分: from the lots that expire first, ties by age; never into a debt, never expired ones."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotEnoughPoints
from core.points.ledger import SPENT, Account, AccountKind, Allocation, Cause, LotLeft, Transfer
from core.points.take import take
from tests.core.points.test_earn import BOOK, MEMBER, SALE, TODAY

SPENDING = UUID(int=99)
YESTERDAY = date(2026, 11, 23)
NEVER = LotLeft(UUID(int=1), None, 30, earned_on=TODAY, rulebook_version=7)
LATE = LotLeft(UUID(int=2), date(2029, 1, 1), 30, earned_on=TODAY, rulebook_version=7)
LATE_TOO = LotLeft(UUID(int=3), date(2029, 1, 1), 30, earned_on=TODAY, rulebook_version=7)
LAST_DAY = LotLeft(UUID(int=4), TODAY, 30, earned_on=TODAY, rulebook_version=7)
LAPSED = LotLeft(UUID(int=5), YESTERDAY, 30, earned_on=TODAY, rulebook_version=7)


def took(points: int, *lots: LotLeft) -> tuple[Transfer, tuple[Allocation, ...]]:
    return take(
        SPENDING,
        MEMBER,
        points,
        lots,
        into=SPENT,
        cause=Cause.SPEND,
        rulebook=BOOK,
        on=TODAY,
        sale_id=SALE,
    )


def taken(points: int, *lots: LotLeft) -> list[tuple[int, int]]:
    return [(part.lot_id.int, part.amount) for part in took(points, *lots)[1]]


def test_points_leave_the_member_for_what_is_spent():
    transfer, _ = took(10, NEVER)
    account = Account(AccountKind.AVAILABLE, MEMBER)
    assert transfer == Transfer(SPENDING, account, SPENT, 10, Cause.SPEND, TODAY, 7, SALE)


def test_what_expires_first_gives_first_and_of_two_alike_the_older():
    assert taken(100, NEVER, LATE_TOO, LATE, LAST_DAY) == [(4, 30), (2, 30), (3, 30), (1, 10)]


def test_what_expired_before_today_gives_nothing():
    assert taken(30, LAPSED, LAST_DAY) == [(4, 30)]
    with pytest.raises(NotEnoughPoints) as refused:
        taken(31, LAPSED, LAST_DAY)
    assert (refused.value.points, refused.value.most) == (31, 30)


@pytest.mark.parametrize("points", [0, -1])
def test_nothing_is_not_taken(points):
    with pytest.raises(ValueError, match="nothing"):
        taken(points, NEVER)


LOTS = st.lists(st.builds(LotLeft, st.uuids(), st.none() | st.dates(), st.integers(0, 500)))


@given(st.integers(1, 2000), LOTS)
def test_all_of_it_comes_out_of_lots_that_can_be_used(points, lots):
    left = {lot.id: lot.left for lot in lots if lot.is_usable(TODAY)}
    if points > sum(left.values()):
        with pytest.raises(NotEnoughPoints):
            took(points, *lots)
        return
    _, parts = took(points, *{lot.id: lot for lot in lots}.values())
    assert sum(part.amount for part in parts) == points
    assert all(0 < part.amount <= left.pop(part.lot_id) for part in parts)
