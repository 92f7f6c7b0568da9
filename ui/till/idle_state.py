"""下一位，请: what the counter shows between two customers: the sale before, and its change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from core.ports import StoredSale
from core.values.money import format_money
from ui.text import tr
from ui.till.payment_state import notes_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.sales.receipt import LeftLine, MemberLine

# The ends of 2026-11-24 14:32.
CLOCK, CLOCK_AND_DAY = len("14:32"), len("11-24 14:32")


class LastSale(Struct, frozen=True):
    """上一单, in words. `change` is empty where nobody got any; `mark` says what became of it.

    `back` is what an exchange gave back instead, `notes` by which tenders, or as which notes.
    """

    no: str
    time: str
    payable: str
    paid: str
    change: str
    member: str
    notes: str
    upgrade: str
    mark: str = ""
    back: str = ""

    @property
    def handed(self) -> tuple[str, str]:
        """What went last over the counter, and how much: 找零, 退给顾客, or 已收."""
        if self.back:
            return tr("退给顾客"), self.back
        return (tr("找零"), self.change) if self.change else (tr("已收"), self.payable)


class IdleState(Struct, frozen=True):
    """`is_just_paid`: the change of the last sale is still to be handed out; it is shown big."""

    last: LastSale | None
    is_just_paid: bool = False

    @classmethod
    def of(
        cls, sale: StoredSale | None, *, is_just_paid: bool = False, is_of_before: bool = False
    ) -> IdleState:
        """The idle counter after a sale, or before the first; `is_of_before`: before a restart."""
        if sale is None:
            return cls(None)
        return cls(last_sale(sale, is_of_before=is_of_before), is_just_paid)


def last_sale(sale: StoredSale, *, is_of_before: bool = False) -> LastSale:
    """The sale as its receipt tells it; one from before a restart with its day."""
    lines = sale.receipt.lines
    from core.sales.receipt import LeftLine, MemberLine, SaleInfo, UpgradeLine

    at = next((line.local_time for line in lines if isinstance(line, SaleInfo)), "")
    member = next((line for line in lines if isinstance(line, MemberLine)), None)
    upgrade = next((line.tier_name for line in lines if isinstance(line, UpgradeLine)), "")
    left = [line for line in lines if isinstance(line, LeftLine)]
    back_fen = sum(line.amount_fen for line in left) + sale.change_fen
    return LastSale(
        no=sale.no,
        time=at[-CLOCK_AND_DAY:] if is_of_before else at[-CLOCK:],
        payable=format_money(sale.payable_fen),
        paid=format_money(sale.paid_fen),
        change=format_money(sale.change_fen) if sale.change_fen else "",
        member=_member_words(member, sale.points_earned),
        notes=_left_words(left) if left else notes_words(sale.change_fen),
        upgrade=tr("升级为{tier}", tier=upgrade) if upgrade else "",
        mark=_mark_words(sale, is_of_before=is_of_before),
        back=format_money(back_fen) if left else "",
    )


def _left_words(left: Sequence[LeftLine]) -> str:
    # A start shows no exchange.
    from ui.till.payment_change import left_words

    return left_words(left)


def _mark_words(sale: StoredSale, *, is_of_before: bool) -> str:
    """What became of it since; after a restart, that it was paid for before."""
    if sale.is_voided:
        return tr("上一单　已作废")
    if sale.returned_fen is not None:
        return tr("上一单　已退 {back}", back=format_money(sale.returned_fen))
    return tr("上一单　重开前收完的") if is_of_before else ""


def _member_words(member: MemberLine | None, earned: int) -> str:
    if member is None:
        return tr("散客")
    points = tr("+{points} 分", points=f"{earned:,}")
    return f"{member.masked_name}　{member.tier_name}　{points}"
