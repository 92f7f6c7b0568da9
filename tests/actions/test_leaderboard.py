"""积分排行: who earned most, ties are ties, and a prize is given once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.actions.export_members import ALONE
from core.actions.leaderboard import (
    MOST_PLACES,
    Placed,
    awards_of,
    export_leaderboard,
    give_prize,
    leaderboard,
)
from core.actions.set_up import add_staff
from core.actions.staff import change_rights
from core.errors import BadDates, NobodyToExport, NotAllowed
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.actions.test_return import returned
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, settled
from tests.actions.test_shift import facts
from tests.builders import audit_rows, file_of


def board(shop: Shop, staff: Staff) -> tuple[Placed, ...]:
    today = shop.now().business_on
    return leaderboard(shop, today, today, staff=staff)


def test_the_most_earned_stands_first(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, GOLD, VITAMIN)
    big = settled(shop, staff, NORMAL, OXYGEN)
    found = board(shop, staff)
    assert [(each.place, each.earned.card_no) for each in found] == [(1, NORMAL), (2, GOLD)]
    assert found[0].earned.points == big.sale.points_earned
    returned(shop, big.sale, {1: 1000}, staff)
    assert [each.earned.card_no for each in board(shop, staff)] == [GOLD]
    today = shop.now().business_on
    before = today - timedelta(days=1)
    assert leaderboard(shop, before, before, staff=staff) == ()
    with pytest.raises(BadDates):
        leaderboard(shop, today, before, staff=staff)


def test_who_takes_it_as_a_file_is_written_down(shop: Shop, staff: Staff) -> None:
    today = shop.now().business_on
    span = {"first": today, "last": today, "staff": staff}
    with pytest.raises(NobodyToExport):
        export_leaderboard(shop, **span)
    settled(shop, staff, NORMAL, OXYGEN)
    before = len(audit_rows(shop))
    (masked,) = export_leaderboard(shop, **span)
    (whole,) = export_leaderboard(shop, **span, is_whole=True)
    (shown,) = board(shop, staff)
    assert whole == shown and masked != shown
    assert "*" in masked.earned.name and "*" in masked.earned.card_no
    assert (masked.place, masked.earned.points) == (shown.place, shown.earned.points)
    told = [(row["what"], row["subject"], row["detail"]) for row in audit_rows(shop)[before:]]
    assert told == [
        ("leaderboard_exported", "1", f"masked {today} {today}"),
        ("leaderboard_exported", "1", f"whole {today} {today}"),
    ]
    clerk = add_staff(shop, name="王芳", pin="975318", role=Role.CASHIER)
    rights = {Right.LOOK_AT_TAKINGS: True, Right.EXPORT_MEMBERS: True}
    change_rights(shop, clerk.no, rights, staff=staff)
    before = len(audit_rows(shop))
    assert export_leaderboard(shop, **span | {"staff": clerk}) == (masked,)
    with pytest.raises(NotAllowed):
        export_leaderboard(shop, **span | {"staff": clerk}, is_whole=True)
    assert len(audit_rows(shop)) == before + 1


def test_a_board_takes_no_second_person() -> None:
    assert MOST_PLACES <= ALONE


def test_who_earned_as_much_has_the_same_place(shop: Shop, staff: Staff) -> None:
    for card in (NORMAL, SILVER, GOLD):
        settled(shop, staff, card, OXYGEN if card == GOLD else VITAMIN)
    found = board(shop, staff)
    by_points = {each.earned.points for each in found}
    assert [each.place for each in found] == ([1, 2, 2] if len(by_points) == 2 else [1, 2, 3])
    tied = (found[0], found[1], Placed(found[1].place, found[2].earned, 0))
    assert [each.points for each in awards_of(tied, (100, 50))] == [100, 50, 50]


def test_a_prize_is_given_once(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, NORMAL, OXYGEN)
    today = shop.now().business_on
    before = file_of(shop, NORMAL).points
    (award,) = awards_of(board(shop, staff), (88,))
    span = {"first": today, "last": today, "reason": "积分排行第 1 名", "staff": staff}
    for _ in range(2):
        assert give_prize(shop, award, **span) == 88
    assert file_of(shop, NORMAL).points == before + 88
    assert len(facts(shop, "PointsCorrected")) == 1
    assert [each.prize for each in board(shop, staff)] == [88]
    assert awards_of(board(shop, staff), (88,)) == ()
    assert give_prize(shop, award, **{**span, "first": date(2020, 1, 1)}) == 88
