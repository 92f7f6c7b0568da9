"""兑换单: what was handed over for points, made once; and the paper of one that was taken back."""

from __future__ import annotations

from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.points.redeem import Redemption
from core.sales.receipt import (
    CodeLine,
    CouponLine,
    Heading,
    Line,
    MemberLine,
    Receipt,
    RedeemedLine,
    RedeemLine,
    RewardLine,
    Rule,
    SaleInfo,
    SignLine,
)


def make_redemption_slip(
    made: Redemption,
    heading: Heading,
    *,
    member: Member,
    tier_name: str,
    balance: int,
    coupons: tuple[str, ...],
    local_time: str,
    staff_no: int,
    is_undone: bool = False,
) -> Receipt:
    """The paper; `balance` are the points after it, `coupons` the codes of what is a coupon."""
    lines: list[Line] = [
        heading,
        RedeemLine(is_undone),
        SaleInfo(made.no, local_time, staff_no),
        Rule(),
        RewardLine(made.name, made.units, made.points),
    ]
    lines += [CouponLine(code) for code in coupons]
    lines += [
        Rule(),
        MemberLine(mask_name(member.name), mask_card(member.card_no), tier_name),
        RedeemedLine(-made.points if is_undone else made.points, balance),
        Rule(),
        SignLine(),
        CodeLine(made.no),
    ]
    return Receipt(f"{made.no}-undone" if is_undone else made.no, tuple(lines))
