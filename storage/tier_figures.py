"""等级依据: what a member's sales count for their tier, less what was voided or came back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, func, or_, select

from storage.columns import Prepared
from storage.member_standing import MERGED_MEMBERS
from storage.mirror_tables import COUNTED_ELSEWHERE
from storage.return_tables import RETURNS
from storage.sales import SALES, VOIDS


def returned(what: ColumnElement[int]) -> ColumnElement[int]:
    """The sum over all returns of the sale of the row."""
    came_back = select(func.sum(what)).where(RETURNS.c.sale_id == SALES.c.id)
    return func.coalesce(came_back.correlate(SALES).scalar_subquery(), 0)


NET_SPEND = SALES.c.spend_fen - func.coalesce(VOIDS.c.spend_fen, 0) - returned(RETURNS.c.spend_fen)
"""What is left of the spend of a sale; the sale is joined with its void, if there is one."""
_NET_POINTS = SALES.c.points - func.coalesce(VOIDS.c.points, 0) - returned(RETURNS.c.points)
_NET_PAYABLE = case(
    (VOIDS.c.n.is_not(None), 0),
    else_=SALES.c.payable_fen - returned(RETURNS.c.back_fen + RETURNS.c.withheld_fen),
)


def _counted(money: ColumnElement[Any]) -> Prepared:
    whose: BindParameter[bytes] = bindparam("member")
    merged = select(MERGED_MEMBERS.c.member_id).where(MERGED_MEMBERS.c.into_id == whose)
    return Prepared(
        select(SALES.c.id, SALES.c.business_on, money, _NET_POINTS)
        .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
        .where(
            or_(SALES.c.member_id == whose, SALES.c.member_id.in_(merged)),
            SALES.c.business_on >= bindparam("since"),
        )
        .order_by(SALES.c.n)
    )


def _elsewhere(money: ColumnElement[Any]) -> Prepared:
    """What other tills sold; what this one did lies here itself."""
    whose: BindParameter[bytes] = bindparam("member")
    merged = select(MERGED_MEMBERS.c.member_id).where(MERGED_MEMBERS.c.into_id == whose)
    sold = COUNTED_ELSEWHERE.c
    return Prepared(
        select(sold.sale_id, sold.business_on, money, sold.points)
        .where(
            or_(sold.member_id == whose, sold.member_id.in_(merged)),
            sold.business_on >= bindparam("since"),
            sold.sale_id.not_in(select(SALES.c.id)),
        )
        .order_by(sold.business_on, sold.sale_id)
    )


COUNTED = _counted(NET_SPEND)
COUNTED_PAYABLE = _counted(_NET_PAYABLE)
ELSEWHERE = _elsewhere(COUNTED_ELSEWHERE.c.spend_fen)
ELSEWHERE_PAYABLE = _elsewhere(COUNTED_ELSEWHERE.c.payable_fen)
IS_ELSEWHERE = Prepared(
    select(COUNTED_ELSEWHERE.c.sale_id)
    .where(COUNTED_ELSEWHERE.c.member_id == bindparam("member"))
    .limit(1)
)
