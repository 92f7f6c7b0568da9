"""发放: a coupon for each member that is meant, a few in each transaction; stopped, it keeps.

Whom it is for is asked first and shown in numbers; those who were shown are those who get one. A
member gets one at most of a handout, however often it is gone on with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import Second, allow, noted
from core.actions.coupon_codes import hand_out, new_codes
from core.actions.issue_limit import allow_issue, takes_second
from core.actions.serve import numbers_of
from core.errors import (
    BadDates,
    CouponsPast,
    NobodyMeant,
    NoSuchCoupon,
    NoSuchHandout,
    TooManyMeant,
)
from core.members.segment import Segment, check_segment
from core.members.standing import check_note
from core.ports import Reading, Writing
from core.rulebook.offers import CouponOffer
from core.sales.coupon_code import Batch
from core.sales.handout import MOST_MEMBERS, Handout, most_worth_fen
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment

AT_ONCE = 50
"""Members in one transaction: a till beside it waits for no more than these."""


class Meant(Struct, frozen=True):
    """Whom a coupon is for: `members` get it; others were meant, too, and do not.

    `holding` have one that can be used still, `not_served` are frozen or gone, `unknown` are
    numbers of no card. All coupons together take off at most `worth_fen`, None where nothing
    bounds it. `second`: whether so many take somebody else's word.
    """

    members: tuple[UUID, ...]
    holding: int
    not_served: int
    worth_fen: int | None
    unknown: tuple[str, ...] = ()
    second: Second = Second.NOT_NEEDED


class Far(Struct, frozen=True):
    """How far a handout is: members who have theirs, and who still wait."""

    handed: int
    waiting: int
    is_stopped: bool = False


def meant_by_segment(
    shop: Shop, offer_id: str, segment: Segment, *, to_holders: bool = False, staff: Staff
) -> Meant:
    """Of whom conditions mean, who would get it; who holds one gets another only `to_holders`.

    Raises NotAllowed, NoSuchCoupon, BadSegment, RollNotReady, TooManyMeant.
    """
    with shop.store.read() as reading:
        offer = _offered(shop, reading, offer_id, staff)
        found = shop.store.insight.roll.meant(check_segment(segment), MOST_MEMBERS + 1)
        return _meant(shop, reading, offer, found, staff=staff, to_holders=to_holders)


def meant_by_cards(
    shop: Shop, offer_id: str, cards: Iterable[str], *, to_holders: bool = False, staff: Staff
) -> Meant:
    """Of a list of card numbers, whose members would get it; raises as `meant_by_segment`."""
    found: dict[UUID, None] = {}
    unknown: dict[str, None] = {}
    with shop.store.read() as reading:
        offer = _offered(shop, reading, offer_id, staff)
        for text in cards:
            member = next(filter(None, map(reading.members.by_card, numbers_of(text))), None)
            if member is None:
                unknown[text] = None
            else:
                found[reading.standings.merged_into(member.id) or member.id] = None
        named, lost = tuple(found), tuple(unknown)
        return _meant(shop, reading, offer, named, lost, staff=staff, to_holders=to_holders)


def begin_handout(
    shop: Shop,
    offer_id: str,
    members: Collection[UUID],
    *,
    title: str,
    handout_id: UUID,
    staff: Staff,
    starts_on: date | None = None,
    ends_on: date | None = None,
    approval: Approval | None = None,
) -> Handout:
    """Keep whom it is for; `hand_out_more` gives it to them.

    `handout_id` is made before it is said, so that the same wish twice is one. Above what the
    rulebook lets one person issue on a day somebody else approves it. Raises NotAllowed,
    NoSuchCoupon, BadDates, CouponsPast, BadNote for the title, NobodyMeant, TooManyMeant.
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise BadDates(starts_on.isoformat(), ends_on.isoformat())
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        known = tx.handouts.get(handout_id)
        more = 0 if known is not None else len(members)
        offer, answers, takes_two = allow_issue(
            tx, moment, offer_id, more, staff=staff, approval=approval
        )
        if known is not None:
            return known
        if ends_on is not None and ends_on < moment.business_on:
            raise CouponsPast(ends_on.isoformat())
        if not members:
            raise NobodyMeant()
        if len(members) > MOST_MEMBERS:
            raise TooManyMeant(MOST_MEMBERS)
        made = Handout(
            id=handout_id,
            offer=offer.id,
            title=check_note(title),
            wanted=len(members),
            starts_on=starts_on,
            ends_on=ends_on,
            at_us=moment.at_us,
            business_on=moment.business_on,
            staff_no=staff.no,
        )
        tx.handouts.begin(made, members)
        tx.audit.note(
            "coupons_issued",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=made.id.hex,
            detail=noted(f"{offer.id} {made.wanted}", staff, answers, takes_two=takes_two),
        )
    return made


