"""收银台上的规则的表: ways to pay, labels of scales, what earns points without a sale."""

from __future__ import annotations

from core.pricing.tender import TenderKind
from core.rulebook.behaviours import MOST
from core.rulebook.labels import PREFIXES
from ui.rule_blank import CHOICE, COUNT, TEXT, Blank, Record
from ui.rule_form import Group, another, flag
from ui.text import tender_name, tr

ALL, PRESCRIPTION = "all", "prescription"


def tender_groups(record: Record) -> tuple[Group, ...]:
    """What the shop takes, what each pays and whether it earns; and how cash is rounded."""
    taken = [tender["kind"] for tender in record["tenders"]]
    groups = [
        Group(tender_name(kind), _tender(n, kind), each=("tenders",))
        for n, kind in enumerate(taken)
    ]
    groups += [
        another(("tenders",), {"kind": kind.value}, tender_name(kind), tr("还可以收"))
        for kind in TenderKind
        if kind not in taken
    ] or [another(("tenders",), {}, "")]
    rounding = Blank(
        ("cash_rounding_fen",), tr("现金抹到几元，空着不抹"), may_be_empty=True, usual=0
    )
    return (*groups, Group(tr("抹零"), (rounding,)))


def _tender(n: int, kind: str) -> tuple[Blank, ...]:
    place = ("tenders", n)
    earns = flag((*place, "is_earning"), tr("积分"), tr("不得积分"), tr("得积分"), usual=True)
    if kind == TenderKind.CASH:
        return (earns,)
    pays = ((ALL, tr("什么都付")), (PRESCRIPTION, tr("只付处方药")))
    return earns, Blank((*place, "pays"), tr("能付什么"), CHOICE, options=pays, usual=ALL)


def label_groups(record: Record) -> tuple[Group, ...]:
    """How the codes are laid out that scales print."""
    rows = record.get("labels") or ()
    used = {label.get("prefix") for label in rows}
    fresh = next((prefix for prefix in PREFIXES if prefix not in used), "")
    groups = [
        Group(
            tr("店内码 {prefix}", prefix=label.get("prefix", "")), _label(n), ("labels",), least=0
        )
        for n, label in enumerate(rows)
    ]
    more = tr("加一种店内码") if fresh else ""
    return (*groups, another(("labels",), {"prefix": fresh, "holds": "price"}, more))


def _label(n: int) -> tuple[Blank, ...]:
    place = ("labels", n)
    holds = (("price", tr("价格")), ("weight", tr("重量")))
    checked = flag((*place, "is_checked"), tr("末位"), tr("不校验"), tr("是校验位"), usual=True)
    own = flag((*place, "has_value_check"), tr("数字前另有校验位"), tr("没有"), tr("有"))
    return (
        Blank((*place, "prefix"), tr("开头两位，20 到 29"), TEXT),
        Blank((*place, "item_digits"), tr("商品几位"), COUNT, usual=5),
        Blank((*place, "value_digits"), tr("数字几位"), COUNT, usual=5),
        Blank((*place, "decimals"), tr("几位小数，空着照常"), COUNT, may_be_empty=True),
        Blank((*place, "holds"), tr("数字是什么"), CHOICE, options=holds),
        checked,
        own,
    )


def behaviour_groups(record: Record) -> tuple[Group, ...]:
    """What earns points without a sale, and how often."""
    rows = record.get("behaviours") or ()
    groups = [
        Group(row.get("name") or tr("新的一种"), _behaviour(n), ("behaviours",), least=0)
        for n, row in enumerate(rows)
    ]
    more = tr("加一种") if len(rows) < MOST else ""
    return (*groups, another(("behaviours",), {"name": ""}, more))


def _behaviour(n: int) -> tuple[Blank, ...]:
    place = ("behaviours", n)
    limits = (
        ("per_day", tr("每天几次，0 不限"), 1),
        ("per_year", tr("每年几次，0 不限"), 0),
        ("in_all", tr("一共几次，0 不限"), 0),
    )
    return (
        Blank((*place, "name"), tr("做什么"), TEXT, is_wide=True),
        Blank((*place, "points"), tr("得多少积分"), COUNT),
        *(Blank((*place, key), label, COUNT, usual=usual) for key, label, usual in limits),
    )
