"""活动: what a shop plans, changes and cancels, and how it came out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.changes import Changes
from core.errors import ActivityCancelled, BadActivity, NoSuchActivity
from core.members.activity import Activity, Enrolled, Place, check_activity, next_up
from core.members.standing import check_note
from core.ports import Reading, Writing
from core.ports.activities import Bought, Counted
from core.rulebook.behaviours import Behaviour
from core.rulebook.schemes import Tier
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment

MOST_AHEAD, MOST_PAST = 200, 200
FOLLOWED_DAYS = 30
"""So many business days after an activity what those who came buy is counted."""


class Board(Struct, frozen=True):
    """活动 of a shop as of a business date: those ahead, the first first; those past, the newest.

    `tiers` and `behaviours` are what an activity may choose from.
    """

    on: date
    ahead: tuple[Counted, ...]
    past: tuple[Counted, ...]
    tiers: tuple[Tier, ...]
    behaviours: tuple[Behaviour, ...]


class Attendee(Struct, frozen=True):
    """One who signed up, as they are known now; name, card and phone are whole here."""

    enrolled: Enrolled
    name: str
    card_no: str
    phone: str


class Attended(Struct, frozen=True):
    """An activity with everybody who signed up, in their turn.

    `bought` is what those who came bought in the days after it, until `until`; None before it.
    """

    activity: Activity
    people: tuple[Attendee, ...]
    on: date
    until: date
    bought: Bought | None = None

    def count(self, place: Place) -> int:
        """How many stand so."""
        return sum(each.enrolled.place is place for each in self.people)


class Planned(Struct, frozen=True):
    """An activity as it is kept; `moved_up` have a place by it and waited before.

    `is_other`: somebody else has changed it meanwhile, and what was wished is not kept.
    """

    activity: Activity
    moved_up: tuple[Enrolled, ...] = ()
    is_other: bool = False
    changes: Changes = Changes.NOTHING


def look_at_activities(shop: Shop) -> Board:
    """活动: today's and those ahead, and those that were."""
    with shop.store.read() as reading:
        on, rulebook = shop.moment(reading).business_on, reading.rulebooks.current()
        return Board(
            on,
            reading.activities.since(on, most=MOST_AHEAD),
            reading.activities.before(on, most=MOST_PAST),
            rulebook.scheme.tiers,
            rulebook.behaviours,
        )


