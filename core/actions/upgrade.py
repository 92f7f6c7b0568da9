"""升级: what a sale does to its member's tier: figures that reach one, a card that was bought."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.errors import CardNeedsMember
from core.members.held_tiers import HeldTier, TierHold, held_now
from core.members.member import MemberFile
from core.members.tiers import (
    BY_SALE,
    CountedSale,
    Measured,
    TierChange,
    counted_money,
    higher,
    holds_until,
    measure,
    measured,
    tier_after,
)
from core.ports import Reading, Writing
from core.pricing.basket import Basket
from core.pricing.quote import Quote
from core.rulebook.rulebook import Rulebook
from core.sales.shift import Shift
from core.shop import Shop
from core.values.moment import Moment
from core.values.quantity import ONE


class Upgrade(Struct, frozen=True):
    """`tier` is the one that holds after the sale; `change` that of the figures, if any."""

    tier: str = ""
    change: TierChange | None = None
    cards: tuple[TierHold, ...] = ()
    held: HeldTier | None = None


NO_UPGRADE = Upgrade()


def upgrade(
    shop: Shop,
    reading: Reading,
    basket: Basket,
    file: MemberFile | None,
    quoted: Quote,
    rulebook: Rulebook,
    moment: Moment,
    *,
    shift: Shift,
    staff_no: int,
) -> Upgrade:
    """What selling this does; raises CardNeedsMember for a card that nobody would have."""
    scheme = rulebook.scheme
    cards = scheme.cards
    bought = [line for line in quoted.lines if line.code in cards] if cards else []
    if file is None:
        if bought:
            names = {line.no: line.product.name for line in basket.lines}
            raise CardNeedsMember(names[bought[0].no])
        return NO_UPGRADE
    change = _change(basket.sale_id, file, quoted, rulebook, moment, day_id=shift.day_id)
    base = file.base_tier.tier if change is None else change.after
    made = tuple(
        TierHold(
            id=shop.new_id(),
            member_id=file.member.id,
            tier=cards[line.code].code,
            cause="card",
            at_us=moment.at_us,
            business_on=moment.business_on,
            staff_no=staff_no,
            approved_by=staff_no,
            months=card.months,
            sale_id=basket.sale_id,
            line_no=line.no,
        )
        for line in bought
        if (card := cards[line.code].card) is not None
        for _ in range(line.quantity_milli // ONE)
    )
    held = file.held
    if made:
        held = held_now(scheme, (*reading.tiers.holds(file.member.id), *made))
    return Upgrade(base if held is None else higher(scheme, base, held.tier), change, made, held)


def keep_upgrade(tx: Writing, done: Upgrade, file: MemberFile | None) -> None:
    """Give the tiers, and keep that they were given; a fall that was shown is told by now."""
    if file is None:
        return
    if done.change is not None:
        tx.members.change_tier(done.change)
    for card in done.cards:
        tx.tiers.add_hold(card)
    if done.cards:
        tx.tiers.stand(file.member.id, done.held)
    if file.fallen is not None:
        tx.tiers.told(file.member.id)


def base_record(change: TierChange | None) -> dict[str, object]:
    """What figures give since a change, and through which day, as it stands in facts."""
    if change is None:
        return {}
    return {"base": {"tier": change.after, "until": change.until_after}}


def figures_record(done: Measured) -> dict[str, object]:
    """What a tier came from, as it stands in facts."""
    figures = done.figures
    return {
        "kind": done.kind,
        "measure": done.measure,
        "spend_fen": figures.spend_fen,
        "points": figures.points,
        "purchases": figures.purchases,
        "last_on": figures.last_on,
    }


def _change(
    sale_id: UUID,
    file: MemberFile,
    quoted: Quote,
    rulebook: Rulebook,
    moment: Moment,
    *,
    day_id: UUID,
) -> TierChange | None:
    scheme, on, base = rulebook.scheme, moment.business_on, file.base_tier
    money = counted_money(scheme, spend_fen=quoted.spend_fen, payable_fen=quoted.payable_fen)
    figures = file.figures.plus(CountedSale(sale_id, on, money, quoted.points))
    after = tier_after(scheme, base.tier, measure(scheme, figures, on))
    if after == base.tier:
        return None
    return TierChange(
        member_id=file.member.id,
        cause=BY_SALE,
        sale_id=sale_id,
        day_id=day_id,
        at_us=moment.at_us,
        business_on=on,
        before=base.tier,
        after=after,
        until_before=base.until,
        until_after=holds_until(scheme, on),
        spend_fen=figures.spend_fen,
        measured=measured(scheme, figures, on),
    )
