"""期初积分: a card brings its opening points once, at however many tills its file was imported.

The lots of the import that came first stand, as at one till, where importing again never touches
points (domain.md 6). Each other one is taken out whole, whatever was spent of it: so the balance is
what one ledger would have had, whatever order everything comes in. What one ledger would not have
let them spend is a debt, as with every claw-back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from core.actions.expire_in_chain import give_back_expired
from core.actions.note_members import note_points
from core.points.ledger import ISSUED, Account, AccountKind, Allocation, Cause, Transfer
from core.ports.office import OfficeWriting
from core.ports.openings import Opening
from core.shop import HeadOffice
from core.sync.effects import LotMade, derived_id
from core.trust.cases import Case

OPENED_TWICE = "opened_twice"
"""The kind of a case: one card brought another number of points at another till."""
SPENT_TWICE = "opened_spent"
"""The kind of a case: of an import, whose first member here spent what their card brought twice."""
NOBODY = UUID(int=0)


def settle_openings(office: HeadOffice, tx: OfficeWriting, roots: Collection[UUID]) -> None:
    """Take out what is there twice, and give back what is not any more; the roots are locked.

    All of it at once: there may be thousands.
    """
    stands: dict[tuple[UUID, str], Opening] = {}
    brought: dict[UUID, set[int]] = {}
    taken: list[Opening] = []
    back: list[Opening] = []
    for each in tx.openings.of(roots) if roots else ():
        key = each.root_id, each.card_no
        first = stands.setdefault(key, each) if each.card_no else each
        if first.import_id == each.import_id:
            brought.setdefault(first.lot_id, set()).add(each.amount)
            back += [each] if each.taken else []
        elif not each.taken:
            taken.append(each)
            _tell(office, tx, each, brought[first.lot_id], first.amount)
    if taken or back:
        _move(office, tx, taken, back)


def tell_spent_twice(office: HeadOffice, tx: OfficeWriting, roots: Collection[UUID]) -> None:
    """Who owes points since their card had brought them twice: somebody should know, once.

    There is one case for each import, which names the first member and what they owe.
    """
    balances = tx.accounts.balances(roots) if roots else {}
    owes = {root: -each.points for root, each in balances.items() if each.points < 0}
    for each in tx.openings.of(owes) if owes else ():
        about = each.import_id.hex
        if each.taken and not tx.cases.is_there(SPENT_TWICE, about):
            detail, now_us = f"{each.member_id.hex} {owes[each.root_id]}", office.clock.now_us()
            tx.cases.add(Case(office.new_id(), SPENT_TWICE, NOBODY, about, detail, now_us))


def _move(
    office: HeadOffice, tx: OfficeWriting, taken: Sequence[Opening], back: Sequence[Opening]
) -> None:
    """What comes back has lots of its own: of the first ones something was taken meanwhile."""
    on, members = office.today(), {each.member_id: each.root_id for each in (*taken, *back)}
    gone = [(each, _moved(each, on, is_back=False)) for each in taken]
    come = [(each, _moved(each, on, is_back=True)) for each in back]
    parts = [Allocation(made.id, each.lot_id, each.amount) for each, made in gone]
    lots = [LotMade(made.id, each.member_id, each.amount, each.expires_on) for each, made in come]
    tx.accounts.keep_lots(lots, parts)
    tx.accounts.post([made for _, made in (*gone, *come)], members)
    if taken:
        give_back_expired(office, tx, [each.lot_id for each in taken])
    note_points(tx, members.values())


def _moved(opening: Opening, on: date, *, is_back: bool) -> Transfer:
    """Its id says how often it went before: done twice at once it is done once."""
    ident = derived_id(opening.lot_id, "opened", str(opening.times))
    own = Account(AccountKind.AVAILABLE, opening.member_id)
    ends = (ISSUED, own) if is_back else (own, ISSUED)
    return Transfer(ident, *ends, opening.amount, Cause.IMPORT, on, 0, opening.lot_id)


def _tell(
    office: HeadOffice, tx: OfficeWriting, other: Opening, brought: set[int], first: int
) -> None:
    """Of another number of points than any lot that came first somebody should know, once."""
    about = other.lot_id.hex
    if other.amount not in brought and not tx.cases.is_there(OPENED_TWICE, about):
        detail, now_us = f"{first} {other.amount}", office.clock.now_us()
        tx.cases.add(Case(office.new_id(), OPENED_TWICE, NOBODY, about, detail, now_us))
