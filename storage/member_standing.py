"""会员状态: frozen and merged members, cards with an end, old cards, and notes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.members.member import Note
from core.members.standing import OldCard
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column

FROZEN_MEMBERS = Table(
    "frozen_members",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("reason", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

MERGED_MEMBERS = Table(
    "merged_members",
    METADATA,
    uuid_column("member_id", primary_key=True),
    uuid_column("into_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Index("merged_into", "into_id"),
    sqlite_with_rowid=False,
)

CARD_TERMS = Table(
    "card_terms",
    METADATA,
    uuid_column("member_id", primary_key=True),
    day_column("until_on", nullable=False),
    sqlite_with_rowid=False,
)

OLD_CARDS = Table(
    "old_cards",
    METADATA,
    Column("card_no", String, primary_key=True),
    uuid_column("member_id", nullable=False),
    day_column("replaced_on", nullable=False),
    Index("old_cards_of_member", "member_id"),
    sqlite_with_rowid=False,
)

MEMBER_NOTES = Table(
    "member_notes",
    METADATA,
    uuid_column("member_id", primary_key=True),
    uuid_column("id", primary_key=True),
    Column("text", String, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)


def _replacing(table: Table) -> Prepared:
    statement = upsert(table)
    keys = [column.name for column in table.primary_key]
    rest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    return Prepared(statement.on_conflict_do_update(index_elements=keys, set_=rest))


_FREEZE = _replacing(FROZEN_MEMBERS)
_THAW = Prepared(delete(FROZEN_MEMBERS).where(FROZEN_MEMBERS.c.member_id == bindparam("member")))
_FROZEN_AT = Prepared(
    select(FROZEN_MEMBERS.c.at_us).where(FROZEN_MEMBERS.c.member_id == bindparam("member"))
)
_MERGE = _replacing(MERGED_MEMBERS)
_MERGE_ON = Prepared(
    update(MERGED_MEMBERS)
    .where(MERGED_MEMBERS.c.into_id == bindparam("gone"))
    .values(into_id=bindparam("into"))
)
_MERGED = Prepared(
    select(MERGED_MEMBERS.c.into_id).where(MERGED_MEMBERS.c.member_id == bindparam("member"))
)
_SET_TERM = _replacing(CARD_TERMS)
_RETIRE = _replacing(OLD_CARDS)
_OLD = Prepared(
    select(OLD_CARDS.c.card_no, OLD_CARDS.c.member_id, OLD_CARDS.c.replaced_on).where(
        OLD_CARDS.c.card_no == bindparam("card_no")
    )
)
_OLD_OF = Prepared(
    select(OLD_CARDS.c.card_no, OLD_CARDS.c.member_id, OLD_CARDS.c.replaced_on)
    .where(OLD_CARDS.c.member_id == bindparam("member"))
    .order_by(OLD_CARDS.c.replaced_on.desc())
)
_WRITE = _replacing(MEMBER_NOTES)
_ERASE = Prepared(
    delete(MEMBER_NOTES).where(
        MEMBER_NOTES.c.member_id == bindparam("member"), MEMBER_NOTES.c.id == bindparam("note")
    )
)
_NOTES = Prepared(
    select(*(column for column in MEMBER_NOTES.c if column.name != "member_id"))
    .where(MEMBER_NOTES.c.member_id == bindparam("member"))
    .order_by(MEMBER_NOTES.c.is_urgent.desc(), MEMBER_NOTES.c.at_us.desc())
)


class StoredStandings:
    """Implements `core.ports.Standings`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def freeze(self, member_id: UUID, *, reason: str, at_us: int, staff_no: int) -> None:
        """No benefits and no points from now on."""
        self._connection.execute(_FREEZE.sql, (member_id.bytes, reason, at_us, staff_no))

    def thaw(self, member_id: UUID) -> None:
        """As before."""
        _THAW.run(self._connection, member=member_id.bytes)

    def frozen_at(self, member_id: UUID) -> int | None:
        """Since when a member is frozen."""
        row = _FROZEN_AT.one(self._connection, member=member_id.bytes)
        return None if row is None else int(row[0])

    def merge(self, gone_id: UUID, into_id: UUID, *, at_us: int, staff_no: int) -> None:
        """One is another from now on, and so is whoever was merged into that one before."""
        _MERGE_ON.run(self._connection, gone=gone_id.bytes, into=into_id.bytes)
        self._connection.execute(_MERGE.sql, (gone_id.bytes, into_id.bytes, at_us, staff_no))

    def merged_into(self, member_id: UUID) -> UUID | None:
        """Who a merged member is now."""
        row = _MERGED.one(self._connection, member=member_id.bytes)
        return None if row is None else UUID(bytes=row[0])

    def set_card_end(self, member_id: UUID, until: date) -> None:
        """The last business date that the member's card holds."""
        self._connection.execute(_SET_TERM.sql, (member_id.bytes, until.toordinal()))

    def retire_card(self, old: OldCard) -> None:
        """A card that was replaced."""
        row = (old.card_no, old.member_id.bytes, old.replaced_on.toordinal())
        self._connection.execute(_RETIRE.sql, row)

    def old_cards(self, member_id: UUID) -> tuple[OldCard, ...]:
        """The cards of a member that were replaced, the last first."""
        rows = _OLD_OF.all(self._connection, member=member_id.bytes)
        return tuple(OldCard(no, UUID(bytes=of), date.fromordinal(on)) for no, of, on in rows)

    def old_card(self, card_no: str) -> OldCard | None:
        """The card, where it was replaced."""
        row = _OLD.one(self._connection, card_no=card_no)
        if row is None:
            return None
        return OldCard(row[0], UUID(bytes=row[1]), date.fromordinal(row[2]))

    def notes(self, member_id: UUID) -> tuple[Note, ...]:
        """The notes on a member, urgent ones first, then the newest."""
        rows = _NOTES.all(self._connection, member=member_id.bytes)
        return tuple(_note_of(row) for row in rows)

    def write_note(self, member_id: UUID, note: Note) -> None:
        """One note more."""
        self._connection.execute(
            _WRITE.sql,
            (
                member_id.bytes,
                note.id.bytes,
                note.text,
                int(note.is_urgent),
                note.at_us,
                note.staff_no,
            ),
        )

    def erase_note(self, member_id: UUID, note_id: UUID) -> bool:
        """Whether there was one."""
        gone = _ERASE.run(self._connection, member=member_id.bytes, note=note_id.bytes)
        return gone > 0


def _note_of(row: tuple[Any, ...]) -> Note:
    ident, text, is_urgent, at_us, staff_no = row
    return Note(UUID(bytes=ident), text, bool(is_urgent), at_us, staff_no)
