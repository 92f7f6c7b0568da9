"""优惠的表: which values of an offer may be filled in, in groups with a label each."""

from __future__ import annotations

from msgspec import Struct

from core.rulebook.conditions import DAY_MINUTES
from core.rulebook.offers import MEMBER_PRICE, SPECIAL_PRICE
from core.rulebook.schemes import TierScheme
from core.values.rate import FULL
from ui.rule_blank import (
    BRANDS,
    CATEGORIES,
    CHOICE,
    CLOCK,
    CODE,
    CODES,
    COUNT,
    DAY,
    FLAG,
    FOLD,
    MANY,
    MILLI,
    NUMBERS,
    TEXT,
    TEXTS,
    TIMES,
    Blank,
    Path,
    Record,
    at,
)
from ui.text import tr

PRICES = (MEMBER_PRICE, SPECIAL_PRICE)


class Group(Struct, frozen=True):
    """Blanks that belong together. Where it is one of several like it, `each` is the path of all.

    As many as `least` of those stay. Without blanks it is a button that says `more`, and adds what
    is `fresh` to them. What `is_more` stands behind “更多条件”.
    """

    title: str
    blanks: tuple[Blank, ...] = ()
    each: Path = ()
    least: int = 1
    fresh: Record | None = None
    more: str = ""
    is_more: bool = False


def another(each: Path, fresh: Record, more: str, title: str = "") -> Group:
    """The button that adds one to several."""
    return Group(title, each=each, fresh=fresh, more=more)


def flag(path: Path, label: str, no: str, yes: str, *, usual: bool = False) -> Blank:
    """One of two; the usual one stands first."""
    words = {False: no, True: yes}
    options = tuple((value, words[value]) for value in (usual, not usual))
    return Blank(path, label, FLAG, options=options, usual=usual)


def offer_groups(record: Record, scheme: TierScheme) -> tuple[Group, ...]:
    """All that may be said of an offer of this kind."""
    kind = record["kind"]
    is_price = kind in PRICES
    name = Blank(("name",), tr("名字"), TEXT, may_be_empty=is_price)
    groups = [Group(tr("叫什么"), (name,)), *_does(kind, record), _when(is_price)]
    groups.append(_who(record, scheme, is_price=is_price))
    if not is_price:
        groups.append(_goods())
    groups += _more(kind, record)
    return tuple(groups)


def _does(kind: str, record: Record) -> list[Group]:
    cap = Blank(("cap_fen",), tr("一单最多减，元"), may_be_empty=True)
    off = tr("减多少")
    special = flag(("counts_special",), tr("特价商品"), tr("不算在内"), tr("算在内"), usual=True)
    if kind in PRICES:
        return [
            Group(off, (flag(("takes_percentage",), tr("折上折"), tr("不打折"), tr("再打折")),))
        ]
    if kind == "percentage":
        stacks = flag(("is_stackable",), tr("和别的折扣"), tr("只用一个"), tr("叠加"))
        return [Group(off, (Blank(("rate_bp",), tr("打几折"), FOLD), cap, stacks))]
    if kind == "nth_reduced":
        same = flag(("is_same_product",), tr("哪些一起算"), tr("不论哪种"), tr("要同一种"))
        return [
            Group(
                off,
                (
                    Blank(("units",), tr("每几件"), COUNT),
                    Blank(("reduced",), tr("其中便宜的几件"), COUNT, may_be_empty=True),
                    Blank(("rate_bp",), tr("打几折，空着不要钱"), FOLD, may_be_empty=True),
                    cap,
                    same,
                ),
            )
        ]
    if kind == "any_for":
        price = Blank(("price_fen",), tr("一共，元"))
        return [Group(off, (Blank(("units",), tr("任选几件"), COUNT), price))]
    if kind == "bundle":
        parts = [
            Group(
                tr("商品 {n}", n=n + 1),
                (
                    Blank(("parts", n, "code"), tr("条码"), CODE),
                    Blank(("parts", n, "units"), tr("几件"), COUNT),
                ),
                each=("parts",),
            )
            for n in range(len(record["parts"]))
        ]
        parts.append(another(("parts",), {"code": "", "units": 1}, tr("加一种商品")))
        return [*parts, Group(off, (Blank(("price_fen",), tr("一共，元")),))]
    if kind == "threshold":
        repeats = flag(("repeats",), tr("满几次"), tr("只减一次"), tr("每满都减"))
        steps = [
            Group(_step_title(record, n), _step(n), ("steps",)) for n in range(len(record["steps"]))
        ]
        steps.append(another(("steps",), {"off_fen": 0}, tr("加一档")))
        return [*steps, Group("", (repeats, special, cap))]
    if kind == "gift":
        repeats = flag(("repeats",), tr("满几次"), tr("只送一次"), tr("每满都送"))
        most = Blank(("most_units",), tr("一单最多几件"), COUNT, may_be_empty=True)
        steps = [
            Group(
                _step_title(record, n),
                (*_reach(("steps", n)), *_given(("steps", n))),
                each=("steps",),
            )
            for n in range(len(record["steps"]))
        ]
        steps.append(another(("steps",), {"products": []}, tr("加一档")))
        return [*steps, Group("", (repeats, special, most))]
    if kind == "points":
        return [Group(tr("多得多少"), _points(tr("每件多送，分")))]
    return [_coupon(record, cap)]


