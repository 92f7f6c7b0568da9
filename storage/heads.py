"""链头: the last link of the chain of events and of the audit chain.

They stand apart from the rows, so that a last row that was removed is missed as well.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Column, Integer, LargeBinary, String, Table, bindparam, select, update

from core.errors import SaleBroken
from storage.columns import METADATA, Connection, Prepared

HEADS = Table(
    "heads",
    METADATA,
    Column("chain", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

EVENTS_CHAIN, AUDIT_CHAIN = "events", "audit"
_GET = Prepared(
    select(HEADS.c.seq, HEADS.c.hash, HEADS.c.at_us).where(HEADS.c.chain == bindparam("of"))
)
_MOVE = Prepared(
    update(HEADS)
    .where(HEADS.c.chain == bindparam("of"), HEADS.c.seq == bindparam("before"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"), at_us=bindparam("at_us"))
)


class ChainHead(Struct, frozen=True):
    """Number and hash of the last link, and the newest instant that the chain has seen."""

    seq: int
    hash: bytes
    at_us: int


def head_of(connection: Connection, chain: str) -> ChainHead:
    """The head of a chain."""
    row = _GET.one(connection, of=chain)
    if row is None:
        raise SaleBroken("head")
    return ChainHead(*row)


def move_head(connection: Connection, chain: str, before: ChainHead, after: ChainHead) -> None:
    """The next link became the head; SaleBroken where it does not follow."""
    moved = _MOVE.run(
        connection,
        of=chain,
        before=before.seq,
        seq=after.seq,
        hash=after.hash,
        at_us=max(before.at_us, after.at_us),
    )
    if moved != 1 or after.seq != before.seq + 1:
        raise SaleBroken("sequence")
