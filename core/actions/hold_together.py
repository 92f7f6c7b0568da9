"""同店挂单, at the server: what each till holds the others of its store see, and one takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.errors import HeldTaken, NoSuchHeld, SessionOver
from core.ports.held import HeldRow
from core.ports.office import EnrolledTill, OfficeWriting
from core.shop import HeadOffice
from core.sync.held import (
    TAKEN_US,
    HeldAway,
    HeldPut,
    HeldSaid,
    HeldTake,
    HeldThere,
    HeldTold,
)


def share(office: HeadOffice, token: str, told: HeldTold) -> HeldSaid:
    """挂着的: what a till holds, and what of it others may see; raises SessionOver."""
    with office.store.write() as tx:
        till = _till(office, tx, token)
        if told.no > tx.held.told(till.id):
            tx.held.tell(till.id, told.no)
            _keep(tx, till, told)
        return _said(tx, till, told, office.clock.now_us())


def take(office: HeadOffice, token: str, asked: HeldTake) -> HeldPut:
    """取单: whoever comes first has it, its own till as well: what that holds it tells later.

    Raises SessionOver, NoSuchHeld, HeldTaken.
    """
    with office.store.write() as tx:
        till, now_us = _till(office, tx, token), office.clock.now_us()
        found = [row for row in tx.held.of_store(till.store_code) if row.put.id == asked.id]
        if not found or found[0].is_done:
            raise NoSuchHeld()
        row = found[0]
        if row.is_taken(now_us) and row.taken_by != till.id:
            raise HeldTaken(_no_of(tx, row.taken_by))
        of = {"taken_by": till.id, "taken_no": asked.no, "until_us": now_us + TAKEN_US}
        tx.held.keep(replace(row, **of))
        return row.put


def _till(office: HeadOffice, tx: OfficeWriting, token: str) -> EnrolledTill:
    """Whose session it is; nobody else of the store comes between."""
    till = tx.tills.get(branch_of(office, tx, token).till_id)
    if till is None:
        raise SessionOver()
    tx.held.lock(till.store_code)
    return till


def _keep(tx: OfficeWriting, till: EnrolledTill, told: HeldTold) -> None:
    rows = {row.put.id: row for row in tx.held.of_store(till.store_code)}
    mine = {put.id for put in told.held}
    for row in rows.values():
        if row.till_id == till.id and row.put.id not in mine:
            tx.held.drop(row.put.id)
        elif row.taken_by == till.id:
            _keep_taken(tx, row, told)
    for put in told.held:
        known = rows.get(put.id)
        if known is None or (known.till_id == till.id and put.held_us > known.put.held_us):
            tx.held.keep(HeldRow(put, till.store_code, till.id))


def _keep_taken(tx: OfficeWriting, row: HeldRow, told: HeldTold) -> None:
    """What became of a basket that this till took."""
    if row.put.id in told.done:
        tx.held.keep(replace(row, is_done=True))
    elif row.put.id not in told.has and told.no > row.taken_no:
        tx.held.keep(replace(row, taken_by=None))


def _said(tx: OfficeWriting, till: EnrolledTill, told: HeldTold, now_us: int) -> HeldSaid:
    rows = tx.held.of_store(till.store_code)
    numbers = {each.id: each.till_no for each in tx.tills.all()}
    mine = [row for row in rows if row.till_id == till.id]
    return HeldSaid(
        tuple(_others(rows, till.id, told.has, numbers, now_us)),
        tuple(
            HeldAway(row.put.id, numbers.get(row.taken_by, 0))
            for row in mine
            if row.taken_by not in (None, till.id) and row.is_taken(now_us)
        ),
        tuple(row.put.id for row in mine if row.is_done),
    )


def _others(
    rows: Iterable[HeldRow],
    till_id: UUID,
    has: tuple[UUID, ...],
    numbers: Mapping[UUID, int],
    now_us: int,
) -> Iterable[HeldThere]:
    for row in rows:
        is_free = not row.is_taken(now_us) or row.taken_by == till_id
        if row.till_id != till_id and not row.is_done and is_free and row.put.id not in has:
            put = row.put
            about = (put.called, put.lines, put.payable_fen, put.held_us)
            yield HeldThere(put.id, numbers.get(row.till_id, 0), *about)


def _no_of(tx: OfficeWriting, till_id: UUID | None) -> int:
    till = tx.tills.get(till_id) if till_id is not None else None
    return till.till_no if till is not None else 0
