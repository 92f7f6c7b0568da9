"""抽奖: each step of a draw is a row that is kept for ever: the store refuses to change any."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    literal,
    select,
    union_all,
)

from core.ports.draws import Closed, Committed, Draw, Drawn, Given, Gone
from core.trust.draw import DrawPlan, Prize, seed_hash
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column
from storage.member_standing import MERGED_MEMBERS
from storage.return_tables import RETURNS
from storage.sales import SALES, VOIDS


def _by_whom() -> tuple[Column[int], Column[int]]:
    return Column("at_us", Integer, nullable=False), Column("staff_no", Integer, nullable=False)


DRAWS = Table(
    "draws",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("prizes", String, nullable=False),
    Column("may_repeat", Boolean, nullable=False),
    Column("seed", LargeBinary, nullable=False),
    *_by_whom(),
)
DRAW_LISTS = Table(
    "draw_lists",
    METADATA,
    uuid_column("draw_id", primary_key=True),
    Column("members", String, nullable=False),
    Column("source", String, nullable=False),
    *_by_whom(),
)
DRAW_WORDS = Table(
    "draw_words",
    METADATA,
    uuid_column("draw_id", primary_key=True),
    Column("word", String, nullable=False),
    *_by_whom(),
)
DRAW_GONE = Table(
    "draw_gone",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("draw_id", nullable=False),
    uuid_column("member_id", nullable=False),
    *_by_whom(),
    UniqueConstraint("draw_id", "member_id"),
)
DRAW_GIVEN = Table(
    "draw_given",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("draw_id", nullable=False),
    Column("prize", Integer, nullable=False),
    Column("piece", Integer, nullable=False),
    uuid_column("member_id", nullable=False),
    *_by_whom(),
    UniqueConstraint("draw_id", "prize", "piece"),
)
for _kept in (DRAWS, DRAW_LISTS, DRAW_WORDS, DRAW_GONE, DRAW_GIVEN):
    keep_for_ever(_kept)

_OF: Any = bindparam("draw")
_LAST = Prepared(select(DRAWS.c.id).order_by(DRAWS.c.n.desc()).limit(bindparam("most")))
_ONE = Prepared(
    select(*(column for column in DRAWS.c if column.name != "n")).where(DRAWS.c.id == _OF)
)
_LIST = Prepared(select(*list(DRAW_LISTS.c)[1:]).where(DRAW_LISTS.c.draw_id == _OF))
_WORD = Prepared(select(*list(DRAW_WORDS.c)[1:]).where(DRAW_WORDS.c.draw_id == _OF))
_GONE = Prepared(
    select(*list(DRAW_GONE.c)[2:]).where(DRAW_GONE.c.draw_id == _OF).order_by(DRAW_GONE.c.n)
)
_GIVEN = Prepared(
    select(*list(DRAW_GIVEN.c)[2:]).where(DRAW_GIVEN.c.draw_id == _OF).order_by(DRAW_GIVEN.c.n)
)
_COMMIT = Prepared(insert(DRAWS))
_CLOSE = Prepared(insert(DRAW_LISTS))
_DRAW = Prepared(insert(DRAW_WORDS))
_LET_GO = Prepared(insert(DRAW_GONE))
_GIVE = Prepared(insert(DRAW_GIVEN))
_BETWEEN: Any = (bindparam("first"), bindparam("last"))
_MOVED = union_all(
    select(SALES.c.member_id.label("member_id"), SALES.c.payable_fen.label("fen"))
    .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(
        SALES.c.business_on.between(*_BETWEEN),
        SALES.c.member_id.is_not(None),
        VOIDS.c.n.is_(None),
    ),
    select(RETURNS.c.member_id, literal(0) - RETURNS.c.back_fen).where(
        RETURNS.c.sold_on.between(*_BETWEEN), RETURNS.c.member_id.is_not(None)
    ),
).subquery()
_WHO = func.coalesce(MERGED_MEMBERS.c.into_id, _MOVED.c.member_id)
_SPENT = Prepared(
    select(_WHO, func.sum(_MOVED.c.fen))
    .outerjoin_from(_MOVED, MERGED_MEMBERS, MERGED_MEMBERS.c.member_id == _MOVED.c.member_id)
    .group_by(_WHO)
)


class StoredDraws:
    """Implements `core.ports.draws.Draws`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, *, most: int) -> tuple[Draw, ...]:
        """The newest first."""
        found = (self.get(UUID(bytes=row[0])) for row in _LAST.all(self._connection, most=most))
        return tuple(draw for draw in found if draw is not None)

    def get(self, draw_id: UUID) -> Draw | None:
        """One of them, as far as it has come."""
        of: dict[str, Any] = {"draw": draw_id.bytes}
        row = _ONE.one(self._connection, **of)
        if row is None:
            return None
        listed, said = _LIST.one(self._connection, **of), _WORD.one(self._connection, **of)
        return Draw(
            _committed(row),
            None if listed is None else _closed(listed),
            None if said is None else Drawn(*said),
            tuple(Gone(UUID(bytes=row[0]), *row[1:]) for row in _GONE.all(self._connection, **of)),
            tuple(map(_given, _GIVEN.all(self._connection, **of))),
        )

    def commit(self, committed: Committed) -> None:
        """A new one, with its seed."""
        plan = committed.plan
        _COMMIT.run(
            self._connection,
            n=None,
            id=plan.id.bytes,
            name=plan.name,
            prizes=json.dumps([[prize.name, prize.count] for prize in plan.prizes]),
            may_repeat=plan.may_repeat,
            seed=committed.seed,
            at_us=committed.at_us,
            staff_no=committed.staff_no,
        )

    def close(self, draw_id: UUID, closed: Closed) -> None:
        """Who takes part."""
        _CLOSE.run(
            self._connection,
            draw_id=draw_id.bytes,
            members=json.dumps([[member.hex, tickets] for member, tickets in closed.members]),
            source=closed.source,
            at_us=closed.at_us,
            staff_no=closed.staff_no,
        )

    def draw(self, draw_id: UUID, drawn: Drawn) -> None:
        """The word that was said."""
        _DRAW.run(
            self._connection,
            draw_id=draw_id.bytes,
            word=drawn.word,
            at_us=drawn.at_us,
            staff_no=drawn.staff_no,
        )

    def let_go(self, draw_id: UUID, gone: Gone) -> None:
        """One of the list leaves."""
        _LET_GO.run(
            self._connection,
            n=None,
            draw_id=draw_id.bytes,
            member_id=gone.member_id.bytes,
            at_us=gone.at_us,
            staff_no=gone.staff_no,
        )

    def give(self, draw_id: UUID, given: Given) -> None:
        """One piece was given."""
        _GIVE.run(
            self._connection,
            n=None,
            draw_id=draw_id.bytes,
            prize=given.prize,
            piece=given.piece,
            member_id=given.member_id.bytes,
            at_us=given.at_us,
            staff_no=given.staff_no,
        )

    def spent(self, first: date, last: date) -> tuple[tuple[UUID, int], ...]:
        """Members with the fen that they spent between two business dates, both inclusive."""
        rows = _SPENT.all(self._connection, first=first.toordinal(), last=last.toordinal())
        return tuple((UUID(bytes=member), fen) for member, fen in rows)


def _committed(row: tuple[Any, ...]) -> Committed:
    ident, name, prizes, may_repeat, seed, at_us, staff_no = row
    kept = tuple(Prize(*prize) for prize in json.loads(prizes))
    plan = DrawPlan(UUID(bytes=ident), name, kept, bool(may_repeat), seed_hash(seed))
    return Committed(plan, seed, at_us, staff_no)


def _closed(row: tuple[Any, ...]) -> Closed:
    members, source, at_us, staff_no = row
    listed = tuple((UUID(member), tickets) for member, tickets in json.loads(members))
    return Closed(listed, source, at_us, staff_no)


def _given(row: tuple[Any, ...]) -> Given:
    prize, piece, member, at_us, staff_no = row
    return Given(prize, piece, UUID(bytes=member), at_us, staff_no)
