"""得积分: floored once, allocated to the lines (domain.md 3)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.points.earn import earn
from core.points.ledger import ISSUED, Account, AccountKind, Cause
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.rulebook import Rulebook, TenderRule
from core.rulebook.schemes import Tier, TierScheme

BOOK = Rulebook(
    name="t",
    version=7,
    currency="CNY",
    points=PointsPolicy(),
    scheme=TierScheme((Tier("normal", "普通", 0),)),
    tenders=(TenderRule("cash"),),
)
TODAY = date(2026, 11, 24)
MEMBER, SALE = UUID(int=1), UUID(int=2)


def test_earned_points_leave_the_programme_and_make_one_lot():
    transfer, lot = earn(UUID(int=3), MEMBER, 271, rulebook=BOOK, on=TODAY, sale_id=SALE)
    assert (transfer.debit, transfer.credit) == (ISSUED, Account(AccountKind.AVAILABLE, MEMBER))
    assert transfer.amount == lot.amount == 271
    assert transfer.id == lot.id
    assert transfer.sale_id == lot.sale_id == SALE
    assert (transfer.cause, transfer.business_on) == (Cause.SALE, TODAY)
    assert lot.expires_on == date(2028, 11, 24)


def test_a_lot_keeps_the_rule_it_was_earned_under():
    _, old = earn(UUID(int=3), MEMBER, 1, rulebook=BOOK, on=TODAY)
    changed = replace(BOOK, version=8, points=PointsPolicy(expiry="year_end"))
    _, new = earn(UUID(int=4), MEMBER, 1, rulebook=changed, on=TODAY)
    assert (old.rulebook_version, old.expires_on) == (7, date(2028, 11, 24))
    assert (new.rulebook_version, new.expires_on) == (8, date(2026, 12, 31))


def test_an_imported_member_brings_an_opening_lot():
    transfer, lot = earn(UUID(int=3), MEMBER, 12480, rulebook=BOOK, on=TODAY, cause=Cause.IMPORT)
    assert transfer.cause is Cause.IMPORT
    assert transfer.sale_id is lot.sale_id is None


@pytest.mark.parametrize("points", [0, -1])
def test_there_is_no_lot_without_points(points):
    with pytest.raises(ValueError, match="at least one"):
        earn(UUID(int=3), MEMBER, points, rulebook=BOOK, on=TODAY)
