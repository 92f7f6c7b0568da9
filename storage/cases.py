"""案件: the cases of a shop, their evidence, and what happened to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    func,
    insert,
    null,
    select,
    tuple_,
    update,
)

from core.ports.cases import CaseKey
from core.trust.cases import Case, CaseFile, CaseStep, Decision, StepKind
from core.trust.signals import Evidence, Key, Signal, What
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    bytes_or_none,
    day_column,
    uuid_column,
    uuid_or_none,
)

CASES = Table(
    "cases",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("kind", String, nullable=False),
    uuid_column("till_id", nullable=False),
    Column("about", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("closed_us", Integer),
    uuid_column("member_id"),
    Column("staff_no", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("decision", String),
    Column("is_of_chain", Boolean, nullable=False),
    Column("place", String, nullable=False),
)
_IS_OPEN = CASES.c.closed_us.is_(None)
Index("cases_open", CASES.c.at_us, CASES.c.id, sqlite_where=_IS_OPEN)
Index("cases_decided", CASES.c.at_us, CASES.c.id, sqlite_where=CASES.c.closed_us.is_not(None))
Index("cases_about", CASES.c.kind, CASES.c.about)

# What is evidence of one kind is so of one case alone.
CASE_EVIDENCE = Table(
    "case_evidence",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("ref", String, primary_key=True),
    uuid_column("case_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("no", String, nullable=False),
    uuid_column("member_id"),
    Column("staff_no", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("fen", Integer, nullable=False),
    Index("evidence_of_case", "case_id", "at_us"),
    sqlite_with_rowid=False,
)

# Words of a person go where the member is erased: the rest stays.
CASE_STEPS = Table(
    "case_steps",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("case_id", nullable=False),
    Column("kind", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("words", String, nullable=False),
    Column("decision", String),
    Column("points", Integer, nullable=False),
    Index("steps_of_case", "case_id", "n"),
)

SIGNALS_LOOKED = Table(
    "signals_looked",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    day_column("looked_on", nullable=False),
)

_FIELDS = [column for column in CASES.c if column.name != "n"]
_NEWEST = select(*_FIELDS).order_by(CASES.c.at_us.desc(), CASES.c.id.desc())
_BEHIND = tuple_(CASES.c.at_us, CASES.c.id) < tuple_(bindparam("at_us"), bindparam("id"))
_LISTED = {
    is_open: {
        of_kind: Prepared(
            _NEWEST.where(
                _IS_OPEN if is_open else CASES.c.closed_us.is_not(None),
                _BEHIND,
                *([CASES.c.kind == bindparam("kind")] if of_kind else []),
            ).limit(bindparam("most"))
        )
        for of_kind in (True, False)
    }
    for is_open in (True, False)
}
_COUNT = {
    True: Prepared(select(func.count()).select_from(CASES).where(_IS_OPEN)),
    False: Prepared(select(func.count()).select_from(CASES).where(CASES.c.closed_us.is_not(None))),
}
_GET = Prepared(select(*_FIELDS).where(CASES.c.id == bindparam("of")))
_OPEN_OF = Prepared(
    select(CASES.c.id)
    .where(CASES.c.kind == bindparam("kind"), CASES.c.about == bindparam("about"), _IS_OPEN)
    .order_by(CASES.c.n)
)
_CLOSED_US = Prepared(select(CASES.c.closed_us).where(CASES.c.id == bindparam("of")))
_EVIDENCE_FIELDS = [
    CASE_EVIDENCE.c[name] for name in ("what", "ref", "at_us", "no", "member_id", "staff_no")
] + [CASE_EVIDENCE.c.points, CASE_EVIDENCE.c.fen]
_EVIDENCE = Prepared(
    select(*_EVIDENCE_FIELDS)
    .where(CASE_EVIDENCE.c.case_id == bindparam("of"))
    .order_by(CASE_EVIDENCE.c.at_us, CASE_EVIDENCE.c.ref)
    .limit(bindparam("most"))
)
_KNOWN = Prepared(
    select(CASE_EVIDENCE.c.case_id).where(
        CASE_EVIDENCE.c.kind == bindparam("kind"),
        CASE_EVIDENCE.c.what == bindparam("what"),
        CASE_EVIDENCE.c.ref == bindparam("ref"),
    )
)
_STEP_FIELDS = [column for column in CASE_STEPS.c if column.name not in ("n", "case_id")]
_STEPS = Prepared(
    select(*_STEP_FIELDS).where(CASE_STEPS.c.case_id == bindparam("of")).order_by(CASE_STEPS.c.n)
)
_STEP = Prepared(select(*_STEP_FIELDS).where(CASE_STEPS.c.id == bindparam("of")))
_INSERT = Prepared(insert(CASES))
_INSERT_EVIDENCE = Prepared(insert(CASE_EVIDENCE))
_INSERT_STEP = Prepared(insert(CASE_STEPS))
_WORTH = Prepared(
    update(CASES)
    .where(CASES.c.id == bindparam("of"))
    .values(points=bindparam("worth"), pieces=CASES.c.pieces + bindparam("more"))
)
_CLOSE = Prepared(
    update(CASES)
    .where(CASES.c.id == bindparam("of"), _IS_OPEN)
    .values(closed_us=bindparam("at"), decision=bindparam("decided"))
)
_REOPEN = Prepared(
    update(CASES)
    .where(CASES.c.id == bindparam("of"), CASES.c.closed_us.is_not(None))
    .values(closed_us=null())
)
_LOOKED = Prepared(select(SIGNALS_LOOKED.c.looked_on))
_KEEP_LOOKED = Prepared(insert(SIGNALS_LOOKED).prefix_with("OR REPLACE"))
_NAMING = (
    "SELECT id, member_id IS NOT NULL FROM cases WHERE member_id IN (%s) "
    "OR id IN (SELECT case_id FROM case_evidence WHERE member_id IN (%s))"
)
_EMPTY = "UPDATE case_steps SET words = '' WHERE case_id = ? AND words <> ''"
_EMPTY_BESIDE = "DELETE FROM private_values WHERE member_id = ?"
_LATEST = CaseKey(2**62, UUID(int=2**128 - 1))


class StoredCases:
    """Implements `core.ports.cases.Cases`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, *, is_open: bool) -> int:
        """How many there are."""
        row = _COUNT[is_open].one(self._connection)
        return int(row[0]) if row else 0

    def listed(
        self, *, is_open: bool, behind: CaseKey | None, most: int, kind: str = ""
    ) -> tuple[CaseFile, ...]:
        """Those that are open, or decided, the newest first; of one kind where it is given."""
        key = behind or _LATEST
        given = {"at_us": key.at_us, "id": key.id.bytes, "most": most, "kind": kind}
        rows = _LISTED[is_open][bool(kind)].all(self._connection, **given)
        return tuple(map(_file_of, rows))

    def get(self, case_id: UUID) -> CaseFile | None:
        """One of them."""
        row = _GET.one(self._connection, of=case_id.bytes)
        return None if row is None else _file_of(row)

    def evidence(self, case_id: UUID, *, most: int) -> tuple[Evidence, ...]:
        """In the order in which it happened."""
        rows = _EVIDENCE.all(self._connection, of=case_id.bytes, most=most)
        return tuple(
            Evidence(What(what), ref, at_us, no, uuid_or_none(member), *rest)
            for what, ref, at_us, no, member, *rest in rows
        )

    def steps(self, case_id: UUID) -> tuple[CaseStep, ...]:
        """In their order."""
        return tuple(map(_step_of, _STEPS.all(self._connection, of=case_id.bytes)))

    def step(self, step_id: UUID) -> CaseStep | None:
        """What happened under this id, if anything did."""
        row = _STEP.one(self._connection, of=step_id.bytes)
        return None if row is None else _step_of(row)

    def known(self, kind: Signal, keys: Collection[Key]) -> dict[Key, UUID]:
        """Those of them that are evidence of a case of this kind, and of which one."""
        found: dict[Key, UUID] = {}
        for what, ref in keys:
            row = _KNOWN.one(self._connection, kind=kind.value, what=what.value, ref=ref)
            if row is not None:
                found[what, ref] = UUID(bytes=row[0])
        return found

    def open_of(self, kind: Signal, about: str) -> UUID | None:
        """The open case of this kind about it."""
        row = _OPEN_OF.one(self._connection, kind=kind.value, about=about)
        return None if row is None else UUID(bytes=row[0])

    def closed_among(self, case_ids: Collection[UUID]) -> set[UUID]:
        """Those of them that are decided."""
        rows = ((each, _CLOSED_US.one(self._connection, of=each.bytes)) for each in case_ids)
        return {each for each, row in rows if row is not None and row[0] is not None}

    def add(self, file: CaseFile) -> None:
        """One more."""
        case = file.case
        self._connection.execute(
            _INSERT.sql,
            (
                None,
                case.id.bytes,
                case.kind,
                case.till_id.bytes,
                case.about,
                case.detail,
                case.at_us,
                case.closed_us,
                bytes_or_none(file.member_id),
                file.staff_no,
                file.points,
                file.pieces,
                file.decision,
                int(file.is_of_chain),
                file.place,
            ),
        )

    def add_evidence(
        self, case_id: UUID, kind: Signal, fresh: Sequence[Evidence], *, points: int
    ) -> None:
        """More of it, and what all of it is worth now."""
        rows = [_evidence_row(kind, case_id, each) for each in fresh]
        self._connection.executemany(_INSERT_EVIDENCE.sql, rows)
        _WORTH.run(self._connection, of=case_id.bytes, worth=points, more=len(rows))

    def add_step(self, case_id: UUID, step: CaseStep) -> None:
        """What happened to it."""
        self._connection.execute(
            _INSERT_STEP.sql,
            (
                None,
                step.id.bytes,
                case_id.bytes,
                step.kind.value,
                step.at_us,
                step.staff_no,
                step.approved_by,
                step.words,
                step.decision,
                step.points,
            ),
        )

    def close(self, case_id: UUID, decision: Decision | None, *, at_us: int) -> bool:
        """Decided; False where it is not open any more. None: by head office."""
        given = {"of": case_id.bytes, "at": at_us, "decided": decision}
        return _CLOSE.run(self._connection, **given) > 0

    def reopen(self, case_id: UUID) -> bool:
        """Open again; False where it is."""
        return _REOPEN.run(self._connection, of=case_id.bytes) > 0

    def empty(self, member_ids: Collection[UUID]) -> tuple[UUID, ...]:
        """What people wrote of these is gone, here and beside the events."""
        marks = ",".join("?" * len(member_ids))
        given = [each.bytes for each in member_ids]
        found = self._connection.execute(_NAMING % (marks, marks), given * 2).fetchall()
        for statement in (_EMPTY, _EMPTY_BESIDE):
            self._connection.executemany(statement, [row[:1] for row in found])
        return tuple(UUID(bytes=ident) for ident, has_member in found if not has_member)

    def looked(self) -> date | None:
        """The last business date that signals were looked for in; None: never."""
        row = _LOOKED.one(self._connection)
        return None if row is None else date.fromordinal(row[0])

    def keep_looked(self, on: date) -> None:
        """All of it up to there, as far as it had gone."""
        self._connection.execute(_KEEP_LOOKED.sql, (1, on.toordinal()))


def _file_of(row: Sequence[Any]) -> CaseFile:
    ident, kind, till, about, detail, at_us, closed_us, member, *rest = row
    staff_no, points, pieces, decision, is_of_chain, place = rest
    case = Case(UUID(bytes=ident), kind, UUID(bytes=till), about, detail, at_us, closed_us)
    decided = None if decision is None else Decision(decision)
    return CaseFile(
        case, uuid_or_none(member), staff_no, points, pieces, decided, bool(is_of_chain), place
    )


def _step_of(row: Sequence[Any]) -> CaseStep:
    ident, kind, at_us, staff_no, approved_by, words, decision, points = row
    decided = None if decision is None else Decision(decision)
    ident, kind = UUID(bytes=ident), StepKind(kind)
    return CaseStep(ident, kind, at_us, staff_no, approved_by, words, decided, points)


def _evidence_row(kind: Signal, case_id: UUID, each: Evidence) -> tuple[Any, ...]:
    return (
        kind.value,
        each.what.value,
        each.ref,
        case_id.bytes,
        each.at_us,
        each.no,
        bytes_or_none(each.member_id),
        each.staff_no,
        each.points,
        each.fen,
    )
