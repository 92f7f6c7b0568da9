"""新的优惠: the kinds there are, each with an example to begin with."""

from __future__ import annotations

from msgspec import Struct

from ui.rule_blank import Record
from ui.text import tr


class Kind(Struct, frozen=True):
    """What a person chooses from: its title, what it is for, and the record it begins with."""

    title: str
    about: str
    record: Record


def kinds() -> tuple[Kind, ...]:
    """Those that are used most first; nothing of a record has to stay as it is."""
    step = {"from_fen": 100_00, "off_fen": 10_00}
    ladder = [step, {"from_fen": 200_00, "off_fen": 25_00}]
    member = {"for_members": True}
    return (
        _kind(
            tr("每满减"), tr("每满 100 减 10，可以封顶"), "threshold", steps=[step], repeats=True
        ),
        _kind(tr("满减阶梯"), tr("满 100 减 10，满 200 减 25"), "threshold", steps=ladder),
        _kind(
            tr("满折"), tr("满 2 件 9 折"), "threshold",
            steps=[{"from_milli": 2000, "rate_bp": 9000}],
        ),
        _kind(tr("打折"), tr("某些商品 9 折"), "percentage", rate_bp=9000),
        _kind(
            tr("会员日"), tr("每月 8 号会员 9 折"), "percentage",
            rate_bp=9000, when={**member, "month_days": [8]},
        ),
        _kind(
            tr("生日优惠"), tr("生日当天 9 折"), "percentage", rate_bp=9000, when={"birthday": {}}
        ),
        _kind(tr("第二件半价"), tr("两件里便宜的半价"), "nth_reduced", units=2, rate_bp=5000),
        _kind(tr("买几送几"), tr("买 2 送 1"), "nth_reduced", units=3),
        _kind(tr("任选几件多少钱"), tr("任选 3 件 10 元"), "any_for", units=3, price_fen=10_00),
        _kind(
            tr("组合价"), tr("几种商品一起买"), "bundle",
            parts=[{"code": "", "units": 1}, {"code": "", "units": 1}], price_fen=10_00,
        ),
        _kind(
            tr("满额送"), tr("满 100 送一件"), "gift", steps=[{"from_fen": 100_00, "products": []}]
        ),
        _kind(
            tr("加价换购"), tr("满 60 加 9.9 元换一件"), "gift",
            steps=[{"from_fen": 60_00, "products": [], "price_fen": 9_90}],
        ),
        _kind(tr("积分加倍"), tr("某些商品双倍积分"), "points", multiplier_bp=20000),
        _kind(tr("满减券"), tr("凭券满 50 减 5"), "coupon", from_fen=50_00, off_fen=5_00),
        _kind(tr("折扣券"), tr("凭券 9 折"), "coupon", rate_bp=9000),
        _kind(tr("兑换券"), tr("凭券一件只要 1 元，或送一件"), "coupon", unit_fen=1_00),
        _kind(
            tr("赠品券"), tr("凭券选一件，白送或加价"), "coupon", gives={"products": []}
        ),
        _kind(tr("积分券"), tr("凭券多送 100 分"), "coupon", bonus=100),
        _kind(tr("会员价"), tr("会员按商品上的会员价买"), "member_price"),
        _kind(tr("特价"), tr("人人按商品上的特价买"), "special_price"),
    )  # fmt: skip


def _kind(title: str, about: str, kind: str, **rest: object) -> Kind:
    return Kind(title, about, {"kind": kind, "name": title, **rest})
