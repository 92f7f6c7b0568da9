"""规则其余部分的表: earning, expiry, spending, tiers, what takes no offer, returns, by hand."""

from __future__ import annotations

from copy import deepcopy

from core.rulebook.returns import DEBT, MEDICINES, MONEY, PLAIN
from core.rulebook.rulebook import NEVER_GIFTS
from core.rulebook.schemes import (
    CALENDAR,
    MEASURED,
    PAYABLE,
    POINTS,
    POINTS_BASE,
    ROLLING,
    SCORE,
    TierScheme,
)
from core.values.rate import FULL
from ui.rule_blank import (
    CHOICE,
    COUNT,
    FOLD,
    PERCENT,
    TEXT,
    TEXTS,
    TIMES,
    YUAN,
    Blank,
    Record,
)
from ui.rule_form import Group, flag
from ui.text import tr

FORMS = {
    "tiers": "scheme",
    "points": "points",
    "returns": "returns",
    "by_hand": "by_hand",
    "others": "outside",
}
"""Sections of the page that have a form, and where they stand in the record of a rulebook."""


def section_groups(section: str, record: Record) -> tuple[Group, ...]:
    """All that may be said of a section."""
    return {
        "points": _points,
        "scheme": _scheme,
        "outside": _outside,
        "returns": _returns,
        "by_hand": _by_hand,
    }[section](record)


def tidied(section: str, record: Record) -> Record:
    """Without what is not meant: points that pay nothing have no terms of paying."""
    if section != "points":
        return record
    spend = record.get("spend") or {}
    if spend.get("fen") is None and spend.get("per_points") is None:
        record = {key: value for key, value in deepcopy(record).items() if key != "spend"}
    return record


def _points(_record: Record) -> tuple[Group, ...]:
    expiry = (("rolling", tr("过几个月")), ("year_end", tr("当年年底")), ("never", tr("不过期")))
    scope = tuple(
        Blank(("spend", "scope", key), label, TEXTS, may_be_empty=True)
        for key, label in (("categories", tr("只限分类")), ("but_not", tr("除外的条码")))
    )
    return (
        Group(
            tr("得积分"),
            (Blank(("per_fen",), tr("每，元")), Blank(("points",), tr("得，分"), COUNT)),
        ),
        Group(
            tr("到期"),
            (
                Blank(("expiry",), tr("什么时候"), CHOICE, options=expiry),
                Blank(("months",), tr("几个月"), COUNT),
            ),
        ),
        Group(
            tr("抵现"),
            (
                Blank(("spend", "per_points"), tr("每，分；空着不抵"), COUNT, may_be_empty=True),
                Blank(("spend", "fen"), tr("抵，元"), YUAN, may_be_empty=True),
                Blank(("spend", "most_bp"), tr("最多付一单的，%"), PERCENT, may_be_empty=True),
                Blank(("spend", "least_points"), tr("几分起用"), COUNT, may_be_empty=True),
                *scope,
            ),
        ),
    )


def _scheme(record: Record) -> tuple[Group, ...]:
    kind = record.get("kind", "spend")
    window = ((ROLLING, tr("过去几个月")), (CALENDAR, tr("自然年")))
    counts = ((POINTS_BASE, tr("处方、医保不算")), (PAYABLE, tr("付的都算")))
    how = (
        Blank(("window",), tr("算多久"), CHOICE, options=window, usual=ROLLING),
        Blank(("window_months",), tr("几个月"), COUNT),
        Blank(("grace_days",), tr("期满宽限几天"), COUNT, usual=TierScheme(()).grace_days),
        Blank(("counts",), tr("算什么"), CHOICE, options=counts, usual=POINTS_BASE),
    )
    codes = {tier["code"] for tier in record["tiers"]}
    fresh = next(f"tier{n}" for n in range(1, len(codes) + 2) if f"tier{n}" not in codes)
    tiers = [
        Group(
            tier["name"] or tr("新的等级"),
            _tier(n, kind),
            each=("tiers",),
            fresh={"code": fresh, "name": ""},
            more=tr("加一个更高的等级"),
        )
        for n, tier in enumerate(record["tiers"])
    ]
    return (Group(tr("怎么定级"), how), *tiers)


def _tier(n: int, kind: str) -> tuple[Blank, ...]:
    place = ("tiers", n)
    name, unit, label = "from_fen", YUAN, tr("消费满，元")
    if kind == POINTS:
        name, unit, label = "from_points", COUNT, tr("满，分")
    if kind == SCORE:
        name, unit, label = "from_score", COUNT, tr("评分满")
    least = (Blank((*place, name), label, unit, may_be_empty=True),) if kind in MEASURED else ()
    fold, times = tr("打几折，空着不打"), tr("积分几倍")
    return (
        Blank((*place, "name"), tr("名字"), TEXT),
        *least,
        Blank((*place, "discount_bp"), fold, FOLD, may_be_empty=True, usual=FULL),
        Blank((*place, "multiplier_bp"), times, TIMES, may_be_empty=True, usual=FULL),
    )


def _outside(_record: Record) -> tuple[Group, ...]:
    flagged = flag(("is_prescription_outside",), tr("处方药"), tr("参加"), tr("不参加"), usual=True)
    never = sorted(NEVER_GIFTS)
    return (
        Group(
            tr("不参加优惠"),
            (flagged, Blank(("categories",), tr("还有哪些分类"), TEXTS, may_be_empty=True)),
        ),
        Group(tr("不作赠品"), (Blank(("never_gifts",), tr("哪些分类"), TEXTS, usual=never),)),
    )


def _returns(_record: Record) -> tuple[Group, ...]:
    shortfall = ((DEBT, tr("记成欠分")), (MONEY, tr("从退款里扣")))
    return (
        Group(
            tr("多久以内"),
            (
                Blank(("days",), tr("收银员几天内可以退"), COUNT, usual=PLAIN.days),
                flag(("is_receipt_needed",), tr("小票"), tr("不要"), tr("要"), usual=True),
            ),
        ),
        Group(
            tr("药品"),
            (
                flag(
                    ("is_medicine_restricted",),
                    tr("只因质量退"),
                    tr("不限"),
                    tr("只因质量"),
                    usual=True,
                ),
                Blank(("medicines",), tr("哪些分类"), TEXTS, usual=list(MEDICINES)),
            ),
        ),
        Group(
            tr("积分已用掉"),
            (Blank(("shortfall",), tr("怎么办"), CHOICE, options=shortfall, usual=DEBT),),
        ),
        Group(
            tr("赠品"),
            (flag(("is_gift_needed",), tr("不够了"), tr("留给顾客"), tr("一起退"), usual=True),),
        ),
    )


def _by_hand(_record: Record) -> tuple[Group, ...]:
    return (
        Group(
            tr("一件商品"),
            (
                Blank(("line_bp",), tr("收银员最多让，%"), PERCENT),
                Blank(("line_fen",), tr("不超过，元"), YUAN, may_be_empty=True),
                Blank(("price_bp",), tr("改价最多，%"), PERCENT),
            ),
        ),
        Group(
            tr("整单"),
            (
                Blank(("basket_bp",), tr("收银员最多让，%"), PERCENT),
                Blank(("basket_fen",), tr("不超过，元"), YUAN, may_be_empty=True),
            ),
        ),
        Group(
            tr("理由"),
            (
                Blank(("reasons",), tr("有哪些"), TEXTS),
                flag(
                    ("is_switching_free",),
                    tr("关掉优惠"),
                    tr("要店长同意"),
                    tr("自己可以"),
                    usual=True,
                ),
            ),
        ),
    )
