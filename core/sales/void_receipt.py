"""作废单: what was taken back and what goes back, as typed lines made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.pricing.tender import Tender
from core.sales.receipt import (
    BackLine,
    CodeLine,
    ExpiryLine,
    FigureLine,
    Heading,
    ItemLine,
    Line,
    MemberLine,
    PointsBackLine,
    Receipt,
    Rule,
    SaleInfo,
    SignLine,
    TierBackLine,
    VoidInfo,
    VoidLine,
)
from core.sales.void import Void

_APART = ("points", "rounding")


def make_void_receipt(
    void: Void,
    sold: Receipt,
    back: Iterable[Tender],
    *,
    member: Member | None,
    balance: int,
    tier_name: str,
    fallen_to: str | None,
    local_time: str,
    sold_time: str,
    expiry: ExpiryLine | None = None,
) -> Receipt:
    """The paper of a void; `sold` is the receipt of its sale, `balance` the points after it.

    `tier_name` is the member's tier before it, `fallen_to` the one that they have again, if any.
    """
    told = void.explanation
    lines: list[Line] = [
        *(line for line in sold.lines if isinstance(line, Heading)),
        VoidLine(),
        SaleInfo(void.sale.no, local_time, void.staff_no),
        VoidInfo(sold_time, told.reason.value, told.words, void.approved_by),
        Rule(),
        *_goods(sold),
        Rule(),
        *withheld(void.shortage.withheld_fen),
        *paid_back(void.sale.payable_fen - void.shortage.withheld_fen, back),
    ]
    if member is not None:
        taken = PointsBackLine(void.points_taken, balance, void.sale.spent_points)
        lines += taken_back(member, taken, expiry, tier_name=tier_name, fallen_to=fallen_to)
    lines += [Rule(), SignLine(), CodeLine(void.sale.no)]
    return Receipt(void.sale.no, tuple(lines))


def withheld(fen: int) -> Iterator[Line]:
    """What is held back for points that are gone."""
    if fen:
        yield FigureLine("withheld", fen)


def paid_back(total_fen: int, back: Iterable[Tender]) -> Iterator[Line]:
    """What goes back in all, and by each tender."""
    yield FigureLine("back", total_fen)
    for tender in back:
        yield BackLine(tender.kind.value, tender.amount_fen)


def taken_back(
    member: Member,
    taken: PointsBackLine,
    expiry: ExpiryLine | None,
    *,
    tier_name: str,
    fallen_to: str | None,
) -> Iterator[Line]:
    """What the member gives back and gets back: points, and the tier where it falls."""
    yield Rule()
    yield MemberLine(mask_name(member.name), mask_card(member.card_no), tier_name)
    yield taken
    if expiry is not None:
        yield expiry
    if fallen_to is not None:
        yield TierBackLine(fallen_to)


def _goods(sold: Receipt) -> Iterator[Line]:
    """What was bought, at what it cost in the end; points and cash rounding stand apart."""
    for line in sold.lines:
        if isinstance(line, ItemLine) or (isinstance(line, FigureLine) and line.kind in _APART):
            yield line
