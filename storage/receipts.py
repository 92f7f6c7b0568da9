"""小票的存取: a receipt as the text that the store keeps.

What a receipt is made of is loaded with the first one: a start reads none (speed.md 10).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.sales.receipt import Receipt


def receipt_text(receipt: Receipt) -> str:
    """Compact JSON, from which `receipt_from` makes the same receipt."""
    from core.sales.receipt_record import receipt_record

    return json.dumps(receipt_record(receipt), ensure_ascii=False, separators=(",", ":"))


def receipt_from(text: str) -> Receipt:
    """The receipt of such a text."""
    from core.sales.receipt_record import receipt_of

    return receipt_of(json.loads(text))