def hand_out_more(
    shop: Shop, handout_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Far:
    """Give it to the next few; to nobody where it was stopped or all have theirs.

    Raises NotAllowed, NoSuchHandout, NoSuchCoupon where the rulebook has it no more, CouponsPast.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.ISSUE_COUPONS, now_us=moment.at_us, approval=approval)
        made = _known(tx, handout_id)
        if not made.is_stopped:
            _coupon(tx, made.offer)
            if made.ends_on is not None and made.ends_on < moment.business_on:
                raise CouponsPast(made.ends_on.isoformat())
            waiting = tx.handouts.waiting(handout_id, AT_ONCE)
            gone = tx.handouts.not_served(waiting)
            for member_id in waiting:
                if member_id in gone:
                    tx.handouts.leave_out(handout_id, member_id)
                else:
                    _give(shop, tx, moment, made, member_id)
        return Far(*tx.handouts.counts(handout_id), made.is_stopped)


def stop_handout(
    shop: Shop, handout_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Far:
    """停发: who has theirs keeps it, nobody gets one any more; raises NotAllowed, NoSuchHandout."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.ISSUE_COUPONS, now_us=moment.at_us, approval=approval)
        return stop_waiting(tx, moment, _known(tx, handout_id), staff, answers)


def stop_waiting(tx: Writing, moment: Moment, made: Handout, staff: Staff, answers: int) -> Far:
    """Nobody gets one of it any more; noted where somebody waited."""
    handed, waiting = tx.handouts.counts(made.id)
    if waiting and not made.is_stopped:
        tx.handouts.stop(made.id, at_us=moment.at_us)
        tx.audit.note(
            "handout_stopped",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=made.id.hex,
            detail=noted(f"{made.offer} {handed} {waiting}", staff, answers),
        )
    return Far(handed, waiting, is_stopped=True)


def _give(shop: Shop, tx: Writing, moment: Moment, made: Handout, member_id: UUID) -> None:
    batch = Batch(
        id=shop.new_id(),
        offer=made.offer,
        codes=new_codes(shop, 1),
        member_id=member_id,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        at_us=moment.at_us,
        business_on=moment.business_on,
        staff_no=made.staff_no,
    )
    hand_out(shop, tx, moment, batch)
    tx.handouts.handed(made.id, member_id, batch.id)


def _offered(shop: Shop, reading: Reading, offer_id: str, staff: Staff) -> CouponOffer:
    allow(reading, staff, Right.ISSUE_COUPONS, now_us=shop.moment(reading).at_us)
    return _coupon(reading, offer_id)


def _meant(
    shop: Shop,
    reading: Reading,
    offer: CouponOffer,
    found: Sequence[UUID],
    unknown: tuple[str, ...] = (),
    *,
    staff: Staff,
    to_holders: bool,
) -> Meant:
    if len(found) > MOST_MEMBERS:
        raise TooManyMeant(MOST_MEMBERS)
    moment = shop.moment(reading)
    today = moment.business_on
    gone = reading.handouts.not_served(found)
    served = [each for each in found if each not in gone]
    has = frozenset() if to_holders else reading.handouts.holders(offer.id, today)
    members = tuple(each for each in served if each not in has)
    worth_fen = most_worth_fen(offer)
    return Meant(
        members=members,
        holding=len(served) - len(members),
        not_served=len(found) - len(served),
        worth_fen=None if worth_fen is None else worth_fen * len(members),
        unknown=unknown,
        second=takes_second(reading, moment, offer, len(members), staff),
    )


def _known(reading: Reading, handout_id: UUID) -> Handout:
    made = reading.handouts.get(handout_id)
    if made is None:
        raise NoSuchHandout()
    return made


def _coupon(reading: Reading, offer_id: str) -> CouponOffer:
    offer = reading.rulebooks.current().single_use.get(offer_id)
    if offer is None:
        raise NoSuchCoupon(offer_id)
    return offer
