"""对齐: many members at once, made equal to what the server says of them (sync.md 4).

A page holds a hundred members, beside a counter that sells: they are asked for and written
together, in a few statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import astuple
from sqlalchemy import bindparam, delete, insert, select

from core.errors import CardTaken
from core.members.card import no_card
from core.members.member import Member
from core.points.ledger import LotLeft, Transfer
from core.ports.mirror import Confirmed, Known
from core.sync.directory import SaleCounted
from core.sync.mirror import Here, Moved, Origin
from storage.columns import Connection, Prepared, day_or_none, uuid_or_none
from storage.engine import is_integrity_error
from storage.ledger import (
    INSERT_ALLOCATION,
    INSERT_LOT,
    INSERT_TRANSFER,
    MEMBER_POINTS,
    MOVE,
    NEVER,
    StoredLedger,
    lot_row,
    member_bytes,
    transfer_row,
)
from storage.members import FIELDS, INSERT_KEY, StoredMembers, keys_of, member_of, member_row
from storage.mirror_tables import (
    CARRIED_ON,
    CHAIN_KEY,
    CONFIRMED,
    COUNTED_ELSEWHERE,
    PASSED_OVER,
)

_FIELDS = ", ".join(f"members.{column.name}" for column in FIELDS)
_STANDING = (
    "merged_members.into_id, frozen_members.reason, card_terms.until_on, tier_standings.held_tier"
)
_BESIDE = ("merged_members", "frozen_members", "card_terms", "tier_standings")
_KNOWN = (  # a name is what is left of nobody who was erased
    f"SELECT {_FIELDS}, {_STANDING} FROM members "  # noqa: S608  (constants)
    + " ".join(f"LEFT JOIN {table} ON {table}.member_id = members.id" for table in _BESIDE)
    + " WHERE members.name <> '' AND members.id IN (%s)"
)
_NAMELESS = "SELECT id FROM members WHERE name = '' AND id IN (%s)"
_BALANCES = (
    f"SELECT member_id, points FROM balances WHERE kind = '{MEMBER_POINTS}' AND member_id IN (%s)"  # noqa: S608
)
_LEFT = "lots.amount - coalesce((SELECT sum(amount) FROM allocations WHERE lot_id = lots.id), 0)"
_LOTS = (
    f"SELECT member_id, lots.id, expires_on, {_LEFT} AS points_left, earned_on, rulebook_version, "  # noqa: S608
    "sale_id, lot_id FROM lots LEFT JOIN carried_on ON carried_on.id = lots.id "
    "WHERE member_id IN (%s) AND points_left > 0"
)
_ORIGINS = (
    "SELECT transfers.id, earned_on, lots.rulebook_version, lots.sale_id FROM transfers JOIN lots "
    "ON lots.member_id = credit_member AND lots.id = transfers.id WHERE transfers.id IN (%s)"
)
_CARRY_ON = Prepared(insert(CARRIED_ON))
_CONFIRM = Prepared(insert(CONFIRMED).prefix_with("OR REPLACE"))
_CLEAR = Prepared(delete(PASSED_OVER).where(PASSED_OVER.c.member_id == bindparam("member")))
_UNCOUNT = Prepared(
    delete(COUNTED_ELSEWHERE).where(COUNTED_ELSEWHERE.c.member_id == bindparam("member"))
)
_COUNT = Prepared(insert(COUNTED_ELSEWHERE))
_PASS_OVER = Prepared(insert(PASSED_OVER).prefix_with("OR REPLACE"))
_PASSED = Prepared(
    select(PASSED_OVER.c.member_id)
    .where(PASSED_OVER.c.at_us < bindparam("before"))
    .order_by(PASSED_OVER.c.at_us)
    .limit(bindparam("most"))
)
_CONFIRMED = Prepared(select(CONFIRMED).where(CONFIRMED.c.member_id == bindparam("member")))
_KEY = Prepared(select(CHAIN_KEY.c.key))
_KEEP_KEY = Prepared(insert(CHAIN_KEY).prefix_with("OR REPLACE"))
_DROP = tuple(
    Prepared(delete(table)) for table in (CONFIRMED, CHAIN_KEY, PASSED_OVER, COUNTED_ELSEWHERE)
)
_REWRITE = (
    "UPDATE members SET "  # noqa: S608  (constants)
    + ", ".join(f"{column.name} = ?" for column in FIELDS[1:])
    + " WHERE id = ? RETURNING n"
)
_PART = "DELETE FROM merged_members WHERE member_id = ?"
_STRANGERS = (
    "SELECT member_id FROM merged_members WHERE into_id = ? "
    "AND member_id NOT IN (SELECT id FROM members)"
)
_BECOME = (
    "INSERT OR REPLACE INTO merged_members (member_id, into_id, at_us, staff_no) "
    "SELECT ?1, ?2, ?3, 0 WHERE ?1 NOT IN (SELECT id FROM members)"
)
_ERASE = (
    (
        "DELETE FROM before_images WHERE n IN (SELECT n FROM members WHERE id = ?) "
        "AND import_id IN (SELECT id FROM imports WHERE kind = 'members')"
    ),
    "DELETE FROM member_notes WHERE member_id = ?",
    "DELETE FROM old_cards WHERE member_id = ?",
    "DELETE FROM frozen_members WHERE member_id = ?",
    "DELETE FROM member_profiles WHERE member_id = ?",
    "DELETE FROM member_edits WHERE member_id = ?",
    "DELETE FROM private_values WHERE member_id = ?",
    "DELETE FROM confirmed_members WHERE member_id = ?",
    "DELETE FROM counted_elsewhere WHERE member_id = ?",
    "UPDATE corrections SET words = '' WHERE member_id = ? AND words <> ''",
    "UPDATE tier_holds SET reason = '' WHERE member_id = ? AND reason <> ''",
)


class StoredMirror:
    """Implements `core.ports.mirror.Mirror`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def chain_key(self) -> bytes:
        """What blind keys are made with."""
        row = _KEY.one(self._connection)
        return b"" if row is None else bytes(row[0])

    def keep_chain_key(self, key: bytes) -> None:
        """The chain's, once and for all."""
        self._connection.execute(_KEEP_KEY.sql, (1, key))

    def known(self, member_ids: Collection[UUID]) -> dict[UUID, Known]:
        """Those of them that are members here."""
        found = (_known(row) for row in self._of(_KNOWN, member_ids))
        return {each.member.id: each for each in found}

    def here(self, member_ids: Collection[UUID]) -> dict[UUID, Here]:
        """What each of these has."""
        points = {UUID(bytes=ident): p for ident, p in self._of(_BALANCES, member_ids)}
        lots: dict[UUID, list[LotLeft]] = {}
        for owner, *row in self._of(_LOTS, member_ids):
            lots.setdefault(UUID(bytes=owner), []).append(_lot(row))
        ledger = StoredLedger(self._connection)
        return {
            member: Here(
                points.get(member, 0),
                tuple(lots.get(member, ())),
                ledger.debts(member) if points.get(member, 0) < 0 else (),
            )
            for member in member_ids
        }

    def origins(self, lot_ids: Collection[UUID]) -> dict[UUID, Origin]:
        """Those of these lots that are here, whoever has them."""
        return {
            UUID(bytes=ident): Origin(date.fromordinal(on), version, uuid_or_none(sale))
            for ident, on, version, sale in self._of(_ORIGINS, lot_ids)
        }

    def post(self, moved: Sequence[Moved]) -> None:
        """Book all of them, with the lots that they make and take from, and the balances."""
        connection = self._connection
        INSERT_TRANSFER.many(connection, [transfer_row(each.transfer) for each in moved])
        INSERT_LOT.many(connection, [lot_row(e.lot) for e in moved if e.lot is not None])
        parts = [part for each in moved for part in each.allocations]
        rows = [(part.lot_id.bytes, part.transfer_id.bytes, part.amount) for part in parts]
        INSERT_ALLOCATION.many(connection, rows)
        carried = [(e.transfer.id.bytes, e.carries_on.bytes) for e in moved if e.carries_on]
        _CARRY_ON.many(connection, carried)
        MOVE.many(connection, _moves(each.transfer for each in moved))

    def confirm(self, told: Sequence[Confirmed]) -> None:
        """In the place of what was said before."""
        rows = [(each.member_id.bytes, *astuple(each)[1:]) for each in told]
        _CONFIRM.many(self._connection, rows)
        _CLEAR.many(self._connection, [row[:1] for row in rows])

    def confirmed(self, member_id: UUID) -> Confirmed | None:
        """What the server said last."""
        row = _CONFIRMED.one(self._connection, member=member_id.bytes)
        return None if row is None else Confirmed(UUID(bytes=row[0]), *row[1:])

    def pass_over(self, member_id: UUID, at_us: int) -> None:
        """It is asked again, unless the server tells of it by itself."""
        self._connection.execute(_PASS_OVER.sql, (member_id.bytes, at_us))

    def passed_over(self, *, before_us: int, limit: int) -> tuple[UUID, ...]:
        """Those since before that instant, the longest ago first."""
        rows = _PASSED.all(self._connection, before=before_us, most=limit)
        return tuple(UUID(bytes=ident) for (ident,) in rows)

    def ask_no_more(self, member_id: UUID) -> None:
        """This one was asked for."""
        _CLEAR.run(self._connection, member=member_id.bytes)

    def rewrite(self, member: Member) -> None:
        """Other personal data of a member."""
        ident, *fields = member_row(member)
        try:
            row = self._connection.execute(_REWRITE, (*fields, ident)).fetchone()
        except Exception as error:
            if is_integrity_error(error):
                raise CardTaken(member.card_no) from error
            raise
        assert row is not None, "a member of this till"
        StoredMembers(self._connection).hide(member.id)
        keys = [(kind, key, row[0]) for kind, key in sorted(keys_of(member))]
        INSERT_KEY.many(self._connection, keys if member.name else [])

    def became(self, member_id: UUID, known_as: Collection[UUID], *, at_us: int) -> None:
        """Whom this one was known as beside those who are members here: these, and no others."""
        connection, into = self._connection, member_id.bytes
        found = connection.execute(_STRANGERS, (into,)).fetchall()
        before = {UUID(bytes=ident) for (ident,) in found}
        now = set(known_as)
        connection.executemany(_PART, [(each.bytes,) for each in before - now])
        rows = [(each.bytes, into, at_us) for each in sorted(now - before)]
        connection.executemany(_BECOME, rows)

    def part(self, member_id: UUID) -> None:
        """Who was merged is themselves again."""
        self._connection.execute(_PART, (member_id.bytes,))
        member = StoredMembers(self._connection).get(member_id)
        if member is not None:
            self.rewrite(member)

    def count(self, told: Sequence[tuple[UUID, Collection[UUID], Sequence[SaleCounted]]]) -> None:
        """In the place of what was said before."""
        ids = [(each.bytes,) for _, known_as, _ in told for each in known_as]
        _UNCOUNT.many(self._connection, ids)
        rows = [
            (member.bytes, sale.sale_id.bytes, sale.on.toordinal(), *astuple(sale)[2:])
            for member, _, sales in told
            for sale in sales
        ]
        _COUNT.many(self._connection, rows)

    def was_erased(self, member_ids: Collection[UUID]) -> bool:
        return bool(self._of(_NAMELESS, member_ids))

    def erase(self, member_id: UUID) -> None:
        """Nothing personal is left: not even what stands beside the events."""
        member = StoredMembers(self._connection).get(member_id)
        if member is None:
            return
        gone = Member(member_id, no_card(member_id), "", member.tier, member.joined_on)
        self.rewrite(gone)
        for statement in _ERASE:
            self._connection.execute(statement, (member_id.bytes,))

    def drop(self) -> None:
        """The chain was left."""
        for statement in _DROP:
            statement.run(self._connection)

    def _of(self, sql: str, ids: Collection[UUID]) -> list[tuple[Any, ...]]:
        if not ids:
            return []
        marks = ",".join("?" * len(ids))
        return self._connection.execute(sql % marks, [each.bytes for each in ids]).fetchall()


def _moves(transfers: Iterable[Transfer]) -> list[tuple[bytes, str, int]]:
    moves: Counter[tuple[bytes, str]] = Counter()
    for each in transfers:
        moves[member_bytes(each.debit), str(each.debit.kind)] -= each.amount
        moves[member_bytes(each.credit), str(each.credit.kind)] += each.amount
    return [(member, kind, points) for (member, kind), points in moves.items() if points]


def _known(row: Sequence[Any]) -> Known:
    *fields, into, reason, until, held = row
    return Known(member_of(tuple(fields)), uuid_or_none(into), reason, day_or_none(until), held)


def _lot(row: Sequence[Any]) -> LotLeft:
    ident, expires_on, left, earned_on, version, sale, told_as = row
    return LotLeft(
        UUID(bytes=ident),
        None if expires_on == NEVER else date.fromordinal(expires_on),
        left,
        date.fromordinal(earned_on),
        version,
        uuid_or_none(sale),
        uuid_or_none(told_as),
    )
