"""等级和权益的表: how one comes to a tier, what each gives, its card, its benefits, its scores."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import (
    CALENDAR,
    GRANTED,
    MEASURED,
    PAID,
    PAYABLE,
    POINTS,
    POINTS_BASE,
    ROLLING,
    SCORE,
    SPEND,
    TierScheme,
)
from core.values.rate import FULL
from ui.rule_blank import CHOICE, CODE, COUNT, FOLD, TEXT, TIMES, YUAN, Blank, Record
from ui.rule_form import Group, another
from ui.rule_words import offer_title
from ui.text import tr

LEAST = {SPEND: "from_fen", POINTS: "from_points", SCORE: "from_score"}
BANDS: Record = {
    "money": [{"from_fen": 1_000_00, "score": 2}, {"from_fen": 0, "score": 1}],
    "purchases": [{"from": 3, "score": 2}, {"from": 1, "score": 1}],
    "recency": [{"within_months": 3, "score": 2}, {"score": 1}],
}
"""What a score begins with, until somebody says otherwise."""


def shaped(record: Record) -> Record:
    """A scheme of another kind than before has other figures; nobody begins with none."""
    scheme = record["scheme"]
    kind = scheme.get("kind", SPEND)
    if kind == SCORE and not scheme.get("score"):
        scheme["score"] = deepcopy(BANDS)
    if kind in MEASURED:
        scheme["tiers"][0].setdefault(LEAST[kind], 0)
    return record


def tiers_only(record: Record, now: Record) -> Record:
    """The tiers that a form says, with the benefits that they have now: those are not its own."""
    scheme = _tidied(record["scheme"])
    benefits = {tier["code"]: tier.get("benefits") for tier in now["scheme"]["tiers"]}
    for tier in scheme["tiers"]:
        _give(tier, benefits.get(tier.get("code")))
    return {"scheme": scheme}


def benefits_only(record: Record, now: Record) -> Record:
    """The tiers as they are now, with the benefits that a form says."""
    scheme = deepcopy(now["scheme"])
    benefits = {tier["code"]: tier.get("benefits") for tier in record["scheme"]["tiers"]}
    for tier in scheme["tiers"]:
        if tier["code"] in benefits:
            _give(tier, benefits[tier["code"]])
    return {"scheme": scheme}


def _give(tier: Record, benefits: list[Record] | None) -> None:
    tier.pop("benefits", None)
    if benefits:
        tier["benefits"] = deepcopy(benefits)


def _tidied(scheme: Record) -> Record:
    """Without what another kind of scheme asks for; the better bands first, as they are read."""
    scheme = deepcopy(scheme)
    kind = scheme.get("kind", SPEND)
    for tier in scheme["tiers"]:
        for other in LEAST.values():
            if other != LEAST.get(kind):
                tier.pop(other, None)
        if not tier.get("card"):
            tier.pop("card", None)
    if kind != SCORE:
        scheme.pop("score", None)
    elif bands := scheme.get("score"):
        for name, least in (("money", "from_fen"), ("purchases", "from")):
            bands[name].sort(key=lambda band, least=least: -(band.get(least) or 0))
        bands["recency"].sort(key=lambda band: band.get("within_months") or float("inf"))
    return scheme


def scheme_groups(record: Record) -> tuple[Group, ...]:
    """How a tier is reached and kept, the tiers, and what scores."""
    scheme = record["scheme"]
    kind = scheme.get("kind", SPEND)
    tiers = [
        Group(tier.get("name") or tr("新的等级"), _tier(n, kind), each=("scheme", "tiers"))
        for n, tier in enumerate(scheme["tiers"])
    ]
    tiers.append(another(("scheme", "tiers"), {"name": ""}, tr("加一个更高的等级")))
    bands = _bands(scheme["score"]) if kind == SCORE else ()
    return (Group(tr("怎么定级"), _how(kind)), *bands, *tiers)


def _how(kind: str) -> tuple[Blank, ...]:
    kinds = (
        (SPEND, tr("看消费")),
        (POINTS, tr("看积分")),
        (SCORE, tr("看评分")),
        (PAID, tr("买卡")),
        (GRANTED, tr("店里授予")),
    )
    window = ((ROLLING, tr("过去几个月")), (CALENDAR, tr("自然年")))
    counts = ((POINTS_BASE, tr("处方、医保不算")), (PAYABLE, tr("付的都算")))
    by = Blank(("scheme", "kind"), tr("凭什么"), CHOICE, options=kinds, usual=SPEND, shapes=True)
    usual = TierScheme(()).grace_days
    grace = Blank(("scheme", "grace_days"), tr("期满宽限几天"), COUNT, usual=usual)
    if kind not in MEASURED:
        return by, grace
    return (
        by,
        Blank(("scheme", "window"), tr("算多久"), CHOICE, options=window, usual=ROLLING),
        Blank(("scheme", "window_months"), tr("几个月"), COUNT, usual=12),
        grace,
        Blank(("scheme", "counts"), tr("算什么"), CHOICE, options=counts, usual=POINTS_BASE),
    )


def _tier(n: int, kind: str) -> tuple[Blank, ...]:
    place = ("scheme", "tiers", n)
    least: dict[str, tuple[str, str]] = {
        SPEND: (YUAN, tr("消费满，元")),
        POINTS: (COUNT, tr("满，分")),
        SCORE: (COUNT, tr("评分满")),
    }
    blanks = [Blank((*place, "name"), tr("名字"), TEXT)]
    if kind in MEASURED:
        unit, label = least[kind]
        blanks.append(Blank((*place, LEAST[kind]), label, unit, may_be_empty=True))
    fold, times = tr("打几折，空着不打"), tr("积分几倍")
    blanks += [
        Blank((*place, "discount_bp"), fold, FOLD, may_be_empty=True, usual=FULL),
        Blank((*place, "multiplier_bp"), times, TIMES, may_be_empty=True, usual=FULL),
    ]
    if n:
        blanks += [
            Blank((*place, "card", "product"), tr("买哪个商品就得，条码"), CODE, may_be_empty=True),
            Blank((*place, "card", "months"), tr("得几个月"), COUNT, may_be_empty=True),
        ]
    return tuple(blanks)


def _bands(score: Record) -> tuple[Group, ...]:
    parts = (
        ("money", tr("消费得分"), "from_fen", YUAN, tr("满，元；最后一档 0")),
        ("purchases", tr("次数得分"), "from", COUNT, tr("满，次；最后一档 1")),
        ("recency", tr("最近来过得分"), "within_months", COUNT, tr("几个月内；最后一档空着")),
    )
    groups = []
    for name, title, key, unit, label in parts:
        each = ("scheme", "score", name)
        for n in range(len(score[name])):
            place = (*each, n)
            least = Blank((*place, key), label, unit, may_be_empty=name == "recency")
            gives = Blank((*place, "score"), tr("得几分"), COUNT)
            groups.append(Group(title if n == 0 else "", (least, gives), each))
        groups.append(another(each, {}, tr("加一档")))
    return tuple(groups)


def benefit_groups(record: Record, book: Rulebook) -> tuple[Group, ...]:
    """What each tier gives beside prices; an offer of the rulebook may be what gives it."""
    nobody: tuple[tuple[Any, str], ...] = ((None, tr("不由优惠给")),)
    offers = nobody + tuple((offer.id, offer_title(offer)) for offer in book.offers)
    groups = []
    for n, tier in enumerate(record["scheme"]["tiers"]):
        each = ("scheme", "tiers", n, "benefits")
        rows = tier.get("benefits") or ()
        for m in range(len(rows)):
            title = tier["name"] if m == 0 else ""
            groups.append(Group(title, _benefit((*each, m), offers), each, least=0))
        more = tr("给{tier}加一项", tier=tier["name"])
        groups.append(another(each, {"name": ""}, more, "" if rows else tier["name"]))
    return tuple(groups)


def _benefit(
    place: tuple[str | int, ...], offers: tuple[tuple[Any, str], ...]
) -> tuple[Blank, ...]:
    per = (
        (None, tr("不限次数")),
        ("month", tr("每月")),
        ("quarter", tr("每季")),
        ("year", tr("每年")),
    )
    return (
        Blank((*place, "name"), tr("叫什么"), TEXT, is_wide=True),
        Blank((*place, "count"), tr("几次"), COUNT, may_be_empty=True),
        Blank((*place, "per"), tr("多久"), CHOICE, options=per),
        Blank((*place, "offer"), tr("由哪条优惠给"), CHOICE, options=offers),
    )
