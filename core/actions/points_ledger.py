"""积分流水: a manager looks for what moved points, and opens what was behind it."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, others_with
from core.actions.serve import holder_of_card
from core.points.deeds import Correction
from core.points.ledger import Cause
from core.ports import Reading
from core.ports.points_desk import Audited, Key, MovedPage, MovedRow, Sought
from core.sales.receipt import Receipt
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.ident import read_paper_no
from core.values.moment import day_and_time

PAGE = 200
MOST_MEANT = 8


class Moved(Struct, frozen=True):
    """One transfer with what was behind it.

    `by` and `approved_by` are names, "" where nobody did it by hand; `what` is the behaviour or the
    reward, `at` the day and the time of it, "" where only the day is kept.
    """

    row: MovedRow
    receipt: Receipt | None = None
    correction: Correction | None = None
    by: str = ""
    approved_by: str = ""
    what: str = ""
    at: str = ""


def moved_points(
    shop: Shop, sought: Sought, *, text: str = "", behind: Key | None = None, staff: Staff
) -> MovedPage:
    """流水: transfers, the newest first; `text` is a receipt's number, a card, phone or name.

    Raises NotAllowed for who may not look at takings.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        if text.strip():
            sought = _meant(reading, sought, text.strip())
        return reading.points_desk.moved(sought, behind, most=PAGE)


def _meant(reading: Reading, sought: Sought, text: str) -> Sought:
    """The sale or the members that a text means; nobody, where it means none."""
    no = read_paper_no(text)
    if no is not None and (sale := reading.sales.by_no(no)) is not None:
        return replace(sought, sale_id=sale.sale_id)
    if (member := holder_of_card(reading, text)) is not None:
        return replace(sought, members=(member.id,))
    found = (each for each in reading.suggest(text, limit=MOST_MEANT) if each.kind == "member")
    members = (reading.members.by_card(each.key) for each in found)
    return replace(sought, members=tuple(each.id for each in members if each is not None))


def moved_one(shop: Shop, transfer_id: UUID, *, staff: Staff) -> Moved | None:
    """The transfer with its receipt, its correction, its behaviour or its reward.

    Raises NotAllowed as `moved_points`.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        row = reading.points_desk.moved_one(transfer_id)
        if row is None:
            return None
        if (correction := reading.deeds.correction(transfer_id)) is not None:
            by, approved = (
                _name(reading, no) for no in (correction.staff_no, correction.approved_by)
            )
            return Moved(row, None, correction, by, approved, at=_at(reading, correction.at_us))
        if (credited := reading.deeds.credited(transfer_id)) is not None:
            behaviour = reading.rulebooks.current().behaviour(credited.code)
            name = behaviour.name if behaviour else credited.code
            by = _name(reading, credited.staff_no)
            return Moved(row, by=by, what=name, at=_at(reading, credited.at_us))
        if row.cause is Cause.REDEEM and (had := reading.redemptions.get(transfer_id)) is not None:
            return Moved(row, what=had.name, at=_at(reading, had.at_us))
        sale = reading.sales.get(row.sale_id) if row.sale_id is not None else None
        return Moved(row, receipt=sale.receipt if sale is not None else None)


def _at(reading: Reading, at_us: int) -> str:
    return day_and_time(at_us, reading.till.zone)


def _name(reading: Reading, staff_no: int) -> str:
    person = reading.people.get(staff_no)
    return person.name if person is not None else str(staff_no)


class Holder(Struct, frozen=True):
    """A member whose points are to be corrected, and what one person may do alone on a day.

    `has_second`: somebody else could allow more; else the person alone answers, and it is noted.
    """

    member_id: UUID
    card_no: str
    name: str
    points: int
    alone: int
    has_second: bool


def holders_meant(shop: Shop, text: str, *, staff: Staff) -> tuple[Holder, ...]:
    """The members that a card, a phone or a name means, the best first.

    Raises NotAllowed for who may correct no points.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.CORRECT_WITHIN_LIMIT, now_us=shop.clock.now_us())
        members = _meant(reading, Sought(), text.strip()).members or ()
        has_second = bool(others_with(reading, staff, Right.CORRECT_BEYOND_LIMIT))
        alone = reading.rulebooks.current().corrections_alone
        found = (reading.members.get(member_id) for member_id in members)
        return tuple(
            Holder(
                each.id,
                each.card_no,
                each.name,
                reading.ledger.balance(each.id),
                alone,
                has_second,
            )
            for each in found
            if each is not None
        )


def audit_points(shop: Shop, what: Audited, *, staff: Staff) -> int:
    """核对: count one thing of all points anew; in how many places it is wrong.

    Raises NotAllowed as `moved_points`.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return reading.points_desk.audit(what)
