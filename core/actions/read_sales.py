"""读销售: a duty of the server: what every till sold and took back, and what contradicts itself.

Tills may take back what another one sold, and two of them may take the same: nobody is refused
afterwards, but somebody is told (sync.md 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.actions.duties import Deed, Duty, Went, go_on
from core.errors import BadRecord, ServerBusy
from core.ports.office import Arrived, OfficeReading, OfficeWriting
from core.ports.together import Shelf, SoldThere
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.sold import Issued, Returned, Said, Settled, Shelved, Voided, Withdrawn, sold_by
from core.sync.together import (
    COUPONS,
    RETURNED,
    STOCK,
    BatchSaid,
    ClaimKind,
    ClaimStatus,
    back_of,
    claim_of_code,
    claim_of_void,
)
from core.sync.told import read_body
from core.trust.cases import Case

SOLD = "sold"
RETURNED_TWICE = "returned_twice"
"""The kind of a case: more of a sale came back, at several tills, than was sold."""
COUPON_TWICE = "coupon_twice"
"""The kind of a case: several sales used a code that can be used once."""
MOST_STEPS = 4
"""So many are taken while somebody waits; where more is left the duty goes on alone."""
AGAIN_S = 5


def selling() -> Duty:
    """The duty."""
    return Duty(SOLD, read_sales, lets_pass=True, reads_pushes=True)


def read_sales(office: HeadOffice) -> Went:
    """The next step of it."""
    return go_on(office, SOLD, _work)


def catch_up(office: HeadOffice, token: str) -> None:
    """What has come is read before a till is told of it; raises SessionOver, ServerBusy for much.

    Whoever has no session has nothing read.
    """
    with office.store.read() as reading:
        branch_of(office, reading, token)
    for _ in range(MOST_STEPS):
        if not read_sales(office).is_more:
            return
    raise ServerBusy(AGAIN_S)


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
    settled = [(event, told) for event, told in said if isinstance(told, Settled)]
    sales = {told.basket.sale_id: (event, told) for event, told in settled}
    tx.sold.add([_there(event, told) for event, told in sales.values()])
    touched = {each: sales[each][0].till_id for each in tx.sold.undone(sales)}
    codes: dict[str, UUID] = {}
    for event, told in said:
        match told:
            case Settled():
                codes |= dict.fromkeys(_use_codes(tx, told), event.till_id)
            case Voided():
                tx.claims.lock(ClaimKind.RETURN, told.sale.hex)
                tx.sold.void(told.sale)
                _end_claim(tx, claim_of_void(told.sale))
                touched[told.sale] = event.till_id
            case Returned():
                tx.claims.lock(ClaimKind.RETURN, told.sale.hex)
                tx.sold.came_back(told.sale, told.parts(event.till_id))
                _end_claim(tx, told.return_id)
                touched[told.sale] = event.till_id
            case Issued():
                _keep_batch(tx, event, told)
            case Shelved():
                _keep_stock(tx, event, told)
            case Withdrawn():
                tx.coupons.withdraw(told.codes)
                tx.changes.note(COUPONS, told.batch.hex)
    for sale_id, till_id in touched.items():
        _look_at(office, tx, sale_id, till_id)
    for code, till_id in codes.items():
        _look_at_code(office, tx, code, till_id)


def _there(event: Event, told: Settled) -> SoldThere:
    place = (event.id, event.till_id, told.basket.member_id)
    return SoldThere(told.basket.sale_id, told.no, *place)


def _use_codes(tx: OfficeWriting, told: Settled) -> tuple[str, ...]:
    """What a sale used of the codes that are used once."""
    sale_id = told.basket.sale_id
    for code in told.used:
        tx.claims.lock(ClaimKind.COUPON, code)
        tx.coupons.use(code, sale_id, told.no)
        _end_claim(tx, claim_of_code(sale_id, code))
    return told.used


def _end_claim(tx: OfficeWriting, claim_id: UUID) -> None:
    claim = tx.claims.get(claim_id)
    if claim is not None and claim.status is not ClaimStatus.USED:
        tx.claims.keep(replace(claim, status=ClaimStatus.USED))


def _keep_batch(tx: OfficeWriting, event: Event, told: Issued) -> None:
    """Every till of the chain takes its codes from now on."""
    till = tx.tills.get(event.till_id)
    store_code = till.store_code if till is not None else ""
    place = (event.till_id, store_code, told.member, told.starts_on, told.ends_on)
    tx.coupons.add(BatchSaid(told.batch, told.offer, told.codes, *place))
    tx.changes.note(COUPONS, told.batch.hex)


def _keep_stock(tx: OfficeWriting, event: Event, told: Shelved) -> None:
    """The other tills of the store hear of it; what comes later and is older changes nothing."""
    till = tx.tills.get(event.till_id)
    if told.stock is not None and till is not None:
        code, units = told.stock
        tx.shelves.keep(Shelf(till.id, code, event.incarnation, event.seq, units))
        tx.changes.note(STOCK, code, till.store_code)


def _look_at(office: HeadOffice, tx: OfficeWriting, sale_id: UUID, till_id: UUID) -> None:
    """Whether more came back than was sold; who sold it has to know what others took back."""
    sale, parts = tx.sold.get(sale_id), tx.sold.parts(sale_id)
    if sale is None:
        return  # the sale comes later, and is looked at then
    is_void = tx.sold.is_void(sale_id)
    if not parts and not is_void:
        return
    if any(part.till_id != sale.till_id for part in parts):
        tell_store(tx, sale)
    sold, back = sold_lines(tx, sale), back_of(parts)
    if is_void or all(back.get(no, 0) >= milli for no, milli in sold.items()):
        tx.sold.gone(sale_id)
    over = sorted(no for no, milli in back.items() if milli > sold.get(no, 0))
    if over or (is_void and parts):
        detail = " ".join([sale.no, *(f"#{no}" for no in over)] + (["void"] if is_void else []))
        _tell_case(office, tx, RETURNED_TWICE, sale_id.hex, till_id, detail)


def _look_at_code(office: HeadOffice, tx: OfficeWriting, code: str, till_id: UUID) -> None:
    """Whether several sales that stand have used it: tills did without a line."""
    if tx.coupons.get(code) is not None and len(sales := tx.coupons.used_by(code)) > 1:
        _tell_case(office, tx, COUPON_TWICE, code, till_id, " ".join(sales))


def _tell_case(
    office: HeadOffice, tx: OfficeWriting, kind: str, about: str, till_id: UUID, detail: str
) -> None:
    if not tx.cases.is_there(kind, about):
        now_us = office.clock.now_us()
        tx.cases.add(Case(office.new_id(), kind, till_id, about, detail, now_us))


def sold_lines(reading: OfficeReading, sale: SoldThere) -> dict[int, int]:
    """How much of each line was sold."""
    told = read_body(reading.sold.event_of(sale), Settled).body
    return {line.no: line.quantity_milli for line in told.basket.lines}


def tell_store(tx: OfficeWriting, sale: SoldThere) -> None:
    """The till that sold it hears what came back of it elsewhere."""
    till = tx.tills.get(sale.till_id)
    if till is not None:
        tx.changes.note(RETURNED, sale.id.hex, till.store_code)
