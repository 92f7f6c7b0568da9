"""店内码: layouts of 13-digit codes with an embedded price or weight (domain.md 2, stage 1)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.errors import BadLabelLayout, Why
from core.values.fields import Fields

PREFIXES = tuple(str(number) for number in range(20, 30))
LENGTH = 13
HELD = ("price", "weight")
# Of yuan and of kilograms: fen and grams.
_MOST_DECIMALS = {"price": 2, "weight": 3}
_TENS = (1, 10, 100, 1000)
USUAL = -1
# GS1 General Specifications 7.9.2 to 7.9.4: what each digit weighs, by the name of the factor.
_FACTORS = {
    "2-": (0, 2, 4, 6, 8, 9, 1, 3, 5, 7),
    "3": (0, 3, 6, 9, 2, 5, 8, 1, 4, 7),
    "5+": (0, 5, 1, 6, 2, 7, 3, 8, 4, 9),
    "5-": (0, 5, 9, 4, 8, 3, 7, 2, 6, 1),
}
_WHY = {
    "decimals": "more decimals than the value has",
    "has_value_check": "only a value of four or five digits has a check digit of its own",
}
_WEIGHTS = {4: ("2-", "2-", "3", "5-"), 5: ("5+", "2-", "5-", "5+", "2-")}


class LabelCode(Struct, frozen=True):
    """One layout. `prefix` two digits from 20 to 29; `item_digits` follow it, then `value_digits`.

    `holds` is "price" or "weight"; the last `decimals` digits of the value stand behind the point
    of yuan or kilograms, `USUAL` for fen and grams. `is_checked`: the last digit is a true check
    digit. `has_value_check`: a check digit of the value alone stands before the value.
    """

    prefix: str
    holds: str
    item_digits: int = 5
    value_digits: int = 5
    is_checked: bool = True
    decimals: int = USUAL
    has_value_check: bool = False

    @property
    def places(self) -> int:
        """How many digits behind the point the value has."""
        return _MOST_DECIMALS[self.holds] if self.decimals == USUAL else self.decimals

    @property
    def digits(self) -> int:
        """How many digits the layout uses."""
        checks = self.is_checked + self.has_value_check
        return len(self.prefix) + self.item_digits + self.value_digits + checks

    def value_of(self, digits: str) -> int:
        """Fen or grams of the digits that the label bears."""
        return int(digits) * _TENS[_MOST_DECIMALS[self.holds] - self.places]


def check_layout(layout: LabelCode) -> LabelCode:
    """The same layout; raises BadLabelLayout with what no scale could print."""
    if layout.prefix not in PREFIXES:
        raise BadLabelLayout("prefix")
    if layout.holds not in HELD:
        raise BadLabelLayout("holds")
    if layout.item_digits < 1 or layout.value_digits < 1 or layout.digits > LENGTH:
        raise BadLabelLayout("digits")
    if not USUAL <= layout.decimals <= min(_MOST_DECIMALS[layout.holds], layout.value_digits):
        raise BadLabelLayout("decimals")
    if layout.has_value_check and layout.value_digits not in _WEIGHTS:
        raise BadLabelLayout("has_value_check")
    return layout


def value_check_digit(value: str) -> str:
    """The check digit of a value of four or five digits (GS1 General Specifications 7.9)."""
    weights = _WEIGHTS[len(value)]
    total = sum(_FACTORS[name][int(digit)] for name, digit in zip(weights, value, strict=True))
    if len(value) == 4:
        return str(total * 3 % 10)
    return str(_FACTORS["5-"].index(-total % 10))


def label_of(fields: Fields) -> LabelCode:
    """The layout of a record; raises BadRecord."""
    label = LabelCode(
        prefix=fields.text("prefix", among=PREFIXES),
        holds=fields.text("holds", among=HELD),
        item_digits=fields.whole("item_digits", 5, least=1, most=9),
        value_digits=fields.whole("value_digits", 5, least=1, most=9),
        is_checked=fields.flag("is_checked", True),
        decimals=USUAL if fields.is_null("decimals") else fields.whole("decimals", most=3),
        has_value_check=fields.flag("has_value_check", False),
    )
    if label.digits > LENGTH:
        raise fields.wrong("value_digits", Why.of("more than {most} digits in all", most=LENGTH))
    try:
        check_layout(label)
    except BadLabelLayout as bad:
        raise fields.wrong(bad.fault, _WHY[bad.fault]) from bad
    fields.end()
    return label


def label_record(label: LabelCode) -> dict[str, Any]:
    """Its record; what is as usual is not written."""
    record: dict[str, Any] = {
        "prefix": label.prefix,
        "holds": label.holds,
        "item_digits": label.item_digits,
        "value_digits": label.value_digits,
        "is_checked": label.is_checked,
    }
    if label.decimals != USUAL:
        record["decimals"] = label.decimals
    if label.has_value_check:
        record["has_value_check"] = True
    return record
