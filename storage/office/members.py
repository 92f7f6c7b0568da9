"""会员读数: who joined, what is known of them, who they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_there
from sqlalchemy.dialects.sqlite import insert as insert_here

from core.ports.readings import ChainMember
from core.sync.effects import CARD, PHONE, Alias, ConsentTold, ImportUndone, Joined, Visited, Wrote
from core.sync.people import all_present, is_withdrawn, present, roots, when
from storage.office.member_tables import (
    ALIASES,
    CONSENT_STEPS,
    ERASED,
    FIELDS,
    JOINS,
    MEMBERS,
    UNDONE_IMPORTS,
    VISITS,
)

PAGE = 1000
_ids: Any = bindparam("ids", expanding=True)
_ROOTS = select(MEMBERS.c.id, MEMBERS.c.root_id).where(MEMBERS.c.id.in_(_ids))
_LOCK = _ROOTS.order_by(MEMBERS.c.id).with_for_update()
_OF_ROOTS = select(MEMBERS.c.id, MEMBERS.c.root_id).where(MEMBERS.c.root_id.in_(_ids))
_SET_ROOT = update(MEMBERS).where(MEMBERS.c.id == bindparam("of")).values(root_id=bindparam("root"))
_JOIN_FIELDS = [JOINS.c[name] for name in Joined.__struct_fields__ if name != "on"]
_JOINS = select(*_JOIN_FIELDS, JOINS.c.on_day).order_by(JOINS.c.at_us, JOINS.c.event_id)
_JOINS_OF = _JOINS.where(JOINS.c.member_id.in_(_ids))
_STORES_OF_ROOTS = (
    select(MEMBERS.c.root_id, VISITS.c.store_code)
    .distinct()
    .join(VISITS, VISITS.c.member_id == MEMBERS.c.id)
    .where(MEMBERS.c.root_id.in_(_ids))
)
_WHO_CAME = select(VISITS.c.member_id).where(
    VISITS.c.store_code == bindparam("store"),
    VISITS.c.last_day >= bindparam("since"),
    VISITS.c.member_id.in_(_ids),
)
_FIELDS = select(*(FIELDS.c[name] for name in Wrote.__struct_fields__))
_FIELDS_OF = _FIELDS.where(FIELDS.c.member_id.in_(_ids))
_STEPS_OF = select(*(CONSENT_STEPS.c[name] for name in ConsentTold.__struct_fields__)).where(
    CONSENT_STEPS.c.member_id.in_(_ids)
)
_ALIASES_OF = select(*(ALIASES.c[name] for name in Alias.__struct_fields__)).where(
    or_(ALIASES.c.gone_id.in_(_ids), ALIASES.c.into_id.in_(_ids))
)
_UNDO_ALIAS = (
    update(ALIASES)
    .where(
        ALIASES.c.gone_id == bindparam("gone"),
        ALIASES.c.into_id == bindparam("into"),
        ALIASES.c.undone_us.is_(None),
    )
    .values(undone_us=bindparam("at"))
)
_ALIAS_AGAIN = (
    update(ALIASES)
    .where(
        ALIASES.c.gone_id == bindparam("gone"),
        ALIASES.c.into_id == bindparam("into"),
        ALIASES.c.undone_us < bindparam("at"),
    )
    .values(undone_us=None, at_us=bindparam("at"), event_id=bindparam("event"))
)
_IMPORTED = select(JOINS.c.member_id).where(JOINS.c.import_id == bindparam("of"))
_WRITTEN = select(FIELDS.c.member_id).distinct().where(FIELDS.c.import_id == bindparam("of"))
_FORGET = delete(FIELDS).where(FIELDS.c.import_id == bindparam("of"), FIELDS.c.member_id.in_(_ids))
_UNJOIN = delete(JOINS).where(JOINS.c.import_id == bindparam("of"), JOINS.c.member_id.in_(_ids))
_PHONES = (
    select(FIELDS.c.value, *_JOIN_FIELDS, JOINS.c.on_day)
    .join(
        JOINS, (JOINS.c.event_id == FIELDS.c.event_id) & (JOINS.c.member_id == FIELDS.c.member_id)
    )
    .where(
        FIELDS.c.field == PHONE,
        FIELDS.c.value.in_(bindparam("phones", expanding=True)),
        JOINS.c.import_id.is_(None),
    )
    .order_by(FIELDS.c.value, JOINS.c.at_us, JOINS.c.event_id)
)
_CARDS = FIELDS.c.field == CARD, FIELDS.c.value.in_(bindparam("cards", expanding=True))
_SHARED = (
    select(FIELDS.c.value)
    .where(*_CARDS)
    .group_by(FIELDS.c.value)
    .having(func.count(FIELDS.c.member_id.distinct()) > 1)
)
_SHARING = select(FIELDS.c.member_id).distinct().where(*_CARDS)
IS_ERASED = select(ERASED.c.member_id).where(ERASED.c.member_id.in_(_ids))
_KNOWN_BY = (
    select(MEMBERS.c.root_id)
    .distinct()
    .join(FIELDS, FIELDS.c.member_id == MEMBERS.c.id)
    .where(FIELDS.c.field.in_((PHONE, CARD)), FIELDS.c.value == bindparam("said"))
)
_COUNT = select(func.count()).select_from(MEMBERS).where(MEMBERS.c.id == MEMBERS.c.root_id)


def pages(many: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """As many as a statement may name at once."""
    return (many[at : at + PAGE] for at in range(0, len(many), PAGE))


def in_pages(connection: Connection, asked: Select[Any], many: Sequence[UUID]) -> list[Any]:
    """All rows of a statement that names `ids`."""
    return [row for page in pages(many) for row in connection.execute(asked, {"ids": page})]


def add_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows whose keys are not there yet; in their order, so that two at once wait in a line."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    insert: Any = insert_there if connection.dialect.name == "postgresql" else insert_here
    ordered = sorted(rows, key=lambda row: tuple(str(row[key]) for key in keys))
    connection.execute(insert(table).on_conflict_do_nothing(index_elements=keys), ordered)


class _Gathered(msgspec.Struct):
    """What is read of one person."""

    id: UUID
    known_as: list[UUID] = msgspec.field(default_factory=list)
    wrote: list[Wrote] = msgspec.field(default_factory=list)
    joined: list[Joined] = msgspec.field(default_factory=list)
    steps: list[ConsentTold] = msgspec.field(default_factory=list)
    is_erased: bool = False

    def person(self) -> ChainMember:
        """As it stands."""
        return ChainMember(
            self.id,
            tuple(sorted(self.known_as)),
            present(self.id, self.wrote),
            tuple(self.joined),
            is_withdrawn(self.steps),
            all_present(self.id, self.wrote, CARD),
            all_present(self.id, self.wrote, PHONE),
            self.is_erased,
        )


class StoredChainMembers:
    """Implements `core.ports.readings.Members`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, member_ids: Collection[UUID], *, makes: bool = False) -> dict[UUID, UUID]:
        asked = sorted(member_ids)
        if makes:
            add_new(self._connection, MEMBERS, [{"id": each, "root_id": each} for each in asked])
        while True:
            found = dict(map(tuple, in_pages(self._connection, _ROOTS, asked)))
            held = in_pages(self._connection, _LOCK, sorted(set(found.values())))
            # Who was merged in between is another one now: their row is locked next.
            if all(ident == root for ident, root in held):
                return found

    def roots(self, member_ids: Collection[UUID]) -> set[UUID]:
        return {root for _, root in in_pages(self._connection, _ROOTS, sorted(member_ids))}

    def join(self, joined: Sequence[Joined]) -> None:
        rows = [_row(each) | {"on_day": each.on.toordinal()} for each in joined]
        for row in rows:
            del row["on"]
        add_new(self._connection, JOINS, rows)

    def visit(self, visited: Sequence[Visited], stores: Mapping[UUID, str]) -> None:
        days: dict[tuple[UUID, str], int] = {}
        for each in visited:
            if (store := stores.get(each.till_id)) is not None:
                key = each.member_id, store
                days[key] = max(days.get(key, 0), each.on.toordinal())
        rows = [
            {"member_id": member, "store_code": store, "last_day": day}
            for (member, store), day in sorted(days.items())
        ]
        if rows:
            self._connection.execute(_later(self._connection.dialect.name), rows)

    def who_came(self, member_ids: Collection[UUID], store_code: str, since: date) -> set[UUID]:
        asked = _WHO_CAME.params(store=store_code, since=since.toordinal())
        return {member for (member,) in in_pages(self._connection, asked, sorted(member_ids))}

    def stores_of(self, root_ids: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
        rows = in_pages(self._connection, _STORES_OF_ROOTS, sorted(root_ids))
        return tuple((root, store) for root, store in rows)

    def write(self, wrote: Sequence[Wrote]) -> None:
        add_new(self._connection, FIELDS, [_row(each) for each in wrote])

    def consent(self, steps: Sequence[ConsentTold]) -> None:
        add_new(self._connection, CONSENT_STEPS, [_row(each) for each in steps])

    def alias(self, aliases: Sequence[Alias]) -> None:
        add_new(self._connection, ALIASES, [_row(each) for each in aliases])

    def alias_again(self, aliases: Sequence[Alias]) -> None:
        for each in aliases:
            if each.event_id is not None:
                given = {"gone": each.gone_id, "into": each.into_id}
                said = {"at": each.at_us, "event": each.event_id}
                self._connection.execute(_ALIAS_AGAIN, given | said)

    def undo_alias(self, gone_id: UUID, into_id: UUID, *, at_us: int) -> bool:
        given = {"gone": gone_id, "into": into_id, "at": at_us}
        return self._connection.execute(_UNDO_ALIAS, given).rowcount > 0

    def aliases(self, member_id: UUID) -> tuple[Alias, ...]:
        return self.aliases_among(self._connected({member_id}))

    def aliases_among(self, member_ids: Collection[UUID]) -> tuple[Alias, ...]:
        rows = {tuple(row) for row in in_pages(self._connection, _ALIASES_OF, [*member_ids])}
        return tuple(Alias(*row) for row in rows)

    def regroup(self, member_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
        whole = self._connected(set(member_ids))
        self.lock(whole)
        before = dict(map(tuple, in_pages(self._connection, _ROOTS, sorted(whole))))
        joined_us: dict[UUID, int] = {}
        for each in self._joins(whole):
            joined_us.setdefault(each.member_id, each.at_us)
        after = roots(whole, self.aliases_among(whole), joined_us)
        changed = {
            member: (was, after[member]) for member, was in before.items() if after[member] != was
        }
        if changed:
            moved = [{"of": member, "root": now} for member, (_, now) in sorted(changed.items())]
            self._connection.execute(_SET_ROOT, moved)
        return changed

    def undo_imports(self, undone: Sequence[ImportUndone]) -> None:
        add_new(
            self._connection,
            UNDONE_IMPORTS,
            [
                {"import_id": each.import_id, "kept": msgspec.json.encode(each.kept)}
                for each in undone
            ],
        )

    def undone_imports(self, import_ids: Collection[UUID]) -> tuple[ImportUndone, ...]:
        asked = select(UNDONE_IMPORTS).where(UNDONE_IMPORTS.c.import_id.in_(_ids))
        return tuple(
            ImportUndone(ident, msgspec.json.decode(kept, type=tuple[UUID, ...]))
            for ident, kept in self._connection.execute(asked, {"ids": list(import_ids)})
        )

    def take_back(self, undone: ImportUndone) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
        of, kept = {"of": undone.import_id}, set(undone.kept)
        written = set(self._connection.execute(_WRITTEN, of).scalars()) - kept
        gone = set(self._connection.execute(_IMPORTED, of).scalars()) - kept
        for statement, members in ((_FORGET, written), (_UNJOIN, gone)):
            for page in pages(sorted(members)):
                self._connection.execute(statement, of | {"ids": page})
        return tuple(sorted(gone)), tuple(sorted(written))

    def same_phone(self, phones: Collection[str]) -> tuple[tuple[Joined, ...], ...]:
        sharing: dict[str, list[Joined]] = {}
        rows = self._connection.execute(_PHONES, {"phones": sorted(phones)}) if phones else ()
        for phone, *row in rows:
            sharing.setdefault(phone, []).append(_joined(row))
        return tuple(tuple(each) for each in sharing.values() if len(each) > 1)

    def same_card(self, cards: Collection[str]) -> tuple[tuple[ChainMember, ...], ...]:
        asked, sharing = sorted(cards), dict[str, list[ChainMember]]()
        for at in range(0, len(asked), PAGE):
            some = {"cards": asked[at : at + PAGE]}
            shared = self._connection.execute(_SHARED, some).scalars().all()
            having = self._connection.execute(_SHARING, {"cards": shared}) if shared else None
            for each in self._each(having.scalars().all() if having else ()):
                sharing.setdefault(each.fields.get(CARD) or "", []).append(each)
        return tuple(
            tuple(sorted(several, key=lambda each: (each.joined[0].at_us, each.id)))
            for card, several in sharing.items()
            if len(several) > 1 and card in cards
        )

    def _each(self, members: Collection[UUID]) -> list[ChainMember]:
        """What is said of each of these alone, of those that joined."""
        persons = {member: _Gathered(member, [member]) for member in members}
        for wrote in self._wrote(members):
            persons[wrote.member_id].wrote.append(wrote)
        for joined in self._joins(members):
            persons[joined.member_id].joined.append(joined)
        return [each.person() for each in persons.values() if each.joined]

    def get(self, member_id: UUID) -> ChainMember | None:
        found = self._connection.execute(_ROOTS, {"ids": [member_id]}).one_or_none()
        return None if found is None else self.some([found.root_id])[found.root_id]

    def some(self, root_ids: Collection[UUID]) -> dict[UUID, ChainMember]:
        rows = in_pages(self._connection, _OF_ROOTS, sorted(root_ids))
        root_of: dict[UUID, UUID] = dict(map(tuple, rows))
        whole = sorted(root_of)
        persons = {root: _Gathered(root) for root in root_of.values()}
        for member in whole:
            persons[root_of[member]].known_as.append(member)
        for each in self._wrote(whole):
            persons[root_of[each.member_id]].wrote.append(each)
        for joined in self._joins(whole):
            persons[root_of[joined.member_id]].joined.append(joined)
        for row in in_pages(self._connection, _STEPS_OF, whole):
            step = ConsentTold(*row)
            persons[root_of[step.member_id]].steps.append(step)
        for (member,) in in_pages(self._connection, IS_ERASED, whole):
            persons[root_of[member]].is_erased = True
        return {root: each.person() for root, each in persons.items()}

    def said(self, member_ids: Collection[UUID], field: str) -> dict[UUID, tuple[Wrote, ...]]:
        found: dict[UUID, list[Wrote]] = {}
        for each in self._wrote(member_ids):
            if each.field == field:
                found.setdefault(each.member_id, []).append(each)
        return {member: tuple(sorted(wrote, key=when)) for member, wrote in found.items()}

    def known_by(self, said: str) -> tuple[UUID, ...]:
        return tuple(self._connection.execute(_KNOWN_BY, {"said": said}).scalars())

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def _wrote(self, members: Collection[UUID]) -> list[Wrote]:
        rows = in_pages(self._connection, _FIELDS_OF, sorted(members))
        return [Wrote(*row) for row in rows]

    def _joins(self, members: Collection[UUID]) -> tuple[Joined, ...]:
        rows = in_pages(self._connection, _JOINS_OF, sorted(members))
        return tuple(sorted(map(_joined, rows), key=lambda each: (each.at_us, each.event_id)))

    def _connected(self, members: set[UUID]) -> set[UUID]:
        """All whom these have to do with: by what stands, and by what was undone."""
        known = set(members)
        while True:
            roots_of = self._connection.execute(_ROOTS, {"ids": list(known)}).all()
            same = self._connection.execute(_OF_ROOTS, {"ids": [root for _, root in roots_of]})
            more = known | {member for member, _ in same}
            for alias in self.aliases_among(more):
                more |= {alias.gone_id, alias.into_id}
            if more == known:
                return known
            known = more


@lru_cache(maxsize=2)
def _later(dialect: str) -> Any:
    """A visit, or the later day of one that is there."""
    made = (insert_there if dialect == "postgresql" else insert_here)(VISITS)
    return made.on_conflict_do_update(
        index_elements=["member_id", "store_code"],
        set_={"last_day": made.excluded.last_day},
        where=VISITS.c.last_day < made.excluded.last_day,
    )


def _joined(row: Sequence[Any]) -> Joined:
    event_id, member_id, till_id, at_us, import_id, day = row
    return Joined(event_id, member_id, till_id, at_us, date.fromordinal(day), import_id)


def _row(value: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(value)
