"""规则其余部分的表: the sections, and those of points, returns, signals and the rest."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from core.rulebook.conditions import LEAP_DAY, LEAP_DAYS
from core.rulebook.returns import DEBT, MEDICINES, MONEY, PLAIN
from core.rulebook.rulebook import NEVER_GIFTS, Rulebook
from core.rulebook.watch import USUAL
from ui.rule_blank import (
    BRANDS,
    CATEGORIES,
    CHOICE,
    CODES,
    COUNT,
    PERCENT,
    TEXT,
    TEXTS,
    YUAN,
    Blank,
    Record,
)
from ui.rule_counter_form import behaviour_groups, label_groups, tender_groups
from ui.rule_form import Group, flag
from ui.rule_tier_form import benefit_groups, benefits_only, scheme_groups, tiers_only
from ui.rule_tier_form import shaped as shaped_scheme
from ui.text import tr

FORMS: dict[str, tuple[str, ...]] = {
    "tiers": ("scheme",),
    "benefits": ("scheme",),
    "points": ("points",),
    "behaviours": ("behaviours",),
    "returns": ("returns",),
    "tenders": ("tenders", "cash_rounding_fen"),
    "by_hand": ("by_hand",),
    "two": ("corrections_alone", "coupons_alone"),
    "outside": ("outside",),
    "labels": ("labels",),
    "watch": ("watch",),
    "others": ("name", "near_expiry_days", "leap_day", "prints_origin"),
}
"""Sections of the page that have a form, and which parts of the record of a rulebook it changes."""


def section_groups(section: str, record: Record, book: Rulebook) -> tuple[Group, ...]:
    """All that may be said of a section; `book` is the rulebook that it belongs to."""
    if section == "benefits":
        return benefit_groups(record, book)
    said: dict[str, Callable[[Record], tuple[Group, ...]]] = {
        "tiers": scheme_groups,
        "points": _points,
        "behaviours": behaviour_groups,
        "returns": _returns,
        "tenders": tender_groups,
        "by_hand": _by_hand,
        "two": _two,
        "outside": _outside,
        "labels": label_groups,
        "watch": _watch,
        "others": _others,
    }
    return said[section](record)


def shaped(section: str, record: Record) -> Record:
    """With what a form needs that is shown for it."""
    return shaped_scheme(record) if section == "tiers" else record


def tidied(section: str, record: Record, now: Record) -> Record:
    """The parts of the rulebook that it says, without what is not meant; None is as usual.

    What another form says of the same part stays as the rulebook has it `now`.
    """
    if section == "tiers":
        return tiers_only(record, now)
    if section == "benefits":
        return benefits_only(record, now)
    parts: Record = {name: deepcopy(record.get(name)) for name in FORMS[section]}
    if section == "points":
        spend = parts["points"].get("spend") or {}
        if spend.get("fen") is None and spend.get("per_points") is None:
            parts["points"].pop("spend", None)
    return parts


def _points(_record: Record) -> tuple[Group, ...]:
    expiry = (("rolling", tr("过几个月")), ("year_end", tr("当年年底")), ("never", tr("不过期")))
    scope = tuple(
        Blank(("points", "spend", "scope", key), label, unit, may_be_empty=True)
        for key, label, unit in (
            ("categories", tr("只限分类"), CATEGORIES),
            ("brands", tr("只限品牌"), BRANDS),
            ("products", tr("只限条码"), CODES),
            ("but_not", tr("除外的条码"), CODES),
        )
    )

    def spend(key: str, label: str, unit: str = COUNT) -> Blank:
        return Blank(("points", "spend", key), label, unit, may_be_empty=True)

    return (
        Group(
            tr("得积分"),
            (
                Blank(("points", "per_fen"), tr("每，元")),
                Blank(("points", "points"), tr("得，分"), COUNT),
            ),
        ),
        Group(
            tr("到期"),
            (
                Blank(("points", "expiry"), tr("什么时候"), CHOICE, options=expiry),
                Blank(("points", "months"), tr("几个月"), COUNT),
            ),
        ),
        Group(
            tr("抵现"),
            (
                spend("per_points", tr("每，分；空着不抵")),
                spend("fen", tr("抵，元"), YUAN),
                spend("most_bp", tr("最多付一单的，%"), PERCENT),
                spend("least_points", tr("几分起用")),
                *scope,
            ),
        ),
    )


def _outside(_record: Record) -> tuple[Group, ...]:
    path = ("outside", "is_prescription_outside")
    flagged = flag(path, tr("处方药"), tr("参加"), tr("不参加"), usual=True)
    more = Blank(("outside", "categories"), tr("还有哪些分类"), CATEGORIES, may_be_empty=True)
    usual = sorted(NEVER_GIFTS)
    never = Blank(("outside", "never_gifts"), tr("哪些分类"), TEXTS, usual=usual)
    return Group(tr("不参加优惠"), (flagged, more)), Group(tr("不作赠品"), (never,))


def _returns(_record: Record) -> tuple[Group, ...]:
    def either(name: str, label: str, no: str, yes: str) -> Blank:
        return flag(("returns", name), label, no, yes, usual=True)

    shortfall = ((DEBT, tr("记成欠分")), (MONEY, tr("从退款里扣")))
    owed = ("returns", "shortfall")
    return (
        Group(
            tr("多久以内"),
            (
                Blank(("returns", "days"), tr("收银员几天内可以退"), COUNT, usual=PLAIN.days),
                either("is_receipt_needed", tr("小票"), tr("不要"), tr("要")),
            ),
        ),
        Group(
            tr("药品"),
            (
                either("is_medicine_restricted", tr("只因质量退"), tr("不限"), tr("只因质量")),
                Blank(("returns", "medicines"), tr("哪些分类"), TEXTS, usual=list(MEDICINES)),
            ),
        ),
        Group(
            tr("积分已用掉"),
            (
                Blank(owed, tr("怎么办"), CHOICE, options=shortfall, usual=DEBT),
                Blank(("returns", "per_points"), tr("扣的时候每，分"), COUNT, usual=1),
                Blank(("returns", "point_fen"), tr("扣，元"), usual=1),
            ),
        ),
        Group(tr("赠品"), (either("is_gift_needed", tr("不够了"), tr("留给顾客"), tr("一起退")),)),
    )


def _by_hand(_record: Record) -> tuple[Group, ...]:
    def most(name: str, label: str) -> Blank:
        return Blank(("by_hand", name), label, PERCENT)

    def within(name: str) -> Blank:
        return Blank(("by_hand", name), tr("不超过，元"), YUAN, may_be_empty=True)

    switching = ("by_hand", "is_switching_free")
    return (
        Group(
            tr("一件商品"),
            (
                most("line_bp", tr("收银员最多让，%")),
                within("line_fen"),
                most("price_bp", tr("改价最多，%")),
            ),
        ),
        Group(tr("整单"), (most("basket_bp", tr("收银员最多让，%")), within("basket_fen"))),
        Group(
            tr("理由"),
            (
                Blank(("by_hand", "reasons"), tr("有哪些"), TEXTS),
                flag(switching, tr("关掉优惠"), tr("要店长同意"), tr("自己可以"), usual=True),
            ),
        ),
    )


def _two(_record: Record) -> tuple[Group, ...]:
    points = tr("一个人每天给一位会员改几分")
    coupons, worth = tr("一个人每天发几张，空着不限"), tr("最多减几元，空着不限")
    return (
        Group(tr("改积分"), (Blank(("corrections_alone",), points, COUNT, usual=0),)),
        Group(
            tr("发券"),
            (
                Blank(("coupons_alone", "coupons"), coupons, COUNT, may_be_empty=True),
                Blank(("coupons_alone", "fen"), worth, YUAN, may_be_empty=True),
            ),
        ),
    )


def _watch(_record: Record) -> tuple[Group, ...]:
    def blank(name: str, label: str, unit: str = COUNT) -> Blank:
        return Blank(("watch", name), label, unit, usual=getattr(USUAL, name))

    return (
        Group(tr("看多久"), (blank("days", tr("最近几天")),)),
        Group(
            tr("积分太勤"),
            (
                blank("earned_a_day", tr("一天几次，0 不看")),
                blank("earned_at_one", tr("都在一位收银几次，0 不看")),
                blank("shifts_bp", tr("他当班最多，%"), PERCENT),
            ),
        ),
        Group(
            tr("兑换可疑"),
            (
                blank("returned_days", tr("换完几天内退货，0 不看")),
                blank("changed_hours", tr("换手机或卡几小时内，0 不看")),
            ),
        ),
        Group(
            tr("同一个人"),
            (
                blank("corrected", tr("更正几次，0 不看")),
                blank("on_one_phone", tr("几位共一个手机或地址，0 不看")),
            ),
        ),
        Group(
            tr("关店以后"),
            (
                blank("closes_hour", tr("几点关店，0 到 24")),
                blank("opens_hour", tr("几点开店；一样是不关")),
            ),
        ),
    )


def _others(_record: Record) -> tuple[Group, ...]:
    leaps = tuple(
        (day, tr("{month} 月 {day} 日", month=int(day[:2]), day=int(day[3:]))) for day in LEAP_DAYS
    )
    near = tr("剩几天以内提醒，空着不提醒")
    leap = tr("没有这一天的年份，在哪天过")
    prints = flag(("prints_origin",), tr("追溯码、批号和有效期"), tr("不印"), tr("印"))
    days = Blank(("near_expiry_days",), near, COUNT, may_be_empty=True, usual=0)
    born = Blank(("leap_day",), leap, CHOICE, options=leaps, usual=LEAP_DAY)
    return (
        Group(tr("规则册"), (Blank(("name",), tr("叫什么"), TEXT),)),
        Group(tr("近效期"), (days,)),
        Group(tr("2 月 29 日生日"), (born,)),
        Group(tr("小票"), (prints,)),
    )
