"""读销售: a duty of the server: what every till sold and took back, and what contradicts itself.

Tills may take back what another one sold, and two of them may take the same: nobody is refused
afterwards, but somebody is told (sync.md 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from core.actions.duties import Deed, Duty, Went, go_on
from core.errors import BadRecord
from core.ports.office import Arrived, Case, OfficeReading, OfficeWriting
from core.ports.together import SoldThere
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.sold import Returned, Said, Settled, sold_by
from core.sync.together import RETURNED, ClaimKind, ClaimStatus, back_of
from core.sync.told import read_body

SOLD = "sold"
RETURNED_TWICE = "returned_twice"
"""The kind of a case: more of a sale came back, at several tills, than was sold."""
MOST_STEPS = 20


def selling() -> Duty:
    """The duty."""
    return Duty(SOLD, read_sales, lets_pass=True)


def read_sales(office: HeadOffice) -> Went:
    """The next step of it."""
    return go_on(office, SOLD, _work)


def catch_up(office: HeadOffice) -> None:
    """What has come is read, before anybody is told of it; where very much has, a part of it."""
    for _ in range(MOST_STEPS):
        if not read_sales(office).is_more:
            return


def _work(office: HeadOffice, arrived: Sequence[Arrived]) -> Deed:
    said = [(each.event, found) for each in arrived if (found := _said(each.event)) is not None]
    return partial(_keep, office, said)


def _said(event: Event) -> Said | None:
    """What cannot be read is a case of the reading of points: one is enough."""
    try:
        return sold_by(event)
    except BadRecord:
        return None


def _keep(office: HeadOffice, said: list[tuple[Event, Said]], tx: OfficeWriting) -> None:
    touched: dict[UUID, UUID] = {}
    for event, told in said:
        if isinstance(told, Settled):
            basket = told.basket
            place = (event.id, event.till_id, basket.member_id)
            tx.sold.add(SoldThere(basket.sale_id, told.no, *place))
            continue
        if isinstance(told, Returned):
            tx.claims.lock(ClaimKind.RETURN, told.sale.hex)
            tx.sold.came_back(told.sale, told.parts(event.till_id))
            claim = tx.claims.get(told.return_id)
            if claim is not None and claim.status is not ClaimStatus.USED:
                tx.claims.keep(replace(claim, status=ClaimStatus.USED))
        else:
            tx.sold.void(told.sale)
        touched[told.sale] = event.till_id
    for event, told in said:
        if isinstance(told, Settled) and tx.sold.parts(told.basket.sale_id):
            touched.setdefault(told.basket.sale_id, event.till_id)
    for sale_id, till_id in touched.items():
        _look_at(office, tx, sale_id, till_id)


def _look_at(office: HeadOffice, tx: OfficeWriting, sale_id: UUID, till_id: UUID) -> None:
    """Whether more came back than was sold; who sold it has to know what others took back."""
    sale, parts = tx.sold.get(sale_id), tx.sold.parts(sale_id)
    if sale is None:
        return  # the sale comes later, and is looked at then
    if any(part.till_id != sale.till_id for part in parts):
        tell_store(tx, sale)
    sold, back = sold_lines(tx, sale), back_of(parts)
    is_void = tx.sold.is_void(sale_id) and bool(parts)
    over = sorted(no for no, milli in back.items() if milli > sold.get(no, 0))
    if (over or is_void) and not tx.cases.is_there(RETURNED_TWICE, sale_id.hex):
        detail = " ".join([sale.no, *(f"#{no}" for no in over)] + (["void"] if is_void else []))
        now_us = office.clock.now_us()
        case = Case(office.new_id(), RETURNED_TWICE, till_id, sale_id.hex, detail, now_us)
        tx.cases.add(case)


def sold_lines(reading: OfficeReading, sale: SoldThere) -> dict[int, int]:
    """How much of each line was sold."""
    told = read_body(reading.sold.event_of(sale), Settled).body
    return {line.no: line.quantity_milli for line in told.basket.lines}


def tell_store(tx: OfficeWriting, sale: SoldThere) -> None:
    """The till that sold it hears what came back of it elsewhere."""
    till = tx.tills.get(sale.till_id)
    if till is not None:
        tx.changes.note(RETURNED, sale.id.hex, till.store_code)