def look_at_activity(shop: Shop, activity_id: UUID, *, staff: Staff) -> Attended:
    """One with its people and its figures; raises NoSuchActivity.

    NotAllowed for who may sign nobody up.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SIGN_UP, now_us=shop.clock.now_us())
        activity = known_activity(reading, activity_id)
        on = shop.moment(reading).business_on
        first, last = activity.on + timedelta(1), activity.on + timedelta(FOLLOWED_DAYS)
        is_over = not activity.is_cancelled and activity.on < on
        bought = reading.activities.bought(activity_id, first, last) if is_over else None
        people = (attendee(reading, each) for each in reading.activities.enrolled(activity_id))
        return Attended(activity, tuple(people), on, min(last, on), bought)


def attendee(reading: Reading, enrolled: Enrolled) -> Attendee:
    """With the member as they are now, also where they became another; "" of who was erased."""
    now_id = reading.standings.merged_into(enrolled.member_id) or enrolled.member_id
    member = reading.members.get(now_id)
    if member is None:
        return Attendee(enrolled, "", "", "")
    return Attendee(enrolled, member.name, member.card_no, member.phone or "")


def known_activity(reading: Reading, activity_id: UUID) -> Activity:
    """Raises NoSuchActivity."""
    activity = reading.activities.get(activity_id)
    if activity is None:
        raise NoSuchActivity()
    return activity


def export_people(shop: Shop, activity_id: UUID, *, staff: Staff) -> Attended:
    """导出名单: the same as `look_at_activity`, for a file or paper, and written down.

    Raises NotAllowed, NoSuchActivity.
    """
    with shop.store.write() as tx:
        at_us = shop.moment(tx).at_us
        allow(tx, staff, Right.PLAN_ACTIVITIES, now_us=at_us)
        activity = known_activity(tx, activity_id)
        _note(tx, activity, at_us, staff, "exported")
    return look_at_activity(shop, activity_id, staff=staff)


def plan_activity(
    shop: Shop, activity: Activity, *, seen: Activity | None = None, staff: Staff
) -> Planned:
    """A new one, or one that was `seen` so as it is to be; more seats go to those who wait.

    Its id is made before it is said. Who has a place keeps it, whatever the seats become; where
    day, time or place become others, all of them are to be told.
    Raises NotAllowed, BadActivity; ActivityCancelled for one that was cancelled meanwhile.
    """
    wanted = check_activity(activity)
    with shop.store.write() as tx:
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        allow(tx, staff, Right.PLAN_ACTIVITIES, now_us=moment.at_us)
        before = tx.activities.get(wanted.id)
        if before is not None and before.is_cancelled:
            raise ActivityCancelled(before.title)
        if before is not None and before not in (seen, wanted):
            return Planned(before, is_other=True)
        known = {tier.code for tier in rulebook.scheme.tiers}
        if not known.issuperset(wanted.tiers):
            raise BadActivity()
        is_known = not wanted.behaviour or rulebook.behaviour(wanted.behaviour) is not None
        if not is_known and (before is None or before.behaviour != wanted.behaviour):
            raise BadActivity()
        if wanted == before:
            return Planned(wanted)
        if wanted.on < moment.business_on and (before is None or before.on != wanted.on):
            raise BadActivity()
        _keep(tx, wanted, moment.at_us, staff, "planned" if before is None else "changed")
        if before is not None and _when_and_where(before) != _when_and_where(wanted):
            _let_tell(tx, wanted)
        return Planned(wanted, move_up(tx, wanted, moment.at_us))


def cancel_activity(shop: Shop, activity_id: UUID, *, reason: str, staff: Staff) -> Planned:
    """取消: it does not take place; whoever has a place or waits is to be told.

    Raises NotAllowed, NoSuchActivity, BadNote, ActivityCancelled.
    """
    with shop.store.write() as tx:
        at_us = shop.moment(tx).at_us
        allow(tx, staff, Right.PLAN_ACTIVITIES, now_us=at_us)
        activity = known_activity(tx, activity_id)
        if activity.is_cancelled:
            raise ActivityCancelled(activity.title)
        cancelled = replace(activity, cancelled_for=check_note(reason))
        _keep(tx, cancelled, at_us, staff, "cancelled")
        _let_tell(tx, cancelled)
        return Planned(cancelled)


def move_up(tx: Writing, activity: Activity, at_us: int) -> tuple[Enrolled, ...]:
    """递补: whoever waits and has room gets a place, in their turn, and is to be told."""
    moved = tuple(
        replace(each, place=Place.SEAT, to_tell=True, at_us=at_us)
        for each in next_up(activity, tx.activities.enrolled(activity.id))
    )
    for each in moved:
        tx.activities.enrol(each)
    return moved


def give_up_places(tx: Writing, moment: Moment, member_ids: Collection[UUID]) -> None:
    """删除: nobody who is erased keeps a place at what is ahead, or waits for one."""
    ahead = (tx.activities.of_member(each, moment.business_on) for each in member_ids)
    for activity_id in sorted({ident for found in ahead for ident in found}):
        for each in tx.activities.enrolled(activity_id):
            if each.member_id in member_ids and each.place in (Place.SEAT, Place.WAITING):
                left = replace(each, place=Place.LEFT, at_us=moment.at_us, to_tell=False)
                tx.activities.enrol(left)
        activity = known_activity(tx, activity_id)
        if not activity.is_cancelled:
            move_up(tx, activity, moment.at_us)


def _when_and_where(activity: Activity) -> tuple[object, ...]:
    return activity.on, activity.from_minute, activity.to_minute, activity.where


def _let_tell(tx: Writing, activity: Activity) -> None:
    """Whoever reckons with it is to be told."""
    for each in tx.activities.enrolled(activity.id):
        if each.place in (Place.SEAT, Place.WAITING):
            tx.activities.enrol(replace(each, to_tell=True))


def _keep(tx: Writing, activity: Activity, at_us: int, staff: Staff, what: str) -> None:
    tx.activities.keep(activity, at_us=at_us, staff_no=staff.no)
    _note(tx, activity, at_us, staff, what)


def _note(tx: Writing, activity: Activity, at_us: int, staff: Staff, what: str) -> None:
    tx.audit.note(
        f"activity_{what}", at_us=at_us, staff_no=staff.no, subject=activity.title,
        detail=activity.on.isoformat(),
    )  # fmt: skip
