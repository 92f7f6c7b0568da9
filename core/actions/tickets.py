"""小票: what happened at the till on any day, ticket by ticket, for whoever may look at takings."""

from __future__ import annotations

from datetime import date, tzinfo

from msgspec import Struct

from core.actions.allow import allow
from core.actions.find_sales import SalesFound, clues_of, found_of
from core.errors import BadDates
from core.ports import Reading
from core.sales.search import ANY, Among, Clue, SaleSearch, read_typed
from core.shop import Shop
from core.sync.brought import strange_goods
from core.trust.rights import Right
from core.trust.staff import Staff, staff_label

MOST_LISTED = 1000
"""So many tickets are read and told at once; of more the newest."""
AN_HOUR = 60


class Asked(Struct, frozen=True):
    """Which tickets: of business dates, both inclusive; `text` as in `find_sales`.

    A day in the text goes before the dates. `code` is that of a product, `hour` one of the day.
    """

    first: date
    last: date
    text: str = ""
    among: Among = ANY
    code: str = ""
    hour: int | None = None


class Ticket(Struct, frozen=True):
    """One ticket; `member` is the whole name, "" for nobody's, `goods` names with thousandths.

    A return has what went back below zero; `returned_fen` went back of a sale since.
    """

    no: str
    at_us: int
    business_on: date
    member: str
    cashier: str
    fen: int
    goods: tuple[tuple[str, int], ...] = ()
    is_voided: bool = False
    returned_fen: int = 0


class Tickets(Struct, frozen=True):
    """Those that were asked for, the newest first; `sales` says what there is to say of them."""

    rows: tuple[Ticket, ...]
    sales: SalesFound
    zone: tzinfo


def tickets(shop: Shop, asked: Asked, *, staff: Staff) -> Tickets:
    """Sales, also voided ones, and, where nothing is asked but days and a person, returns.

    Raises NotAllowed, BadDates, and what `find_sales` raises of a text.
    """
    if asked.first > asked.last:
        raise BadDates(asked.first.isoformat(), asked.last.isoformat())
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        search = _search(reading, asked, moment.business_on)
        sales = found_of(reading, search, moment.business_on, MOST_LISTED)
        names = {person.no: person.name for person in reading.people.all()}
        rows = [
            Ticket(
                row.no,
                row.at_us,
                row.business_on,
                row.member_name,
                names.get(row.staff_no, staff_label(row.staff_no)),
                row.payable_fen,
                row.goods,
                is_voided=row.is_voided,
                returned_fen=row.returned_fen,
            )
            for row in sales.rows
        ]
        if not search.clues and not search.among.is_of_goods:
            rows += _returns(reading, search, names)
        rows.sort(key=lambda row: row.at_us, reverse=True)
        return Tickets(tuple(rows), sales, search.zone)


def _search(reading: Reading, asked: Asked, today: date) -> SaleSearch:
    typed = read_typed(asked.text, today)
    clues = clues_of(reading, asked.text.strip(), typed) if typed.words else ()
    if asked.code:
        product = reading.products.by_code(asked.code)
        known = () if product is None else (product.id,)
        clues = (*clues, Clue(products=(*known, strange_goods(asked.code))))
    first, last = typed.days or (asked.first, asked.last)
    hours = typed.hours
    if asked.hour is not None:
        hours = (asked.hour * AN_HOUR, asked.hour * AN_HOUR + AN_HOUR - 1)
    return SaleSearch(first, last, reading.till.zone, hours, clues, asked.among)


def _returns(reading: Reading, search: SaleSearch, names: dict[int, str]) -> list[Ticket]:
    among = search.among
    return [
        Ticket(
            row.no,
            row.at_us,
            on,
            row.member,
            names.get(row.staff_no, staff_label(row.staff_no)),
            row.taken_fen,
        )
        for on, row in reading.figures.came_back(search.since, search.until, most=MOST_LISTED)
        if search.is_at(row.at_us)
        and among.staff_no in (None, row.staff_no)
        and (among.from_us is None or row.at_us >= among.from_us)
        and (among.until_us is None or row.at_us <= among.until_us)
    ]
