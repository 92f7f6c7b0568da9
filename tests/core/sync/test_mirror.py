"""对齐: whatever a till has, afterwards it has what the server says, and the books still add up."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.points.ledger import ELSEWHERE, AccountKind, Debt, LotLeft
from core.sync.directory import LotHeld
from core.sync.mirror import Book, Here, Moved, Origin, There, equalise

TODAY = date(2026, 11, 27)
MEMBER = UUID(int=99)
POINTS = st.integers(1, 500)
IDS = st.integers(1, 6).map(lambda no: UUID(int=no))


def lot(no: UUID, left: int, carries_on: UUID | None = None) -> LotLeft:
    return LotLeft(no, None, left, TODAY, 7, carries_on=carries_on)


@st.composite
def heres(draw: st.DrawFn) -> Here:
    """Lots, some of which carry on others of the chain; or a debt, and nothing in any lot."""
    if owed := draw(st.lists(POINTS, max_size=2)):
        return Here(-sum(owed), (), tuple(Debt(UUID(int=50 + n), p) for n, p in enumerate(owed)))
    lots = [lot(no, draw(POINTS)) for no in draw(st.sets(IDS))]
    lots += [lot(UUID(int=20 + no.int), draw(POINTS), no) for no in draw(st.sets(IDS))]
    return Here(sum(each.left for each in lots), tuple(lots))


@st.composite
def theres(draw: st.DrawFn) -> There:
    lots = tuple(LotHeld(no, draw(POINTS), None) for no in sorted(draw(st.sets(IDS))))
    points = sum(each.left for each in lots) or -draw(st.integers(0, 500))
    return There(points, lots)


def book_of(here: Here, used_up: set[UUID]) -> Book:
    ids = count(1000)
    known = {each.id for each in here.lots} | used_up
    origins = {no: Origin(date(2026, 1, 5), 3) for no in known}
    return Book(lambda: UUID(int=next(ids)), TODAY, 9, origins)


def after(here: Here, moved: list[Moved]) -> Here:
    """What there is once all of it is booked, as the store would book it."""
    points, owed = here.points, {debt.transfer_id: debt.points for debt in here.debts}
    lots = {each.id: each for each in here.lots}
    left = {each.id: each.left for each in here.lots}
    for each in moved:
        transfer, parts = each.transfer, sum(part.amount for part in each.allocations)
        sign = -1 if transfer.credit == ELSEWHERE else 1
        points += sign * transfer.amount
        if each.lot is not None:
            assert each.lot.id not in left, "a lot is made once"
            left[each.lot.id] = each.lot.amount
            lots[each.lot.id] = lot(each.lot.id, each.lot.amount, each.carries_on)
        else:
            owed[transfer.id] = transfer.amount - parts
        for part in each.allocations:
            left[part.lot_id] -= part.amount
            if sign > 0:
                owed[part.transfer_id] -= part.amount
    assert all(points >= 0 for points in (*left.values(), *owed.values()))
    standing = tuple(lot(no, rest, lots[no].carries_on) for no, rest in left.items() if rest)
    return Here(points, standing, tuple(Debt(no, p) for no, p in owed.items() if p))


@given(heres(), theres(), st.sets(IDS))
def test_afterwards_both_have_the_same(here: Here, there: There, used_up: set[UUID]) -> None:
    now = after(here, equalise(MEMBER, here, there, book_of(here, used_up)))
    held: dict[UUID, int] = {}
    for each in now.lots:
        held[each.told_id] = held.get(each.told_id, 0) + each.left
    assert now.points == there.points
    assert held == {each.id: each.left for each in there.lots}
    assert sum(debt.points for debt in now.debts) == max(0, -there.points)


@given(heres(), theres())
def test_who_has_it_already_needs_nothing(here: Here, there: There) -> None:
    now = after(here, equalise(MEMBER, here, there, book_of(here, set())))
    assert equalise(MEMBER, now, there, book_of(now, set())) == []


def test_a_lot_that_is_new_here_keeps_its_id_and_one_that_is_not_is_carried_on() -> None:
    there = There(30, (LotHeld(UUID(int=1), 10, None), LotHeld(UUID(int=2), 20, None)))
    book = Book(lambda: UUID(int=7), TODAY, 9, {UUID(int=2): Origin(date(2026, 1, 5), 3)})
    first, second = equalise(MEMBER, Here(), there, book)
    assert (first.lot and first.lot.id, first.carries_on) == (UUID(int=1), None)
    assert (second.lot and second.lot.id, second.carries_on) == (UUID(int=7), UUID(int=2))
    assert second.lot is not None
    assert (second.lot.earned_on, second.lot.rulebook_version) == (date(2026, 1, 5), 3)
    assert {each.transfer.debit.kind for each in (first, second)} == {AccountKind.ELSEWHERE}


def test_lots_that_do_not_hold_the_balance_are_no_whole_answer() -> None:
    some = (LotHeld(UUID(int=1), 10, None),)
    assert There(10, some).is_whole
    assert There(-5, ()).is_whole
    assert not There(11, some).is_whole
    assert not There(-5, some).is_whole
