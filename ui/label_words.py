"""店内码的话: how a layout reads a label, in words."""

from __future__ import annotations

from core.rulebook.labels import LabelCode
from ui.text import quoted, tr

FAULTS = {
    "prefix": "前缀要写 20 到 29 的两位数",
    "holds": "只能写 price 或 weight",
    "digits": "一共 13 位，前缀、商品号、价钱和校验位加起来超过了",
    "decimals": "小数位数比价钱或重量的位数还多，或超过了分、克",
    "has_value_check": "价钱是四位或五位时，才能另有校验位",
}
"""What is wrong with a layout, by the fault of `BadLabelLayout`."""


def layout_fault(fault: str) -> str:
    """Why no scale could print so."""
    return tr(FAULTS[fault]) if fault in FAULTS else quoted(fault)


def held_name(holds: str) -> str:
    """价钱, 重量."""
    return {"price": tr("价钱"), "weight": tr("重量")}[holds]


def layout_facts(layout: LabelCode) -> str:
    """5＋5 位，小数 2 位: of the item and of the value."""
    return tr(
        "{item}＋{value} 位，小数 {places} 位",
        item=layout.item_digits,
        value=layout.value_digits,
        places=layout.places,
    )


def layout_words(layout: LabelCode, *, is_own: bool) -> str:
    """20  价钱  商品号 5 位 + 价钱 5 位（2 位小数） + 校验位  门店."""
    return tr(
        "{prefix}  {holds} {value} 位，小数 {places} 位，商品号 {item} 位{checks}  {whose}",
        prefix=layout.prefix,
        holds=held_name(layout.holds),
        item=layout.item_digits,
        value=layout.value_digits,
        places=layout.places,
        checks=_checks(layout),
        whose=tr("门店") if is_own else tr("规则册"),
    )


def _checks(layout: LabelCode) -> str:
    parts = [tr("，另有校验位")] if layout.has_value_check else []
    parts += [] if layout.is_checked else [tr("，末位不校验")]
    return "".join(parts)
