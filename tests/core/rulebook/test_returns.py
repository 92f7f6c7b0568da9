"""退货规则: read strictly, written only where it is not the default."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.errors import BadRecord
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.returns import MEDICINES, PLAIN, ReturnPolicy
from tests.core.sales.sold import PHARMACY

OWN = ReturnPolicy(30, False, True, ("保健食品",), "money", 1, 100)


def test_a_rulebook_that_says_nothing_has_the_plain_policy_and_its_old_record() -> None:
    assert PHARMACY.returns == PLAIN
    assert "returns" not in record_of(PHARMACY)


def test_a_policy_of_ones_own_is_written_and_read() -> None:
    book = replace(PHARMACY, returns=OWN)
    assert rulebook_of(record_of(book)) == book
    few = record_of(PHARMACY) | {"returns": {"days": 14}}
    assert rulebook_of(few).returns == ReturnPolicy(days=14, medicines=MEDICINES)


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("returns.days", {"days": -1}),
        ("returns.shortfall", {"shortfall": "gift"}),
        ("returns.per_points", {"per_points": 0}),
        ("returns.medicines", {"medicines": ["药品", "药品"]}),
        ("returns.day", {"day": 7}),
    ],
)
def test_a_bad_policy_is_named_by_its_path(path: str, section: dict[str, object]) -> None:
    with pytest.raises(BadRecord) as refused:
        rulebook_of(record_of(PHARMACY) | {"returns": section})
    assert refused.value.path == path


def test_medicines_are_known_by_prescription_and_by_category() -> None:
    assert PLAIN.is_restricted("", is_prescription=True)
    assert PLAIN.is_restricted("非处方药", is_prescription=False)
    assert not PLAIN.is_restricted("保健食品", is_prescription=False)
    assert OWN.is_restricted("保健食品", is_prescription=False)
    anything = replace(PLAIN, is_medicine_restricted=False)
    assert not anything.is_restricted("处方药", is_prescription=True)
