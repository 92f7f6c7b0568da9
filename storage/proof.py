"""审计: the rows of the audit chain, read again by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import LargeBinary, bindparam, cast, select

from core.ports.upkeep import Finding
from core.sales.day import Day
from core.trust.audit import AuditRow, Noted, noted_of
from storage.audit import AUDIT
from storage.columns import Connection, Prepared
from storage.days import days_between
from storage.heads import AUDIT_CHAIN, head_of

_DATA = cast(AUDIT.c.data, LargeBinary)
_BETWEEN = Prepared(
    select(AUDIT.c.seq, _DATA)
    .where(AUDIT.c.seq >= bindparam("first"), AUDIT.c.seq <= bindparam("last"))
    .order_by(AUDIT.c.seq.desc())
)
_ONE = Prepared(select(_DATA).where(AUDIT.c.seq == bindparam("seq")))
_LINKS = Prepared(
    select(AUDIT.c.seq, AUDIT.c.prev, AUDIT.c.hash, _DATA)
    .where(AUDIT.c.seq > bindparam("after"))
    .order_by(AUDIT.c.seq)
    .limit(bindparam("most"))
)


class StoredProof:
    """Implements `core.ports.proof.Proof`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def end(self) -> tuple[int, bytes]:
        """Number and hash of the last row, as the head of the chain has them; 0 for none."""
        head = head_of(self._connection, AUDIT_CHAIN)
        return head.seq, head.hash

    def rows(self, seqs: Sequence[int]) -> dict[int, Noted]:
        """The rows of these numbers that are there."""
        found = ((seq, _ONE.one(self._connection, seq=seq)) for seq in seqs)
        return {seq: noted_of(seq, row[0]) for seq, row in found if row is not None}

    def between(self, first: int, last: int) -> Iterator[Noted]:
        """The rows of these numbers, both inclusive, the newest first."""
        for seq, data in _BETWEEN.all(self._connection, first=first, last=last):
            yield noted_of(seq, data)

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """The days of this till with these business dates, both inclusive, the newest first."""
        return days_between(self._connection, first, last)

    def judged(self) -> tuple[Finding, ...]:
        """Cases and draws that are otherwise than was told of them."""
        from storage.verify_judged import judged_findings

        return tuple(Finding(*found) for found in judged_findings(self._connection))

    def links(self, after: int, *, most: int) -> Iterator[AuditRow]:
        """So many rows of the chain above a number, in its order, as they were hashed."""
        for row in _LINKS.all(self._connection, after=after, most=most):
            yield AuditRow(*row)
