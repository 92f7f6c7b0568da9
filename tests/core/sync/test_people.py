"""会员读数: who wins where tills say different things, and what lots hold where two took of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sync.effects import Alias
from core.sync.lots import LotHere, lots_left
from core.sync.people import roots

A, B, C, D = (UUID(int=no) for no in (1, 2, 3, 4))
JOINED = {A: 10, B: 20, C: 30}
TILL = UUID(int=9)


def alias(gone: UUID, into: UUID, *, by_till: bool = True, undone: bool = False) -> Alias:
    return Alias(gone, into, 5, TILL if by_till else None, 7 if undone else None)


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ([], [A, B, C]),
        ([alias(A, B)], [B, B, C]),
        ([alias(A, B), alias(B, C)], [C, C, C]),
        ([alias(A, B), alias(B, A)], [A, A, C]),
        ([alias(C, B), alias(C, A)], [A, A, A]),
        ([alias(A, B, undone=True)], [A, B, C]),
        ([alias(A, B), alias(B, A, by_till=False)], [B, B, C]),
    ],
)
def test_who_members_are_is_the_same_in_whatever_order_it_was_said(aliases, expected):
    for said in (aliases, aliases[::-1]):
        found = roots([A, B, C], said, JOINED)
        assert [found[member] for member in (A, B, C)] == expected


def test_of_those_whom_nobody_saw_join_it_is_one_and_the_same():
    assert roots([C, D], [alias(C, D), alias(D, C)], {}) == {C: C, D: C}


def test_what_one_lot_gave_twice_is_taken_of_those_that_expire_first():
    soon, late = date(2027, 1, 1), date(2028, 1, 1)
    lots = [LotHere(A, None, 50, 0), LotHere(B, late, 50, 0), LotHere(C, soon, 50, 80)]
    assert [(lot.id, lot.points) for lot in lots_left(lots, 70)] == [(B, 20), (A, 50)]
    assert lots_left(lots, -30) == ()


LOT = st.builds(
    LotHere,
    st.uuids(),
    st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(1, 100),
    st.integers(0, 150),
)


@given(st.lists(LOT, max_size=6), st.integers(-50, 300))
def test_lots_hold_the_balance_or_all_that_they_ever_had(lots, balance):
    found = lots_left(lots, balance)
    assert sum(lot.points for lot in found) == min(sum(lot.amount for lot in lots), max(0, balance))
    assert found == lots_left(lots[::-1], balance)
