"""活动: seats go in turn, who comes gets points once, and whom to tell is known."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.activities import (
    cancel_activity,
    look_at_activities,
    look_at_activity,
    plan_activity,
)
from core.actions.attend import Offered, come, leave, offered_to, sign_up, told
from core.actions.cards import freeze_member
from core.actions.forget_member import forget_member
from core.actions.merge_members import merge_members
from core.errors import (
    ActivityAhead,
    ActivityCancelled,
    ActivityForTier,
    ActivityOver,
    BadActivity,
    BadNote,
    MemberFrozen,
    NoSuchActivity,
    NotSignedUp,
)
from core.members.activity import Activity, ActivityKind, Place, is_missed, minutes_of
from core.members.certificate import Why
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_deeds import SIGN_IN, with_rules
from tests.actions.test_return import DAY_S
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, settled
from tests.builders import audit_rows, file_of, later, manager_of
from tests.telling import hear
from tests.telling import told as member_told


@pytest.fixture
def ids(shop: Shop, staff: Staff) -> dict[str, UUID]:
    """Members by their cards, of a shop that gives points for signing in."""
    with_rules(shop, staff, behaviours=(SIGN_IN,))
    return {card: file_of(shop, card).member.id for card in (GOLD, SILVER, NORMAL)}


def on_of(shop: Shop, days: int = 0) -> date:
    return shop.now().business_on + timedelta(days)


def salon(shop: Shop, **said: object) -> Activity:
    plain = Activity(
        shop.new_id(), ActivityKind.SALON, "养生沙龙", "二楼", on_of(shop), 14 * 60, 16 * 60
    )
    return replace(plain, **said)


def planned(shop: Shop, staff: Staff, **said: object) -> Activity:
    return plan_activity(shop, salon(shop, **said), staff=staff).activity


def places(shop: Shop, activity: Activity) -> list[tuple[str, Place]]:
    seen = look_at_activity(shop, activity.id, staff=manager_of(shop))
    return [(each.card_no, each.enrolled.place) for each in seen.people]


def to_tell(shop: Shop, activity: Activity) -> list[str]:
    seen = look_at_activity(shop, activity.id, staff=manager_of(shop))
    return [each.card_no for each in seen.people if each.enrolled.to_tell]


def offered(shop: Shop, member_id: UUID) -> list[Offered]:
    return list(offered_to(shop, member_id))


def test_seats_go_in_turn_and_the_next_one_moves_up(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, seats=1, on=on_of(shop, 3))
    first = sign_up(shop, activity.id, ids[GOLD], staff=staff)
    again = sign_up(shop, activity.id, ids[GOLD], staff=staff)
    second = sign_up(shop, activity.id, ids[SILVER], staff=staff)
    assert (first.enrolled.place, second.enrolled.place) == (Place.SEAT, Place.WAITING)
    assert again.enrolled == first.enrolled
    left = leave(shop, activity.id, ids[GOLD], staff=staff)
    assert [each.card_no for each in left.moved_up] == [SILVER]
    assert places(shop, activity) == [(GOLD, Place.LEFT), (SILVER, Place.SEAT)]
    assert to_tell(shop, activity) == [SILVER]
    back = sign_up(shop, activity.id, ids[GOLD], staff=staff)
    assert back.enrolled.place is Place.WAITING
    assert places(shop, activity) == [(SILVER, Place.SEAT), (GOLD, Place.WAITING)]
    assert leave(shop, activity.id, ids[GOLD], staff=staff).moved_up == ()


def test_more_seats_go_to_those_who_wait_and_fewer_take_nobodys(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, seats=1, on=on_of(shop, 3))
    for card in (GOLD, SILVER, NORMAL):
        sign_up(shop, activity.id, ids[card], staff=staff)
    two = replace(activity, seats=2)
    more = plan_activity(shop, two, seen=activity, staff=staff)
    assert [each.member_id for each in more.moved_up] == [ids[SILVER]]
    assert plan_activity(shop, activity, seen=two, staff=staff).moved_up == ()
    assert [place for _, place in places(shop, activity)] == [
        Place.SEAT,
        Place.SEAT,
        Place.WAITING,
    ]


def test_another_day_time_or_place_is_told_to_all_who_reckon_with_it(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, on=on_of(shop, 3))
    for card in (GOLD, SILVER, NORMAL):
        sign_up(shop, activity.id, ids[card], staff=staff)
    leave(shop, activity.id, ids[NORMAL], staff=staff)
    named = replace(activity, title="另一个名字")
    plan_activity(shop, named, seen=activity, staff=staff)
    assert to_tell(shop, activity) == []
    now = replace(activity, on=on_of(shop))
    plan_activity(shop, now, seen=named, staff=staff)
    assert to_tell(shop, activity) == [GOLD, SILVER]
    told(shop, activity.id, ids[GOLD], staff=staff)
    come(shop, activity.id, ids[SILVER], staff=staff)
    assert to_tell(shop, activity) == []
    with pytest.raises(BadActivity):
        plan_activity(shop, replace(activity, on=on_of(shop, -1)), seen=now, staff=staff)


def test_who_changes_it_second_hears_of_the_first(shop: Shop, staff: Staff) -> None:
    activity = planned(shop, staff, seats=5)
    first, second = replace(activity, seats=8), replace(activity, where="三楼")
    assert not plan_activity(shop, first, seen=activity, staff=staff).is_other
    other = plan_activity(shop, second, seen=activity, staff=staff)
    assert (other.is_other, other.activity) == (True, first)
    assert look_at_activity(shop, activity.id, staff=staff).activity == first
    assert not plan_activity(shop, second, seen=first, staff=staff).is_other
    assert look_at_activity(shop, activity.id, staff=staff).activity == second


def test_who_comes_gets_the_points_once(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity = planned(shop, staff, behaviour="sign-in")
    sign_up(shop, activity.id, ids[GOLD], staff=staff)
    before = file_of(shop, GOLD).points
    came = come(shop, activity.id, ids[GOLD], staff=staff)
    again = come(shop, activity.id, ids[GOLD], staff=staff)
    assert (came.enrolled.place, came.enrolled.points) == (Place.CAME, 5)
    assert again.enrolled == came.enrolled
    assert file_of(shop, GOLD).points == before + 5
    with pytest.raises(NotSignedUp):
        leave(shop, activity.id, ids[GOLD], staff=staff)
    credited = [row for row in audit_rows(shop) if row["what"] == "behaviour_credited"]
    assert len(credited) == 1


def test_what_the_rulebook_gives_no_more_of_is_said(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    """Once a day: who comes to a second activity is there, without points."""
    first, second = (planned(shop, staff, behaviour="sign-in") for _ in range(2))
    come(shop, first.id, ids[GOLD], staff=staff)
    came = come(shop, second.id, ids[GOLD], staff=staff)
    assert (came.enrolled.place, came.enrolled.points) == (Place.CAME, 0)
    assert came.limit is not None and came.limit.most == 1


def test_who_waited_or_never_signed_up_may_be_there(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, seats=1)
    sign_up(shop, activity.id, ids[GOLD], staff=staff)
    sign_up(shop, activity.id, ids[SILVER], staff=staff)
    for card in (SILVER, NORMAL):
        come(shop, activity.id, ids[card], staff=staff)
    assert places(shop, activity) == [
        (GOLD, Place.SEAT),
        (SILVER, Place.CAME),
        (NORMAL, Place.CAME),
    ]


def test_before_and_after_its_day(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    ahead = planned(shop, staff, on=on_of(shop, 1))
    with pytest.raises(ActivityAhead):
        come(shop, ahead.id, ids[GOLD], staff=staff)
    sign_up(shop, ahead.id, ids[GOLD], staff=staff)
    future = later(shop, 0)
    with pytest.raises(ActivityOver):
        sign_up(future, ahead.id, ids[SILVER], staff=staff)
    seen = look_at_activity(future, ahead.id, staff=staff)
    assert is_missed(seen.activity, seen.people[0].enrolled, future.now())
    assert come(future, ahead.id, ids[GOLD], staff=staff).enrolled.place is Place.CAME
    with pytest.raises(BadActivity):
        plan_activity(future, salon(shop), staff=staff)


def test_a_tier_that_it_is_not_for(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    tier = file_of(shop, GOLD).member.tier
    activity = planned(shop, staff, tiers=(tier,), on=on_of(shop, 1))
    sign_up(shop, activity.id, ids[GOLD], staff=staff)
    with pytest.raises(ActivityForTier) as refused:
        sign_up(shop, activity.id, ids[NORMAL], staff=staff)
    assert refused.value.tier
    assert offered(shop, ids[NORMAL]) == []
    with pytest.raises(BadActivity):
        plan_activity(shop, salon(shop, tiers=("nothing",)), staff=staff)


def test_a_cancelled_one_says_whom_to_tell(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity = planned(shop, staff, seats=1, on=on_of(shop, 2))
    for card in (GOLD, SILVER):
        sign_up(shop, activity.id, ids[card], staff=staff)
    with pytest.raises(BadNote):
        cancel_activity(shop, activity.id, reason=" ", staff=staff)
    cancel_activity(shop, activity.id, reason="讲师病了", staff=staff)
    told(shop, activity.id, ids[GOLD], staff=staff)
    seen = look_at_activity(shop, activity.id, staff=staff)
    assert seen.activity.cancelled_for == "讲师病了"
    assert [each.enrolled.to_tell for each in seen.people] == [False, True]
    assert seen.people[0].enrolled.told_us
    for step in (sign_up, come):
        with pytest.raises(ActivityCancelled):
            step(shop, activity.id, ids[NORMAL], staff=staff)
    for step in (
        lambda: cancel_activity(shop, activity.id, reason="再取消", staff=staff),
        lambda: plan_activity(shop, activity, staff=staff),
    ):
        with pytest.raises(ActivityCancelled):
            step()
    assert [each.is_theirs for each in offered(shop, ids[GOLD])] == [True]
    assert offered(shop, ids[NORMAL]) == []
    leave(shop, activity.id, ids[GOLD], staff=staff)
    with pytest.raises(NotSignedUp):
        told(shop, activity.id, ids[GOLD], staff=staff)


def test_what_the_counter_offers(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    today = planned(shop, staff, seats=1)
    planned(shop, staff, on=on_of(shop, 5), title="健康讲座")
    sign_up(shop, today.id, ids[GOLD], staff=staff)
    mine, other = offered(shop, ids[GOLD])
    assert mine.enrolled is not None and mine.enrolled.place is Place.SEAT
    assert (mine.is_today, mine.is_full, other.is_today, other.enrolled) == (
        True,
        True,
        False,
        None,
    )


def test_who_is_not_served_signs_up_for_nothing(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff)
    freeze_member(shop, ids[GOLD], reason="查一下", staff=staff)
    with pytest.raises(MemberFrozen):
        sign_up(shop, activity.id, ids[GOLD], staff=staff)


def test_who_became_another_has_one_place(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity = planned(shop, staff, behaviour="sign-in")
    sign_up(shop, activity.id, ids[NORMAL], staff=staff)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    assert offered(shop, ids[GOLD])[0].enrolled is not None
    come(shop, activity.id, ids[GOLD], staff=staff)
    come(shop, activity.id, ids[GOLD], staff=staff)
    assert places(shop, activity) == [(GOLD, Place.CAME)]


def test_who_is_erased_keeps_no_place(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity = planned(shop, staff, seats=1, on=on_of(shop, 3))
    for card in (GOLD, SILVER, NORMAL):
        sign_up(shop, activity.id, ids[card], staff=staff)
    forget_member(shop, ids[SILVER], Why.ASKED, staff=staff)
    forget_member(shop, ids[GOLD], Why.ASKED, staff=staff)
    seen = look_at_activity(shop, activity.id, staff=staff)
    assert [each.enrolled.place for each in seen.people] == [Place.LEFT, Place.LEFT, Place.SEAT]
    assert to_tell(shop, activity) == [NORMAL]


def test_who_is_erased_by_head_office_keeps_no_place(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, seats=1, on=on_of(shop, 3))
    for card in (GOLD, NORMAL):
        sign_up(shop, activity.id, ids[card], staff=staff)
    hear(shop, member_told(ids[GOLD], through=10**6, is_erased=True, seal="5ea1"))
    assert [place for _, place in places(shop, activity)] == [Place.LEFT, Place.SEAT]


def test_what_those_who_came_bought_afterwards(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity = planned(shop, staff, on=on_of(shop))
    come(shop, activity.id, ids[GOLD], staff=staff)
    sign_up(shop, activity.id, ids[SILVER], staff=staff)
    sold = settled(shop, staff, GOLD, CALCIUM).sale
    settled(shop, staff, SILVER, CALCIUM)
    assert look_at_activity(shop, activity.id, staff=staff).bought is None
    assert bought(shop, staff, activity, days=-1) == (1, 1, sold.payable_fen)
    assert bought(shop, staff, activity, days=0) == (0, 0, 0)
    assert bought(shop, staff, activity, days=-31) == (0, 0, 0)
    assert bought(shop, staff, activity, days=-30) == (1, 1, sold.payable_fen)


def bought(shop: Shop, staff: Staff, activity: Activity, *, days: int) -> tuple[int, int, int]:
    """As if it had been so many days from today."""
    with shop.store.write() as tx:
        there = replace(activity, on=activity.on + timedelta(days))
        tx.activities.keep(there, at_us=0, staff_no=staff.no)
    seen = look_at_activity(later(shop, 0), activity.id, staff=staff)
    assert seen.bought is not None
    return seen.bought.tickets, seen.bought.members, seen.bought.fen


def test_the_board_shows_what_is_ahead_and_what_was(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    second = planned(shop, staff, on=on_of(shop, 2), title="体检")
    first = planned(shop, staff)
    sign_up(shop, first.id, ids[GOLD], staff=staff)
    board = look_at_activities(shop)
    assert [each.activity for each in board.ahead] == [first, second]
    assert (board.ahead[0].seated, board.past) == (1, ())
    after = look_at_activities(later(shop, DAY_S))
    assert [each.activity for each in after.past] == [second, first]
    with pytest.raises(NoSuchActivity):
        look_at_activity(shop, shop.new_id(), staff=staff)


@pytest.mark.parametrize(
    "said",
    [
        {"title": " "},
        {"title": "长" * 61},
        {"where": "坏\n字"},
        {"from_minute": 60, "to_minute": 60},
        {"to_minute": 24 * 60 + 1},
        {"seats": -1},
        {"seats": 10_001},
        {"behaviour": "nothing"},
    ],
)
def test_what_cannot_be_planned(shop: Shop, staff: Staff, said: dict[str, object]) -> None:
    with pytest.raises(BadActivity):
        plan_activity(shop, salon(shop, **said), staff=staff)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("14:00-16:30", (840, 990)),
        ("9：05－10：00", (545, 600)),
        ("9", (540, 660)),
        ("23:30", (1410, 1440)),
        ("20-24", (1200, 1440)),
    ],
)
def test_times_as_people_write_them(text: str, minutes: tuple[int, int]) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "下午", "25:00", "14:60", "14:00-", "14:0x", "²-3"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(BadActivity):
        begins, ends = minutes_of(text)
        assert begins < ends