def _points(bonus: str) -> tuple[Blank, ...]:
    times = Blank(("multiplier_bp",), tr("积分几倍"), TIMES, may_be_empty=True)
    return times, Blank(("bonus",), bonus, COUNT, may_be_empty=True)


def _step_title(record: Record, n: int) -> str:
    return tr("第 {n} 档", n=n + 1) if len(record["steps"]) > 1 else tr("减多少")


def _reach(path: Path) -> tuple[Blank, ...]:
    return (
        Blank((*path, "from_fen"), tr("满，元"), may_be_empty=True),
        Blank((*path, "from_milli"), tr("满，件"), MILLI, may_be_empty=True),
    )


def _step(n: int) -> tuple[Blank, ...]:
    return (
        *_reach(("steps", n)),
        Blank(("steps", n, "off_fen"), tr("减，元"), may_be_empty=True),
        Blank(("steps", n, "rate_bp"), tr("或打几折"), FOLD, may_be_empty=True),
    )


def _given(path: Path) -> tuple[Blank, ...]:
    return (
        Blank((*path, "products"), tr("送哪些，条码"), CODES),
        Blank((*path, "units"), tr("几件"), COUNT, may_be_empty=True),
        Blank((*path, "price_fen"), tr("加价，元；空着白送"), may_be_empty=True),
        Blank((*path, "points"), tr("加积分"), COUNT, may_be_empty=True),
    )


def _coupon(record: Record, cap: Blank) -> Group:
    """What the coupon does already, or all it could do."""
    does: tuple[Blank, ...] = ()
    if "gives" in record:
        does = _given(("gives",))
    elif "unit_fen" in record:
        does = (Blank(("unit_fen",), tr("一件只要，元"), may_be_empty=False), cap)
    elif "multiplier_bp" in record or "bonus" in record:
        does = _points(tr("多送，分"))
    elif at(record, ("rate_bp",)) not in (None, FULL):
        does = (Blank(("rate_bp",), tr("打几折"), FOLD), cap)
    else:
        does = (Blank(("off_fen",), tr("减，元")), cap)
    start = Blank(("from_fen",), tr("满，元"), may_be_empty=True)
    code = Blank(("code",), tr("券码，空着一码用一次"), TEXT, may_be_empty=True)
    partner = Blank(("partner",), tr("谁承担，空着是本店"), TEXT, may_be_empty=True)
    return Group(tr("凭券"), (code, start, *does, partner))


def _when(is_price: bool) -> Group:
    dates: Path = () if is_price else ("when",)
    weekdays = tuple((day, tr("{day:一|二|三|四|五|六|日}", day=day)) for day in range(1, 8))
    return Group(
        tr("什么时候"),
        (
            Blank((*dates, "starts_on"), tr("从哪天"), DAY, may_be_empty=True),
            Blank((*dates, "ends_on"), tr("到哪天"), DAY, may_be_empty=True),
            Blank(("when", "weekdays"), tr("星期几，不选是每天"), MANY, options=weekdays),
        ),
    )


