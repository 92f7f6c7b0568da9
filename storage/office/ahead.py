"""预看: what a push, or a duty, asks of many events at once, in the words of either database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Executable,
    LargeBinary,
    Uuid,
    any_,
    bindparam,
    cast,
    null,
    select,
    union_all,
)

from storage.office.tables import EVENTS, PRIVATE_VALUES, PROGRESS

Among = Callable[[Column[Any], str], ColumnElement[bool]]
"""Whether a column is one of those that are given by a name."""
of_chain = (
    EVENTS.c.till_id == bindparam("till"),
    EVENTS.c.incarnation == bindparam("incarnation"),
)
of_progress = (
    PROGRESS.c.till_id == bindparam("till"),
    PROGRESS.c.incarnation == bindparam("incarnation"),
)
_no_id, _no_number, _no_hash = (
    cast(null(), Uuid),
    cast(null(), BigInteger),
    cast(null(), LargeBinary),
)


def _ahead(among: Among) -> Executable:
    """What there is of these ids and of these places, and how far this branch is complete."""
    hashes = EVENTS.c.hash, EVENTS.c.prev
    numbers = _no_number.label("seq"), _no_number.label("highest")
    through = PROGRESS.c.through, PROGRESS.c.highest
    return union_all(
        select(EVENTS.c.id, *numbers, *hashes).where(among(EVENTS.c.id, "ids")),
        select(_no_id, EVENTS.c.seq, _no_number, *hashes).where(
            *of_chain, EVENTS.c.seq.between(bindparam("first"), bindparam("last"))
        ),
        select(_no_id, *through, _no_hash, _no_hash).where(*of_progress),
    )


def _beside(among: Among) -> Executable:
    """The personal values beside these events."""
    values = PRIVATE_VALUES.c
    asked = select(PRIVATE_VALUES).where(among(values.event_id, "ids"))
    return asked.order_by(values.event_id, values.no)


def _one_of(column: Column[Any], name: str) -> ColumnElement[bool]:
    """SQLite is told each of them."""
    return column.in_(bindparam(name, expanding=True))


def _any_of(column: Column[Any], name: str) -> ColumnElement[bool]:
    """PostgreSQL is told all of them at once, and so knows the statement again."""
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


AHEAD_HERE, AHEAD_THERE = _ahead(_one_of), _ahead(_any_of)
BESIDE_HERE, BESIDE_THERE = _beside(_one_of), _beside(_any_of)
