"""期初积分: a card brings its opening points once, at however many tills its file was imported.

The lot that was brought first stands, as at one till, where importing again never touches points
(domain.md 6). Each other one is taken out whole, whatever was spent of it: so the balance is what
one ledger would have had, whatever order everything comes in. What one ledger would not have let
them spend is a debt, as with every claw-back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from core.actions.expire_in_chain import give_back_expired
from core.actions.note_members import note_points
from core.points.ledger import ISSUED, Account, AccountKind, Allocation, Cause, Transfer
from core.ports.office import Case, OfficeWriting
from core.ports.openings import Opening
from core.shop import HeadOffice
from core.sync.effects import LotMade, derived_id

OPENED_TWICE = "opened_twice"
"""The kind of a case: one card brought another number of points at another till."""
NOBODY = UUID(int=0)


def settle_openings(office: HeadOffice, tx: OfficeWriting, roots: Collection[UUID]) -> None:
    """Take out what is there twice, and give back what is not any more; the roots are locked."""
    openings = tx.openings.of(roots) if roots else ()
    stands: dict[tuple[UUID, str], Opening] = {}
    for each in openings:
        if each.card_no:
            first = stands.setdefault((each.root_id, each.card_no), each)
            if first is not each and not each.taken:
                _take(office, tx, each)
                _tell(office, tx, first, each)
        if each.taken and stands.get((each.root_id, each.card_no), each) is each:
            _give_back(office, tx, each)


def _take(office: HeadOffice, tx: OfficeWriting, opening: Opening) -> None:
    made = _moved(opening, office.today(), is_back=False)
    tx.accounts.keep_lots((), [Allocation(made.id, opening.lot_id, opening.amount)])
    tx.accounts.post([made], {opening.member_id: opening.root_id})
    give_back_expired(office, tx, [opening.lot_id])
    note_points(tx, [opening.root_id])


def _give_back(office: HeadOffice, tx: OfficeWriting, opening: Opening) -> None:
    """In a lot of its own: of the first one till and server may have taken meanwhile."""
    made = _moved(opening, office.today(), is_back=True)
    lot = LotMade(made.id, opening.member_id, opening.amount, opening.expires_on)
    tx.accounts.keep_lots([lot], ())
    tx.accounts.post([made], {opening.member_id: opening.root_id})
    note_points(tx, [opening.root_id])


def _moved(opening: Opening, on: date, *, is_back: bool) -> Transfer:
    """Its id says how often it went before: done twice at once it is done once."""
    ident = derived_id(opening.lot_id, "opened", str(opening.times))
    own = Account(AccountKind.AVAILABLE, opening.member_id)
    ends = (ISSUED, own) if is_back else (own, ISSUED)
    return Transfer(ident, *ends, opening.amount, Cause.IMPORT, on, 0, opening.lot_id)


def _tell(office: HeadOffice, tx: OfficeWriting, first: Opening, other: Opening) -> None:
    """Of another number of points somebody should know, once."""
    about = other.lot_id.hex
    if first.amount != other.amount and not tx.cases.is_there(OPENED_TWICE, about):
        detail, now_us = f"{first.amount} {other.amount}", office.clock.now_us()
        tx.cases.add(Case(office.new_id(), OPENED_TWICE, NOBODY, about, detail, now_us))
