"""会员导入: a chunk of members within one short transaction, and the way back.

New members bring one opening lot, once; importing again updates by card number and touches neither
points nor a tier downwards (domain.md 6). What is new stands in ascending order in every tree.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from core.members.member import Birthday, Member
from core.members.member_table import MemberRow
from core.members.tiers import holds_until
from core.points.ledger import ISSUED, Cause
from core.rulebook.rulebook import Rulebook
from core.sync.fact import SALT_BYTES, Fact, Private
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import Imported, ImportRow, keep_images, note_event
from storage.ledger import INSERT_LOT, INSERT_TRANSFER, MEMBER_POINTS, NEVER, NOBODY, move
from storage.machine import SystemDice
from storage.members import (
    INSERT_KEY,
    INSERT_MEMBER,
    birthday_row,
    keys_of,
    member_of,
    member_row,
)
from storage.outbox import StoredOutbox
from storage.search_keys import member_keys

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELDS = (
    "n, id, card_no, name, phone, tier, joined_on, tier_until, "
    "birth_month, birth_day, birth_year, birth_calendar"
)
_BY_CARDS = f"SELECT {_FIELDS} FROM members WHERE card_no IN (%s)"  # noqa: S608
_UPDATE = (
    "UPDATE members SET id = ?, card_no = ?, name = ?, phone = ?, tier = ?, joined_on = ?, "
    "tier_until = ?, birth_month = ?, birth_day = ?, birth_year = ?, birth_calendar = ? "
    "WHERE n = ?"
)
_INSERT_BALANCE = "INSERT INTO balances (member_id, kind, points) VALUES (?, ?, ?)"


@dataclass(slots=True)
class MembersImport:
    """One import of members under way; `keys` wait here until their run is sorted."""

    row: ImportRow
    moment: Moment
    rulebook: Rulebook
    keys: dict[int, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    _fresh: list[tuple[int, MemberRow]] = field(default_factory=list)
    _ids_made: int = 0

    @staticmethod
    def order(row: MemberRow) -> str:
        """Rows are applied in the order of their cards."""
        return row.card_no

    def apply(
        self, connection: Connection, outbox: StoredOutbox, rows: Sequence[MemberRow]
    ) -> Imported:
        """Add and change the members of a chunk."""
        known = self._known(connection, rows)
        fresh = [row for row in rows if row.card_no not in known]
        added = self._add(connection, fresh)
        changed = self._change(connection, [row for row in rows if row.card_no in known], known)
        if added or changed:
            self._tell(connection, outbox, added, changed)
        return Imported(len(added), len(changed), len(rows) - len(added) - len(changed))

    def _known(
        self, connection: Connection, rows: Sequence[MemberRow]
    ) -> dict[str, tuple[int, Member]]:
        places = ",".join("?" * len(rows))
        cards = [row.card_no for row in rows]
        found = connection.execute(_BY_CARDS % places, cards).fetchall()
        return {row[2]: (row[0], member_of(row[1:])) for row in found}

    def _add(
        self, connection: Connection, rows: Sequence[MemberRow]
    ) -> list[tuple[UUID, MemberRow]]:
        last = connection.execute("SELECT coalesce(max(n), 0) FROM members").fetchone()
        first_n = (last[0] if last else 0) + 1
        idents = self._new_ids(len(rows))
        fresh = list(zip(idents, rows, strict=True))
        INSERT_MEMBER.many(
            connection,
            self._rows(fresh, first_n),
        )
        self._fresh = list(enumerate(rows, first_n))
        self._open_accounts(connection, fresh)
        return fresh

    def _rows(self, fresh: Sequence[tuple[UUID, MemberRow]], first_n: int) -> list[tuple[Any, ...]]:
        """The rows of new members; written out, since a million of them are made."""
        today, scheme = self.moment.business_on, self.rulebook.scheme
        day, until = today.toordinal(), holds_until(scheme, today).toordinal()
        lowest, ours = scheme.tiers[0].code, self.row.id
        return [
            (
                n,
                ident.bytes,
                row.card_no,
                row.name,
                row.phone,
                row.tier or lowest,
                day,
                until if row.tier else None,
                *birthday_row(row.birthday),
                ours,
            )
            for n, (ident, row) in enumerate(fresh, first_n)
        ]

    def _open_accounts(
        self, connection: Connection, fresh: Sequence[tuple[UUID, MemberRow]]
    ) -> None:
        """One transfer, lot and balance for each member that brings points."""
        rich = [(ident.bytes, row.points) for ident, row in fresh if row.points]
        if not rich:
            return
        today, version = self.moment.business_on, self.rulebook.version
        expires_on = self.rulebook.points.expires_on(today)
        expiry = NEVER if expires_on is None else expires_on.toordinal()
        idents = [ident.bytes for ident in self._new_ids(len(rich))]
        day, ours = today.toordinal(), self.row.id
        issued, cause = str(ISSUED.kind), str(Cause.IMPORT)
        INSERT_TRANSFER.many(
            connection,
            [
                (ident, issued, NOBODY, MEMBER_POINTS, member, points, cause, day, version,
                 None, ours)
                for ident, (member, points) in zip(idents, rich, strict=True)
            ],
        )  # fmt: skip
        INSERT_LOT.many(
            connection,
            [
                (member, expiry, ident, points, day, version, None, ours)
                for ident, (member, points) in zip(idents, rich, strict=True)
            ],
        )
        connection.executemany(
            _INSERT_BALANCE, [(member, MEMBER_POINTS, points) for member, points in rich]
        )
        move(connection, ISSUED, -sum(points for _, points in rich))

    def _change(
        self,
        connection: Connection,
        rows: Sequence[MemberRow],
        known: dict[str, tuple[int, Member]],
    ) -> list[Member]:
        images: list[tuple[int, Any]] = []
        changed: list[Member] = []
        for row in rows:
            n, before = known[row.card_no]
            after = self._updated(before, row)
            if after == before:
                continue
            _replace_keys(connection, n, before, after)
            connection.execute(_UPDATE, (*member_row(after), n))
            images.append((n, [_plain(before), _plain(after)]))
            changed.append(after)
        keep_images(connection, self.row.id, images)
        return changed

    def _updated(self, before: Member, row: MemberRow) -> Member:
        """What the table says; where it says nothing, and where it would degrade, as before."""
        scheme = self.rulebook.scheme
        after = replace(
            before,
            name=row.name,
            phone=row.phone or before.phone,
            birthday=row.birthday or before.birthday,
        )
        if row.tier and scheme.rank(row.tier) > scheme.rank(before.tier):
            until = holds_until(scheme, self.moment.business_on)
            return replace(after, tier=row.tier, tier_until=until)
        return after

    def _tell(
        self,
        connection: Connection,
        outbox: StoredOutbox,
        added: Sequence[tuple[UUID, MemberRow]],
        changed: Sequence[Member],
    ) -> None:
        """One event a chunk: ids, tiers and opening points; the record of each only by digest."""
        lowest = self.rulebook.scheme.tiers[0].code
        told = [[ident.hex, row.tier or lowest, row.points] for ident, row in added]
        told += [[member.id.hex, member.tier, None] for member in changed]
        records = [(i, _record(row.card_no, row.name, row.phone, row.birthday)) for i, row in added]
        records += [(m.id, _record(m.card_no, m.name, m.phone, m.birthday)) for m in changed]
        salts = SystemDice().roll(SALT_BYTES * len(records))
        event_id = self._new_ids(1)[0]
        body = {
            "import": self.row.id.hex(),
            "rulebook_version": self.rulebook.version,
            "members": told,
        }
        private = tuple(
            Private(ident, "record", record, salts[at : at + SALT_BYTES])
            for at, (ident, record) in zip(range(0, len(salts), SALT_BYTES), records, strict=True)
        )
        at_us, today = self.moment.at_us, self.moment.business_on
        outbox.append(Fact(event_id, "MembersImported", at_us, today, body, private))
        note_event(connection, self.row.id, event_id.bytes)

    def _new_ids(self, count: int) -> list[UUID]:
        """UUIDs in ascending order, from one roll of the dice; each call a millisecond later."""
        dice = SystemDice().roll(10 * count)
        at_us = self.moment.at_us + 1000 * self._ids_made
        self._ids_made += 1
        parts = sorted(dice[i : i + 10] for i in range(0, 10 * count, 10))
        return [uuid7(at_us, part) for part in parts]

    def gather_keys(self) -> None:
        """After its transaction: the keys of the chunk wait for the end of the run."""
        for n, row in self._fresh:
            for kind, key in member_keys(row.name, row.phone):
                self.keys[kind].append((key, n))
        self._fresh = []

    def take_keys(self) -> Iterator[tuple[int, str, int]]:
        """The keys of the run so far, in the order of their tree."""
        keys, self.keys = self.keys, defaultdict(list)
        for kind in sorted(keys):
            for key, n in sorted(keys.pop(kind)):
                yield kind, key, n

    @staticmethod
    def insert_keys(connection: Connection, keys: Iterable[tuple[int, str, int]]) -> None:
        """Some of the keys of a run."""
        INSERT_KEY.many(connection, keys)


def undo_members(connection: Connection, row: ImportRow, *, at_once: int) -> tuple[int, list[str]]:
    """Undo a part: how many rows, and the ids of members who bought meanwhile and stay."""
    part = _added(connection, row, at_once)
    sold_to = _sold_to(connection, row)
    kept = [member for _, member in part if member.id.bytes in sold_to]
    for n, member in part:
        if member.id.bytes in sold_to:
            connection.execute("UPDATE members SET import_id = NULL WHERE n = ?", (n,))
        else:
            _remove(connection, row, n, member)
    back = _restore(connection, row, at_once - len(part))
    return len(part) + back, [member.id.hex for member in kept]


def _added(connection: Connection, row: ImportRow, most: int) -> list[tuple[int, Member]]:
    sql = f"SELECT {_FIELDS} FROM members WHERE n > ? AND import_id = ? LIMIT ?"  # noqa: S608
    found = connection.execute(sql, (row.first_n, row.id, most)).fetchall()
    return [(each[0], member_of(each[1:])) for each in found]


def _sold_to(connection: Connection, row: ImportRow) -> set[bytes]:
    sql = "SELECT DISTINCT member_id FROM sales WHERE n > ? AND member_id IS NOT NULL"
    return {member for (member,) in connection.execute(sql, (row.first_sale_n,)).fetchall()}


def _remove(connection: Connection, row: ImportRow, n: int, member: Member) -> None:
    ident = member.id.bytes
    _remove_keys(connection, n, member)
    sql = "SELECT id, amount FROM lots WHERE member_id = ? AND import_id = ?"
    for lot, amount in connection.execute(sql, (ident, row.id)).fetchall():
        connection.execute("DELETE FROM lots WHERE member_id = ? AND id = ?", (ident, lot))
        connection.execute("DELETE FROM transfers WHERE id = ?", (lot,))
        move(connection, ISSUED, amount)
    connection.execute("DELETE FROM balances WHERE member_id = ?", (ident,))
    connection.execute("DELETE FROM members WHERE n = ?", (n,))


def _restore(connection: Connection, row: ImportRow, most: int) -> int:
    sql = "SELECT n, image FROM before_images WHERE import_id = ? LIMIT ?"
    images = connection.execute(sql, (row.id, max(0, most))).fetchall()
    for n, image in images:
        before, imported = (_member_of_plain(plain) for plain in json.loads(image))
        sql = f"SELECT {_FIELDS} FROM members WHERE n = ?"  # noqa: S608
        found = connection.execute(sql, (n,)).fetchone()
        now = member_of(found[1:]) if found else None
        if now is not None:
            after = _undone(now, imported, before)
            _replace_keys(connection, n, now, after)
            connection.execute(_UPDATE, (*member_row(after), n))
        connection.execute("DELETE FROM before_images WHERE import_id = ? AND n = ?", (row.id, n))
    return len(images)


def _undone(now: Member, imported: Member, before: Member) -> Member:
    """Each field as it was before, unless it was changed again since the import."""
    names = ("name", "phone", "birthday", "tier", "tier_until")
    same = {name for name in names if getattr(now, name) == getattr(imported, name)}
    return replace(now, **{name: getattr(before, name) for name in same})


def _replace_keys(connection: Connection, n: int, before: Member, after: Member) -> None:
    if (before.name, before.phone) != (after.name, after.phone):
        _remove_keys(connection, n, before)
        INSERT_KEY.many(connection, sorted((k, key, n) for k, key in keys_of(after)))


def _remove_keys(connection: Connection, n: int, member: Member) -> None:
    sql = "DELETE FROM member_keys WHERE kind = ? AND key = ? AND n = ?"
    connection.executemany(sql, [(kind, key, n) for kind, key in keys_of(member)])


def _plain(member: Member) -> list[Any]:
    ident, *rest = member_row(member)
    return [ident.hex(), *rest]


def _member_of_plain(plain: list[Any]) -> Member:
    return member_of((bytes.fromhex(plain[0]), *plain[1:]))


def _record(card_no: str, name: str, phone: str | None, birthday: Birthday | None) -> str:
    facts: dict[str, Any] = {"card_no": card_no, "name": name}
    if phone:
        facts["phone"] = phone
    if birthday:
        born = birthday
        facts["birthday"] = [born.year, born.month, born.day, born.is_lunar, born.is_leap]
    return _encode(facts)
