"""退货: parts come back, several times; what comes back in all is exactly what was paid."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import NoSuchLine, NothingToReturn, TooMuchReturned
from core.pricing.tender import Tender, TenderKind
from core.rulebook.returns import ReturnPolicy
from core.rulebook.rulebook import TenderRule
from core.sales.returns import (
    Refund,
    SoldLine,
    everything,
    refund,
)
from core.sales.sale import Sale
from core.sales.shortage import Shortage, hold_back, shortage_of
from core.sales.void import money_back
from tests.core.law import LAW
from tests.core.sales.sold import (
    AMOXICILLIN,
    DANSHEN,
    LI,
    MASK,
    PHARMACY,
    ROUNDED,
    VITAMIN,
    WOLFBERRY,
    facts_of,
    lines_of,
    sold,
)

CASH, WECHAT, CARD = TenderKind.CASH, TenderKind.WECHAT, TenderKind.CARD
INSURANCE, VOUCHER = TenderKind.INSURANCE, TenderKind.VOUCHER
STRICT = replace(
    PHARMACY,
    cash_rounding_fen=10,
    tenders=tuple(
        TenderRule("insurance", is_earning=False, pays="prescription")
        if rule.kind == "insurance"
        else rule
        for rule in PHARMACY.tenders
    ),
)


def after(lines: list[SoldLine], chosen: dict[int, int]) -> list[SoldLine]:
    return [
        replace(line, returned_milli=line.returned_milli + chosen.get(line.no, 0)) for line in lines
    ]


def by_kind(tenders: tuple[Tender, ...]) -> dict[TenderKind, int]:
    return {tender.kind: tender.amount_fen for tender in tenders}


@st.composite
def sales(draw: st.DrawFn) -> tuple[Sale, object]:
    """Baskets of all sorts, paid in all sorts of ways, by the rounding and the strict rulebook."""
    rulebook = draw(st.sampled_from((PHARMACY, ROUNDED, STRICT)))
    items = draw(
        st.lists(
            st.tuples(
                st.sampled_from((VITAMIN, AMOXICILLIN, DANSHEN, MASK)), st.integers(1, 5000)
            ).map(lambda pair: (pair[0], -(-pair[1] // 1000) * 1000))
            | st.tuples(st.just(WOLFBERRY), st.integers(1, 2000)),
            min_size=1,
            max_size=5,
        )
    )
    member = draw(st.sampled_from((None, LI)))
    due = sold(*items, tenders=(), member=member, rulebook=rulebook)
    left = due.quote.payable_fen
    tenders: list[tuple[TenderKind, int]] = []
    if rulebook is STRICT:
        own = sum(line.payable_fen for line in lines_of(due) if line.is_prescription)
        if own and draw(st.booleans()):
            tenders.append((INSURANCE, draw(st.integers(1, own))))
            left -= tenders[-1][1]
    for kind in draw(st.permutations((WECHAT, CARD, VOUCHER)).map(lambda kinds: kinds[:2])):
        part = draw(st.integers(0, left))
        if part:
            tenders.append((kind, part))
            left -= part
    if left:
        tenders.append((CASH, left + draw(st.sampled_from((0, 1_00, 37)))))
    return sold(*items, tenders=tuple(tenders), member=member, rulebook=rulebook), rulebook


@st.composite
def parts(draw: st.DrawFn, lines: list[SoldLine]) -> list[dict[int, int]]:
    """Any sequence of partial returns that brings everything back."""
    steps: list[dict[int, int]] = []
    left = everything(lines)
    while left:
        if len(steps) == 6:
            steps.append(left)
            break
        chosen = {
            no: draw(st.integers(1, milli)) for no, milli in left.items() if draw(st.booleans())
        }
        if not chosen:
            chosen = {next(iter(left)): next(iter(left.values()))}
        steps.append(chosen)
        left = {
            no: milli - chosen.get(no, 0) for no, milli in left.items() if milli > chosen.get(no, 0)
        }
    return steps


@LAW
@given(st.data())
def test_any_returns_of_everything_give_back_exactly_what_was_paid(data: st.DataObject) -> None:
    sale, rulebook = data.draw(sales())
    facts, lines = facts_of(sale), lines_of(sale)
    given_back: Counter[TenderKind] = Counter()
    refunds: list[Refund] = []
    for chosen in data.draw(parts(lines)):
        one = refund(lines, facts, rulebook, chosen)
        assert all(tender.amount_fen > 0 for tender in one.tenders)
        assert min((part.points for part in one.lines), default=0) >= 0
        given_back.update(by_kind(one.tenders))
        assert one.money_fen == sum(part.money_fen for part in one.lines) + one.rounding_fen
        refunds.append(one)
        lines = after(lines, chosen)
    paid = by_kind(money_back(facts.tenders, facts.change_fen))
    assert {kind: fen for kind, fen in given_back.items() if fen} == paid
    assert sum(one.money_fen for one in refunds) == sale.quote.payable_fen
    assert sum(one.points for one in refunds) == sale.quote.points
    assert sum(one.spend_fen for one in refunds) == sale.quote.spend_fen
    assert sum(one.saved_fen for one in refunds) == sale.quote.saved_fen
    assert sum(one.rounding_fen for one in refunds) == 0
    assert everything(lines) == {}


@given(st.data())
def test_what_is_back_so_far_does_not_depend_on_the_steps(data: st.DataObject) -> None:
    """Two returns one after another give what one return of both gives."""
    sale, rulebook = data.draw(sales())
    facts, lines = facts_of(sale), lines_of(sale)
    chosen, later, *_ = [*data.draw(parts(lines)), {}]
    together = {no: chosen.get(no, 0) + later.get(no, 0) for no in chosen | later}
    step = refund(lines, facts, rulebook, chosen)
    then = refund(after(lines, chosen), facts, rulebook, later)
    both = refund(lines, facts, rulebook, together)
    assert Counter(by_kind(step.tenders)) + Counter(by_kind(then.tenders)) == by_kind(both.tenders)
    assert step.points + then.points == both.points


@given(st.data())
def test_no_part_of_the_cash_is_less_than_the_unit(data: st.DataObject) -> None:
    sale = sold((VITAMIN, 3000), (MASK, 2000), tenders=((CASH, 500_00),), rulebook=ROUNDED)
    facts, lines = facts_of(sale), lines_of(sale)
    for chosen in data.draw(parts(lines)):
        assert refund(lines, facts, ROUNDED, chosen).money_fen % 10 == 0
        lines = after(lines, chosen)


def test_one_of_three_boxes_by_hand() -> None:
    """39.00 × 3 = 117.00, paid 100.00 by phone and 17.00 in cash; gold card: 95折, 1.5 points."""
    sale = sold((DANSHEN, 3000), tenders=((WECHAT, 100_00), (CASH, 100_00)), member=LI)
    assert (sale.quote.payable_fen, sale.quote.points) == (193_80, 290)
    lines, facts = lines_of(sale), facts_of(sale)
    one = refund(lines, facts, PHARMACY, {1: 1000})
    # 290 ÷ 3 = 96.67, 193.80 ÷ 3 = 64.60
    assert (one.money_fen, one.points, one.tenders) == (64_60, 97, (Tender(WECHAT, 64_60),))
    lines = after(lines, {1: 1000})
    two = refund(lines, facts, PHARMACY, {1: 1000})
    # Of points 193 are back after two, less the 97 of before.
    assert (two.points, two.tenders) == (96, (Tender(WECHAT, 35_40), Tender(CASH, 29_20)))
    lines = after(lines, {1: 1000})
    three = refund(lines, facts, PHARMACY, {1: 1000})
    assert (three.points, three.tenders) == (97, (Tender(CASH, 64_60),))


def test_insurance_takes_back_its_own_lines_first_and_others_never() -> None:
    sale = sold(
        (AMOXICILLIN, 2000),
        (MASK, 1000),
        tenders=((CARD, 12_00), (INSURANCE, 30_00), (CASH, 10_00)),
        rulebook=STRICT,
    )
    lines, facts = lines_of(sale), facts_of(sale)
    mask = refund(lines, facts, STRICT, {2: 1000})
    assert INSURANCE not in by_kind(mask.tenders)
    box = refund(lines, facts, STRICT, {1: 1000})
    assert by_kind(box.tenders) == {INSURANCE: 18_50}
    both = refund(lines, facts, STRICT, {1: 2000})
    assert by_kind(both.tenders) == {INSURANCE: 30_00, CARD: 7_00}


def test_cash_is_rounded_and_the_last_part_has_the_rest() -> None:
    """9.99 × 3 = 29.97, rounded down to 29.90 in cash; a third of that is 9.97."""
    sale = sold((MASK, 3000), tenders=((CASH, 30_00),), rulebook=ROUNDED)
    lines, facts, given_fen = lines_of(sale), facts_of(sale), []
    for _ in range(3):
        one = refund(lines, facts, ROUNDED, {1: 1000})
        given_fen.append((one.money_fen, one.rounding_fen))
        lines = after(lines, {1: 1000})
    assert given_fen == [(10_00, 3), (9_90, -6), (10_00, 3)]


def test_never_more_than_is_left() -> None:
    sale = sold((MASK, 3000), tenders=((CASH, 30_00),))
    lines, facts = lines_of(sale), facts_of(sale)
    with pytest.raises(TooMuchReturned):
        refund(lines, facts, PHARMACY, {1: 3001})
    with pytest.raises(TooMuchReturned):
        refund(after(lines, {1: 2000}), facts, PHARMACY, {1: 1001})
    with pytest.raises(NoSuchLine):
        refund(lines, facts, PHARMACY, {2: 1000})
    for nothing in (0, -1000):
        with pytest.raises(NothingToReturn):
            refund(lines, facts, PHARMACY, {1: nothing})
    assert refund(lines, facts, PHARMACY, {}) == Refund()


def test_points_that_are_spent_become_a_debt_or_are_held_back() -> None:
    debt, money = ReturnPolicy(), ReturnPolicy(shortfall="money", point_fen=1, per_points=3)
    assert shortage_of(50, 9_00, 80, debt, 0) == Shortage()
    assert shortage_of(50, 9_00, 20, debt, 0) == Shortage(30)
    assert shortage_of(50, 9_00, -5, debt, 0) == Shortage(50)
    # 31 points at 1 fen for 3: 10 fen, and all of them are paid for.
    assert shortage_of(50, 9_00, 19, money, 0) == Shortage(31, 10, 31)
    assert shortage_of(50, 9_00, 19, money, 50) == Shortage(31, 0, 31)
    # 4 fen pay for 12 of them, the rest is a debt.
    assert shortage_of(50, 4, 0, money, 0) == Shortage(50, 4, 12)


def test_what_is_held_back_comes_out_of_the_cash_first() -> None:
    given = (Tender(CARD, 5_00), Tender(CASH, 3_00))
    assert hold_back(given, 0) == given
    assert hold_back(given, 1_00) == (Tender(CARD, 5_00), Tender(CASH, 2_00))
    assert hold_back(given, 4_00) == (Tender(CARD, 4_00),)
    assert hold_back(given, 8_00) == ()
