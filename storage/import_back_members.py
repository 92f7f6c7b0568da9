"""会员导入的退路: whom an import added goes, whom it changed is as they were, a part at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.ports.past_imports import Stay, Stays
from storage.columns import Connection
from storage.import_members import FIELDS, UPDATE, replace_keys
from storage.import_met import Met, met_members
from storage.import_openings import close_accounts, points_of
from storage.import_record import ImportRow, drop_images, images_of
from storage.members import INSERT_KEY, member_of, member_row
from storage.search_keys import member_keys

_ADDED = (
    "SELECT n, id, card_no, name, phone FROM members WHERE n > ? AND import_id = ? "
    "ORDER BY n LIMIT ?"
)
_NOW = f"SELECT {FIELDS} FROM members WHERE n IN (%s)"  # noqa: S608
_LATER = (
    "SELECT n FROM imports CROSS JOIN before_images ON import_id = imports.id "
    "WHERE kind = 'members' AND imports.id <> ? AND started_us >= ? AND n IN (%s)"
)
_TIER_MOVED = "SELECT DISTINCT member_id FROM tier_changes WHERE member_id IN (%s) AND at_us >= ?"
_DELETE_KEY = "DELETE FROM member_keys WHERE kind = ? AND key = ? AND n = ?"
_OF_GONE = (
    "DELETE FROM members WHERE id = ?",
    "DELETE FROM confirmed_members WHERE member_id = ?",
    "DELETE FROM passed_over WHERE member_id = ?",
)


class AddedMember(Struct, frozen=True):
    """Somebody whom an import added; `met`: they stay."""

    n: int
    ident: bytes
    card_no: str
    name: str
    phone: str | None
    met: Met | None

    @property
    def stay(self) -> Stay | None:
        """How it is told that they stay."""
        if self.met is None:
            return None
        return Stay(mask_name(self.name), mask_card(self.card_no), self.met.why, is_new=True)


class ChangedMember(Struct, frozen=True):
    """Somebody whom an import changed: as they are `now`, and will be `after`; None: are gone."""

    n: int
    now: Member | None
    after: Member | None
    why: Stays | None

    @property
    def stay(self) -> Stay | None:
        """How it is told that they stay, if only in part."""
        if self.why is None or self.now is None:
            return None
        return Stay(mask_name(self.now.name), mask_card(self.now.card_no), self.why, is_new=False)


class MembersBack(Struct, frozen=True):
    """The way back of one import."""

    row: ImportRow

    def added(self, connection: Connection, after: int, most: int) -> list[AddedMember]:
        """So many whom it added, beyond number `after`."""
        found = connection.execute(_ADDED, (after, self.row.id, most)).fetchall()
        met = met_members(connection, self.row, [(ident, n) for n, ident, *_ in found])
        # Of who was erased a row is left, for ever.
        erased = Met(Stays.OTHER, is_hidden=True)
        return [
            AddedMember(n, ident, card_no, name, phone, met.get(ident) if name else erased)
            for n, ident, card_no, name, phone in found
        ]

    def points(self, connection: Connection, gone: Sequence[AddedMember]) -> int:
        """Opening points that go with them."""
        return points_of(connection, self.row, [each.ident for each in gone])

    def remove(self, connection: Connection, added: Sequence[AddedMember]) -> None:
        """Those who were not met are no members any more; who stays can be searched for."""
        gone = [each for each in added if each.met is None]
        connection.executemany(_DELETE_KEY, _numbered_keys(added))
        # Where the import ended before its keys came, they have none yet; the merged stay hidden.
        kept = [each for each in added if each.met is not None and not each.met.is_hidden]
        INSERT_KEY.many(connection, _numbered_keys(kept))
        close_accounts(connection, self.row, [each.ident for each in gone])
        for statement in _OF_GONE:
            connection.executemany(statement, [(each.ident,) for each in gone])

    def changed(self, connection: Connection, after: int, most: int) -> list[ChangedMember]:
        """So many whom it changed, beyond number `after`."""
        images = images_of(connection, self.row.id, after, most)
        marks = ",".join("?" * len(images))
        numbers = [n for n, _ in images]
        now = {
            n: member_of(tuple(fields))
            for n, *fields in connection.execute(_NOW % marks, numbers).fetchall()
        }
        told = connection.execute(
            _LATER % marks, (self.row.id, self.row.started_us, *numbers)
        ).fetchall()
        later = {n for (n,) in told}
        ids = [member.id.bytes for member in now.values()]
        moved = connection.execute(
            _TIER_MOVED % ",".join("?" * len(ids)), (*ids, self.row.started_us)
        ).fetchall()
        keeps_tier = {ident for (ident,) in moved}
        return [
            _changed(n, now.get(n), json.loads(image), is_later=n in later, keeps_tier=keeps_tier)
            for n, image in images
        ]

    def restore(self, connection: Connection, changed: Sequence[ChangedMember]) -> None:
        """Each field as it was, unless something else was made of it since.

        The images of who stays as a later import has it are kept until the end tells of them.
        """
        for each in changed:
            if each.now is not None and each.after is not None and each.now != each.after:
                replace_keys(connection, each.n, each.now, each.after)
                connection.execute(UPDATE, (*member_row(each.after), each.n))
        done = [each.n for each in changed if each.why is not Stays.IMPORTED]
        drop_images(connection, self.row.id, done)


def _changed(
    n: int, now: Member | None, image: list[Any], *, is_later: bool, keeps_tier: set[bytes]
) -> ChangedMember:
    before, imported = (_member_of_plain(plain) for plain in image)
    if now is None or now.id != imported.id:
        return ChangedMember(n, None, None, None)
    if is_later or not now.name:
        return ChangedMember(n, now, now, Stays.IMPORTED if now.name else Stays.OTHER)
    names = ["name", "phone", "birthday"]
    if now.id.bytes not in keeps_tier:
        names += ["tier", "tier_until"]
    same = {name for name in names if getattr(now, name) == getattr(imported, name)}
    after = replace(now, **{name: getattr(before, name) for name in same})
    made = {name for name in (*names, "tier") if getattr(before, name) != getattr(imported, name)}
    is_whole = all(getattr(after, name) == getattr(before, name) for name in made)
    return ChangedMember(n, now, after, None if is_whole else Stays.EDITED)


def _numbered_keys(members: Iterable[AddedMember]) -> list[tuple[int, str, int]]:
    """Their search keys, in the order of their tree."""
    return sorted(
        (kind, key, each.n) for each in members for kind, key in member_keys(each.name, each.phone)
    )


def _member_of_plain(plain: list[Any]) -> Member:
    return member_of((bytes.fromhex(plain[0]), *plain[1:]))
