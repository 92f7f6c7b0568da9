"""授予等级: a manager gives somebody a tier, with a reason and an end, or takes it back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import file_now, known_file
from core.actions.telling import tell
from core.changes import Changes
from core.errors import BadGrantEnd, NoSuchTier, NotGranted
from core.members.held_tiers import (
    GRANTED,
    TAKEN_BACK,
    FallenTier,
    HoldEnd,
    TierHold,
    held_now,
)
from core.members.masks import mask_name
from core.members.member import MemberFile
from core.members.standing import check_note
from core.ports import Reading
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import Tier, TierScheme
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment, months_after

LONGEST_MONTHS = 120


class Granted(Struct, frozen=True):
    """What the member has now."""

    tier: Tier
    until: date | None
    changes: Changes = Changes.MEMBERS | Changes.BASKET


def grant_tier(
    shop: Shop,
    member_id: UUID,
    *,
    tier: str,
    until: date,
    reason: str,
    staff: Staff,
    approval: Approval | None = None,
) -> Granted:
    """Give the tier of this name or code through that business date.

    A higher one that the member has stays. Raises NotAllowed, NoSuchMember, NoSuchTier,
    BadGrantEnd, BadNote for the reason.
    """
    why = check_note(reason)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        today = moment.business_on
        answers = allow(tx, staff, Right.GRANT_TIER, now_us=moment.at_us, approval=approval)
        rulebook = tx.rulebooks.current()
        file, scheme = file_now(tx, member_id, rulebook, moment), rulebook.scheme
        given = _tier(scheme, tier)
        if not today < until <= months_after(today, LONGEST_MONTHS):
            raise BadGrantEnd(until.isoformat())
        hold = TierHold(
            id=shop.new_id(),
            member_id=file.member.id,
            tier=given.code,
            cause=GRANTED,
            at_us=moment.at_us,
            business_on=today,
            staff_no=staff.no,
            approved_by=answers,
            until=until,
            reason=why,
        )
        tx.tiers.add_hold(hold)
        tx.tiers.stand(file.member.id, held_now(scheme, tx.tiers.holds(file.member.id)))
        said = noted(f"{given.code} until {until.isoformat()}", staff, answers)
        tx.audit.note(
            "tier_granted",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=file.member.id.hex,
            detail=said,
        )
        body = {
            "member": file.member.id,
            "grant": hold.id,
            "tier": given.code,
            "until": until,
            "staff_no": staff.no,
            "approved_by": answers,
        }
        now = _as_now(tx, file, rulebook, moment)
        private = Private(file.member.id, "granted_for", why, shop.dice.roll(SALT_BYTES))
        tell(shop, tx, moment, "TierGranted", body | {"now": now.tier.code}, (private,))
        return now


def withdraw_tier(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Granted:
    """收回授予: what was granted ends today; raises NotAllowed, NoSuchMember, NotGranted."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.GRANT_TIER, now_us=moment.at_us, approval=approval)
        rulebook = tx.rulebooks.current()
        file, scheme = file_now(tx, member_id, rulebook, moment), rulebook.scheme
        holds = tx.tiers.holds(file.member.id)
        gone = [hold for hold in holds if hold.cause == GRANTED]
        if not gone:
            raise NotGranted(mask_name(file.member.name))
        for hold in gone:
            end = HoldEnd(hold.id, TAKEN_BACK, moment.at_us, moment.business_on, staff.no)
            tx.tiers.end_hold(end)
        tx.tiers.stand(file.member.id, held_now(scheme, (h for h in holds if h not in gone)))
        now = _as_now(tx, file, rulebook, moment)
        if scheme.rank(now.tier.code) < scheme.rank(file.member.tier):
            tx.tiers.fell(file.member.id, FallenTier(file.member.tier, moment.business_on))
        tx.audit.note(
            "tier_withdrawn",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=file.member.id.hex,
            detail=noted(now.tier.code, staff, answers),
        )
        body = {
            "member": file.member.id,
            "grants": [hold.id for hold in gone],
            "tier": now.tier.code,
            "staff_no": staff.no,
            "approved_by": answers,
        }
        tell(shop, tx, moment, "TierWithdrawn", body)
        return now


def _tier(scheme: TierScheme, text: str) -> Tier:
    found = scheme.named(text)
    if found is None or scheme.rank(found.code) == 0:
        raise NoSuchTier(text, tuple(tier.name for tier in scheme.tiers[1:]))
    return found


def _as_now(reading: Reading, file: MemberFile, rulebook: Rulebook, moment: Moment) -> Granted:
    now = known_file(reading, file.member.id, rulebook, moment)
    return Granted(rulebook.scheme.tier(now.member.tier), now.member.tier_until)
