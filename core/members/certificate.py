"""删除证明: what was erased of somebody, what is kept and why; nothing in it says who it was."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.values.canonical import canonical

VOUCHER_YEARS = 30
"""会计档案管理办法 (财政部令第 79 号): a voucher is kept thirty years from the end of its year."""


class Why(StrEnum):
    """本人要求 · 保存期满 · 登记有误; 总部删除, which nobody here chose."""

    ASKED = "asked"
    RETENTION = "retention"
    MISTAKE = "mistake"
    OFFICE = "office"


class Kept(Struct, frozen=True):
    """What there is of somebody: how many values of each, and what stays.

    `beside` are personal values beside events; `words` what people wrote of them: of corrections,
    of granted tiers and of cases. `points` are gone with the account. `sales` stay as vouchers
    without a name, the last of them until `sales_until`, and on `papers` of returns and voids what
    somebody wrote as the reason.
    """

    fields: int = 0
    edits: int = 0
    notes: int = 0
    cards: int = 0
    beside: int = 0
    points: int = 0
    coupons: int = 0
    sales: int = 0
    sales_until: date | None = None
    words: int = 0
    papers: int = 0

    @property
    def values(self) -> int:
        """All that is erased."""
        return self.fields + self.edits + self.notes + self.cards + self.beside + self.words


class Certificate(Struct, frozen=True):
    """`member_id` says nothing of anybody any more; `waits`: head office has not erased yet."""

    id: UUID
    member_id: UUID
    at_us: int
    on: date
    staff_no: int
    why: Why
    kept: Kept
    waits: bool = False

    @property
    def seal(self) -> str:
        """校验码: another one as soon as anything in it is another."""
        record = {
            "id": self.id,
            "member": self.member_id,
            "at_us": self.at_us,
            "why": self.why.value,
            "values": self.kept.values,
            "sales": self.kept.sales,
        }
        return hashlib.sha256(canonical(record)).hexdigest()[:32]


def vouchers_until(last_sale: date) -> date:
    """The last day on which the voucher of a sale has to be there."""
    return date(last_sale.year + VOUCHER_YEARS, 12, 31)
