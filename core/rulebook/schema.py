"""规则册的模式: the JSON Schema of the rulebook document, learnt from its own reader.

A field or a section that `parse*.py` reads is in it; nothing has to be written here, but for a
reader that would stop at the plain answers of `core.values.schema` (a least value, the first of a
choice, "x"): then a better one by the field's name.
"""

from __future__ import annotations

from typing import Any

from core.rulebook.parse import read_rulebook
from core.values.schema import schema_of

_ANSWERS: dict[str, Any] = {"currency": "CNY", "units": 1000, "off_fen": 1}


def rulebook_schema() -> dict[str, Any]:
    """The schema of what `rulebook_of` reads."""
    return {"title": "熟客规则册", **schema_of(read_rulebook, answers=_ANSWERS)}
