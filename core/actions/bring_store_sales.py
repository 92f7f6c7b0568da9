"""取全店的销售: an office PC takes from head office what the tills of its store sold (sync.md 4).

What is new goes first, then what was sold earlier, the newest before the oldest. A page and how far
it goes are kept in one transaction; what is here already stays as it is, and so it does not matter
how often, or in which order, something comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.sync import joined, still
from core.errors import ServerStrange
from core.ports import Writing
from core.ports.central import Central
from core.ports.store_sales import Heard, LifeHere
from core.pricing.engine import ENGINE
from core.sales.offer_use import uses_of
from core.shop import Shop
from core.sync.brought import (
    Brought,
    ReturnBrought,
    SaleBrought,
    Store,
    Unreadable,
    VoidBrought,
    brought,
    strange_goods,
)
from core.sync.store_sales import DeedsPage, DeedTold, Lives, deeds_place, lives_place

PROGRAM = f"1.{ENGINE}"
"""A program that reads more goes once more through what could not be read."""
REST_US = 60_000_000
"""How it stands is written down so often where nothing comes."""


class _Named(Struct, frozen=True):
    id: UUID


class Page(Struct, frozen=True):
    """What is asked for: behind what is here of a till, or, `is_old`, before it."""

    life: LifeHere
    is_old: bool


def hear_of_tills(shop: Shop, central: Central, token: str) -> None:
    """Ask how far the tills are; raises NotInChain, and what `Central.say` does."""
    with shop.store.read() as reading:
        link = joined(reading.links.get())
    asked_us = shop.clock.now_us()
    told = central.say(link.url, token, lives_place(), None, Lives)
    with shop.store.read() as reading:
        heard, lives = reading.store_sales.heard(), reading.store_sales.lives()
    known = heard is not None and heard.program == PROGRAM and _is_same(told, lives)
    if heard is not None and known and asked_us - heard.heard_us < REST_US:
        return
    with shop.store.write() as tx:
        still(tx, link)
        here = tx.store_sales
        if heard is not None and heard.program != PROGRAM and here.unread():
            here.go_back()
        here.meet(told.lives)
        lacks_new = any(each.lacks_new for each in here.lives())
        before_us = heard.whole_us if heard is not None else None
        whole_us = before_us if lacks_new else asked_us
        here.hear(Heard(asked_us, whole_us, told.at_us - asked_us, PROGRAM))


def _is_same(told: Lives, lives: Sequence[LifeHere]) -> bool:
    there = {(each.till_id, each.incarnation): each.through for each in told.lives}
    here = {(each.till_id, each.incarnation): each.through for each in lives}
    return here == dict.fromkeys(here, 0) | there


def next_page(shop: Shop) -> Page | None:
    """What is to be asked for; None where all is here."""
    with shop.store.read() as reading:
        lives = reading.store_sales.lives()
    new = next((each for each in lives if each.lacks_new), None)
    if new is not None:
        return Page(new, is_old=False)
    old = [each for each in lives if each.lacks_old]
    newest = max(old, key=lambda each: each.oldest_us or 1 << 62, default=None)
    return None if newest is None else Page(newest, is_old=True)


def take_page(shop: Shop, central: Central, token: str, asked: Page) -> int:
    """Take it; how many sales, voids and returns came that were not here.

    Raises NotInChain, and what `Central.say` does.
    """
    life = asked.life
    with shop.store.read() as reading:
        link = joined(reading.links.get())
        store = Store(reading.till.store_name, reading.till.zone)
    side = {"before": life.low} if asked.is_old else {"after": life.high}
    place = deeds_place(life.till_id, life.incarnation, **side)
    page = central.say(link.url, token, place, None, DeedsPage)
    _check(asked, page)
    with shop.store.read() as reading:
        known = reading.store_sales.known({_id_of(each) for each in page.deeds})
    told = [
        brought(each, life.till_no, page.rulebooks, store)
        for each in page.deeds
        if _id_of(each) not in known
    ]
    with shop.store.write() as tx:
        still(tx, link)
        if life not in tx.store_sales.lives():
            return 0  # somebody took it beside us: it goes on from there
        _keep_all(tx, told)
        _move(shop, tx, asked, page, told)
    return len(told)


def _check(asked: Page, page: DeedsPage) -> None:
    """Nothing may be left out between what is here and what comes."""
    life = asked.life
    end, begin = (page.last, life.low - 1) if asked.is_old else (page.first, life.high + 1)
    if end != begin or not 1 <= page.first <= page.last:
        raise ServerStrange("unread")


def _id_of(told: DeedTold) -> UUID:
    try:
        return msgspec.json.decode(told.data, type=_Named).id
    except msgspec.MsgspecError:
        raise ServerStrange("unread") from None


def _move(shop: Shop, tx: Writing, asked: Page, page: DeedsPage, told: Sequence[Brought]) -> None:
    life = asked.life
    sold = [each.there.facts.at_us for each in told if isinstance(each, SaleBrought)]
    oldest = min([*sold, *([life.oldest_us] if life.oldest_us else [])], default=None)
    moved = {"low": page.first} if asked.is_old else {"high": page.last}
    here = tx.store_sales
    here.move(replace(life, oldest_us=oldest, **moved))
    heard = here.heard()
    if heard is not None and not any(each.lacks_new for each in here.lives()):
        here.hear(replace(heard, whole_us=heard.heard_us))


def _keep_all(tx: Writing, told: Iterable[Brought]) -> None:
    """In their order, each sale before what takes it back."""
    products: dict[str, UUID] = {}
    for each in told:
        match each:
            case SaleBrought():
                _keep_sale(tx, each, products)
            case VoidBrought():
                _keep_sale(tx, each.sale, products)
                _keep_void(tx, each)
            case ReturnBrought():
                if each.sale is not None:
                    _keep_sale(tx, each.sale, products)
                _keep_return(tx, each)
            case Unreadable():
                tx.store_sales.lay_aside(each.kept)


def _keep_void(tx: Writing, told: VoidBrought) -> None:
    """A copy of a till may have voided the same sale once more: one void is all there is to it."""
    void, sale = told.void, told.void.sale
    if tx.sales.get(sale.sale_id) is None or tx.voids.receipt(sale.sale_id) is not None:
        tx.store_sales.lay_aside(told.kept)
        return
    tx.store_sales.add_void(told)
    on, at_us = void.business_on, void.at_us
    tx.offer_uses.give_back(sale.sale_id, day_id=sale.day_id, business_on=on, at_us=at_us)


def _keep_return(tx: Writing, told: ReturnBrought) -> None:
    """A sale of which nothing stands has used no offer, and no code."""
    made, sale_id = told.made, told.made.sale.sale_id
    if told.sale is not None and tx.sales.get(sale_id) is None:
        tx.store_sales.lay_aside(told.kept)
        return
    tx.store_sales.add_return(told)
    lines = tx.returns.lines(sale_id)
    if lines and all(line.returned_milli >= line.quantity_milli for line in lines):
        on, at_us = made.business_on, made.at_us
        tx.offer_uses.give_back(sale_id, day_id=made.day_id, business_on=on, at_us=at_us)


def _keep_sale(tx: Writing, told: SaleBrought, products: dict[str, UUID]) -> None:
    """Once; where a copy of a till gave its number to another sale, a person has to look."""
    ident = told.kept.place.id
    if tx.store_sales.known({ident}):
        return
    if tx.sales.by_no(told.there.sale.no) is not None:
        tx.store_sales.lay_aside(told.kept)
        return
    for line in told.there.sale.basket.lines:
        code = line.product.code
        if code not in products:
            here = tx.products.by_code(code)
            products[code] = strange_goods(code) if here is None else here.id
            if here is None:
                tx.store_sales.keep_goods(line.product)
    tx.store_sales.add_sale(told, products)
    if told.there.is_as_priced:
        sale, facts = told.there.sale, told.there.facts
        for use in uses_of(sale, told.there.rulebook, facts.day_id):
            tx.offer_uses.add(use)
        if units := sale.quote.used_units:
            on, member_id = facts.business_on, facts.member_id
            tx.offer_uses.add_units(facts.sale_id, member_id, on, units)
