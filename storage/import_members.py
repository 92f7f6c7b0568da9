"""会员导入: a chunk of members within one short transaction, and the way back.

New members bring their opening lots, once; importing again updates by card number and touches
neither points nor a tier downwards (domain.md 6). What is new stands in ascending order in every
tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, count
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.members.birthday import is_same_day
from core.members.member import Member
from core.members.member_table import MemberRow
from core.members.tiers import holds_until
from core.rulebook.rulebook import Rulebook
from core.sync.fact import SALT_BYTES, Fact, Private
from core.values.ident import ascending_uuid7
from core.values.moment import Moment
from storage.birthday_columns import birthday_of
from storage.columns import Connection
from storage.import_openings import Opened, Openings
from storage.import_record import (
    Imported,
    ImportRow,
    keep_images,
    note_event,
)
from storage.import_runs import MemberRun, record_of
from storage.machine import SystemDice
from storage.members import (
    INSERT_KEY,
    member_of,
    member_row,
)
from storage.offer_uses import StoredOfferUses
from storage.outbox import StoredOutbox
from storage.search_keys import member_keys

FIELDS = (
    "n, id, card_no, name, phone, tier, joined_on, tier_until, "
    "birth_month, birth_day, birth_year, birth_calendar"
)
_BY_CARDS = f"SELECT {FIELDS} FROM members WHERE card_no IN (%s)"  # noqa: S608
UPDATE = (
    "UPDATE members SET id = ?, card_no = ?, name = ?, phone = ?, tier = ?, joined_on = ?, "
    "tier_until = ?, birth_month = ?, birth_day = ?, birth_year = ?, birth_calendar = ? "
    "WHERE n = ?"
)
# What all rows have alike is part of the statement.
_INSERT_MEMBERS = (
    "INSERT INTO members (n, id, card_no, name, phone, tier, tier_until, birth_month, birth_day, "
    "birth_year, birth_calendar, joined_on, import_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)"
)
_NOTE_EDIT = (
    "INSERT INTO birthday_edits (member_id, edited_on, at_us, staff_no, import_id) "
    "VALUES (?, ?, ?, ?, ?)"
)
NOBODY = 0
_DELETE_KEY = "DELETE FROM member_keys WHERE kind = ? AND key = ? AND n = ?"


class MembersImport(Struct):
    """One import of members under way."""

    row: ImportRow
    moment: Moment
    rulebook: Rulebook
    _ids_made: int = 0

    def apply(
        self,
        connection: Connection,
        outbox: StoredOutbox,
        run: MemberRun,
        places: Sequence[int],
    ) -> Imported:
        """Add and change the members of a chunk: of these places in their run."""
        cards, count_of_rows = run.card_no, len(places)
        further = list(compress(places, map(run.further.__getitem__, places)))
        if further:
            places = [i for i in places if not run.further[i]]
        known = self._known(connection, [cards[i] for i in places])
        fresh = [i for i in places if cards[i] not in known] if known else places
        told, records, opened = self._add(connection, run, fresh)
        changed = self._change(connection, run, [i for i in places if cards[i] in known], known)
        told += [(m.id.hex, m.tier if is_raised else None, None) for m, is_raised in changed]
        records += [
            (m.id.bytes, record_of(m.card_no, m.name, m.phone, m.birthday)) for m, _ in changed
        ]
        more = self._openings.open_further(connection, run, further) if further else []
        if told or more:
            opened = replace(opened, own=[*opened.own, *more])
            self._tell(connection, outbox, told, records, opened)
        added = len(fresh) + len(more)
        return Imported(added, len(changed), count_of_rows - added - len(changed))

    def _known(self, connection: Connection, cards: Sequence[str]) -> dict[str, tuple[int, Member]]:
        asked = ",".join("?" * len(cards))
        found = connection.execute(_BY_CARDS % asked, cards).fetchall()
        return {row[2]: (row[0], member_of(row[1:])) for row in found}

    def _add(
        self, connection: Connection, run: MemberRun, fresh: Sequence[int]
    ) -> tuple[list[tuple[Any, ...]], list[tuple[bytes, str]], Opened]:
        """New members; what is told of them, their records, and the lots that they bring."""
        today, scheme = self.moment.business_on, self.rulebook.scheme
        until, lowest = holds_until(scheme, today).toordinal(), scheme.tiers[0].code
        last = connection.execute("SELECT coalesce(max(n), 0) FROM members").fetchone()
        first_n = (last[0] if last else 0) + 1
        idents = self._new_ids(len(fresh))
        tiers = [run.tier[i] or lowest for i in fresh]
        rows = zip(
            count(first_n),
            idents,
            [run.card_no[i] for i in fresh],
            [run.name[i] for i in fresh],
            [run.phone[i] for i in fresh],
            tiers,
            [until if run.tier[i] else None for i in fresh],
            *zip(*[run.birthday[i] for i in fresh], strict=True),
            strict=False,
        )
        if fresh:
            connection.executemany(_INSERT_MEMBERS % self._openings.of_all, rows)
        for n, i in enumerate(fresh, first_n):
            run.numbers[i] = n
        opened = self._openings.open(connection, run, fresh, idents)
        # What has a last day of its own is told beside it.
        points = [0 if run.last_days[i] else run.points[i] for i in fresh]
        told: list[tuple[Any, ...]] = list(zip(map(bytes.hex, idents), tiers, points, strict=True))
        return told, list(zip(idents, [run.record[i] for i in fresh], strict=True)), opened

    def _change(
        self,
        connection: Connection,
        run: MemberRun,
        places: Sequence[int],
        known: dict[str, tuple[int, Member]],
    ) -> list[tuple[Member, bool]]:
        """Who is another now, and whether the tier was raised."""
        images: list[tuple[int, Any]] = []
        changed: list[tuple[Member, bool]] = []
        edited: list[bytes] = []
        for i in places:
            n, before = known[run.card_no[i]]
            born = birthday_of(run.birthday[i])
            told = MemberRow(before.card_no, run.name[i], run.phone[i], born, run.tier[i])
            after = told_by(connection, before, told, self.rulebook, self.moment.business_on)
            if after == before:
                continue
            replace_keys(connection, n, before, after)
            connection.execute(UPDATE, (*member_row(after), n))
            if _is_edit(before, after):
                edited.append(before.id.bytes)
            images.append((n, [plain_of(before), plain_of(after)]))
            changed.append((after, after.tier != before.tier))
        keep_images(connection, self.row.id, images)
        on, at_us = self.moment.business_on.toordinal(), self.moment.at_us
        rows = ((member, on, at_us, NOBODY, self.row.id) for member in edited)
        connection.executemany(_NOTE_EDIT, rows)
        return changed

    def _tell(
        self,
        connection: Connection,
        outbox: StoredOutbox,
        told: list[tuple[Any, ...]],
        records: Sequence[tuple[bytes, str]],
        opened: Opened,
    ) -> None:
        """One event a chunk: ids, tiers and opening points; the record of each only by digest.

        The ids of all lots that expire as usual are one text, in the order of the members who
        bring them.
        """
        salts = SystemDice().roll(SALT_BYTES * len(records))
        event_id = UUID(bytes=self._new_ids(1)[0])
        body: dict[str, Any] = {
            "import": self.row.id.hex(),
            "rulebook_version": self.rulebook.version,
            "members": told,
            "tier_until": holds_until(self.rulebook.scheme, self.moment.business_on),
            "lowest": self.rulebook.scheme.tiers[0].code,
        }
        if opened.usual:
            expires_on = self._openings.expires_on
            body |= {"lots": b"".join(opened.usual).hex(), "expires_on": expires_on}
        if opened.own:
            body["openings"] = opened.own
        private = tuple(
            Private(UUID(bytes=ident), "record", record, salts[at : at + SALT_BYTES])
            for at, (ident, record) in zip(range(0, len(salts), SALT_BYTES), records, strict=True)
        )
        at_us, today = self.moment.at_us, self.moment.business_on
        outbox.append(Fact(event_id, "MembersImported", at_us, today, body, private))
        note_event(connection, self.row.id, event_id.bytes)

    @property
    def _openings(self) -> Openings:
        return Openings(self.row, self.moment, self.rulebook, self._new_ids)

    def _new_ids(self, count: int) -> list[bytes]:
        """UUIDs in ascending order, from one roll of the dice; each call a millisecond later."""
        at_us = self.moment.at_us + 1000 * self._ids_made
        self._ids_made += 1
        return ascending_uuid7(at_us, SystemDice().roll(10 * count))

    @staticmethod
    def insert_keys(connection: Connection, keys: Iterable[tuple[int, str, int]]) -> None:
        """Some of the keys of a run."""
        INSERT_KEY.many(connection, keys)


def told_by(
    connection: Connection, before: Member, row: MemberRow, rulebook: Rulebook, on: date
) -> Member:
    """A member as the table says; where it says nothing, and where it would degrade, as before.

    After the first benefit only a manager edits a birthday: no table does (domain.md 5).
    """
    scheme = rulebook.scheme
    after = replace(
        before,
        name=row.name,
        phone=row.phone or before.phone,
        birthday=row.birthday or before.birthday,
    )
    if row.tier and scheme.rank(row.tier) > scheme.rank(before.tier):
        after = replace(after, tier=row.tier, tier_until=holds_until(scheme, on))
    if _is_edit(before, after) and StoredOfferUses(connection).has_celebrated(before.id):
        return replace(after, birthday=before.birthday)
    return after


def _is_edit(before: Member, after: Member) -> bool:
    """Whether a birthday that was known becomes another day."""
    known, told = before.birthday, after.birthday
    return known is not None and told is not None and not is_same_day(known, told)


def replace_keys(connection: Connection, n: int, before: Member, after: Member) -> None:
    """Let who became another be found as they are now."""
    if (before.name, before.phone) != (after.name, after.phone):
        old = connection.executemany(_DELETE_KEY, _numbered_keys([(n, before.name, before.phone)]))
        # Who was merged into another has none, and is not to be found again.
        if old.rowcount:
            INSERT_KEY.many(connection, _numbered_keys([(n, after.name, after.phone)]))


def _numbered_keys(
    members: Iterable[tuple[int, str, str | None]],
) -> list[tuple[int, str, int]]:
    """The search keys of members by number, name and phone, in the order of their tree."""
    return sorted(
        (kind, key, n) for n, name, phone in members for kind, key in member_keys(name, phone)
    )


def plain_of(member: Member) -> list[Any]:
    """A member as an image keeps them."""
    ident, *rest = member_row(member)
    return [ident.hex(), *rest]
