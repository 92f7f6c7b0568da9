"""会员对账单: a member's points and purchases over some days, as they stand in the books.

What the member had before, what came and went and why, and what is left: the sum is the balance.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.members.standing import Purchase
from core.points.ledger import Cause
from core.sales.receipt import ExpiryLine, Heading, Line, MemberLine, SignLine


class Movement(Struct, frozen=True):
    """积分变动: points that came (above zero) or went on a business date, and why."""

    business_on: date
    cause: Cause
    points: int
    sale_no: str = ""


class StatementLine(Struct, frozen=True):
    """对账单: what this paper is about."""


class PeriodLine(Struct, frozen=True):
    """Business dates, both inclusive, and when and by whom it was made."""

    since: str
    until: str
    local_time: str
    staff_no: int


class AccountLine(Struct, frozen=True):
    """Points before, all that came, all that went, and after the last day."""

    before: int
    came: int
    went: int
    after: int


class MovementLine(Struct, frozen=True):
    """One movement of points."""

    on: str
    cause: str
    points: int
    sale_no: str


class PurchaseLine(Struct, frozen=True):
    """One line that the member bought; `returned_milli` of it came back."""

    on: str
    name: str
    quantity_milli: int
    payable_fen: int
    returned_milli: int = 0


class BoughtLine(Struct, frozen=True):
    """What the purchases come to."""

    lines: int
    payable_fen: int


StatementLines = StatementLine | PeriodLine | AccountLine | MovementLine | PurchaseLine | BoughtLine


class Statement(Struct, frozen=True):
    """The lines of a statement; `no` names its file and no person."""

    no: str
    lines: tuple[Line | StatementLines, ...]

    @property
    def opens_drawer(self) -> bool:
        """No money moves."""
        return False


def make_statement(
    heading: Heading,
    period: PeriodLine,
    member: Member,
    *,
    tier_name: str,
    balance: int,
    movements: Iterable[Movement],
    later: int,
    purchases: Iterable[Purchase],
    expiry: ExpiryLine | None,
    no: str,
) -> Statement:
    """`movements` within the period, `later` the points that moved after it; `balance` today."""
    moved, bought = tuple(movements), tuple(purchases)
    came = sum(each.points for each in moved if each.points > 0)
    went = -sum(each.points for each in moved if each.points < 0)
    after = balance - later
    lines: list[Line | StatementLines] = [
        heading,
        StatementLine(),
        period,
        MemberLine(mask_name(member.name), mask_card(member.card_no), tier_name),
        AccountLine(after - came + went, came, went, after),
    ]
    lines += [
        MovementLine(each.business_on.isoformat(), each.cause.value, each.points, each.sale_no)
        for each in moved
    ]
    lines += [
        PurchaseLine(
            each.business_on.isoformat(),
            each.name,
            each.quantity_milli,
            each.payable_fen,
            each.returned_milli,
        )
        for each in bought
    ]
    if bought:
        lines.append(BoughtLine(len(bought), sum(each.payable_fen for each in bought)))
    if expiry is not None:
        lines.append(expiry)
    lines.append(SignLine("staff"))
    return Statement(no, tuple(lines))
