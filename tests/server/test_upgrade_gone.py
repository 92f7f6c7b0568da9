"""升级退回: goods that made an upgrade come back at another till, and it falls with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.actions.enrol_till import name_store
from core.members.tiers import holds_until
from core.shop import HeadOffice
from tests.actions.tier_schemes import SPEND
from tests.server.speech import imports, joins
from tests.server.test_review_in_chain import (
    ENOUGH,
    LAST,
    decided,
    review,
    rises,
    said,
    sells,
    tell,
    tier,
)
from tests.server.tills import TODAY, TillAtWork, new_id

SOME = ENOUGH // 2


@pytest.fixture
def till(office: HeadOffice) -> TillAtWork:
    return TillAtWork().join(office)


@pytest.fixture
def other(office: HeadOffice, till: TillAtWork) -> TillAtWork:
    """A till of another store, which has sold nothing."""
    name_store(office, "S02", "解放路店")
    return TillAtWork(store="S02").join(office)


@pytest.fixture
def member(office: HeadOffice, till: TillAtWork) -> UUID:
    found = joins(till)
    tell(office, till)
    return found


def takes_back(
    till: TillAtWork, member: UUID, sale: UUID, fen: int, stays: str = "silver", **more: Any
) -> None:
    """So much of a sale; that till leaves the tier as it is."""
    undone = {"sale": sale, "member": member, "points": 0, "transfer": None, "lots": []}
    told = {"tier_before": stays, "tier_after": stays, "spend_fen": fen, "back": [["cash", fen]]}
    till.make("SaleReturned", undone | told | more)


def test_it_falls_with_the_sale_that_made_it_whichever_till_takes_that_back(
    office: HeadOffice, till: TillAtWork, other: TillAtWork, member: UUID
) -> None:
    sale = rises(till, member, "silver")
    tell(office, till)
    assert tier(office, member) == "silver"
    takes_back(other, member, sale, ENOUGH)
    tell(office, other)
    assert tier(office, member) == "normal"
    told = decided(office, member)
    assert told is not None
    assert (told.cause, told.before, told.after) == ("return", "silver", "normal")
    assert (told.until_before, told.until_after, told.spend_fen) == (LAST, None, 0)
    assert (told.fell_from, told.fell_on) == ("silver", told.on), "it is said at the next visit"
    heard = said(office, till, member)
    assert (heard.tier, heard.review) == ("normal", told)
    tell(office, other)
    assert decided(office, member) == told, "once"


@pytest.mark.parametrize(
    ("back", "more", "stays"),
    [
        (1, 1, "silver"),
        (2, 1, "normal"),
        (ENOUGH, ENOUGH, "silver"),
        (ENOUGH, ENOUGH - 1, "normal"),
    ],
)
def test_what_else_was_bought_carries_it(
    office: HeadOffice,
    till: TillAtWork,
    other: TillAtWork,
    member: UUID,
    back: int,
    more: int,
    stays: str,
) -> None:
    """Also where the sale that made it came back whole."""
    sale = rises(till, member, "silver")
    sells(other, member, more, "silver", before="silver")
    tell(office, till)
    tell(office, other)
    takes_back(other, member, sale, back)
    tell(office, other)
    assert tier(office, member) == stays


def test_of_two_upgrades_what_is_left_is_the_first(
    office: HeadOffice, till: TillAtWork, other: TillAtWork, member: UUID
) -> None:
    rises(till, member, "silver")
    sale = rises(till, member, "gold", fen=9 * ENOUGH)
    tell(office, till)
    assert tier(office, member) == "gold"
    takes_back(other, member, sale, 9 * ENOUGH, stays="gold")
    tell(office, other)
    assert tier(office, member) == "silver"
    told = decided(office, member)
    assert told is not None
    assert told.until_after == LAST


def test_a_tier_that_was_there_before_is_there_again_with_its_end(
    office: HeadOffice, till: TillAtWork, other: TillAtWork
) -> None:
    _, (member,) = imports(till, 0, tiers=["silver"])
    sale = rises(till, member, "gold", fen=10 * ENOUGH)
    tell(office, till)
    takes_back(other, member, sale, 10 * ENOUGH, stays="gold")
    tell(office, other)
    assert tier(office, member) == "silver"
    told = decided(office, member)
    assert told is not None
    assert told.until_after == holds_until(SPEND, TODAY)


def test_what_a_periods_end_kept_stays(
    office: HeadOffice, till: TillAtWork, other: TillAtWork, member: UUID
) -> None:
    sale = rises(till, member, "silver")
    late = sells(till, member, ENOUGH, "silver", LAST - timedelta(days=3), before="silver")
    tell(office, till)
    review(office)
    kept = decided(office, member)
    assert kept is not None
    assert kept.cause == "kept"
    for each in (sale, late):
        takes_back(other, member, each, ENOUGH)
    tell(office, other)
    assert tier(office, member) == "silver"
    assert decided(office, member) == kept


def test_what_the_till_has_let_fall_falls_no_further(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    sale = rises(till, member, "silver")
    base = {"tier": "normal", "until": None}
    takes_back(till, member, sale, ENOUGH, stays="silver", tier_after="normal", base=base)
    tell(office, till)
    assert tier(office, member) == "normal"
    assert decided(office, member) is None


def test_a_bought_card_holds_on(
    office: HeadOffice, till: TillAtWork, other: TillAtWork, member: UUID
) -> None:
    sells(till, member, 1, "gold", cards=[[new_id(), "gold", 1, 99]], before="normal")
    sale = rises(till, member, "silver")
    tell(office, till)
    takes_back(other, member, sale, ENOUGH, stays="gold")
    tell(office, other)
    told = decided(office, member)
    assert told is not None
    assert (told.after, told.tier, told.fell_from) == ("normal", "gold", "")


def test_of_figures_that_never_made_it_nothing_falls(
    office: HeadOffice, till: TillAtWork, other: TillAtWork, member: UUID
) -> None:
    """A till that priced by other rules, or knew of sales that never come."""
    sale = rises(till, member, "silver", fen=SOME)
    tell(office, till)
    takes_back(other, member, sale, SOME)
    tell(office, other)
    assert tier(office, member) == "silver"
