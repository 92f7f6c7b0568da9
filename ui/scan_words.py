"""扫码的话: what a code can mean, what is to be known of goods, why a code is missing, in words."""

from __future__ import annotations

from core.actions.scan import CARD, COUPON, PHONE, PRODUCT
from core.catalog.trace import TraceReason
from core.pricing.basket import BasketLine
from core.sales.trace import NearExpiry, Warned
from ui.text import quoted, tr

MEANINGS = {CARD: "会员卡", COUPON: "优惠券", PRODUCT: "商品", PHONE: "会员手机"}
TRACE_REASONS = {
    TraceReason.NO_CODE: "包装上没有码",
    TraceReason.DAMAGED: "码坏了扫不出",
    TraceReason.SPLIT: "拆零",
    TraceReason.SCANNER: "扫码枪坏了",
}
"""Why a unit may be sold without its trace code."""


def meaning_name(kind: str) -> str:
    """会员卡, 商品."""
    return tr(MEANINGS[kind]) if kind in MEANINGS else quoted(kind)


def trace_reason(reason: TraceReason) -> str:
    """包装上没有码."""
    return tr(TRACE_REASONS[reason])


def warned_words(warned: Warned) -> str:
    """One sentence that stops nobody."""
    if isinstance(warned, NearExpiry):
        return tr(
            "注意：“{name}”{on} 到期，还有 {days} 天。请告诉顾客。",
            name=quoted(warned.name),
            on=warned.on.isoformat(),
            days=warned.days,
        )
    return tr(
        "注意：追溯码 {code} 在 {no} 上卖过，没有退回。请核对这一盒的来路。",
        code=warned.code,
        no=warned.sale_no,
    )


def unweighed_words() -> str:
    """What marks a line that stands as one unit until its weight is told."""
    return tr("重量未输")


def lacking_words(line: BasketLine) -> str:
    """追溯码 1/3: how many units have theirs."""
    return tr("追溯码 {has}/{all}", has=len(line.traces), all=line.pieces)


def origin_words(line: BasketLine) -> str:
    """追溯码 1/3　批号 B7　效期 2026-12-31: where the goods of a line come from."""
    said = [lacking_words(line)] if line.traces or line.traces_lacking else []
    said += [tr("批号 {batch}", batch=quoted(line.batch))] if line.batch else []
    if line.expires_on is not None:
        said.append(tr("效期 {on}", on=line.expires_on.isoformat()))
    return "　".join(said)