def _who(record: Record, scheme: TierScheme, *, is_price: bool) -> Group:
    """Members are those of the lowest tier and up: one choice instead of two."""
    tiers = [(tier.code, tr("{tier}及以上", tier=tier.name)) for tier in scheme.tiers[1:]]
    everybody = tr("所有人") if record["kind"] != MEMBER_PRICE else tr("会员")
    options = [("", everybody), *tiers]
    blanks = [Blank(("when", "from_tier"), tr("哪些人"), CHOICE, options=tuple(options), usual="")]
    if not is_price:
        blanks.append(flag(("when", "for_members"), tr("要会员吗"), tr("不限"), tr("要会员")))
    return Group(tr("给谁"), tuple(blanks))


def _goods() -> Group:
    return Group(
        tr("哪些商品"),
        (
            Blank(("scope", "categories"), tr("分类"), CATEGORIES, may_be_empty=True),
            Blank(("scope", "brands"), tr("品牌"), BRANDS, may_be_empty=True),
            Blank(("scope", "products"), tr("商品条码"), CODES, may_be_empty=True),
            Blank(("scope", "but_not"), tr("除外的条码"), CODES, may_be_empty=True),
        ),
    )


def _more(kind: str, record: Record) -> list[Group]:
    is_price = kind in PRICES
    hours = [
        Blank(("when", "month_days"), tr("每月几号"), NUMBERS, may_be_empty=True),
        Blank(("when", "from_minute"), tr("从几点"), CLOCK, may_be_empty=True),
        Blank(("when", "to_minute"), tr("到几点"), CLOCK, may_be_empty=True, usual=DAY_MINUTES),
        Blank(("when", "stores"), tr("哪些门店，编号"), TEXTS, may_be_empty=True),
    ]
    groups = [Group(tr("时间地点"), tuple(hours), is_more=True)]
    if not is_price:
        own = ("threshold", "coupon")
        groups.append(
            Group(tr("哪些会员"), _members(record, has_minimum=kind not in own), is_more=True)
        )
    groups.append(Group(tr("限几次"), _limits(kind), is_more=True))
    beside = [Blank(("priority",), tr("优先级"), COUNT, may_be_empty=True)]
    if not is_price:
        alone = flag(("is_exclusive",), tr("同时用别的"), tr("可以"), tr("不可以"))
        beside = [Blank(("group",), tr("一组里只用一个"), TEXT, may_be_empty=True), alone, *beside]
    groups.append(Group(tr("和别的优惠"), tuple(beside), is_more=True))
    return groups


def _members(record: Record, *, has_minimum: bool) -> tuple[Blank, ...]:
    first = flag(("when", "is_first_purchase"), tr("第一次买"), tr("不论"), tr("只限第一次"))
    windows = [{"days": days} for days in (3, 7)]
    held = at(record, ("when", "birthday"))
    if held and held not in (*windows, {"is_month": True}):
        windows.append(held)
    near = [(each, tr("前后 {days} 天", days=each["days"])) for each in windows]
    options = (
        (None, tr("不论")),
        ({}, tr("当天")),
        *near,
        ({"is_month": True}, tr("当月")),
    )
    birthday = Blank(("when", "birthday"), tr("生日"), CHOICE, options=options)
    joined = Blank(("when", "joined_days"), tr("入会几天内"), COUNT, may_be_empty=True)
    if not has_minimum:
        return birthday, first, joined
    return (
        birthday,
        first,
        joined,
        Blank(("when", "from_fen"), tr("这些商品满，元"), may_be_empty=True),
        Blank(("when", "from_milli"), tr("这些商品满，件"), MILLI, may_be_empty=True),
    )


def _limits(kind: str) -> tuple[Blank, ...]:
    uses: tuple[tuple[str, str], ...] = (
        ("per_member", tr("每位会员，次")),
        ("per_member_day", tr("每位会员每天，次")),
        ("per_day", tr("全店每天，次")),
        ("in_all", tr("一共，次")),
    )
    units = (
        ("units_per_member", tr("每位会员，件")),
        ("units_per_member_day", tr("每位会员每天，件")),
        ("units_per_day", tr("全店每天，件")),
        ("units_in_all", tr("一共，件")),
    )
    names = units if kind in PRICES else uses
    if kind == "percentage":
        names = (*uses, *units)
    return tuple(Blank(("limits", key), label, COUNT, may_be_empty=True) for key, label in names)
