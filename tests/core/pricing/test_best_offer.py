"""The best-offer promise: the search against every choice there is (domain.md 2)."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.adjustment import Reason
from core.pricing.best import start
from core.pricing.live import On, in_order, live_on
from core.pricing.offered import idle
from core.pricing.quote import quote
from core.pricing.search import EARLY, LATE
from core.pricing.stages.gift import reached_givings
from core.pricing.stages.threshold import measure
from core.pricing.working import Working
from core.rulebook.offers import BasketOffer, GiftOffer
from tests.core.law import LAW
from tests.core.pricing.examples import NOW, a_member
from tests.core.pricing.offered import competing

RICH = [replace(a_member(tier), points=10**6) for tier in ("t0", "t1", "t2", "t3")]
MEMBERS = st.sampled_from(RICH)
WHO = st.none() | MEMBERS


def live_for(basket, who, book) -> tuple[Working, On]:
    working = Working.of(basket, who, book, NOW)
    goods = [(line.code, line.product.category, line.product.brand) for line in working.lines]
    presented = [coupon.offer for coupon in basket.coupons]
    on = live_on(book, working.tier, NOW, presented, goods)
    working.meet(on)
    start(working, on)
    on = on.only({offer.id for offer in on.all} - idle(working, on))
    return working, on.only({o.id for o in on.all if reached(working, on.only({o.id}))})


def reached(working: Working, on: On) -> set[str]:
    """All of these offers but those whose lines, at list price, are less than their minimum.

    Nor is one of gifts of which no step is reached. First to last in canonical order, an exclusive
    one that is reached has its lines for itself.
    """
    left = [line for line in working.lines if not (line.is_outside or line.is_by_hand)]
    left = [line for line in left if not line.chosen]
    kept = {offer.id for offer in on.prices}
    ordered = sorted(on.basket_offers, key=in_order)
    for offer in sorted(ordered, key=lambda each: not each.is_exclusive):
        mine = [line for line in left if offer.id in line.offers]
        fen, milli = sum(line.list_fen for line in mine), sum(line.quantity_milli for line in mine)
        gives = not isinstance(offer, GiftOffer) or reached_givings(offer, measure(offer, mine))
        if gives and fen >= offer.when.from_fen and milli >= offer.when.from_milli:
            kept.add(offer.id)
            if offer.is_exclusive:
                left = [line for line in left if line not in mine]
    return kept


def every_choice(live: On):
    ids = [offer.id for offer in (*live.prices, *live.basket_offers)]
    groups = {o.id: o.group for o in live.basket_offers if isinstance(o, BasketOffer) and o.group}
    for size in range(len(ids) + 1):
        for chosen in combinations(ids, size):
            names = [groups[name] for name in chosen if name in groups]
            if len(names) == len(set(names)):
                yield chosen


def payable_with(basket, who, book, chosen) -> int:
    working, live = live_for(basket, who, book)
    on = live.only(chosen)
    working.on = on.only(reached(working, on))
    for stage in (*EARLY, *LATE):
        stage(working)
    return sum(line.net_fen for line in working.lines)


@LAW
@given(competing(), WHO)
def test_no_choice_of_offers_is_cheaper_than_the_quote(case, who):
    basket, book = case
    _, live = live_for(basket, who, book)
    least = min(payable_with(basket, who, book, chosen) for chosen in every_choice(live))
    assert quote(basket, who, book, NOW).payable_fen == least


@LAW
@given(competing(), WHO)
def test_adjustments_and_payable_are_the_list_and_no_line_falls_below_zero(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    for line in made.lines:
        off = sum(each.amount_fen for each in made.adjustments if each.line == line.no)
        assert line.list_fen - off == line.payable_fen >= 0
    for_points = (Reason.COUPON_POINTS, Reason.ADD_ON)
    takes = [each for each in made.adjustments if each.reason not in for_points]
    assert all(each.amount_fen > 0 for each in takes)


@LAW
@given(competing(), WHO, st.randoms(use_true_random=False))
def test_the_order_of_scans_changes_nothing(case, who, dice):
    basket, book = case
    lines = list(basket.lines)
    dice.shuffle(lines)
    made = quote(basket, who, book, NOW)
    other = quote(replace(basket, lines=tuple(lines)), who, book, NOW)
    assert (made.payable_fen, made.points) == (other.payable_fen, other.points)


@LAW
@given(competing(), WHO)
def test_one_more_coupon_never_makes_it_dearer(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    for gone in basket.coupons:
        fewer = tuple(coupon for coupon in basket.coupons if coupon is not gone)
        without = quote(replace(basket, coupons=fewer), who, book, NOW)
        if made.is_proven:
            assert made.payable_fen <= without.payable_fen


@LAW
@given(competing(), MEMBERS)
def test_a_member_never_pays_more_than_a_passer_by(case, who):
    basket, book = case
    made, stranger = quote(basket, who, book, NOW), quote(basket, None, book, NOW)
    if made.is_proven:
        assert made.payable_fen <= stranger.payable_fen


@given(competing(), WHO)
def test_of_a_group_one_is_on_and_every_offer_is_accounted_for(case, who):
    basket, book = case
    made = quote(basket, who, book, NOW)
    used = {each.offer for each in made.adjustments}
    offers = [o for o in book.offers if isinstance(o, BasketOffer) and o.id in used]
    groups = [offer.group for offer in offers if offer.group]
    assert len(groups) == len(set(groups))
