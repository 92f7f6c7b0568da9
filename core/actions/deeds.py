"""行为积分 · 更正: points for what was done without a sale, and points set right by hand."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, allow_second, noted
from core.actions.book_lot import Booked, book_lot, debts_record
from core.actions.counter import known_file
from core.actions.serve import require_served
from core.actions.telling import tell
from core.changes import Changes
from core.errors import BadCorrection, BehaviourLimit, NoSuchBehaviour
from core.members.member_table import MOST_POINTS
from core.members.standing import check_note
from core.points.deeds import Correction, Credited, Times
from core.points.earn import earn
from core.points.ledger import CORRECTED, ISSUED, Account, Cause
from core.points.take import take
from core.ports import Reading, Writing
from core.rulebook.behaviours import REFERRAL, Behaviour
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


class PointsMoved(Struct, frozen=True):
    """What a member has now; `points` were given, or taken where they are below zero.

    `is_repeat`: it was done before, nothing was done a second time.
    """

    points: int
    balance: int
    name: str = ""
    is_repeat: bool = False
    changes: Changes = Changes.MEMBERS


class Chance(Struct, frozen=True):
    """A behaviour, how often the member did it, and which limit stops once more, if any.

    `deed_id` is the id of the next time: who takes it for a press takes it for both of two.
    """

    behaviour: Behaviour
    times: Times
    stopped_by: str = ""
    deed_id: UUID = UUID(int=0)


def chances(shop: Shop, member_id: UUID) -> tuple[Chance, ...]:
    """行为: what a member can get points for, in the order of the rulebook."""
    with shop.store.read() as reading:
        today, rulebook = shop.moment(reading).business_on, reading.rulebooks.current()
        if not rulebook.behaviours:
            return ()
        times = reading.deeds.times(member_id, today=today)
        return tuple(
            _chance(each, times.get(each.code, Times()), shop.new_id())
            for each in rulebook.behaviours
            if each.code != REFERRAL
        )


def _chance(behaviour: Behaviour, times: Times, deed_id: UUID) -> Chance:
    reached = times.limit_reached(behaviour)
    return Chance(behaviour, times, reached[0] if reached else "", deed_id)


def credit_behaviour(
    shop: Shop,
    member_id: UUID,
    code: str,
    *,
    deed_id: UUID,
    staff: Staff,
    approval: Approval | None = None,
) -> PointsMoved:
    """The member did it once more.

    `deed_id` is made before it is said, so that a double press counts once. Raises
    NotAllowed, NoSuchMember, MemberFrozen…, NoSuchBehaviour, BehaviourLimit.
    """
    with shop.store.write() as tx:
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        if (known := tx.deeds.credited(deed_id)) is not None:
            behaviour = rulebook.behaviour(known.code)
            name, balance = behaviour.name if behaviour else known.code, _now(tx, known.member_id)
            return PointsMoved(known.points, balance, name, is_repeat=True)
        answers = allow(tx, staff, Right.CREDIT_BEHAVIOUR, now_us=moment.at_us, approval=approval)
        file = known_file(tx, member_id, rulebook, moment)
        require_served(tx, file, moment.business_on)
        behaviour = rulebook.behaviour(code)
        if behaviour is None or code == REFERRAL:
            raise NoSuchBehaviour(code)
        points = credit(
            shop, tx, moment, member_id, behaviour, deed_id, staff=staff, answers=answers
        )
        return PointsMoved(points, tx.ledger.balance(member_id), behaviour.name)


def credit(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    behaviour: Behaviour,
    deed_id: UUID,
    *,
    staff: Staff,
    answers: int,
) -> int:
    """Book it within an action that asked who may, `answers` for it; the points.

    Raises BehaviourLimit.
    """
    code, rulebook = behaviour.code, tx.rulebooks.current()
    times = tx.deeds.times(member_id, today=moment.business_on).get(code, Times())
    if reached := times.limit_reached(behaviour):
        raise BehaviourLimit(behaviour.name, *reached)
    given = give_points(
        tx,
        moment,
        member_id,
        behaviour.points,
        rulebook,
        cause=Cause.BEHAVIOUR,
        transfer_id=deed_id,
    )
    tx.deeds.credit(
        Credited(
            id=deed_id,
            member_id=member_id,
            code=code,
            points=behaviour.points,
            at_us=moment.at_us,
            business_on=moment.business_on,
            staff_no=staff.no,
        )
    )
    tx.audit.note(
        "behaviour_credited",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=member_id.hex,
        detail=noted(f"{code} {behaviour.points}", staff, answers),
    )
    body = {
        "member": member_id,
        "code": code,
        "points": behaviour.points,
        "lot": given.lot.id,
        "expires_on": given.lot.expires_on,
        "staff_no": staff.no,
        **debts_record((given,)),
    }
    tell(shop, tx, moment, "BehaviourCredited", body)
    return behaviour.points


def correct_points(
    shop: Shop,
    member_id: UUID,
    points: int,
    *,
    reason: str,
    correction_id: UUID,
    staff: Staff,
    approval: Approval | None = None,
    takes_two: bool = False,
) -> PointsMoved:
    """更正: give (above zero) or take (below) so many points by hand.

    `correction_id` is made before it is said, so that the same one twice is done once. What
    one person corrects of a member on a day beyond the rulebook's limit, somebody with the right
    to do so answers for; where it `takes_two`, somebody else, if there is one. Raises
    NotAllowed, NoSuchMember, MemberMerged, BadCorrection, BadNote, NotEnoughPoints: nobody
    falls below zero by it.
    """
    with shop.store.write() as tx:
        if (known := tx.deeds.correction(correction_id)) is not None:
            balance = _now(tx, known.member_id)
            return PointsMoved(known.points, balance, is_repeat=True)
        correct(
            shop,
            tx,
            shop.moment(tx),
            member_id,
            points,
            reason=reason,
            correction_id=correction_id,
            staff=staff,
            approval=approval,
            takes_two=takes_two,
        )
        return PointsMoved(points, tx.ledger.balance(member_id))


def correct(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    points: int,
    *,
    reason: str,
    correction_id: UUID,
    staff: Staff,
    approval: Approval | None = None,
    takes_two: bool = False,
) -> int:
    """The same within a transaction, once; the number of whoever answers for it."""
    rulebook, at_us, on = tx.rulebooks.current(), moment.at_us, moment.business_on
    answers = allow(tx, staff, Right.CORRECT_WITHIN_LIMIT, now_us=at_us, approval=approval)
    if not 0 < abs(points) <= MOST_POINTS:
        raise BadCorrection(str(points))
    words, file = check_note(reason), known_file(tx, member_id, rulebook, moment)
    if file.merged_into is not None:
        require_served(tx, file, on)
    before = tx.deeds.corrected(member_id, staff.no, on=on)
    is_above = before + abs(points) > rulebook.corrections_alone
    if is_above:
        ask = allow_second if takes_two else allow
        right = Right.CORRECT_BEYOND_LIMIT
        answers = ask(tx, staff, right, now_us=at_us, approval=approval)
    made = Correction(correction_id, member_id, points, at_us, on, staff.no, answers, words)
    parts = _correct(tx, moment, made, rulebook)
    tx.deeds.correct(made)
    tx.audit.note(
        "points_corrected",
        at_us=at_us,
        staff_no=staff.no,
        subject=member_id.hex,
        detail=noted(str(points), staff, answers, takes_two=is_above and takes_two),
    )
    body = {
        "member": member_id,
        "transfer": made.id,
        "points": points,
        "staff_no": staff.no,
        "approved_by": answers,
        **parts,
    }
    private = (Private(member_id, "words", words, shop.dice.roll(SALT_BYTES)),)
    tell(shop, tx, moment, "PointsCorrected", body, private)
    return answers


def _correct(
    tx: Writing, moment: Moment, made: Correction, rulebook: Rulebook
) -> dict[str, object]:
    """Book it; what the fact says of the lots."""
    if made.points > 0:
        given = give_points(
            tx,
            moment,
            made.member_id,
            made.points,
            rulebook,
            cause=Cause.CORRECTION,
            out_of=CORRECTED,
            transfer_id=made.id,
        )
        return {"expires_on": given.lot.expires_on, **debts_record((given,))}
    transfer, taken = take(
        made.id,
        made.member_id,
        -made.points,
        tx.ledger.lots(made.member_id),
        into=CORRECTED,
        cause=Cause.CORRECTION,
        rulebook=rulebook,
        on=moment.business_on,
    )
    tx.ledger.post(transfer, allocations=taken)
    return {"lots": [[part.told_id, part.amount] for part in taken]}


def give_points(
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    points: int,
    rulebook: Rulebook,
    *,
    cause: Cause,
    transfer_id: UUID,
    out_of: Account = ISSUED,
) -> Booked:
    """A lot more, which first pays what the member owes."""
    transfer, lot = earn(
        transfer_id,
        member_id,
        points,
        rulebook=rulebook,
        on=moment.business_on,
        cause=cause,
        out_of=out_of,
    )
    return book_lot(tx, transfer, lot)


def _now(reading: Reading, member_id: UUID) -> int:
    """The balance of a member, also of one who was merged meanwhile."""
    return reading.ledger.balance(reading.standings.merged_into(member_id) or member_id)
