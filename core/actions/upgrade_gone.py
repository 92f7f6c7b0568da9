"""升级退回: an upgrade falls with the figures that made it, whichever till took the goods back.

The till that sold it lets it fall itself (`core.actions.undo`); another one knows neither what was
before nor all that was bought. Only of what stands: what a period's end decided stays (0051).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.review_in_chain import (
    base_now,
    scheme_of_chain,
    tier_with,
    with_figures,
    write_review,
)
from core.errors import BadRecord
from core.members.member import BaseTier
from core.members.review import Decision, run_out
from core.members.tiers import (
    BY_SALE,
    CountedSale,
    TierChange,
    figures_of,
    holds_until,
    measured,
    tier_anew,
    window_start,
)
from core.ports.office import OfficeReading, OfficeWriting
from core.rulebook.schemes import PAYABLE, TierScheme
from core.shop import HeadOffice
from core.sync.effects import TIER, TIER_BASE, Uncounted, Wrote, derived_id
from core.sync.terms import ReviewTold, base_of
from core.sync.told import SaleSettled, read_body

RETURN = "return"
SETTLED = "SaleSettled"


class _Upgrade(Struct, frozen=True):
    """The first of those that stand: its sale, the day of it, and what was held before."""

    sale_id: UUID
    on: date
    before: BaseTier


def fall_with_sales(
    office: HeadOffice, tx: OfficeWriting, uncounted: Sequence[Uncounted]
) -> set[UUID]:
    """These came back: of whom a tier falls by it."""
    back = [each for each in uncounted if each.member_id is not None and not each.is_void]
    members = tx.members.lock({each.member_id for each in back if each.member_id is not None})
    scheme = scheme_of_chain(tx, office.today()) if members else None
    if scheme is None:
        return set()
    persons, fallen = tx.members.some(set(members.values())), set[UUID]()
    for root, said in tx.members.said(persons, TIER_BASE).items():
        person, base = persons[root], base_now(persons[root], scheme)
        if said[-1].value != person.fields.get(TIER_BASE) or not scheme.rank(base.tier):
            continue
        first = _first(tx, said, scheme)
        own = [each for each in back if each.member_id in person.known_as]
        told = None if first is None else _undone(office, tx, root, first, base, own, scheme)
        if told is not None:
            held, _ = run_out(scheme, tx.tier_terms.held([root]).get(root, ()), office.today())
            now, before = tier_with(scheme, told.after, held), person.fields.get(TIER) or base.tier
            told = replace(told, tier=now)
            if scheme.rank(now) < scheme.rank(before):
                told = replace(told, fell_from=before, fell_on=told.on)
            write_review(office, tx, root, told, base, behind_us=said[-1].at_us)
            fallen.add(root)
    return fallen


def _first(tx: OfficeReading, said: Sequence[Wrote], scheme: TierScheme) -> _Upgrade | None:
    """The first of the upgrades by sales that nothing else came behind."""
    sales = tx.received.of_kind(SETTLED, [each.event_id for each in said])
    first: _Upgrade | None = None
    before = BaseTier(scheme.tiers[0].code)
    for each in said:
        told = base_of(each.value)
        now = BaseTier(scheme.tiers[0].code) if told is None else told.dated(scheme)
        try:
            sold = sales.get(each.event_id)
            record = None if sold is None else read_body(sold, SaleSettled)
        except BadRecord:
            record = None
        if record is None:
            first = None
        elif first is None:
            first = _Upgrade(record.body.basket.sale_id, record.business_on, before)
        before = now
    return first


def _undone(
    office: HeadOffice,
    tx: OfficeReading,
    root: UUID,
    first: _Upgrade,
    base: BaseTier,
    back: Collection[Uncounted],
    scheme: TierScheme,
) -> ReviewTold | None:
    """What is left of it without these; None where it stands, or never was by these figures."""
    left = _left(tx, root, first, scheme)
    had = [_with_back(sale, back, scheme) for sale in left]
    change = _as_change(root, first, base)
    now, _ = tier_anew(scheme, change, had)
    after, reached_on = tier_anew(scheme, change, left)
    if now != base.tier or after == now:
        return None
    on = office.today()
    figures = figures_of(sale for sale in left if sale.business_on >= window_start(scheme, on))
    until = first.before.until if reached_on is None else holds_until(scheme, reached_on)
    made = Decision(RETURN, after, until, figures, measured(scheme, figures, on), after)
    ident = derived_id(first.sale_id, RETURN, *(each.event_id for each in back))
    told = ReviewTold(ident, on, after, before=base.tier, after=after)
    return with_figures(told, made, base.until, until)


def _left(tx: OfficeReading, root: UUID, first: _Upgrade, scheme: TierScheme) -> list[CountedSale]:
    """All that counts still, and the first sale, also where nothing of it does."""
    since = window_start(scheme, first.on)
    sales = {
        sale.sale_id: CountedSale(
            sale.sale_id,
            sale.on,
            sale.payable_fen if scheme.counts == PAYABLE else sale.spend_fen,
            sale.points,
        )
        for sale in tx.tier_figures.of([root], since).get(root, ())
    }
    sales.setdefault(first.sale_id, CountedSale(first.sale_id, first.on, 0))
    return sorted(sales.values(), key=lambda sale: (sale.business_on, sale.sale_id))


def _with_back(sale: CountedSale, back: Collection[Uncounted], scheme: TierScheme) -> CountedSale:
    """As it was before these came back."""
    own = [each for each in back if each.sale_id == sale.sale_id]
    is_payable = scheme.counts == PAYABLE
    fen = sum(each.payable_fen if is_payable else each.spend_fen for each in own)
    points = sum(each.points for each in own)
    return replace(sale, spend_fen=sale.spend_fen + fen, points=sale.points + points)


def _as_change(root: UUID, first: _Upgrade, base: BaseTier) -> TierChange:
    """The upgrade as a till would have kept it."""
    return TierChange(
        member_id=root,
        cause=BY_SALE,
        sale_id=first.sale_id,
        day_id=first.sale_id,
        at_us=0,
        business_on=first.on,
        before=first.before.tier,
        after=base.tier,
        until_before=first.before.until,
        until_after=base.until,
        spend_fen=0,
    )
