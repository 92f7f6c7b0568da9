"""总部的话: whatever becomes a case has words."""

from __future__ import annotations

import pytest

from core.actions.book_used import OVERSPENT
from core.actions.duties import PASSED
from core.actions.erase_member import UNSEALED
from core.actions.read_events import SAME_PHONE
from core.actions.read_sales import COUPON_TWICE, RETURNED_TWICE
from core.actions.verify_office import DIFFERS
from ui.office_text import case_advice, case_name

KINDS = (OVERSPENT, PASSED, UNSEALED, SAME_PHONE, COUPON_TWICE, RETURNED_TWICE, DIFFERS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_says_what_happened(kind: str) -> None:
    assert case_name(kind) != kind


@pytest.mark.parametrize("kind", [*KINDS, "copy", "left", "left_unsent", "price", "fork", "future"])
def test_a_case_says_what_to_do(kind: str) -> None:
    assert "请" in case_name(kind) or case_advice(kind)
