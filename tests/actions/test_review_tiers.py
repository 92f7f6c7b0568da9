"""等级复核: a tier falls after its period and the days of grace, once, with its figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from core.actions.day import close_day, open_day
from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.look_at_tiers import tier_history, tiers_ending
from core.actions.review_tiers import AT_ONCE, review_all, review_tiers
from core.actions.settle import settle
from core.errors import BadGrantEnd, BadNote, NoSuchTier, NotGranted
from core.members.held_tiers import FallenTier
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_return import returned
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, paid, scanned, settled
from tests.actions.test_shift import facts
from tests.actions.tier_schemes import MASKS, PAID, SCORE, SPEND, seen, tier_of, with_scheme
from tests.builders import later

DAY_S = 86_400
# Whatever was imported held its year long before that.
NEW_YEAR = date(2100, 1, 1)


def on(shop: Shop, day: int) -> Shop:
    """The shop at noon, so many days after New Year of 2100."""
    return later(shop, day * DAY_S + 4 * 3600)


def sold(shop: Shop, staff: Staff, day: int, *codes: str):  # type: ignore[no-untyped-def]
    at = on(shop, day)
    ready = paid(at, scanned(at, *codes))
    return settle(at, ready.basket, shown=ready.quote.hash, staff=staff).sale


def causes(shop: Shop, card: str) -> list[str]:
    return [step.cause for step in tier_history(shop, seen(shop, card).member.id)]


def test_imported_tiers_fall_when_their_year_and_the_grace_are_over(
    shop: Shop, staff: Staff
) -> None:
    assert review_all(shop).fallen == 0
    done = review_all(on(shop, 0))
    assert (done.fallen, done.kept) == (2, 1)
    assert [tier_of(on(shop, 0), card) for card in (GOLD, SILVER, NORMAL)] == ["normal"] * 3
    assert seen(on(shop, 0), NORMAL).member.tier_until is None
    told = facts(shop, "TierReviewed")
    assert sorted((fact["before"], fact["after"]) for fact in told) == [
        ("gold", "normal"),
        ("silver", "normal"),
    ]


def test_a_second_run_finds_nothing(shop: Shop, staff: Staff) -> None:
    review_all(on(shop, 0))
    with shop.store.read() as reading:
        head = reading.tiers.ending(before=date.max, granted_before=date.max, limit=9)
    again = review_all(on(shop, 0))
    assert (again.fallen, again.kept, again.is_done) == (0, 0, True)
    assert head == ()
    assert causes(on(shop, 0), GOLD) == ["period"]


@pytest.mark.parametrize("scheme", [SPEND, SCORE], ids=lambda scheme: scheme.kind)
def test_who_still_reaches_the_figure_is_kept_for_another_period(
    shop: Shop, staff: Staff, scheme: TierScheme
) -> None:
    with_scheme(shop, scheme)
    review_all(on(shop, 0))
    sale = sold(shop, staff, 0, NORMAL, OXYGEN)
    assert sale.tier_after == "silver"
    sold(shop, staff, 300, NORMAL, OXYGEN)
    # 2101-01-01 is its last day, 2101-01-31 the last of the grace.
    assert review_all(on(shop, 395)).fallen == 0
    kept = review_all(on(shop, 396))
    assert (kept.fallen, kept.kept) == (0, 1)
    file = seen(on(shop, 396), NORMAL)
    assert (file.member.tier, file.member.tier_until) == ("silver", date(2102, 2, 1))
    assert causes(on(shop, 396), NORMAL) == ["sale", "kept"]
    # A return of what was bought before undoes no upgrade any more: the fall waits.
    returned(on(shop, 397), sale, {1: 1000}, staff)
    assert tier_of(on(shop, 397), NORMAL) == "silver"


def test_the_days_of_grace_are_days_to_come_back(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, SPEND)
    sold(shop, staff, 0, NORMAL, OXYGEN)
    sold(shop, staff, 390, NORMAL, OXYGEN)
    review_all(on(shop, 396))
    assert tier_of(on(shop, 396), NORMAL) == "silver"


def test_a_fall_is_said_until_the_next_sale(shop: Shop, staff: Staff) -> None:
    sold(shop, staff, 0, NORMAL, OXYGEN)
    at = on(shop, 396)
    review_all(at)
    assert seen(at, NORMAL).fallen == FallenTier("silver", date(2101, 1, 1))
    sold(shop, staff, 396, NORMAL, VITAMIN)
    assert seen(at, NORMAL).fallen is None
    assert "period" in causes(at, NORMAL)


def test_the_list_says_who_falls_next_and_what_is_missing(shop: Shop, staff: Staff) -> None:
    review_all(on(shop, 0))
    sold(shop, staff, 0, NORMAL, OXYGEN)
    sold(shop, staff, 100, NORMAL, VITAMIN)
    assert tiers_ending(on(shop, 334), days=30) == ()
    assert tiers_ending(on(shop, 335), days=30) == ()  # the sale of New Year still counts
    (ending,) = tiers_ending(on(shop, 366), days=30)
    assert (ending.until, ending.falls_on) == (date(2101, 1, 1), date(2101, 1, 31))
    assert (ending.tier.code, ending.after.code, ending.missing) == ("silver", "normal", 963_00)


def test_opening_the_day_reviews_and_says_when_more_is_left(shop: Shop, staff: Staff) -> None:
    at = on(shop, 0)
    close_day(at, counted_fen=200_00, staff=staff)
    opened = open_day(at, float_fen=0, staff=staff)
    assert (opened.reviewed.fallen, opened.reviewed.is_done) == (2, True)
    assert AT_ONCE < 1000
    assert review_tiers(at).is_done


def test_a_bought_card_ends_after_its_grace_and_leaves_what_figures_give(
    shop: Shop, staff: Staff
) -> None:
    with_scheme(shop, PAID)
    review_all(on(shop, 0))
    sold(shop, staff, 0, NORMAL, MASKS)
    review_all(on(shop, 395))
    assert tier_of(on(shop, 395), NORMAL) == "silver"
    review_all(on(shop, 396))
    assert tier_of(on(shop, 396), NORMAL) == "normal"
    assert causes(on(shop, 396), NORMAL) == ["card", "card_term"]
    assert seen(on(shop, 396), NORMAL).fallen == FallenTier("silver", date(2101, 1, 1))


def test_a_granted_tier_ends_on_its_day_without_grace(shop: Shop, staff: Staff) -> None:
    review_all(on(shop, 0))
    member = seen(shop, NORMAL).member.id
    until = NEW_YEAR + timedelta(days=10)
    given = grant_tier(
        on(shop, 0), member, tier="金卡", until=until, reason="开业老客", staff=staff
    )
    assert (given.tier.code, given.until) == ("gold", until)
    assert facts(shop, "TierGranted")[-1]["tier"] == "gold"
    review_all(on(shop, 10))
    assert tier_of(on(shop, 10), NORMAL) == "gold"
    review_all(on(shop, 11))
    assert tier_of(on(shop, 11), NORMAL) == "normal"
    (begin, end) = tier_history(shop, member)
    assert (begin.cause, begin.reason, begin.until) == ("granted", "开业老客", until)
    assert end.cause == "granted_term"


def test_a_granted_tier_can_be_taken_back(shop: Shop, staff: Staff) -> None:
    member = seen(shop, NORMAL).member.id
    at = on(shop, 0)
    grant_tier(at, member, tier="gold", until=NEW_YEAR + timedelta(9), reason="x", staff=staff)
    assert withdraw_tier(at, member, staff=staff).tier.code == "normal"
    with pytest.raises(NotGranted):
        withdraw_tier(at, member, staff=staff)


def test_what_is_no_grant_is_refused(shop: Shop, staff: Staff) -> None:
    member, at = seen(shop, NORMAL).member.id, on(shop, 0)
    soon = NEW_YEAR + timedelta(days=9)
    with pytest.raises(NoSuchTier):
        grant_tier(at, member, tier="普通", until=soon, reason="x", staff=staff)
    for until in (NEW_YEAR, NEW_YEAR + timedelta(days=4000)):
        with pytest.raises(BadGrantEnd):
            grant_tier(at, member, tier="gold", until=until, reason="x", staff=staff)
    with pytest.raises(BadNote):
        grant_tier(at, member, tier="gold", until=soon, reason=" ", staff=staff)


def test_a_calendar_year_holds_the_whole_next_one(shop: Shop, staff: Staff) -> None:
    with_scheme(shop, replace(SPEND, window="calendar"))
    review_all(on(shop, 0))
    sold(shop, staff, 100, NORMAL, OXYGEN)
    assert seen(on(shop, 100), NORMAL).member.tier_until == date(2101, 12, 31)
    # Nothing in 2101: it falls when the 30 days of January 2102 are over.
    review_all(on(shop, 759))
    assert tier_of(on(shop, 759), NORMAL) == "silver"
    review_all(on(shop, 760))
    assert tier_of(on(shop, 760), NORMAL) == "normal"


def test_a_calendar_year_that_keeps_a_tier_holds_no_longer_than_one_that_gives_it(
    shop: Shop, staff: Staff
) -> None:
    with_scheme(shop, replace(SPEND, window="calendar"))
    review_all(on(shop, 0))
    sold(shop, staff, 100, NORMAL, OXYGEN)
    sold(shop, staff, 400, NORMAL, OXYGEN)
    sold(shop, staff, 400, SILVER, OXYGEN)
    assert review_all(on(shop, 760)).kept == 1
    for card in (NORMAL, SILVER):
        assert seen(on(shop, 760), card).member.tier_until == date(2102, 12, 31)


def test_an_old_sale_does_not_undo_what_came_later(shop: Shop, staff: Staff) -> None:
    """Up, down at the period's end, up again: the second time stands on its own figures."""
    first = sold(shop, staff, 0, NORMAL, OXYGEN)
    review_all(on(shop, 396))
    second = settled(on(shop, 400), staff, NORMAL, OXYGEN).sale
    returned(on(shop, 401), first, {1: 1000}, staff)
    assert tier_of(on(shop, 401), NORMAL) == "silver"
    returned(on(shop, 402), second, {1: 1000}, staff)
    assert tier_of(on(shop, 402), NORMAL) == "normal"
