"""看规则: the rulebook that holds, the versions that are kept, and what their goods are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from core.actions.allow import allow
from core.actions.publish_rulebook import check_can_hold
from core.errors import CouponsOutstanding, Shortfall, TierOutstanding
from core.ports import Reading
from core.rulebook.conditions import Scope
from core.rulebook.offers import BasketOffer, Bundle, CouponOffer, GiftOffer
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff


class Version(Struct, frozen=True):
    """A version that is kept. `first_on` is the business date of the first sale priced under it.

    `begins_on`: the day from which it holds by head office. None where there is no such day.
    """

    version: int
    name: str
    first_on: date | None
    begins_on: date | None


class Planned(Struct, frozen=True):
    """定好的: what begins on a business day; `by` is who decided it, "" for head office.

    `trouble`: why it cannot begin as things are now.
    """

    begins_on: date
    rulebook: Rulebook
    by: str = ""
    trouble: Shortfall | None = None


class Rules(Struct, frozen=True):
    """What holds now on this business date, in this store; `versions` the newest first.

    `chain`: the name of the head office that issues rulebooks here, "" where the shop does.
    `plans` are still to begin, of head office or of the shop.
    """

    held: Rulebook
    on: date
    store: str
    chain: str
    versions: tuple[Version, ...]
    names: dict[str, str]
    plans: tuple[Planned, ...] = ()


class TwoVersions(Struct, frozen=True):
    """Two versions whole, to be held against each other, and the names of their goods."""

    before: Rulebook
    after: Rulebook
    names: dict[str, str]


def look_at_rules(shop: Shop, *, staff: Staff) -> Rules:
    """It takes the right to look at takings; raises NotAllowed."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        held = reading.rulebooks.current()
        planned = dict(reading.rulebooks.planned())
        link = reading.links.get()
        plans = tuple(_planned(reading, held, moment.business_on))
        return Rules(
            held=held,
            on=moment.business_on,
            store=moment.store,
            chain=link.chain_name if link is not None and planned else "",
            versions=tuple(
                Version(
                    version,
                    reading.rulebooks.get(version).name,
                    reading.rulebooks.first_on(version),
                    planned.get(version),
                )
                for version in reading.rulebooks.versions()
            ),
            names=names_of(reading, (held, *(plan.rulebook for plan in plans))),
            plans=plans,
        )


def _planned(reading: Reading, held: Rulebook, on: date) -> Iterator[Planned]:
    for version, begins_on in reading.rulebooks.planned():
        if begins_on > on and version != held.version:
            yield Planned(begins_on, reading.rulebooks.get(version))
    for own in reading.rulebooks.intended():
        person = reading.people.get(own.staff_no)
        by = person.name if person is not None else str(own.staff_no)
        yield Planned(own.begins_on, own.rulebook, by, _trouble(reading, own.rulebook, on))


def _trouble(reading: Reading, book: Rulebook, on: date) -> Shortfall | None:
    try:
        check_can_hold(reading, book, on)
    except (TierOutstanding, CouponsOutstanding) as error:
        return error
    return None


def two_versions(shop: Shop, before: int, after: int, *, staff: Staff) -> TwoVersions:
    """It takes the right to look at takings; raises NotAllowed, SaleBroken."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.moment(reading).at_us)
        books = (reading.rulebooks.get(before), reading.rulebooks.get(after))
        return TwoVersions(*books, names_of(reading, books))


def names_of(reading: Reading, books: Iterable[Rulebook]) -> dict[str, str]:
    """What the goods are called that rulebooks name by their codes."""
    codes = {code for book in books for code in codes_of(book)}
    found = {code: reading.products.by_code(code) for code in sorted(codes)}
    return {code: product.name for code, product in found.items() if product is not None}


def goods_named(shop: Shop, codes: tuple[str, ...], *, staff: Staff) -> dict[str, str]:
    """What goods are called, of those that are here; raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        found = {code: reading.products.by_code(code) for code in codes}
        return {code: product.name for code, product in found.items() if product is not None}


def codes_of(book: Rulebook) -> Iterator[str]:
    """All that a rulebook names by code."""
    for offer in book.offers:
        if isinstance(offer, BasketOffer):
            yield from _of_scope(offer.scope)
        if isinstance(offer, Bundle):
            yield from (code for code, _ in offer.parts)
        if isinstance(offer, GiftOffer):
            yield from (code for step in offer.steps for code in step.gives.products)
        if isinstance(offer, CouponOffer) and offer.gives is not None:
            yield from offer.gives.products
    if book.points.spend is not None:
        yield from _of_scope(book.points.spend.scope)
    yield from book.scheme.cards


def _of_scope(scope: Scope) -> Iterator[str]:
    yield from scope.products
    yield from scope.but_not
