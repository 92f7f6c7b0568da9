"""撤销合并: within thirty days two are two again, each with their own cards, phones and points.

What is left of the points that came over goes back, and so do fields that nobody changed since;
what was bought, earned and spent meanwhile stays with the one who stayed.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import known_file
from core.actions.edit_fields import edit_fields, values_of
from core.actions.rewrite_member import part
from core.actions.telling import tell
from core.changes import Changes
from core.errors import MergedOn, MergedTooLong, NotMerged, PointsInDebt
from core.members.masks import mask_card, mask_name
from core.members.member import BaseTier
from core.members.merge import UNDO_DAYS, MemberMerge
from core.members.tiers import TierChange
from core.points.carry_over import carry_over
from core.points.ledger import LotLeft
from core.ports import Reading, Writing
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment

PARTED = "part"
"""The cause of a change of a tier."""


class Undoable(Struct, frozen=True):
    """A merge that can be undone: who it was, masked, by whom, through which day, how many points.

    `points` are those that came over and are left.
    """

    merge_id: UUID
    name: str
    card: str
    at_us: int
    staff: str
    last_day: date
    points: int


class Undone(Struct, frozen=True):
    """What went back."""

    points: int
    fields: int
    changes: Changes = Changes.MEMBERS | Changes.BASKET


def undoable_merges(reading: Reading, member_id: UUID, today: date) -> tuple[Undoable, ...]:
    """Those into this member, the newest first, that are young enough."""
    found = []
    for merge in reading.merges.of(member_id):
        gone = reading.members.get(merge.gone_id)
        if merge.into_id != member_id or merge.last_day < today or gone is None or not gone.name:
            continue
        person = reading.people.get(merge.staff_no)
        found.append(
            Undoable(
                merge.id,
                mask_name(gone.name),
                mask_card(gone.card_no),
                merge.at_us,
                person.name if person else "",
                merge.last_day,
                sum(lot.left for lot in _left(reading, merge)),
            )
        )
    return tuple(found)


def undo_merge(
    shop: Shop, member_id: UUID, merge_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Undone:
    """`member_id` is the one who stayed.

    Raises NotAllowed, NotMerged, MergedTooLong, MergedOn, PointsInDebt.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.MERGE_MEMBERS, now_us=moment.at_us, approval=approval)
        merge = _merge(tx, member_id, merge_id, moment)
        rulebook = tx.rulebooks.current()
        lots, points = [], 0
        for lot in _left(tx, merge):
            transfer, made, taken = carry_over(
                shop.new_id(),
                lot,
                gone_id=merge.into_id,
                into_id=merge.gone_id,
                rulebook_version=rulebook.version,
                on=moment.business_on,
            )
            tx.ledger.post(transfer, made, allocations=(taken,))
            lots.append([lot.told_id, made.id, made.amount, made.expires_on])
            points += made.amount
        fields = _give_back(shop, tx, moment, merge, staff_no=staff.no)
        part(tx, merge.gone_id, merge.into_id, rulebook.scheme)
        _part_those_before(tx, merge)
        base = _take_tier_back(shop, tx, moment, merge)
        tx.merges.drop(merge.id)
        tx.audit.note(
            "members_parted",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=merge.into_id.hex,
            detail=noted(f"{merge.gone_id.hex} {points}", staff, answers),
        )
        body: dict[str, object] = {"gone": merge.gone_id, "into": merge.into_id, "lots": lots}
        if base is not None:
            now = known_file(tx, merge.into_id, rulebook, moment).member.tier
            body |= {"tier": now, "base": {"tier": base.tier, "until": base.until}}
        tell(shop, tx, moment, "MembersParted", body)
        return Undone(points, fields)


def _merge(tx: Writing, member_id: UUID, merge_id: UUID, moment: Moment) -> MemberMerge:
    merge = next((each for each in tx.merges.of(member_id) if each.id == merge_id), None)
    if merge is None or merge.into_id != member_id:
        raise NotMerged()
    if moment.business_on > merge.last_day:
        raise MergedTooLong(UNDO_DAYS)
    now_id = tx.standings.merged_into(merge.gone_id)
    if now_id is None:
        raise NotMerged()
    if now_id != merge.into_id:
        raise MergedOn()
    into = tx.members.get(merge.into_id)
    gone = tx.members.get(merge.gone_id)
    if into is None or gone is None or not (into.name and gone.name):
        raise NotMerged()
    if tx.ledger.balance(merge.into_id) < 0:
        raise PointsInDebt(mask_name(into.name))
    return merge


def _left(reading: Reading, merge: MemberMerge) -> list[LotLeft]:
    came = set(merge.lots)
    return [lot for lot in reading.ledger.lots(merge.into_id) if lot.left and lot.told_id in came]


def _give_back(
    shop: Shop, tx: Writing, moment: Moment, merge: MemberMerge, *, staff_no: int
) -> int:
    """Fields that were taken over are as before, where nobody has changed them since."""
    into = tx.members.get(merge.into_id)
    assert into is not None, "it was looked at"
    now, edits = values_of(tx, into), tx.profiles.edits(into.id)
    taken = [e for e in edits if e.at_us == merge.at_us and e.field in merge.fields]
    changed = {e.field: e.before for e in taken if now[e.field] == e.after}
    if changed:
        edit_fields(shop, tx, moment, into, changed, staff_no=staff_no)
    return len(changed)


def _part_those_before(tx: Writing, merge: MemberMerge) -> None:
    """Whoever had become the one who goes back is that one again."""
    for each in tx.merges.of(merge.gone_id):
        if each.into_id == merge.gone_id:
            at_us, staff_no = each.at_us, each.staff_no
            tx.standings.merge(each.gone_id, each.into_id, at_us=at_us, staff_no=staff_no)


def _take_tier_back(shop: Shop, tx: Writing, moment: Moment, merge: MemberMerge) -> BaseTier | None:
    """The tier that only both together had falls, where nothing was decided of it since."""
    changes = tx.members.tier_changes(merge.into_id)
    if merge.before == merge.after or not changes or changes[-1].at_us != merge.at_us:
        return None
    last, day, cause_id = changes[-1], tx.days.open_one(), shop.new_id()
    tx.members.change_tier(
        TierChange(
            member_id=merge.into_id,
            cause=PARTED,
            sale_id=cause_id,
            day_id=day.id if day else cause_id,
            at_us=moment.at_us,
            business_on=moment.business_on,
            before=last.after,
            after=last.before,
            until_before=last.until_after,
            until_after=last.until_before,
            spend_fen=last.spend_fen,
        )
    )
    return BaseTier(last.before, last.until_before)
