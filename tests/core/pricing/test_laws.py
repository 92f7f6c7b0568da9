"""What holds for every basket, whatever is in it (domain.md 2 and 3)."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.adjustment import Lost, Stage
from core.pricing.by_hand import PriceByHand
from core.pricing.given import given_by_hand
from core.pricing.quote import quote
from core.pricing.tender import TenderKind
from tests.core.law import LAW
from tests.core.pricing.chance import baskets, rulebooks, tenders
from tests.core.pricing.examples import NOW, a_member

STANDINGS = st.none() | st.sampled_from(["t0", "t1", "t2", "t3"]).map(a_member)


@LAW
@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_adjustments_and_payable_add_up_to_list_per_line_and_in_all(goods, who, book, paid):
    made = quote(goods.with_tenders(paid), who, book, NOW)
    assert made.list_fen == made.payable_fen + sum(each.amount_fen for each in made.adjustments)
    for line in made.lines:
        own = sum(each.amount_fen for each in made.adjustments if each.line == line.no)
        assert line.list_fen == line.payable_fen + own
        assert 0 <= line.payable_fen <= line.list_fen
    assert made.list_fen == sum(line.list_fen for line in made.lines)
    assert made.payable_fen == sum(line.payable_fen for line in made.lines)
    assert all(each.amount_fen > 0 for each in made.adjustments)
    assert all(each.dearer_fen >= 0 for each in made.rejected)


@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_points_and_spend_of_the_lines_add_up(goods, who, book, paid):
    made = quote(goods.with_tenders(paid), who, book, NOW)
    assert made.points == sum(line.points for line in made.lines)
    assert made.spend_fen == sum(line.spend_fen for line in made.lines)
    for line in made.lines:
        assert 0 <= line.spend_fen <= line.payable_fen
        assert line.points >= 0
        if line.is_outside:
            assert (line.points, line.spend_fen) == (0, 0)
    if who is None:
        assert made.points == 0


@given(baskets(), rulebooks(), tenders())
def test_the_payable_never_rises_with_membership_or_a_higher_tier(goods, book, paid):
    standings = [None, *map(a_member, ("t0", "t1", "t2", "t3"))]
    payable = [quote(goods.with_tenders(paid), who, book, NOW).payable_fen for who in standings]
    assert payable == sorted(payable, reverse=True)


@given(baskets(), STANDINGS, rulebooks(), tenders(), st.randoms(use_true_random=False))
def test_the_order_of_scanning_changes_nothing(goods, who, book, paid, chance: random.Random):
    shuffled = list(goods.lines)
    chance.shuffle(shuffled)
    renumbered = tuple(replace(line, no=no) for no, line in enumerate(shuffled, 1))
    one = quote(goods.with_tenders(paid), who, book, NOW)
    other = quote(replace(goods, lines=renumbered, tenders=paid), who, book, NOW)
    assert without_numbers(one) == without_numbers(other)


def without_numbers(made):
    def of(line):
        adjusted = [replace(each, line=0) for each in made.adjustments if each.line == line.no]
        rejected = [replace(each, line=0) for each in made.rejected if each.line == line.no]
        return repr((replace(line, no=0), adjusted, rejected))

    lines = sorted(map(of, made.lines))
    return lines, made.payable_fen, made.points, made.spend_fen, made.due_fen, made.change_fen


@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_one_box_after_the_other_costs_what_they_cost_at_once(goods, who, book, paid):
    pieces = []
    for line in goods.lines:
        units = line.quantity_milli // 1000 if line.is_joinable else 1
        one = replace(line, quantity_milli=line.quantity_milli // units)
        pieces += [one] * units
    singly = tuple(replace(line, no=no) for no, line in enumerate(pieces, 1))
    at_once = quote(goods.with_tenders(paid), who, book, NOW)
    after = quote(replace(goods, lines=singly, tenders=paid), who, book, NOW)
    assert without_numbers(after) == without_numbers(at_once)


@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_due_and_change_settle_the_payable(goods, who, book, paid):
    made = quote(goods.with_tenders(paid), who, book, NOW)
    cash = sum(tender.amount_fen for tender in paid if tender.kind is TenderKind.CASH)
    handed = sum(tender.amount_fen for tender in paid)
    assert made.due_fen == max(0, made.payable_fen - handed)
    assert made.change_fen == min(cash, max(0, handed - made.payable_fen))


@given(baskets(), STANDINGS, rulebooks(), tenders())
def test_cash_rounding_is_the_rest_of_the_cash_and_spares_what_is_outside(goods, who, book, paid):
    made = quote(goods.with_tenders(paid), who, book, NOW)
    rounded = {e.line: e.amount_fen for e in made.adjustments if e.stage is Stage.CASH_ROUNDING}
    has_cash = any(tender.kind is TenderKind.CASH for tender in paid)
    restricted = any(book.tender(tender.kind).pays != "all" for tender in paid)
    if not has_cash or book.cash_rounding_fen <= 1:
        assert rounded == {}
    elif not restricted:
        before = made.payable_fen + sum(rounded.values())
        others = sum(tender.amount_fen for tender in paid if tender.kind is not TenderKind.CASH)
        assert sum(rounded.values()) == max(0, before - others) % book.cash_rounding_fen
        outside = {line.no for line in made.lines if line.is_outside}
        if len(paid) == 1 and outside & rounded.keys():  # cash alone: the others gave all they had
            assert all(line.payable_fen == 0 for line in made.lines if not line.is_outside)


@given(baskets(), STANDINGS, rulebooks())
def test_a_price_by_hand_takes_no_offer_and_earns_what_was_paid(goods, who, book):
    made = quote(replace(goods, discount=None), who, book, NOW)
    by_hand = {line.no: line.by_hand for line in goods.lines}
    for line in made.lines:
        price = by_hand[line.no]
        if not isinstance(price, PriceByHand) or line.is_outside:
            continue
        own = [each for each in made.adjustments if each.line == line.no]
        assert {each.stage for each in own} <= {Stage.PRICE_BY_HAND}
        nobody = quote(replace(goods, discount=None), None, book, NOW)
        assert line.payable_fen == next(x.payable_fen for x in nobody.lines if x.no == line.no)
        assert {e.lost for e in made.rejected if e.line == line.no} <= {Lost.BY_HAND}


@given(baskets(), STANDINGS, rulebooks())
def test_the_baskets_discount_is_spread_to_the_last_fen_and_spares_what_is_outside(
    goods, who, book
):
    without = quote(replace(goods, discount=None), who, book, NOW)
    made = quote(goods, who, book, NOW)
    borne = [each for each in made.adjustments if each.stage is Stage.BASKET_BY_HAND]
    eligible = {line.no: line for line in without.lines if not line.is_outside}
    base = sum(line.payable_fen for line in eligible.values())
    off = goods.discount.off(base) if goods.discount else 0
    assert sum(each.amount_fen for each in borne) == off <= base
    assert {each.line for each in borne} <= set(eligible)
    assert made.payable_fen == without.payable_fen - off
    for each in borne:  # its share, cut or rounded up to the next fen
        exact = off * eligible[each.line].payable_fen
        assert abs(each.amount_fen * base - exact) < base


@given(baskets(), STANDINGS, rulebooks())
def test_what_was_given_by_hand_adds_up_to_what_the_adjustments_say(goods, who, book):
    made = quote(goods, who, book, NOW)
    by_hand = (Stage.PRICE_BY_HAND, Stage.LINE_BY_HAND, Stage.BASKET_BY_HAND)
    off = sum(each.amount_fen for each in made.adjustments if each.stage in by_hand)
    given = given_by_hand(goods, made)
    assert sum(each.off_fen for each in given) == off
    for each in given:
        assert 0 <= each.off_fen <= each.of_fen
        assert 0 <= each.share_bp <= 10_000
        assert each.off_fen == 0 or each.share_bp > 0


@given(baskets(), STANDINGS, rulebooks())
def test_what_earning_tenders_pay_earns_as_if_nothing_was_paid_yet(goods, who, book):
    earning = tuple(replace(rule, is_earning=True, pays="all") for rule in book.tenders)
    open_book = replace(book, tenders=earning, cash_rounding_fen=0)
    unpaid = quote(goods, who, open_book, NOW)
    assert unpaid.points == sum(line.points for line in unpaid.lines)
    assert unpaid.spend_fen == sum(line.payable_fen for line in unpaid.lines if not line.is_outside)
