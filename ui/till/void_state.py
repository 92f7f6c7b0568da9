"""作废: what the sheet shows: what voiding a sale would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from msgspec import Struct

from core.actions.void import VoidPreview
from core.points.give_back import Given, by_expiry
from core.pricing.tender import TenderKind
from core.sales.coupon_code import CouponBack
from core.sales.shortage import Shortage
from core.values.money import format_money
from ui.drawer_text import back_by
from ui.text import tr
from ui.till.effects import Effect

ICONS: dict[str, str] = {
    TenderKind.CASH: "cash",
    TenderKind.CARD: "bankcard",
    TenderKind.ALIPAY: "qr",
    TenderKind.WECHAT: "chat",
    TenderKind.INSURANCE: "shield",
    TenderKind.VOUCHER: "coupon",
}


class VoidState(Struct, frozen=True):
    """A sale and what voiding it would do; `is_voided`: it was done before."""

    sale_id: UUID
    no: str
    payable: str
    effects: tuple[Effect, ...]
    is_voided: bool

    @classmethod
    def of(cls, shown: VoidPreview) -> VoidState:
        """Of what the till says beforehand."""
        return cls(
            sale_id=shown.sale.sale_id,
            no=shown.sale.no,
            payable=format_money(shown.sale.payable_fen),
            effects=tuple(_effects(shown)),
            is_voided=shown.sale.is_voided,
        )


def given_effects(given: Iterable[Given]) -> Iterator[Effect]:
    """Points that come back because they were spent, by the day until which they are good."""
    for points, until in by_expiry(given):
        line = tr("不过期") if until is None else tr("可用到 {on}", on=until.isoformat())
        yield Effect("points", tr("退还积分"), line, f"+{points:,}")


def shortage_effects(short: Shortage) -> Iterator[Effect]:
    """Points that have expired or are spent already, and what becomes of them."""
    if gone := short.expired:
        line = tr("这一单得的，已经到期，算已收回")
        yield Effect("hourglass", tr("到期的积分"), line, f"{gone:,}")
    if not short.points:
        yield Effect("check", tr("差额"), tr("积分够收回，不从退款里扣"), tr("无"))
        return
    points = tr("差 {points} 分", points=f"{short.points:,}")
    line = tr("积分不够收回，先欠着，下次积分补上")
    if short.withheld_fen:
        withheld = format_money(short.withheld_fen)
        line = tr("积分不够收回，从退款里扣 {withheld}", withheld=withheld)
    yield Effect("alert", tr("差额"), line, points)


def coupon_effect(coupon: CouponBack) -> Effect:
    """A code that can be used again."""
    return Effect("coupon", tr("退券"), coupon.code, coupon.name)


def _effects(shown: VoidPreview) -> list[Effect]:
    effects = [
        Effect(ICONS[tender.kind], back_by(tender.kind), "", format_money(tender.amount_fen))
        for tender in shown.back
    ]
    if shown.file is not None:
        balance = f"{shown.balance:,}".replace("-", "−")
        line = tr("余额 {before} → {after}", before=f"{shown.file.points:,}", after=balance)
        effects += given_effects(shown.given)
        effects.append(Effect("return", tr("收回积分"), line, f"−{shown.points_back:,}"))
        if shown.shortage.points or shown.shortage.expired:
            effects += shortage_effects(shown.shortage)
        if shown.fallen_to is not None:
            line = tr("{before} → {after}", before=shown.tier_name, after=shown.fallen_to)
            effects.append(Effect("user", tr("等级恢复"), line, shown.fallen_to))
        else:
            effects.append(Effect("user", tr("等级"), "", tr("仍是{tier}", tier=shown.tier_name)))
    effects += map(coupon_effect, shown.coupons)
    return effects
