"""等级复核: head office lets a tier fall once, by the figures of all tills, and takes it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions import review_in_chain
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.actions.issue import issue_rulebook
from core.actions.review_in_chain import reviewing
from core.actions.tell_members import told_of
from core.members.tiers import holds_until, kept_until
from core.ports.feed import Asking
from core.rulebook.parse_schemes import scheme_record
from core.rulebook.schemes import PAYABLE, TierScheme
from core.shop import HeadOffice
from core.sync.directory import MemberTold
from core.sync.effects import TIER, TIER_REVIEW
from core.sync.terms import ReviewTold, review_of
from core.values.moment import months_after
from storage.office.changes import CHANGES
from tests.actions.tier_schemes import PAID, POINTS, SPEND
from tests.core.pricing.examples import PHARMACY
from tests.server.arrival import read_all
from tests.server.speech import imports, joins, merges
from tests.server.test_expiry import begin_day, rows
from tests.server.tills import NOW_US, TODAY, TillAtWork, new_id, sent

LAST = holds_until(SPEND, TODAY)
OVER = LAST + timedelta(days=SPEND.grace_days + 1)
ENOUGH = 1_000_00


def review(office: HeadOffice, day: date = OVER, hour: int = 5) -> None:
    """As long as there is more of it on that day."""
    begin_day(office, day, hour)
    duty = reviewing()
    while duty.step(office).is_more:
        pass


def day_us(day: date) -> int:
    """Noon; on the first day it is as late as it is then."""
    if day == TODAY:
        return NOW_US
    return int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp()) * 1_000_000


def sells(
    till: TillAtWork, member: UUID, fen: int, tier: str, on: date = TODAY, **more: Any
) -> UUID:
    """So much money, after which figures and cards give this tier; the id of the sale."""
    sale = new_id()
    body = {
        "basket": {"sale_id": sale.hex, "member_id": member.hex},
        "points": 0,
        "standing": {"tier": more.pop("before", "")},
        "tier_after": tier,
        "spend_fen": fen,
        "payable_fen": fen + 5,
        "rulebook": {"scheme": scheme_record(more.pop("scheme", SPEND))},
    }
    till.make_at("SaleSettled", body | more, on, day_us(on))
    return sale


def rises(till: TillAtWork, member: UUID, tier: str, fen: int = ENOUGH, on: date = TODAY) -> UUID:
    """The same, with what the till says of the figures."""
    base = {"tier": tier, "until": holds_until(SPEND, on)}
    return sells(till, member, fen, tier, on, base=base)


def tell(office: HeadOffice, till: TillAtWork) -> None:
    sent(office, till.begin(office), *till.events)
    read_all(office)


def field(office: HeadOffice, member: UUID, name: str) -> str | None:
    with office.store.read() as reading:
        person = reading.members.get(member)
        assert person is not None
        return person.fields.get(name)


def tier(office: HeadOffice, member: UUID) -> str | None:
    return field(office, member, TIER)


def decided(office: HeadOffice, member: UUID) -> ReviewTold | None:
    return review_of(field(office, member, TIER_REVIEW))


def said(office: HeadOffice, till: TillAtWork, member: UUID) -> MemberTold:
    """What this till is told of them."""
    asking = Asking(till.id, till.incarnation, till.store)
    with office.store.read() as reading:
        return told_of(reading, asking, [member], office.clock.now_us())[member]


@pytest.fixture
def till(office: HeadOffice) -> TillAtWork:
    return TillAtWork().join(office)


@pytest.fixture
def member(office: HeadOffice, till: TillAtWork) -> UUID:
    """Silver since today."""
    found = joins(till)
    rises(till, found, "silver")
    tell(office, till)
    return found


def test_it_falls_when_the_days_of_grace_are_over_and_once(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    review(office, OVER - timedelta(days=1))
    assert (tier(office, member), decided(office, member)) == ("silver", None)
    review(office)
    assert tier(office, member) == "normal"
    first = decided(office, member)
    assert first is not None
    assert (first.cause, first.before, first.after) == ("period", "silver", "normal")
    assert (first.until_before, first.until_after) == (LAST, None)
    assert (first.fell_from, first.fell_on, first.spend_fen) == ("silver", LAST, 0)
    assert said(office, till, member).review == first
    noted = len(rows(office, CHANGES.select()))
    review(office, hour=9)
    review(office, OVER + timedelta(days=400))
    assert decided(office, member) == first
    assert len(rows(office, CHANGES.select())) == noted


def test_what_two_tills_sold_keeps_it_together(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    """Neither of them would have known enough."""
    other = TillAtWork().join(office)
    for each in (till, other):
        sells(each, member, ENOUGH // 2, "silver", LAST, before="silver")
        tell(office, each)
    review(office)
    kept = decided(office, member)
    assert kept is not None
    assert (kept.cause, kept.after, kept.spend_fen, kept.fell_from) == (
        "kept",
        "silver",
        ENOUGH,
        "",
    )
    assert (
        kept.until_after == kept_until(SPEND, LAST, OVER) == said(office, till, member).tier_until
    )
    review(office, kept_until(SPEND, LAST, OVER) + timedelta(days=SPEND.grace_days + 1))
    assert tier(office, member) == "normal"


def test_what_comes_late_takes_the_fall_back(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    away = TillAtWork().join(office)
    sells(away, member, ENOUGH, "silver", OVER, before="silver")
    sells(away, member, 1, "silver", OVER + timedelta(days=1), before="silver")
    review(office)
    assert tier(office, member) == "normal"
    tell(office, away)
    assert tier(office, member) == "silver"
    late = decided(office, member)
    assert late is not None
    assert (late.cause, late.before, late.after) == ("late", "normal", "silver")
    assert (late.spend_fen, late.until_after) == (ENOUGH, kept_until(SPEND, LAST, OVER))
    assert said(office, till, member).tier == "silver"
    review(office, OVER + timedelta(days=2))
    assert tier(office, member) == "silver"


def test_an_upgrade_that_comes_late_is_not_lost_either(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    away = TillAtWork().join(office)
    before = LAST - timedelta(days=9)
    review(office)
    rises(away, member, "gold", 5 * ENOUGH, before)
    tell(office, away)
    assert tier(office, member) == "gold"


def test_what_is_too_little_or_was_sold_afterwards_takes_nothing_back(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    review(office)
    away = TillAtWork().join(office)
    sells(away, member, ENOUGH - 1, "normal", OVER)
    sells(away, member, ENOUGH, "normal", OVER + timedelta(days=1))
    tell(office, away)
    assert tier(office, member) == "normal"


def test_a_card_that_comes_late_counts(office: HeadOffice, till: TillAtWork, member: UUID) -> None:
    away = TillAtWork().join(office)
    bought = OVER - timedelta(days=3)
    sells(away, member, 1, "gold", bought, cards=[[new_id(), "gold", 1, 12]], before="silver")
    review(office)
    tell(office, away)
    assert tier(office, member) == "gold"
    review(office, months_after(bought, 12) + timedelta(days=SPEND.grace_days))
    assert tier(office, member) == "gold"
    review(office, months_after(bought, 12) + timedelta(days=SPEND.grace_days + 1))
    assert tier(office, member) == "normal"


def test_cards_run_out_and_what_figures_give_is_left(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    card, grant = new_id(), new_id()
    sells(till, member, 1, "gold", cards=[[card, "gold", 1, 3]], before="silver")
    granted = {"member": member, "grant": grant, "tier": "gold", "now": "gold"}
    till.make("TierGranted", granted | {"until": months_after(TODAY, 6)})
    tell(office, till)
    review(office, months_after(TODAY, 6))
    assert tier(office, member) == "gold"
    review(office, months_after(TODAY, 6) + timedelta(days=1))
    gone = decided(office, member)
    assert gone is not None
    assert (gone.tier, gone.cause, gone.fell_from) == ("silver", "", "gold")
    assert set(gone.ended) == {card, grant}
    review(office)
    assert tier(office, member) == "normal"


@pytest.mark.parametrize("kind", ["TierWithdrawn", "SaleVoided"])
def test_what_was_taken_back_holds_no_more(
    office: HeadOffice, till: TillAtWork, member: UUID, kind: str
) -> None:
    """It is not given back by what comes late."""
    hold = new_id()
    if kind == "TierWithdrawn":
        granted = {"member": member, "grant": hold, "tier": "gold", "until": date(2030, 1, 1)}
        till.make("TierGranted", granted | {"now": "gold"})
        till.make(kind, {"member": member, "grants": [hold], "tier": "silver"})
    else:
        sale = sells(till, member, 1, "gold", cards=[[hold, "gold", 1, 99]], before="silver")
        undone = {"sale": sale, "member": member, "points": 0, "transfer": None, "lots": []}
        told = {"tier_before": "gold", "tier_after": "silver", "cards": [hold]}
        till.make(kind, undone | told)
    tell(office, till)
    review(office)
    assert tier(office, member) == "normal"
    sells(till, member, 1, "normal", OVER)
    tell(office, till)
    assert tier(office, member) == "normal"


def test_a_tier_that_a_return_took_back_has_the_end_that_the_till_says(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    undone = {"sale": new_id(), "member": member, "points": 0, "transfer": None, "lots": []}
    base = {"tier": "silver", "until": TODAY}
    till.make(
        "SaleReturned", undone | {"tier_before": "gold", "tier_after": "silver"} | {"base": base}
    )
    tell(office, till)
    review(office, TODAY + timedelta(days=SPEND.grace_days + 1))
    assert tier(office, member) == "silver", "the sale of today counts"
    kept = decided(office, member)
    assert kept is not None
    assert (kept.cause, kept.until_before) == ("kept", TODAY)


def test_what_earlier_programs_told_is_dated_by_the_day_they_told_it(
    office: HeadOffice, till: TillAtWork
) -> None:
    member = joins(till)
    sells(till, member, ENOUGH, "silver", before="normal")
    tell(office, till)
    review(office, OVER - timedelta(days=1))
    assert tier(office, member) == "silver"
    review(office)
    assert tier(office, member) == "normal"


def test_imported_tiers_hold_one_full_period(office: HeadOffice, till: TillAtWork) -> None:
    _, (silver, normal) = imports(
        till, 1, 2, tiers=("silver", "normal"), tier_until=LAST, lowest="normal"
    )
    sells(till, normal, 1, "normal", before="normal")
    tell(office, till)
    review(office)
    assert (tier(office, silver), tier(office, normal)) == ("normal", "normal")
    assert decided(office, silver) is not None
    assert decided(office, normal) is None


def test_many_are_looked_at_in_short_steps(
    office: HeadOffice, till: TillAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_in_chain, "AT_ONCE", 2)
    members = [joins(till) for _ in range(5)]
    for each in members:
        rises(till, each, "silver")
    tell(office, till)
    begin_day(office, OVER, 5)
    steps = []
    while reviewing().step(office).is_more:
        steps.append(sum(tier(office, each) == "normal" for each in members))
    assert steps == [2, 4, 5]


def test_who_is_one_person_is_reviewed_once_with_the_figures_of_both(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    other = joins(till)
    sells(till, other, ENOUGH, "normal", LAST, before="normal")
    merges(till, other, member)
    tell(office, till)
    review(office)
    assert tier(office, member) == "silver"


def test_rules_of_head_office_come_before_those_that_are_sold_by(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    longer = replace(SPEND, grace_days=SPEND.grace_days + 1)
    book = replace(PHARMACY, version=7, scheme=longer)
    issue_rulebook(office, book, begins_on=TODAY, today=TODAY)
    review(office)
    assert tier(office, member) == "silver"
    review(office, OVER + timedelta(days=1))
    assert tier(office, member) == "normal"


def test_without_any_rules_nobody_falls(office: HeadOffice, till: TillAtWork) -> None:
    member = joins(till)
    till.make(
        "TierReviewed",
        {"member": member, "after": "silver", "base": "silver"}
        | {"base_until": TODAY, "ended": []},
    )
    tell(office, till)
    review(office)
    assert tier(office, member) == "silver"
    sells(till, member, 1, "silver", before="silver")
    tell(office, till)
    review(office, OVER + timedelta(days=1))
    assert tier(office, member) == "normal"


@pytest.mark.parametrize(
    ("scheme", "points", "kept"),
    [
        (replace(SPEND, counts=PAYABLE), 0, True),
        (SPEND, 0, False),
        (POINTS, 1_000, True),
        (POINTS, 999, False),
    ],
)
def test_it_is_what_the_scheme_counts(
    office: HeadOffice, till: TillAtWork, scheme: TierScheme, points: int, kept: bool
) -> None:
    """Five fen more were paid than count as spend."""
    member, lot = joins(till), {"id": new_id(), "expires_on": None}
    rises(till, member, "silver")
    earned = {"points": points, "lot": lot if points else None}
    sells(till, member, ENOUGH - 5, "silver", LAST, before="silver", scheme=scheme, **earned)
    tell(office, till)
    review(office)
    found = decided(office, member)
    assert found is not None
    assert (found.cause == "kept") == kept
    assert found.kind == ("points" if scheme is POINTS else "")


def test_a_store_they_do_not_come_to_hears_the_tier_and_nothing_of_the_figures(
    office: HeadOffice, till: TillAtWork, member: UUID
) -> None:
    name_store(office, "S02", "北京路店")
    other = TillAtWork(1, store="S02")
    enrol(office, make_enrolment(office, "S02", 1), other.enrolment())
    review(office)
    told = said(office, other, member)
    assert (told.tier, told.review, told.tier_until) == ("normal", None, None)


def test_who_has_the_lowest_tier_or_only_bought_cards_has_no_period(
    office: HeadOffice, till: TillAtWork
) -> None:
    member = joins(till)
    sells(till, member, 1, "silver", cards=[[new_id(), "silver", 1, 1]], scheme=PAID)
    tell(office, till)
    review(office, months_after(TODAY, 1) + timedelta(days=31))
    found = decided(office, member)
    assert found is not None
    assert (found.cause, found.tier, len(found.ended)) == ("", "normal", 1)
