"""合并: two records of one person become one: points with their expiry, cards, figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import file_now
from core.actions.merged_fields import carry_notes, take_over
from core.actions.serve import member_of_card
from core.actions.telling import tell
from core.errors import PointsInDebt, SameMember
from core.members.held_tiers import HeldTier, held_now
from core.members.masks import mask_name
from core.members.member import MemberFile
from core.members.merge import MemberMerge
from core.members.standing import check_served
from core.members.tiers import TierChange, higher, holds_until, measure, measured, tier_after
from core.points.carry_over import carry_over
from core.points.ledger import LotLeft
from core.ports import Reading, Writing
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


class Merging(Struct, frozen=True):
    """What a merge did: `points` went over; `tier` is that of both together.

    `base` is what the figures of both give, `held` what their cards and grants do.
    """

    gone: MemberFile
    into: MemberFile
    points: int
    tier: str
    base: str
    held: HeldTier | None = None


def merge_members(
    shop: Shop,
    gone_card: str,
    into_card: str,
    *,
    takes: Collection[str] = (),
    staff: Staff,
    approval: Approval | None = None,
) -> Merging:
    """The member of the first card is that of the second from now on.

    Of the fields in `takes` the first one's values stay; what the second has not is filled anyway,
    and tags are those of both. Raises NotAllowed, NoSuchMember, SameMember, PointsInDebt;
    MemberFrozen and CardExpired for one that is not served today.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.MERGE_MEMBERS, now_us=moment.at_us, approval=approval)
        rulebook = tx.rulebooks.current()
        files = [_file(tx, moment, rulebook, card) for card in (gone_card, into_card)]
        merging = merging_of(tx, moment, rulebook, *files)
        gone, into = merging.gone.member, merging.into.member
        lots, made_ids = [], []
        for lot in _usable(tx, gone.id, moment):
            transfer, made, taken = carry_over(
                shop.new_id(),
                lot,
                gone_id=gone.id,
                into_id=into.id,
                rulebook_version=rulebook.version,
                on=moment.business_on,
            )
            tx.ledger.post(transfer, made, allocations=(taken,))
            made_ids.append(made.id)
            lots.append([lot.told_id, made.id, made.amount, made.expires_on])
        tx.standings.merge(gone.id, into.id, at_us=moment.at_us, staff_no=staff.no)
        tx.members.hide(gone.id)
        until = _give_tier(shop, tx, merging, rulebook, moment)
        taken_over = take_over(shop, tx, moment, gone, into, takes, staff_no=staff.no)
        carry_notes(shop, tx, moment, gone, into)
        merge = MemberMerge(
            shop.new_id(),
            gone.id,
            into.id,
            moment.at_us,
            moment.business_on,
            staff.no,
            tuple(made_ids),
            taken_over,
            merging.into.base_tier.tier,
            merging.base,
        )
        tx.merges.add(merge)
        tx.audit.note(
            "members_merged",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=into.id.hex,
            detail=noted(f"{gone.id.hex} {merging.points}", staff, answers),
        )
        body = {
            "gone": gone.id,
            "into": into.id,
            "points": merging.points,
            "lots": lots,
            "tier": merging.tier,
            "base": {"tier": merging.base, "until": until},
        }
        tell(shop, tx, moment, "MembersMerged", body)
        return merging


def merging_of(
    reading: Reading, moment: Moment, rulebook: Rulebook, gone: MemberFile, into: MemberFile
) -> Merging:
    """What a merge of these would come to; raises as `merge_members`."""
    if gone.member.id == into.member.id:
        raise SameMember()
    for file in (gone, into):
        # What binds one of them would be lost, or bind the other unseen: it is settled first.
        check_served(file, moment.business_on)
        if file.points < 0:
            raise PointsInDebt(mask_name(file.member.name))
    points = sum(lot.left for lot in _usable(reading, gone.member.id, moment))
    scheme = rulebook.scheme
    base = higher(scheme, into.base_tier.tier, gone.base_tier.tier)
    figures = into.figures.joined(gone.figures)
    base = tier_after(scheme, base, measure(scheme, figures, moment.business_on))
    held = held_now(
        scheme,
        sorted(
            (*reading.tiers.holds(gone.member.id), *reading.tiers.holds(into.member.id)),
            key=lambda hold: (hold.at_us, hold.id),
        ),
    )
    tier = base if held is None else higher(scheme, base, held.tier)
    return Merging(gone, into, points, tier, base, held)


def _usable(reading: Reading, member_id: UUID, moment: Moment) -> list[LotLeft]:
    """What is past its day stays where it was, and expires there with the next run."""
    lots = reading.ledger.lots(member_id)
    return [lot for lot in lots if lot.is_usable(moment.business_on)]


def _file(reading: Reading, moment: Moment, rulebook: Rulebook, card_no: str) -> MemberFile:
    """Also by the card of somebody who was merged before: they are another by now."""
    member = member_of_card(reading, card_no.strip())
    return file_now(reading, member.id, rulebook, moment)


def _give_tier(
    shop: Shop, tx: Writing, merging: Merging, rulebook: Rulebook, moment: Moment
) -> date | None:
    """Through which day they have now what figures give."""
    into, base = merging.into.member, merging.into.base_tier
    if merging.held is not None:
        tx.tiers.stand(into.id, merging.held)
    if merging.base == base.tier:
        return base.until
    figures, on = merging.into.figures.joined(merging.gone.figures), moment.business_on
    day, cause_id = tx.days.open_one(), shop.new_id()
    until = holds_until(rulebook.scheme, on)
    tx.members.change_tier(
        TierChange(
            member_id=into.id,
            cause="merge",
            sale_id=cause_id,
            day_id=day.id if day else cause_id,
            at_us=moment.at_us,
            business_on=on,
            before=base.tier,
            after=merging.base,
            until_before=base.until,
            until_after=until,
            spend_fen=figures.spend_fen,
            measured=measured(rulebook.scheme, figures, on),
        )
    )
    return until
