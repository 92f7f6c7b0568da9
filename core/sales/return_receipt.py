"""退货单: what came back, what goes back for it, and what is taken back; made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.members.member import Member
from core.sales.receipt import (
    CodeLine,
    ExpiryLine,
    FigureLine,
    Heading,
    ItemLine,
    Line,
    PointsBackLine,
    Receipt,
    ReturnInfo,
    ReturnLine,
    Rule,
    SaleInfo,
    SignLine,
)
from core.sales.returns import Return, SoldLine
from core.sales.void_receipt import paid_back, taken_back, withheld


def make_return_receipt(
    made: Return,
    heading: Heading,
    lines: Sequence[SoldLine],
    *,
    member: Member | None,
    balance: int,
    tier_name: str,
    fallen_to: str | None,
    local_time: str,
    sold_time: str,
    expiry: ExpiryLine | None = None,
) -> Receipt:
    """The paper of a return; `lines` are those of its sale, `balance` the points after it.

    `tier_name` is the member's tier before it, `fallen_to` the one that they have again, if any.
    """
    told = made.explanation
    rows: list[Line] = [
        heading,
        ReturnLine(),
        SaleInfo(made.sale.no, local_time, made.staff_no),
        ReturnInfo(made.no, sold_time, told.reason.value, told.words, made.approved_by),
        Rule(),
        *_goods(made, {line.no: line for line in lines}),
        Rule(),
        *withheld(made.shortage.withheld_fen),
        *paid_back(sum(tender.amount_fen for tender in made.back), made.back),
    ]
    if member is not None:
        left = made.points_taken - made.shortage.expired
        taken = PointsBackLine(left, balance, made.refund.given)
        rows += taken_back(member, taken, expiry, tier_name=tier_name, fallen_to=fallen_to)
    rows += [Rule(), SignLine(), CodeLine(made.sale.no)]
    return Receipt(made.sale.no, tuple(rows))


def _goods(made: Return, sold: Mapping[int, SoldLine]) -> Iterator[Line]:
    """What came back at its share of what it cost in the end; the cash rounding stands apart."""
    for part in made.refund.lines:
        line = sold[part.no]
        yield ItemLine(
            name=line.name,
            spec=line.spec,
            unit=line.unit,
            quantity_milli=part.quantity_milli,
            unit_price_fen=line.unit_price_fen,
            list_fen=part.list_fen,
            payable_fen=part.money_fen,
            is_prescription=line.is_prescription,
        )
    if made.refund.rounding_fen:
        yield FigureLine("rounding", -made.refund.rounding_fen)
