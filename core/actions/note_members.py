"""记下会员变更: tills must know how these members stand now (sync.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from core.ports.office import OfficeWriting
from core.sync.directory import MEMBER

ToldBy = Mapping[UUID, Collection[UUID]]
"""Of whom tills have said something, by till."""


def note_members(tx: OfficeWriting, roots: Iterable[UUID]) -> None:
    """In the transaction that changes them; who became another is told under that one."""
    tx.changes.note_all(MEMBER, sorted({root.hex for root in roots}))


def note_points(tx: OfficeWriting, roots: Iterable[UUID], told_by: ToldBy | None = None) -> None:
    """The same where nothing but points changed: only stores that they ever came to must know.

    So a sale is not told to every till of the chain. And those whose tills told of it: until then
    such a till has passed over what it was told of them.
    """
    asked, told = set(roots), told_by or {}
    abouts: dict[str, set[str]] = {}
    for root, store in tx.members.stores_of(asked):
        abouts.setdefault(store, set()).add(root.hex)
    for till_id, store in tx.tills.stores_of(told).items():
        abouts.setdefault(store, set()).update(root.hex for root in asked & set(told[till_id]))
    for store in sorted(abouts):
        tx.changes.note_all(MEMBER, sorted(abouts[store]), store)
