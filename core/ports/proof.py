"""审计的端口: the audit log as it is looked through and checked; read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from core.ports.upkeep import Finding
from core.sales.day import Day
from core.trust.audit import AuditRow, Noted


class Proof(Protocol):
    """审计."""

    def end(self) -> tuple[int, bytes]:
        """Number and hash of the last row, as the head of the chain has them; 0 for none."""
        ...

    def rows(self, seqs: Sequence[int]) -> dict[int, Noted]:
        """The rows of these numbers that are there."""
        ...

    def between(self, first: int, last: int) -> Iterator[Noted]:
        """The rows of these numbers, both inclusive, the newest first."""
        ...

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """The days of this till with these business dates, both inclusive, the newest first."""
        ...

    def judged(self) -> tuple[Finding, ...]:
        """Cases and draws that are otherwise than was told of them."""
        ...

    def links(self, after: int, *, most: int) -> Iterator[AuditRow]:
        """So many rows of the chain above a number, in its order, as they were hashed."""
        ...
