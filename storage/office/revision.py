"""版本: the server makes its tables and brings them up to date at its start, forwards only."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, inspect, select, text, update

from core.errors import StoreNewer
from core.sync.directory import CHAIN_KEY_BYTES
from core.sync.erasure import SEAL_KEY_BYTES
from storage.machine import SystemDice
from storage.office.first_steps import TYPES, Missing, OnServer, Step
from storage.office.steps import STEPS
from storage.office.tables import CHAIN, OFFICE

_LOCK = 0x53484B45  # "SHKE": two servers that start at once make the tables once
# What blind keys are made with, and what erasures are sealed with.
_DRAWN = {CHAIN.c.blind_key: CHAIN_KEY_BYTES, CHAIN.c.seal_key: SEAL_KEY_BYTES}
_MOVE = update(CHAIN).values(revision=bindparam("revision_now"))


def newest() -> int:
    """The revision that this program writes."""
    return 1 + len(STEPS)


def bring_up_to_date(connection: Connection) -> None:
    """In the transaction that is open, all of it or nothing; raises StoreNewer."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Many events take longer than any question of a till may.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    if not inspect(connection).has_table(CHAIN.name):
        OFFICE.create_all(connection, checkfirst=False)
        connection.execute(insert(CHAIN).values(one=1, name="", revision=newest(), address=""))
        return
    revision = connection.execute(select(CHAIN.c.revision)).scalar_one()
    if revision > newest():
        raise StoreNewer(connection.engine.url.database or "")
    for step in STEPS[revision - 1 :]:
        _take(connection, step)
    if revision < newest():
        connection.execute(_MOVE, {"revision_now": newest()})


def draw_keys(connection: Connection) -> None:
    """Those that the chain has not yet: each is drawn once, and kept."""
    for column, count in _DRAWN.items():
        if connection.execute(select(column)).scalar() is None:
            drawn = {column: SystemDice().roll(count)}
            connection.execute(update(CHAIN).where(column.is_(None)).values(drawn))


def _take(connection: Connection, step: Step) -> None:
    dialect = connection.dialect.name
    for part in step:
        statements = (part,) if isinstance(part, str) else _asked(connection, part)
        for statement in statements:
            connection.exec_driver_sql(statement.format(**TYPES[dialect]))


def _asked(connection: Connection, part: Missing | OnServer) -> tuple[str, ...]:
    """Its statements where it is missing, or where they are known, as the database says now."""
    if isinstance(part, OnServer):
        return (part.statement,) if connection.dialect.name == "postgresql" else ()
    columns = inspect(connection).get_columns(part.table)
    if any(column["name"] == part.column for column in columns):
        return ()
    return part.sqlite if connection.dialect.name == "sqlite" else part.postgresql
