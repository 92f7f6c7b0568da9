"""报名 · 到场: a member signs up for an activity, leaves it again, or is there."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.activities import Attendee, attendee, known_activity, move_up
from core.actions.allow import allow
from core.actions.counter import known_file
from core.actions.deeds import credit
from core.actions.serve import require_served
from core.changes import Changes
from core.errors import (
    ActivityAhead,
    ActivityCancelled,
    ActivityForTier,
    ActivityOver,
    BehaviourLimit,
    NotSignedUp,
)
from core.members.activity import Activity, Enrolled, Place, seats_left
from core.members.member import MemberFile
from core.ports import Reading, Writing
from core.ports.activities import Counted
from core.shop import Shop
from core.sync.effects import derived_id
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment

MOST_OFFERED = 20


class SignedUp(Struct, frozen=True):
    """How it stands with a member by a step, and who has a place by it that waited before.

    `limit`: coming was noted without points, since the rulebook gives no more for now.
    """

    activity: Activity
    enrolled: Enrolled
    moved_up: tuple[Attendee, ...] = ()
    limit: BehaviourLimit | None = None
    changes: Changes = Changes.MEMBERS


class Offered(Struct, frozen=True):
    """活动 for a member: how it stands with them, None where they did not sign up.

    `is_full`: they would wait. `is_today`: they may be there now. `is_theirs`: for their tier.
    """

    counted: Counted
    enrolled: Enrolled | None
    is_full: bool
    is_today: bool
    is_theirs: bool


def offered_to(shop: Shop, member_id: UUID) -> tuple[Offered, ...]:
    """Activities that are ahead for a member: cancelled ones only where they signed up."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        ahead = reading.activities.since(moment.business_on, most=MOST_OFFERED)
        if not ahead:
            return ()
        file = known_file(reading, member_id, reading.rulebooks.current(), moment)
        theirs = reading.activities.of_member(member_id, moment.business_on)
        found = []
        for each in ahead:
            activity, enrolled = each.activity, theirs.get(each.activity.id)
            taken, is_out = each.seated + each.came, enrolled is None or _has_left(enrolled)
            is_theirs = not activity.tiers or file.member.tier in activity.tiers
            if is_out and (activity.is_cancelled or not is_theirs):
                continue
            is_full = bool(activity.seats) and taken >= activity.seats
            is_today = activity.on == moment.business_on
            found.append(Offered(each, enrolled, is_full, is_today, is_theirs))
        return tuple(found)


def sign_up(shop: Shop, activity_id: UUID, member_id: UUID, *, staff: Staff) -> SignedUp:
    """报名: a place, or a turn among those who wait where it is full. Said twice it is done once.

    Raises NotAllowed, NoSuchActivity, ActivityCancelled, ActivityOver, ActivityForTier,
    NoSuchMember, and what `require_served` does.
    """
    with shop.store.write() as tx:
        moment, activity, file = _begin(shop, tx, activity_id, member_id, staff)
        if activity.on < moment.business_on:
            raise ActivityOver(activity.title, activity.on.isoformat())
        enrolled = _enrol(tx, moment, activity, file, staff)
        return SignedUp(activity, enrolled)


def come(shop: Shop, activity_id: UUID, member_id: UUID, *, staff: Staff) -> SignedUp:
    """到场: the member is there; points of the activity's behaviour are booked once.

    Who did not sign up does so by it, and who waited is there all the same. Raises as `sign_up`,
    and ActivityAhead before its business date.
    """
    with shop.store.write() as tx:
        moment, activity, file = _begin(shop, tx, activity_id, member_id, staff)
        if activity.on > moment.business_on:
            raise ActivityAhead(activity.title, activity.on.isoformat())
        enrolled = _enrol(tx, moment, activity, file, staff)
        if enrolled.place is Place.CAME:
            return SignedUp(activity, enrolled)
        points, limit = _points(shop, tx, moment, activity, file.member.id, staff)
        came = replace(enrolled, place=Place.CAME, points=points, at_us=moment.at_us, to_tell=False)
        _write(tx, activity, came, staff, "attended", moment.at_us)
        return SignedUp(activity, came, limit=limit)


