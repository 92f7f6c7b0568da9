"""收回: what a void and a return undo alike: points, and an upgrade whose figures are gone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.counter import member_file
from core.actions.upgrade import base_record
from core.errors import NoSuchSale
from core.members.held_tiers import HeldTier, HoldEnd, TierHold, held_now
from core.members.member import MemberFile
from core.members.tiers import (
    CountedSale,
    TierChange,
    figures_of,
    higher,
    holds_until,
    measured,
    standing_since,
    tier_anew,
    window_start,
)
from core.points.claw_back import claw_back, count_expired
from core.points.ledger import Allocation, Cause, Transfer
from core.ports import Reading, Writing
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import PAYABLE, TierScheme
from core.sales.coupon_code import CouponBack
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


def expired_part(reading: Reading, facts: SaleFacts, file: MemberFile | None, points: int) -> int:
    """What of so many points of a sale is taken back already, since its own lots expired."""
    if file is None or points == 0:
        return 0
    owner, ledger = file.member.id, reading.ledger
    expired = ledger.expired_of(owner, facts.sale_id)
    if not expired:
        return 0
    own = sum(lot.left for lot in ledger.lots(owner) if lot.sale_id == facts.sale_id)
    return min(expired, max(0, points - own))


def count_expired_back(
    shop: Shop, tx: Writing, facts: SaleFacts, moment: Moment, *, points: int, cause: Cause
) -> None:
    """Book that so many expired points of a sale are taken back; nothing where there are none."""
    if points:
        counted = count_expired(
            shop.new_id(),
            points,
            rulebook=tx.rulebooks.current(),
            on=moment.business_on,
            sale_id=facts.sale_id,
            cause=cause,
        )
        tx.ledger.post(counted)


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


class TierUndone(Struct, frozen=True):
    """What becomes of a tier: `tier` holds afterwards; `change` is that of the figures, if any.

    `cards` are those that came back, `held` is what cards and grants give without them.
    """

    tier: str = ""
    change: TierChange | None = None
    cards: tuple[TierHold, ...] = ()
    held: HeldTier | None = None


def tier_undone(
    reading: Reading,
    facts: SaleFacts,
    file: MemberFile | None,
    moment: Moment,
    *,
    spend_fen: int,
    points: int,
    units: Mapping[int, int] | None,
    day_id: UUID,
    cause: str,
) -> TierUndone:
    """What falls when so much of a sale goes back (domain.md 4).

    `spend_fen` is the money that its scheme counts, `units` how many units of each line, None for
    all of them.
    """
    if file is None:
        return TierUndone()
    scheme = reading.rulebooks.current().scheme
    change = None
    if file.member.id == facts.member_id and (spend_fen or points):
        lost = CountedSale(facts.sale_id, facts.business_on, spend_fen, points)
        change = _upgrade_undone(reading, scheme, file, lost, moment, day_id=day_id, cause=cause)
    base = file.base_tier.tier if change is None else change.after
    cards, held = _cards_back(reading, facts, units), file.held
    if cards:
        gone = {card.id for card in cards}
        left = (hold for hold in reading.tiers.holds(file.member.id) if hold.id not in gone)
        held = held_now(scheme, left)
    return TierUndone(
        base if held is None else higher(scheme, base, held.tier), change, cards, held
    )


def keep_tier_undone(
    tx: Writing,
    done: TierUndone,
    file: MemberFile | None,
    moment: Moment,
    *,
    staff_no: int,
    cause: str,
) -> dict[str, object]:
    """Take the tier back, and what was bought with the sale; what facts say of it."""
    if file is None:
        return {}
    if done.change is not None:
        tx.members.change_tier(done.change)
    for card in done.cards:
        tx.tiers.end_hold(HoldEnd(card.id, cause, moment.at_us, moment.business_on, staff_no))
    if done.cards:
        tx.tiers.stand(file.member.id, done.held)
    cards = {"cards": [card.id for card in done.cards]} if done.cards else {}
    return base_record(done.change) | cards


def _upgrade_undone(
    reading: Reading,
    scheme: TierScheme,
    file: MemberFile,
    lost: CountedSale,
    moment: Moment,
    *,
    day_id: UUID,
    cause: str,
) -> TierChange | None:
    """The upgrade that falls, if any.

    The tier is worked out anew from the first upgrade that stands, with what goes back and without.
    A tier that came from somewhere else meanwhile, as from a merge, is left as it is.
    """
    member, base, on = file.member, file.base_tier, moment.business_on
    first = standing_since(reading.members.tier_changes(member.id))
    if first is None:
        return None
    sales = reading.tiers.counted(member.id, is_payable=scheme.counts == PAYABLE)
    left = [
        replace(sale, spend_fen=sale.spend_fen - lost.spend_fen, points=sale.points - lost.points)
        if sale.sale_id == lost.sale_id
        else sale
        for sale in sales
    ]
    now, _ = tier_anew(scheme, first, sales)
    after, reached_on = tier_anew(scheme, first, left)
    if now != base.tier or after == now:
        return None
    start = window_start(scheme, on)
    figures = figures_of(sale for sale in left if sale.business_on >= start)
    return TierChange(
        member_id=member.id,
        cause=cause,
        sale_id=lost.sale_id,
        day_id=day_id,
        at_us=moment.at_us,
        business_on=on,
        before=now,
        after=after,
        until_before=base.until,
        until_after=holds_until(scheme, reached_on) if reached_on else first.until_before,
        spend_fen=figures.spend_fen,
        measured=measured(scheme, figures, on),
    )


def _cards_back(
    reading: Reading, facts: SaleFacts, units: Mapping[int, int] | None
) -> tuple[TierHold, ...]:
    """Cards among what goes back; of several on one line those that were to hold last."""
    if units is not None and not reading.rulebooks.get(facts.rulebook_version).scheme.cards:
        return ()
    sold = reading.tiers.holds_of_sale(facts.sale_id)
    if units is None:
        return sold
    lines = {card.line_no for card in sold}
    return tuple(
        card
        for no in sorted(lines & units.keys())
        for card in [card for card in sold if card.line_no == no][::-1][: units[no]]
    )


def coupons_back(reading: Reading, facts: SaleFacts) -> tuple[CouponBack, ...]:
    """The codes that a sale used, which come back with it where they were not withdrawn."""
    codes = reading.coupon_codes.of_sale(facts.sale_id)
    if not codes:
        return ()
    offers = reading.rulebooks.get(facts.rulebook_version).single_use
    found = (reading.coupon_codes.get(code) for code in codes)
    return tuple(
        CouponBack(each.code, offers[each.offer].name)
        for each in found
        if each is not None and each.withdrawn_on is None
    )


def give_uses_back(tx: Writing, sale_id: UUID, day_id: UUID, moment: Moment) -> dict[str, object]:
    """A sale of which nothing stands has used no offer; what facts say of it."""
    given = tx.offer_uses.give_back(
        sale_id, day_id=day_id, business_on=moment.business_on, at_us=moment.at_us
    )
    return {"uses_back": list(given)} if given else {}


def burn_record(burn: Burn | None) -> dict[str, object]:
    """Which transfer took the points, and from which lots, as it stands in facts."""
    return {
        "transfer": burn[0].id if burn else None,
        "lots": [[part.told_id, part.amount] for part in burn[1]] if burn else [],
    }
