"""员工: who works here, and in which role. PINs are kept as hashes only."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

OF_A_TILL = 100_000
"""Numbers of people are below; what is above is somebody of another till."""


def staff_of_till(till_no: int, no: int) -> int:
    """How an office PC numbers a person of a till, who is known by name at that till only."""
    return till_no * OF_A_TILL + no


def staff_label(no: int) -> str:
    """The number as it stands on receipts; "T2-7" is number 7 at till 2."""
    till_no, own = divmod(no, OF_A_TILL)
    return f"T{till_no}-{own}" if till_no else str(own)


class Role(StrEnum):
    """收银员 · 店长 · 药师 · 后台: a bundle of single rights (`core.trust.rights`)."""

    CASHIER = "cashier"
    MANAGER = "manager"
    PHARMACIST = "pharmacist"
    OFFICE = "office"


class Staff(Struct, frozen=True):
    """One person; `no` is the number printed on receipts, `pin_hash` an argon2id string.

    Who was removed stays, since receipts and the audit name them. `given` and `taken` are names of
    single rights beside the role; one that only a newer program knows stays as it is.
    """

    id: UUID
    no: int
    name: str
    role: Role
    pin_hash: str
    removed_us: int | None = None
    given: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    @property
    def is_active(self) -> bool:
        """Whether the person works here now."""
        return self.removed_us is None
