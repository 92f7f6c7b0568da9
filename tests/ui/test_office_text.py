"""总部的话: whatever becomes a case has words."""

from __future__ import annotations

import pytest

from core.actions.book_used import OVERSPENT
from core.actions.duties import PASSED
from core.actions.erase_member import UNSEALED, WANTED
from core.actions.openings import OPENED_TWICE, SPENT_TWICE
from core.actions.read_sales import COUPON_TWICE, RETURNED_TWICE
from core.actions.same_person import CARD_TWICE, SAME_CARD, SAME_PHONE
from core.actions.verify_office import DIFFERS
from ui.office_text import case_advice, case_name

KINDS = (
    *(OVERSPENT, PASSED, UNSEALED, WANTED, COUPON_TWICE, RETURNED_TWICE, DIFFERS),
    *(SAME_PHONE, SAME_CARD, CARD_TWICE, OPENED_TWICE, SPENT_TWICE),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_says_what_happened(kind: str) -> None:
    assert case_name(kind) != kind


@pytest.mark.parametrize("kind", [*KINDS, "copy", "left", "left_unsent", "price", "fork", "future"])
def test_a_case_says_what_to_do(kind: str) -> None:
    assert "请" in case_name(kind) or case_advice(kind)
