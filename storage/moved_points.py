"""流水: transfers as a manager looks for them, the newest day first, a page at a time.

By member or by sale the rows of an index are few. Otherwise the ledger is walked day by day, so
many transfers at once: whoever looks for something rare gets pages that may be empty, and can
stop between them.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from core.points.ledger import Cause
from core.ports.points_desk import Key, MovedPage, MovedRow, Sought
from storage.columns import Connection, Prepared, uuid_or_none
from storage.ledger import FROM_A_MEMBER, LOTS, MEMBER_POINTS, TRANSFERS
from storage.members import MEMBERS
from storage.sales import SALES

AT_ONCE = 20_000

_T = TRANSFERS.c
_OTHER = MEMBERS.alias("other")
_IS_GOT = _T.credit_kind == MEMBER_POINTS
_ROWS = (
    select(
        _T.id,
        _T.business_on,
        _T.cause,
        case((_IS_GOT, _T.amount), else_=-_T.amount),
        func.coalesce(MEMBERS.c.card_no, ""),
        func.coalesce(MEMBERS.c.name, ""),
        func.coalesce(_OTHER.c.name, ""),
        func.coalesce(SALES.c.no, ""),
        _T.sale_id,
    )
    .select_from(TRANSFERS)
    .outerjoin(MEMBERS, MEMBERS.c.id == case((_IS_GOT, _T.credit_member), else_=_T.debit_member))
    .outerjoin(_OTHER, and_(_IS_GOT, _OTHER.c.id == _T.debit_member))
    .outerjoin(SALES, SALES.c.id == _T.sale_id)
)


def moved(connection: Connection, sought: Sought, after: Key | None, *, most: int) -> MovedPage:
    """As `core.ports.points_desk.PointsDesk.moved`."""
    of_few = _of_few(sought)
    walked: list[ColumnElement[bool]] = [_T.business_on >= sought.first.toordinal()]
    if after is None:
        walked.append(_T.business_on <= sought.last.toordinal())
    else:
        walked.append(tuple_(_T.business_on, _T.id) < tuple_(after.on.toordinal(), after.id.bytes))
    end = None if of_few is not None else _end_of_slice(connection, walked)
    if end is not None:
        walked.append(tuple_(_T.business_on, _T.id) >= tuple_(end.on.toordinal(), end.id.bytes))
    statement = _ROWS.where(*walked, *_filters(sought))
    if of_few is not None:
        statement = statement.where(_T.id.in_(of_few))
    newest = statement.order_by(_T.business_on.desc(), _T.id.desc()).limit(most)
    rows = tuple(map(_row, Prepared(newest).all(connection)))
    return MovedPage(rows, Key(rows[-1].on, rows[-1].id) if len(rows) == most else end)


def moved_one(connection: Connection, transfer_id: UUID) -> MovedRow | None:
    """The transfer of an id."""
    row = Prepared(_ROWS.where(_T.id == transfer_id.bytes)).one(connection)
    return None if row is None else _row(row)


def _end_of_slice(connection: Connection, walked: list[ColumnElement[bool]]) -> Key | None:
    """The last transfer of so many; None where fewer are left."""
    last = (
        select(_T.business_on, _T.id)
        .where(*walked)
        .order_by(_T.business_on.desc(), _T.id.desc())
        .offset(AT_ONCE - 1)
        .limit(1)
    )
    row = Prepared(last).one(connection)
    return None if row is None else Key(date.fromordinal(row[0]), UUID(bytes=row[1]))


def _of_few(sought: Sought) -> Select[Any] | None:
    """The ids that an index gives; None where all are to be walked through."""
    if sought.sale_id is not None:
        return select(_T.id).where(_T.sale_id == sought.sale_id.bytes)
    if sought.members is None:
        return None
    given = TRANSFERS.alias("given")
    # what a member gets is a lot of theirs; what they give has an index (storage.statements)
    got = select(LOTS.c.id).where(_any(LOTS.c.member_id, sought.members))
    gave = select(given.c.id).where(
        literal_column(FROM_A_MEMBER.replace("debit_kind", "given.debit_kind")),
        _any(given.c.debit_member, sought.members),
    )
    both = got.union_all(gave).subquery()
    return select(both.c.id)


def _any(column: ColumnElement[Any], members: tuple[UUID, ...]) -> ColumnElement[bool]:
    """Whether it is one of them; of nobody it is none."""
    return or_(false(), *(column == member.bytes for member in members))


def _filters(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_T.amount >= sought.least, _T.amount <= sought.most]
    if sought.causes:
        found.append(or_(*(_T.cause == str(cause) for cause in sought.causes)))
    return found


def _row(row: tuple[Any, ...]) -> MovedRow:
    ident, on, cause, points, card, name, other, no, sale_id = row
    return MovedRow(
        UUID(bytes=ident),
        date.fromordinal(on),
        Cause(cause),
        points,
        card,
        name,
        other,
        no,
        uuid_or_none(sale_id),
    )