def leave(shop: Shop, activity_id: UUID, member_id: UUID, *, staff: Staff) -> SignedUp:
    """退出: the place goes to the next who waits.

    Raises NotAllowed, NoSuchActivity, NotSignedUp.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.SIGN_UP, now_us=moment.at_us)
        activity = known_activity(tx, activity_id)
        enrolled = _known(tx, activity_id, member_id)
        if enrolled is None or enrolled.place is Place.CAME:
            raise NotSignedUp(activity.title)
        if _has_left(enrolled):
            return SignedUp(activity, enrolled)
        left = replace(enrolled, place=Place.LEFT, at_us=moment.at_us, to_tell=False)
        _write(tx, activity, left, staff, "left", moment.at_us)
        is_on = not activity.is_cancelled and activity.on >= moment.business_on
        moved = move_up(tx, activity, moment.at_us) if is_on else ()
        return SignedUp(activity, left, tuple(attendee(tx, each) for each in moved))


def told(shop: Shop, activity_id: UUID, member_id: UUID, *, staff: Staff) -> SignedUp:
    """已通知: somebody told the member of what changed. Raises NotAllowed, NotSignedUp."""
    with shop.store.write() as tx:
        at_us = shop.moment(tx).at_us
        allow(tx, staff, Right.SIGN_UP, now_us=at_us)
        activity = known_activity(tx, activity_id)
        enrolled = _known(tx, activity_id, member_id)
        if enrolled is None or _has_left(enrolled):
            raise NotSignedUp(activity.title)
        if enrolled.to_tell:
            enrolled = replace(enrolled, told_us=at_us, to_tell=False)
            _write(tx, activity, enrolled, staff, "told", at_us)
        return SignedUp(activity, enrolled)


def _begin(
    shop: Shop, tx: Writing, activity_id: UUID, member_id: UUID, staff: Staff
) -> tuple[Moment, Activity, MemberFile]:
    """Who may, of what, and for whom: a member who is served."""
    moment, rulebook = shop.moment(tx), tx.rulebooks.current()
    allow(tx, staff, Right.SIGN_UP, now_us=moment.at_us)
    activity = known_activity(tx, activity_id)
    if activity.is_cancelled:
        raise ActivityCancelled(activity.title)
    file = known_file(tx, member_id, rulebook, moment)
    require_served(tx, file, moment.business_on)
    return moment, activity, file


def _enrol(
    tx: Writing, moment: Moment, activity: Activity, file: MemberFile, staff: Staff
) -> Enrolled:
    """As they are signed up already, or are from now on."""
    member = file.member
    known = _known(tx, activity.id, member.id)
    if known is not None and not _has_left(known):
        return known
    if activity.tiers and member.tier not in activity.tiers:
        tier = tx.rulebooks.current().scheme.tier(member.tier)
        raise ActivityForTier(activity.title, tier.name if tier else member.tier)
    everybody = tx.activities.enrolled(activity.id)
    place = Place.WAITING if seats_left(activity, everybody) == 0 else Place.SEAT
    turn = max((each.turn for each in everybody), default=0) + 1
    member_id = member.id if known is None else known.member_id
    enrolled = Enrolled(activity.id, member_id, turn, place, moment.at_us, staff.no)
    _write(tx, activity, enrolled, staff, "joined", moment.at_us)
    return enrolled


def _points(
    shop: Shop, tx: Writing, moment: Moment, activity: Activity, member_id: UUID, staff: Staff
) -> tuple[int, BehaviourLimit | None]:
    """What was booked for coming: never twice, and nothing beyond the limits of the rulebook."""
    deed_id = derived_id("activity attended", activity.id, member_id)
    known = tx.deeds.credited(deed_id)
    behaviour = tx.rulebooks.current().behaviour(activity.behaviour)
    if known is not None or behaviour is None:
        return (0 if known is None else known.points), None
    try:
        booked = credit(
            shop, tx, moment, member_id, behaviour, deed_id, staff=staff, answers=staff.no
        )
    except BehaviourLimit as limit:
        return 0, limit
    return booked, None


def _known(reading: Reading, activity_id: UUID, member_id: UUID) -> Enrolled | None:
    """The member's own, or that of one who became them."""
    for each in reading.activities.enrolled(activity_id):
        if (reading.standings.merged_into(each.member_id) or each.member_id) == member_id:
            return each
        if each.member_id == member_id:
            return each
    return None


def _has_left(enrolled: Enrolled) -> bool:
    return enrolled.place is Place.LEFT


def _write(
    tx: Writing, activity: Activity, enrolled: Enrolled, staff: Staff, what: str, at_us: int
) -> None:
    tx.activities.enrol(enrolled)
    tx.audit.note(
        f"activity_{what}",
        at_us=at_us,
        staff_no=staff.no,
        subject=enrolled.member_id.hex,
        detail=activity.title,
    )
