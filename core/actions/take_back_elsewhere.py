"""别台的退货, at the server: a till asks for another one's sale, and claims what comes back of it.

Whoever claims holds the sale until it is written: however many tills ask at once, what one has
the others do not.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.actions.read_sales import SOLD, catch_up, sold_lines, tell_store
from core.errors import ClaimDiffers, ClaimLate, LineElsewhere, NoSuchSale, SaleIsVoid
from core.members.masks import mask_name
from core.ports.feed import Asking
from core.ports.office import Branch, OfficeReading, OfficeWriting
from core.ports.together import SoldThere
from core.shop import HeadOffice
from core.sync.effects import NAME, TIER
from core.sync.lots import lots_left
from core.sync.sold import Settled
from core.sync.together import (
    CLAIMED_US,
    Claim,
    Claimed,
    ClaimKind,
    ClaimStatus,
    HolderSaid,
    LotSaid,
    PartBack,
    ReturnAsked,
    ReturnNotMade,
    SaleBack,
    SaleSaid,
    back_of,
    session_began_us,
)
from core.sync.told import read_body


def find_sale(office: HeadOffice, token: str, no: str) -> SaleSaid:
    """A sale of any till of the chain by its number.

    Raises SessionOver, ServerBusy, NoSuchSale.
    """
    catch_up(office, token)
    with office.store.read() as reading:
        branch_of(office, reading, token)
        found = reading.sold.by_no(no)
        if not found:
            raise NoSuchSale(no)
        sale = found[0]
        till = reading.tills.get(sale.till_id)
        store = reading.stores.get(till.store_code) if till else None
        event = reading.sold.event_of(sale)
        told = read_body(event, Settled).body
        now_us = office.clock.now_us()
        claimed = _claimed(reading, sale.id, now_us)
        return SaleSaid(
            sale.id,
            sale.no,
            sale.till_id,
            store.name if store else "",
            till.till_no if till else 0,
            event.decode(),
            reading.sold.is_void(sale.id),
            reading.sold.parts(sale.id) + _parts(claimed, now_us),
            _holder(reading, sale, told),
        )


def claim(office: HeadOffice, token: str, asked: ReturnAsked) -> Claimed:
    """占用: these lines come back at this till and at no other, for fifteen minutes.

    Raises SessionOver, ServerBusy, NoSuchSale, SaleIsVoid, LineElsewhere, ClaimDiffers, ClaimLate.
    """
    catch_up(office, token)
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        tx.claims.lock(ClaimKind.RETURN, asked.sale_id.hex)
        known = claim_known(tx, branch, asked.id)
        now_us = office.clock.now_us()
        if known is None or known.is_anew(asked.at_us, now_us):
            known = _claim(office, tx, branch, asked)
        if known.status is ClaimStatus.VOIDED:
            raise ClaimLate()
        return known.answer(now_us)


def give_up(office: HeadOffice, token: str, given_up: ReturnNotMade) -> Claimed:
    """不退了: others may take it back at once. What came back stays so.

    What was asked for before that comes too late, and claims nothing any more; what is asked for
    later is not given up by it. Raises SessionOver, ClaimDiffers.
    """
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        tx.claims.lock(ClaimKind.RETURN, given_up.sale_id.hex)
        known = claim_known(tx, branch, given_up.id)
        if known is None:
            nothing = ReturnAsked(given_up.id, given_up.sale_id, (), given_up.at_us)
            known = _made(office, branch, nothing)
        at_us = given_up.at_us or known.at_us
        if known.status is not ClaimStatus.USED and at_us >= known.at_us:
            known = replace(known, status=ClaimStatus.VOIDED, at_us=at_us)
            tx.claims.keep(known)
            sale = tx.sold.get(given_up.sale_id)
            if sale is not None:
                tell_store(tx, sale)
        return known.answer(office.clock.now_us())


def returned_for_tills(
    reading: OfficeReading, asking: Asking, sales: Collection[str], now_us: int
) -> dict[str, Struct]:
    """What others took back of these sales, or are about to; a till knows itself what it did."""
    found: dict[str, Struct] = {}
    for about in sales:
        sale_id = UUID(about)
        parts = reading.sold.parts(sale_id) + _parts(_claimed(reading, sale_id, now_us), now_us)
        others = tuple(part for part in parts if part.till_id != asking.till_id)
        found[about] = SaleBack(sale_id, others)
    return found


def _claim(office: HeadOffice, tx: OfficeWriting, branch: Branch, asked: ReturnAsked) -> Claim:
    sale = tx.sold.get(asked.sale_id)
    if sale is None:
        raise NoSuchSale(asked.sale_id.hex)
    if tx.sold.is_void(sale.id):
        raise SaleIsVoid(sale.no)
    parts = tx.sold.parts(sale.id)
    if any(part.return_id == asked.id for part in parts):
        # It came back meanwhile: whoever sold it did not wait for the answer.
        return replace(_made(office, branch, asked), status=ClaimStatus.USED)
    now_us = office.clock.now_us()
    claimed = _claimed(tx, sale.id, now_us)
    others = [each for each in claimed if each.id != asked.id]
    sold, back = sold_lines(tx, sale), back_of(parts + _parts(others, now_us))
    for line in asked.lines:
        left = sold.get(line.no, 0) - back.get(line.no, 0)
        if line.quantity_milli > left:
            raise LineElsewhere(line.no, max(0, left))
    made = _made(office, branch, asked)
    tx.claims.keep(made)
    if sale.till_id != branch.till_id:
        tell_store(tx, sale)
    return made


def _made(office: HeadOffice, branch: Branch, asked: ReturnAsked) -> Claim:
    now_us = office.clock.now_us()
    place = (branch.till_id, branch.incarnation, asked.at_us or now_us, now_us + CLAIMED_US)
    return Claim(asked.id, ClaimKind.RETURN, asked.sale_id.hex, *place, lines=asked.lines)


def claim_known(tx: OfficeWriting, branch: Branch, claim_id: UUID) -> Claim | None:
    """The claim of this id, if there is one; raises ClaimDiffers where another till has it."""
    known = tx.claims.get(claim_id)
    if known is not None and known.till_id != branch.till_id:
        raise ClaimDiffers(claim_id.hex)
    return known


def _claimed(reading: OfficeReading, sale_id: UUID, now_us: int) -> tuple[Claim, ...]:
    """Those of which something may come still."""
    claims = reading.claims.of(ClaimKind.RETURN, sale_id.hex)
    return tuple(each for each in claims if not is_over(reading, each, now_us))


def is_over(reading: OfficeReading, claim: Claim, now_us: int) -> bool:
    """Whether its till has told all that it did by it, or is silent for too long."""
    branch, began_us, has_all = reading.branches.get(claim.till_id, claim.incarnation), 0, False
    if branch is not None:
        began_us = session_began_us(branch.until_us)
        through = reading.received.durable_through(claim.till_id, claim.incarnation)
        is_read = not reading.received.behind(reading.duties.get(SOLD) or 0)[0]
        has_all = is_read and through >= branch.told_seq
    return claim.is_over(now_us, began_us=began_us, has_all=has_all)


def _parts(claims: Collection[Claim], now_us: int) -> tuple[PartBack, ...]:
    return tuple(
        PartBack(
            each.id,
            each.till_id,
            line.no,
            line.quantity_milli,
            each.until_us,
            each.left_us(now_us),
        )
        for each in claims
        for line in each.lines
    )


def _holder(reading: OfficeReading, sale: SoldThere, told: Settled) -> HolderSaid | None:
    person = reading.members.get(sale.member_id) if sale.member_id is not None else None
    if person is None:
        return None
    points = reading.accounts.balance(person.id).points
    spent = told.spent.lots if told.spent is not None else ()
    days = reading.sold.last_days([lot for lot, _ in spent])
    return HolderSaid(
        person.id,
        mask_name(person.fields.get(NAME) or ""),
        person.fields.get(TIER) or "",
        points,
        tuple(
            LotSaid(lot.id, lot.points, lot.expires_on)
            for lot in lots_left(reading.accounts.lots(person.id), points)
        ),
        reading.sold.expired(told.lot.id) if told.lot is not None else 0,
        tuple(LotSaid(lot, amount, days.get(lot)) for lot, amount in spent),
    )
