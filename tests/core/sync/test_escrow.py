"""预留: what is booked of points that were set aside adds up, whatever a till says it spent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.points.ledger import SPENT, Account, AccountKind, Cause, Transfer
from core.sync.escrow import (
    UNREPORTED_US,
    Escrow,
    EscrowKind,
    EscrowStatus,
    give_up,
    is_over,
    set_aside,
    use,
)

MEMBER, TILL, DAY = UUID(int=1), UUID(int=2), date(2026, 11, 24)
AVAILABLE = Account(AccountKind.AVAILABLE, MEMBER)
ASIDE = Escrow(UUID(int=3), EscrowKind.LEASED, TILL, 1, MEMBER, 60, 0, 100)


def spent(points: int) -> Transfer:
    return Transfer(UUID(int=4), AVAILABLE, SPENT, points, Cause.SPEND, DAY, 0)


@given(st.integers(1, 200), st.integers(0, 60), st.integers(-20, 100), st.booleans())
def test_what_a_till_spent_is_booked_whole_and_takes_nobody_below_nothing(
    points, before, available, is_there
):
    escrow = replace(ASIDE, spent=before) if is_there else None
    after, made = use(escrow, spent(points), TILL, available)
    assert sum(each.amount for each in made) == points
    assert len({each.id for each in made}) == len(made)
    assert made[0].id == spent(points).id, "said again, it is known"
    took = {each.debit.kind: each.amount for each in made}
    aside = 60 - before if is_there else 0
    assert took.get(AccountKind.LEASED, 0) == min(points, aside)
    assert took.get(AccountKind.AVAILABLE, 0) <= max(0, available)
    over = max(0, points - aside - max(0, available))
    assert took.get(AccountKind.OVERSPEND, 0) == over
    assert after is None or after.spent == before + min(points, aside)


@given(st.integers(0, 60))
def test_what_is_given_up_is_what_was_left_once(before):
    escrow = replace(ASIDE, spent=before)
    after, back = give_up(escrow, EscrowStatus.RETURNED, DAY)
    assert sum(each.amount for each in back) == 60 - before
    assert give_up(after, EscrowStatus.RETURNED, DAY)[1] == ()
    assert not {each.id for each in back} & {each.id for each in set_aside(escrow, DAY)}


def test_it_is_over_when_the_till_has_told_all_or_a_week_after_its_end():
    told = replace(ASIDE, through=7)
    assert not is_over(ASIDE, 1000, ASIDE.until_us + UNREPORTED_US)
    assert is_over(ASIDE, 0, ASIDE.until_us + UNREPORTED_US + 1)
    assert not is_over(told, 6, 0)
    assert is_over(told, 7, 0)
    assert not is_over(replace(told, status=EscrowStatus.CAPTURED), 7, 0)
