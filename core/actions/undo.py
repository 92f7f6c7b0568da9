"""收回: what a void and a return undo alike: points, and an upgrade whose figures are gone."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from core.actions.counter import member_file
from core.errors import NoSuchSale
from core.members.member import MemberFile
from core.members.tiers import TierChange, holds_until, standing_since, tier_anew
from core.points.claw_back import claw_back
from core.points.ledger import Allocation, Cause, Transfer
from core.ports import Reading, Writing
from core.rulebook.rulebook import Rulebook
from core.sales.void import SaleFacts
from core.shop import Shop
from core.values.moment import Moment

Burn = tuple[Transfer, tuple[Allocation, ...]]


def facts_of(reading: Reading, sale_id: UUID) -> SaleFacts:
    """What was sold; raises NoSuchSale."""
    facts = reading.voids.facts(sale_id)
    if facts is None:
        raise NoSuchSale(sale_id.hex)
    return facts


def holder_of(
    reading: Reading, facts: SaleFacts, rulebook: Rulebook, moment: Moment
) -> MemberFile | None:
    """Who has the points of the sale now: its member, or whom that one was merged into."""
    if facts.member_id is None:
        return None
    holder = reading.standings.merged_into(facts.member_id) or facts.member_id
    return member_file(reading, holder, rulebook, moment)


def take_points_back(
    shop: Shop,
    tx: Writing,
    facts: SaleFacts,
    file: MemberFile | None,
    moment: Moment,
    *,
    points: int,
    cause: Cause,
) -> Burn | None:
    """So many points of a sale leave its holder's account; nothing where there are none."""
    if file is None or points == 0:
        return None
    burn = claw_back(
        shop.new_id(),
        file.member.id,
        points,
        tx.ledger.lots(file.member.id),
        rulebook=tx.rulebooks.current(),
        on=moment.business_on,
        sale_id=facts.sale_id,
        cause=cause,
    )
    tx.ledger.post(burn[0], allocations=burn[1])
    return burn


def upgrade_undone(
    reading: Reading,
    facts: SaleFacts,
    file: MemberFile | None,
    moment: Moment,
    *,
    spend_fen: int,
    day_id: UUID,
    cause: str,
) -> TierChange | None:
    """The upgrade that falls when so much spend of a sale goes back, if any (domain.md 4).

    The tier is worked out anew from the first upgrade that stands, with that spend and without.
    A tier that came from somewhere else meanwhile, as from a merge, is left as it is.
    """
    if file is None or file.member.id != facts.member_id or spend_fen == 0:
        return None
    member, scheme = file.member, reading.rulebooks.current().scheme
    first = standing_since(reading.members.tier_changes(member.id))
    if first is None:
        return None
    sales = reading.members.counted_sales(member.id)
    left = (
        replace(sale, spend_fen=sale.spend_fen - spend_fen)
        if sale.sale_id == facts.sale_id
        else sale
        for sale in sales
    )
    now, _ = tier_anew(scheme, first, sales)
    after, reached_on = tier_anew(scheme, first, left)
    if now != member.tier or after == now:
        return None
    return TierChange(
        member_id=member.id,
        cause=cause,
        sale_id=facts.sale_id,
        day_id=day_id,
        at_us=moment.at_us,
        business_on=moment.business_on,
        before=now,
        after=after,
        until_before=member.tier_until,
        until_after=holds_until(scheme, reached_on) if reached_on else first.until_before,
        spend_fen=file.spend_fen - spend_fen,
    )


def burn_record(burn: Burn | None) -> dict[str, object]:
    """Which transfer took the points, and from which lots, as it stands in facts."""
    return {
        "transfer": burn[0].id if burn else None,
        "lots": [[part.lot_id, part.amount] for part in burn[1]] if burn else [],
    }
