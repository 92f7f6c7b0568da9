"""Slips of redemptions, as the counter makes them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.members.member import Member
from core.points.redeem import Redemption
from core.sales.receipt import Heading, Receipt
from core.sales.redemption_slip import make_redemption_slip

MEMBER = Member(UUID(int=1), "6000000800012", "李小华", "gold", date(2024, 1, 1))
MADE = Redemption(
    id=UUID(int=2),
    no="S01-T2-J00012",
    member_id=MEMBER.id,
    code="soap",
    name="舒肤佳纯白清香型香皂 115g 三块装",
    units=3,
    points=1_200,
    at_us=0,
    business_on=date(2026, 11, 24),
    staff_no=3,
)


def _slip(made: Redemption, *coupons: str, balance: int, is_undone: bool = False) -> Receipt:
    return make_redemption_slip(
        made,
        Heading("中山路店", 2),
        member=MEMBER,
        tier_name="金卡",
        balance=balance,
        coupons=coupons,
        local_time="2026-11-24 14:32",
        staff_no=3,
        is_undone=is_undone,
    )


def soap_for_points() -> Receipt:
    return _slip(MADE, balance=11_280)


def soap_taken_back() -> Receipt:
    return _slip(MADE, balance=12_480, is_undone=True)


def coupons_for_points() -> Receipt:
    two = replace(MADE, code="ten", name="十元券", units=2, points=1_000)
    return _slip(two, "K7QX-2M9P-4TRA", "K8QX-2M9P-4TRB", balance=10_280)


SLIPS = {
    "soap_for_points": soap_for_points,
    "soap_taken_back": soap_taken_back,
    "coupons_for_points": coupons_for_points,
}
