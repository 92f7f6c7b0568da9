"""报价的回答: a quote as one JSON object, each figure by its name and each reason as a sentence.

Whatever `Quote` and its parts hold is in it by the name that it has there, and in the schema by its
type: a field more there needs nothing here, a part that can be read out its sentence in `_SAID`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct

from core.pricing.adjustment import Adjustment, Rejected
from core.pricing.basket import Basket
from core.pricing.inquiry import inquiry_schema
from core.pricing.nearly import Nearly
from core.pricing.offered import Offered
from core.pricing.quote import Quote
from core.rulebook.rulebook import Rulebook
from core.values.schema import DRAFT
from ui.lost_text import rejected
from ui.offer_text import nearly
from ui.text import why

_SAID: dict[type, Callable[[Any, Rulebook], str]] = {
    Adjustment: lambda made, _book: why(made),
    Rejected: rejected,
    Nearly: lambda near, _book: nearly(near),
}
_PLAIN = {int: "integer", str: "string", bool: "boolean"}
# Sums that a quote works out, and what it keeps by line without a name.
_SUMS = ("saved_fen", "points_spent", "points_fen")
_BY_LINE = "spent_points"


def quote_record(quote: Quote, basket: Basket, book: Rulebook) -> dict[str, Any]:
    """The whole quote; amounts in fen, quantities in thousandths, lines by their place from 1."""
    record: dict[str, Any] = _record(quote, book)
    spent = dict(record.pop(_BY_LINE))
    for line in record["lines"]:
        line["name"] = basket.line(line["no"]).product.name
        line[_BY_LINE] = spent.get(line["no"], 0)
    return record | {name: getattr(quote, name) for name in _SUMS} | {"hash": quote.hash}


def schemas() -> dict[str, Any]:
    """The JSON Schemas of what is asked and of what is answered."""
    answer = _schema(Quote)
    del answer["properties"][_BY_LINE]
    line = answer["properties"]["lines"]["items"]
    line["properties"] |= {"name": {"type": "string"}, _BY_LINE: {"type": "integer"}}
    answer["properties"] |= {name: {"type": "integer"} for name in _SUMS}
    answer["properties"]["hash"] = {"type": "string"}
    for each in (answer, line):
        each["required"] = list(each["properties"])
    return {
        "inquiry": inquiry_schema(),
        "quote": {"title": "报价", "$schema": DRAFT, **answer},
    }


def _record(value: Any, book: Rulebook) -> Any:
    if isinstance(value, tuple):
        return [_record(each, book) for each in value]
    if not isinstance(value, Struct):
        return value
    record = {name: _record(getattr(value, name), book) for name in value.__struct_fields__}
    say = _SAID.get(type(value))
    return record if say is None else record | {"say": say(value, book)}


def _schema(kind: Any) -> dict[str, Any]:
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    if isinstance(kind, UnionType):
        return {"anyOf": [_schema(each) for each in get_args(kind)]}
    if kind is type(None):
        return {"type": "null"}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if issubclass(kind, StrEnum):
        return {"enum": [each.value for each in kind]}
    hints = get_type_hints(kind, localns={Nearly.__name__: Nearly, Offered.__name__: Offered})
    properties = {name: _schema(hints[name]) for name in kind.__struct_fields__}
    if kind in _SAID:
        properties["say"] = {"type": "string"}
    return {"type": "object", "properties": properties, "required": list(properties)}
