"""重算: sales are priced again behind, where the server is set so; otherwise `receive` does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from core.actions.duties import Deed, Duty, Went, go_on
from core.actions.receive import SALE, case_of, doubt_of
from core.ports.office import Arrived, OfficeWriting
from core.shop import HeadOffice
from core.sync.fact import Event

PRICE = "price"


class _Doubted(Struct, frozen=True):
    event: Event
    doubt: str


def pricing_behind(office: HeadOffice) -> tuple[Duty, ...]:
    """The duty of an office that prices behind, from now on.

    One that prices at once again has it as long as something is left from before.
    """
    with office.store.write() as tx:
        newest, there = tx.received.newest(), tx.duties.get(PRICE)
        if there is None and office.prices_behind:
            tx.duties.keep(PRICE, newest)
    if office.prices_behind:
        return (Duty(PRICE, _step, lets_pass=True, reads_pushes=True),)
    return () if there is None else (Duty(PRICE, partial(_finish, until=newest), lets_pass=True),)


def _step(office: HeadOffice) -> Went:
    return go_on(office, PRICE, price_sales)


def _finish(office: HeadOffice, *, until: int) -> Went:
    went = go_on(office, PRICE, price_sales, until=until)
    if not went.is_more:
        with office.store.write() as tx:
            if (tx.duties.get(PRICE) or 0) >= until:
                tx.duties.end(PRICE)
    return went


def price_sales(office: HeadOffice, arrived: Sequence[Arrived]) -> Deed:
    """Each sale priced again; what comes out otherwise becomes a case."""
    sales = [each.event for each in arrived if each.event.kind == SALE]
    doubts = office.crew.each(doubt_of, [sale.data for sale in sales])
    doubted = [_Doubted(*each) for each in zip(sales, doubts, strict=True) if each[1]]
    return partial(_tell, office, doubted)


def _tell(office: HeadOffice, doubted: Sequence[_Doubted], tx: OfficeWriting) -> None:
    """Once: it may have been priced at once before."""
    for each in doubted:
        case = case_of(office, each.event, each.doubt)
        if not tx.cases.is_there(case.kind, case.about):
            tx.cases.add(case)
