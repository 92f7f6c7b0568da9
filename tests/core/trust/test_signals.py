"""信号: each rule just below its figure and at it, and what was judged counts no second time."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.rulebook.watch import Watch
from core.trust.signals import (
    DAY_US,
    HOUR_US,
    Evidence,
    Found,
    Signal,
    Undone,
    What,
    at_one_cashier,
    corrected_by_one,
    earns_often,
    left_to_judge,
    on_one_phone,
    redeemed_after_change,
    returned_after_redeeming,
    sold_after_closing,
)

WANG, LI = UUID(int=1), UUID(int=2)
WATCH = Watch(
    earned_a_day=3,
    earned_at_one=4,
    shifts_bp=7000,
    returned_days=7,
    changed_hours=24,
    corrected=3,
    on_one_phone=3,
    opens_hour=6,
    closes_hour=23,
)
NOON = 20_000 * DAY_US + 12 * HOUR_US


def sale(no: int, member: UUID | None = WANG, *, by: int = 1, points: int = 10) -> Evidence:
    """The sale of this number, a minute after the one before it."""
    at_us = NOON + no * 60_000_000
    return Evidence(What.SALE, f"{no:032x}", at_us, f"S01-T1-{no:06}", member, by, points)


def sales(count: int, **how: int) -> list[Evidence]:
    return [sale(no, **how) for no in range(count)]


def test_a_card_earns_often_from_so_many_sales_a_day_on() -> None:
    assert list(earns_often(sales(2), WATCH)) == []
    (found,) = earns_often([*sales(3), sale(9, LI), sale(10, None)], WATCH)
    assert (found.member_id, found.points, len(found.evidence)) == (WANG, 30, 3)
    assert list(earns_often([*sales(2), sale(2, points=0)], WATCH)) == []
    assert list(earns_often(sales(50), replace(WATCH, earned_a_day=0))) == []


@given(st.lists(st.tuples(st.sampled_from([WANG, LI, None]), st.integers(0, 3)), max_size=30))
def test_every_card_that_earns_often_is_found_and_no_other(told: list[tuple[UUID, int]]) -> None:
    sold = [sale(no, member, points=points) for no, (member, points) in enumerate(told)]
    found = {each.member_id: len(each.evidence) for each in earns_often(sold, WATCH)}
    often = {
        member: count
        for member in (WANG, LI)
        if (count := sum(who == member and points > 0 for who, points in told)) >= 3
    }
    assert found == often


def test_one_cashier_alone_gives_a_card_its_points() -> None:
    shifts = {1: 10, 2: 10}
    assert list(at_one_cashier(sales(3), shifts, WATCH)) == []
    (found,) = at_one_cashier(sales(4), shifts, WATCH)
    assert (found.signal, found.points) == (Signal.ONE_CASHIER, 40)
    by_two = [*sales(3), sale(3, by=2)]
    assert list(at_one_cashier(by_two, shifts, WATCH)) == []


@pytest.mark.parametrize(("own", "is_found"), [(7, True), (8, False), (10, False)])
def test_who_serves_nearly_everybody_is_no_signal(own: int, is_found: bool) -> None:
    shifts = {1: own, 2: 10 - own}
    assert bool(list(at_one_cashier(sales(4), shifts, WATCH))) is is_found


def test_a_shop_with_one_cashier_has_no_such_signal() -> None:
    assert list(at_one_cashier(sales(40), {1: 30}, WATCH)) == []


def reward(at_us: int, points: int = 500, member: UUID = WANG) -> Evidence:
    return Evidence(What.REDEMPTION, f"{at_us:032x}", at_us, "S01-T1-J00001", member, 1, points)


def back(at_us: int, points: int) -> Undone:
    bought = sale(0)
    gone = Evidence(What.RETURN, "b" * 32, at_us, "S01-T1-000000-R1", WANG, 1, points)
    return Undone(gone, bought)


@pytest.mark.parametrize(
    ("redeemed", "returned", "is_found"),
    [
        (1, 2, True),
        (-1, 2, False),  # before the sale
        (3, 2, False),  # after the return
        (1, 1 + 7 * 24, True),
        (1, 2 + 7 * 24, False),  # too long ago
    ],
)
def test_goods_come_back_after_their_points_went(
    redeemed: int, returned: int, is_found: bool
) -> None:
    undone = back(NOON + returned * HOUR_US, 300)
    had = reward(NOON + redeemed * HOUR_US)
    found = list(returned_after_redeeming([undone], {WANG: [had]}, WATCH))
    assert bool(found) is is_found
    if found:
        assert found[0].evidence == (undone.sale, had, undone.back)
        assert found[0].points == 300


def test_a_return_is_worth_no_more_than_what_went() -> None:
    had = {WANG: [reward(NOON + HOUR_US, 100)]}
    (found,) = returned_after_redeeming([back(NOON + 2 * HOUR_US, 300)], had, WATCH)
    assert found.points == 100
    assert list(returned_after_redeeming([back(NOON + 2 * HOUR_US, 0)], had, WATCH)) == []


@pytest.mark.parametrize(("hours", "is_found"), [(0, True), (24, True), (25, False), (-1, False)])
def test_a_reward_goes_out_right_after_a_change(hours: int, is_found: bool) -> None:
    change = Evidence(What.CHANGE, "77", NOON, "card_replaced", WANG, 1)
    had = reward(NOON + hours * HOUR_US)
    found = list(redeemed_after_change([had], {WANG: [change]}, WATCH))
    assert bool(found) is is_found
    assert list(redeemed_after_change([had], {LI: [change]}, WATCH)) == []


def test_one_hand_corrects_so_often() -> None:
    def corrected(no: int, points: int, by: int = 1) -> Evidence:
        return Evidence(What.CORRECTION, f"{no:032x}", NOON + no, "", WANG, by, points)

    two = [corrected(1, 50), corrected(2, -20)]
    assert list(corrected_by_one([*two, corrected(3, 5, by=2)], WATCH)) == []
    (found,) = corrected_by_one([*two, corrected(3, 5)], WATCH)
    assert (found.about, found.member_id, found.points) == ("1", None, 55)


def test_so_many_members_have_one_phone() -> None:
    def member(no: int) -> Evidence:
        return Evidence(What.MEMBER, UUID(int=no).hex, no, member_id=UUID(int=no), points=no)

    assert list(on_one_phone([[member(1), member(2)]], WATCH)) == []
    (found,) = on_one_phone([[member(3), member(4), member(5)]], WATCH)
    assert (found.member_id, found.points) == (UUID(int=3), 12)


@pytest.mark.parametrize(("hour", "is_found"), [(5, True), (6, False), (22, False), (23, True)])
def test_nobody_sells_at_night(hour: int, is_found: bool) -> None:
    late = replace(sale(0, None), at_us=20_000 * DAY_US + hour * HOUR_US)
    found = list(sold_after_closing([late], UTC, WATCH))
    assert bool(found) is is_found
    assert [each.about for each in found] == ["1"] * is_found


def judged(evidence: list[Evidence]) -> set[tuple[What, str]]:
    return {(each.what, each.ref) for each in evidence}


def test_what_was_judged_counts_no_second_time() -> None:
    (found,) = earns_often(sales(5), WATCH)
    assert left_to_judge(found, judged(sales(3)), WATCH) is None
    left = left_to_judge(found, judged(sales(2)), WATCH)
    assert left is not None
    assert (len(left.evidence), left.points) == (3, 30)


def test_an_incident_is_judged_by_what_made_it_one() -> None:
    change = Evidence(What.CHANGE, "77", NOON, "card_replaced", WANG, 1)
    one, two = reward(NOON + 1), reward(NOON + 2)
    first, second = redeemed_after_change([one, two], {WANG: [change]}, WATCH)
    over = judged([change, one])
    assert left_to_judge(first, over, WATCH) is None
    assert left_to_judge(second, over, WATCH) == second


@given(st.sets(st.integers(0, 9)), st.sampled_from(list(Signal)))
def test_nothing_judged_is_left_of_what_counts(gone: set[int], kind: Signal) -> None:
    evidence = sales(10)
    found = Found(kind, tuple(evidence), member_id=WANG, points=100)
    left = left_to_judge(found, judged([evidence[no] for no in gone]), WATCH)
    if kind in (Signal.RETURNED, Signal.CHANGED):
        assert (left is None) == (9 in gone)
    elif left is not None:
        assert {int(each.ref, 16) for each in left.evidence} == set(range(10)) - gone
        assert left.points == 10 * len(left.evidence)
