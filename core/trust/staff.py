"""员工: who works here, and in which role. PINs are kept as hashes only."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Role(StrEnum):
    """收银员 · 店长 · 药师 · 后台: a bundle of single rights (`core.trust.rights`)."""

    CASHIER = "cashier"
    MANAGER = "manager"
    PHARMACIST = "pharmacist"
    OFFICE = "office"


class Staff(Struct, frozen=True):
    """One person; `no` is the number printed on receipts, `pin_hash` an argon2id string.

    Who was removed stays, since receipts and the audit name them.
    """

    id: UUID
    no: int
    name: str
    role: Role
    pin_hash: str
    removed_us: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether the person works here now."""
        return self.removed_us is None
