"""收回积分: from the sale's own lot first, then those that expire soonest, then as a debt."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points.claw_back import claw_back, pay_debts
from core.points.ledger import (
    ISSUED,
    Account,
    AccountKind,
    Allocation,
    Cause,
    Debt,
    Lot,
    LotLeft,
    Transfer,
)
from tests.core.points.test_earn import BOOK, MEMBER, SALE, TODAY

BURN = UUID(int=99)
OWN = LotLeft(
    UUID(int=5), date(2028, 11, 24), 40, sale_id=SALE, earned_on=TODAY, rulebook_version=7
)
SOON = LotLeft(UUID(int=3), date(2027, 1, 1), 30, earned_on=TODAY, rulebook_version=7)
LATE = LotLeft(UUID(int=2), date(2029, 1, 1), 30, earned_on=TODAY, rulebook_version=7)
NEVER = LotLeft(UUID(int=1), None, 30, earned_on=TODAY, rulebook_version=7)


def taken(points: int, *lots: LotLeft) -> list[tuple[int, int]]:
    _, parts = claw_back(BURN, MEMBER, points, lots, rulebook=BOOK, on=TODAY, sale_id=SALE)
    return [(part.lot_id.int, part.amount) for part in parts]


def test_points_go_back_to_the_programme_out_of_their_own_lot():
    transfer, parts = claw_back(BURN, MEMBER, 40, [OWN], rulebook=BOOK, on=TODAY, sale_id=SALE)
    account = Account(AccountKind.AVAILABLE, MEMBER)
    assert transfer == Transfer(BURN, account, ISSUED, 40, Cause.VOID, TODAY, 7, SALE)
    assert parts == (Allocation(BURN, OWN.id, 40),)


def test_the_own_lot_comes_first_then_what_expires_soonest():
    assert taken(40, NEVER, LATE, SOON, OWN) == [(5, 40)]
    assert taken(100, NEVER, LATE, SOON, OWN) == [(5, 40), (3, 30), (2, 30)]
    assert taken(130, NEVER, LATE, SOON, OWN) == [(5, 40), (3, 30), (2, 30), (1, 30)]


def test_what_no_lot_has_is_a_debt():
    transfer, parts = claw_back(BURN, MEMBER, 100, [SOON], rulebook=BOOK, on=TODAY, sale_id=SALE)
    assert (transfer.amount, sum(part.amount for part in parts)) == (100, 30)


def test_nothing_is_not_taken_back():
    with pytest.raises(ValueError, match="nothing"):
        taken(0, OWN)


LOTS = st.lists(st.builds(LotLeft, st.uuids(), st.none() | st.dates(), st.integers(0, 500)))


@given(st.integers(1, 2000), LOTS)
def test_no_lot_gives_more_than_it_has_and_all_are_empty_before_there_is_a_debt(points, lots):
    lots = list({lot.id: lot for lot in lots}.values())
    _, parts = claw_back(BURN, MEMBER, points, lots, rulebook=BOOK, on=TODAY, sale_id=SALE)
    left = {lot.id: lot.left for lot in lots}
    for part in parts:
        assert 0 < part.amount <= left.pop(part.lot_id)
    assert sum(part.amount for part in parts) == min(points, sum(lot.left for lot in lots))


def test_a_fresh_lot_pays_the_oldest_debt_first():
    lot = Lot(UUID(int=50), MEMBER, 40, TODAY, None, 7, SALE)
    old, new = Debt(UUID(int=60), 30), Debt(UUID(int=61), 30)
    parts = pay_debts([old, new], lot)
    assert parts == (
        Allocation(old.transfer_id, lot.id, 30),
        Allocation(new.transfer_id, lot.id, 10),
    )
    assert pay_debts([Debt(UUID(int=60), 90)], lot) == (Allocation(UUID(int=60), lot.id, 40),)
    assert pay_debts([], lot) == ()
