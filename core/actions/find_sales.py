"""找单: a sale that was made earlier, by whatever is still known of it; newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.scan_goods import layouts, product_of
from core.actions.serve import clean_scan, holder_of_card, refuse_old_scan
from core.actions.trace import pack_sale
from core.actions.undo import facts_of
from core.catalog.barcode import read_code
from core.errors import BadScan, NoSuchSale
from core.ports import Reading, StoredSale
from core.sales.search import Clue, SaleSearch, Typed, amount_of, numbers_of, read_typed
from core.sales.void import SoldRow
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.ident import read_paper_no

MOST_SHOWN = 100
EVER = 0
"""So many days: of every day that there was."""
_MOST_MEANT = 40
_FIRST_DAY = date(1970, 1, 1)


class SalesFound(Struct, frozen=True):
    """找到的单. `since` is None where every day was looked at; `is_wider`: the days that were asked
    for had none, these are of before. `has_more`: only the newest are among the rows; `is_cut`: of
    the days before `since`, which were asked for too, there may be others."""

    rows: tuple[SoldRow, ...]
    today: date
    zone: tzinfo
    since: date | None
    until: date
    has_more: bool = False
    is_wider: bool = False
    is_cut: bool = False


def find_sales(shop: Shop, text: str = "", *, days: int = 1, staff: Staff) -> SalesFound:
    """Sales of so many days back (1: today alone) for which all that is typed holds.

    A day in the text goes before `days`, and a whole number needs none. Words that find nothing in
    those days are looked for in all days before. A card that is scanned is its member, a code its
    product. Raises NotAllowed, PaymentCode; CardReplaced for an old card.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        today = moment.business_on
        typed = read_typed(text, today)
        clues = clues_of(reading, text.strip(), typed)
        since, until = typed.days or (_since(today, days), today)
        if any(clue.no for clue in clues):
            since = _FIRST_DAY
        search = SaleSearch(since, until, reading.till.zone, typed.hours, clues)
        found = found_of(reading, search, today)
        if not found.rows and clues and typed.days is None and since != _FIRST_DAY:
            wider = found_of(reading, replace(search, since=_FIRST_DAY), today)
            found = replace(wider, is_wider=True) if wider.rows else wider
        if not found.rows:
            refuse_old_scan(reading, text)
        return found


def _since(today: date, days: int) -> date:
    return _FIRST_DAY if days == EVER else today - timedelta(days - 1)


def found_of(
    reading: Reading, search: SaleSearch, today: date, most: int = MOST_SHOWN
) -> SalesFound:
    """The newest sales of a search. Nothing is asked of the store for a word that means nothing."""
    since: date = search.since
    rows: Iterator[SoldRow] = iter(())
    if not any(clue.is_empty for clue in search.clues):
        since, rows = reading.searches.sales(search)
    shown = tuple(islice(rows, most))
    has_more = next(rows, None) is not None
    return SalesFound(
        shown,
        today,
        search.zone,
        None if since == _FIRST_DAY else since,
        search.until,
        has_more=has_more,
        is_cut=since > search.since and not (has_more and shown[-1].business_on >= since),
    )


def clues_of(reading: Reading, text: str, typed: Typed) -> tuple[Clue, ...]:
    """What the words that were typed can mean. Raises CardReplaced, PaymentCode.

    Of a code the whole text, blanks and all; of what a person typed each word."""
    holder = holder_of_card(reading, text) if text else None
    if holder is not None:
        return (Clue(members=(holder.id,)),)
    last = reading.searches.last_number()
    return tuple(_clue(reading, word, last) for word in typed.words)


def _clue(reading: Reading, word: str, last: int) -> Clue:
    if (no := read_paper_no(word)) is not None:
        return Clue(no=no.partition("-R")[0])
    found = reading.suggest(word, limit=_MOST_MEANT)
    members = (reading.members.by_card(each.key) for each in found if each.kind == "member")
    products = (reading.products.by_code(each.key) for each in found if each.kind == "product")
    typed = Clue(
        numbers=numbers_of(word, last),
        amount_fen=amount_of(word),
        members=tuple(member.id for member in members if member is not None),
        products=tuple(product.id for product in products if product is not None),
    )
    return typed if typed.products else _with_code(reading, typed, word)


def _with_code(reading: Reading, typed: Clue, word: str) -> Clue:
    """What is scanned: one pack is the sale that it went out with, every other code its product.

    What a customer pays with is looked for nowhere.
    """
    if typed.is_empty and (sold := pack_sale(reading, word)) is not None:
        return Clue(no=sold.sale_no)
    try:
        text = clean_scan(word)
    except BadScan:
        return typed
    code = read_code(text, layouts(reading, reading.rulebooks.current(), text))
    product = product_of(reading, code)
    return typed if product is None else replace(typed, products=(product.id,))


class SaleShown(Struct, frozen=True):
    """One sale that was found, and what may still be done with it."""

    sale: StoredSale
    can_return: bool
    can_void: bool


def look_at_sale(shop: Shop, sale_no: str, *, staff: Staff) -> SaleShown:
    """A sale by its number; it is void only on its own day, whole, and once.

    Raises NotAllowed, NoSuchSale.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        sale, day = reading.sales.by_no(sale_no), reading.days.open_one()
        if sale is None:
            raise NoSuchSale(sale_no)
        facts = facts_of(reading, sale.sale_id)
        is_of_today = day is not None and facts.day_id == day.id
        can_void = is_of_today and not sale.is_voided and sale.returned_fen is None
        return SaleShown(sale, can_return=not sale.is_voided, can_void=can_void)
