"""预演: what the sales of some days would have come to under the draft; nothing is written."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.actions.allow import allow
from core.actions.counter import Counter
from core.actions.reports import Reported
from core.errors import BadRecord, NoDraft, SaleBroken
from core.members.member import Standing
from core.ports.insight import Findings, Heading, Kind, Value
from core.ports.past import OnPriced
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.pricing.record import inputs_of, rulebook_in
from core.pricing.used import Uses
from core.rulebook.rulebook import Rulebook
from core.sales.preview import Preview, presenting
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment

MOST_SHOWN = 200
_FIGURES = (
    Heading("tickets", Kind.COUNT),
    Heading("was_fen", Kind.MONEY),
    Heading("would_fen", Kind.MONEY),
    Heading("cost_fen", Kind.MONEY),
    Heading("more_points", Kind.COUNT),
)


class Previewed(Struct, frozen=True):
    """What was found for these business dates, of the draft as it was at its `turn`."""

    preview: Preview
    draft: Rulebook
    turn: int
    first: date
    last: date


class ByBoth(Struct, frozen=True):
    """A recorded sale as it was priced, and as the draft would price it."""

    before: Counter
    after: Counter


def preview_draft(
    shop: Shop, first: date, last: date, *, staff: Staff, on_priced: OnPriced
) -> Previewed:
    """It takes the right to look at takings. Raises NotAllowed, NoDraft, DraftBroken, BadDates."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
    draft = shop.store.draft.load()
    if draft is None:
        raise NoDraft()
    book = draft.rulebook
    past = shop.store.past
    found = past.preview(book, on_priced, since=first, until=last, most=MOST_SHOWN)
    return Previewed(found, book, draft.turn, first, last)


def receipt_by_both(shop: Shop, event: int, *, staff: Staff) -> ByBoth:
    """One of the sales that change. Raises NotAllowed, NoDraft, DraftBroken, SaleBroken."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
    draft = shop.store.draft.load()
    if draft is None:
        raise NoDraft()
    body = shop.store.past.settled(event)
    try:
        basket, standing, moment, uses = inputs_of(body)
        before = rulebook_in(body)
    except BadRecord as bad:
        raise SaleBroken(bad.path) from bad
    after = presenting(basket, draft.rulebook)
    return ByBoth(
        _counter(basket, standing, before, moment, uses),
        _counter(after, standing, draft.rulebook, moment, uses),
    )


def _counter(
    basket: Basket, standing: Standing | None, book: Rulebook, moment: Moment, uses: Uses
) -> Counter:
    return Counter(
        basket=basket,
        quote=quote(basket, standing, book, moment, uses),
        file=None,
        tier=None if standing is None else book.scheme.tier(standing.tier),
        rulebook=book,
        business_on=moment.business_on,
    )


def tables_of(found: Previewed) -> tuple[Reported, ...]:
    """By day, by tier with who wins and loses, and the receipts that change most."""
    preview, names = found.preview, {tier.code: tier.name for tier in found.draft.scheme.tiers}

    def table(name: str, heads: tuple[Heading, ...], rows: list[tuple[Value, ...]]) -> Reported:
        return Reported(Findings(name, found.first, found.last, heads, tuple(rows)))

    days: list[tuple[Value, ...]] = [
        (
            date.fromisoformat(day),
            each.sales,
            each.before_fen,
            each.after_fen,
            each.cost(preview.rate),
            each.after_points - each.before_points,
        )
        for day, each in preview.by_day
    ]
    tiers: list[tuple[Value, ...]] = [
        (
            names.get(row.tier, row.tier),
            row.winners,
            row.losers,
            row.sales,
            row.before_fen,
            row.after_fen,
            row.cost(preview.rate),
            row.after_points - row.before_points,
        )
        for row in preview.by_tier(list(names))
    ]
    sales: list[tuple[Value, ...]] = [
        (
            each.no,
            date.fromisoformat(each.business_on),
            names.get(each.tier, each.tier),
            each.before_fen,
            each.after_fen,
            preview.cost_of(each),
            each.points,
        )
        for each in preview.most_changed
    ]
    win_lose = (Heading("winners", Kind.COUNT), Heading("losers", Kind.COUNT))
    receipt = (Heading("receipt", Kind.WORDS), Heading("day", Kind.DAY))
    tier = Heading("tier", Kind.WORDS)
    return (
        table("draft_days", (Heading("day", Kind.DAY), *_FIGURES), days),
        table("draft_tiers", (tier, *win_lose, *_FIGURES), tiers),
        table("draft_receipts", (*receipt, tier, *_FIGURES[1:]), sales),
    )
