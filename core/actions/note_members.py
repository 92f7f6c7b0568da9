"""记下会员变更: tills must know how these members stand now (sync.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.ports.office import OfficeWriting
from core.sync.directory import MEMBER


def note_members(tx: OfficeWriting, roots: Iterable[UUID]) -> None:
    """In the transaction that changes them; who became another is told under that one."""
    tx.changes.note_all(MEMBER, sorted({root.hex for root in roots}))
