"""询价命令: what `main.py quote` answers."""

from __future__ import annotations

import json
from typing import Any

from core.errors import BadInquiry, BadRecord
from core.pricing.inquiry import inquiry_of
from core.rulebook.rulebook import Rulebook
from ui.console.quote_answer import quote_record, schemas


def answered(rulebook: Rulebook, text: str) -> str:
    """The whole quote of what is asked, as JSON; raises BadInquiry."""
    try:
        inquiry = inquiry_of(json.loads(text), rulebook)
    except BadRecord as bad:
        raise BadInquiry(bad.path or "$", bad.reason) from bad
    except (ValueError, RecursionError) as error:
        raise BadInquiry("$", str(error)) from error
    return in_json(quote_record(inquiry.quoted(rulebook), inquiry.basket, rulebook))


def both_schemas() -> str:
    """What may be asked and what is answered."""
    return in_json(schemas())


def in_json(record: dict[str, Any]) -> str:
    """As a program reads it and a person can."""
    return json.dumps(record, ensure_ascii=False, indent=2)
