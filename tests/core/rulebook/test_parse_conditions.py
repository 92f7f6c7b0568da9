"""条件 as data: what is written is read again, what is usual is left out, what is bad is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRecord
from core.rulebook.conditions import BirthdayWindow, Conditions, Limits, Scope
from core.rulebook.offers import PercentageOffer
from core.rulebook.parse_offers import offer_of, offer_record
from core.values.fields import Fields

WINDOWS = st.none() | st.builds(BirthdayWindow, days=st.integers(0, 60))
NAMES = st.frozensets(st.sampled_from(["S01", "S02", "春风"]), max_size=2)
CONDITIONS = st.builds(
    Conditions,
    stores=NAMES,
    joined_days=st.integers(0, 90),
    is_first_purchase=st.booleans(),
    birthday=WINDOWS | st.just(BirthdayWindow(is_month=True)),
    from_fen=st.integers(0, 100),
    from_milli=st.integers(0, 5000),
)
MOST = st.none() | st.integers(1, 1000)
LIMITS = st.builds(Limits, per_member=MOST, per_member_day=MOST, per_day=MOST, in_all=MOST)


@given(CONDITIONS, LIMITS, NAMES)
def test_a_record_is_the_exact_inverse(when, limits, brands):
    offer = PercentageOffer(
        id="x", name="x", rate_bp=9000, when=when, limits=limits, scope=Scope(brands=brands)
    )
    assert offer_of(Fields(offer_record(offer))) == offer


def test_what_is_usual_is_left_out():
    assert set(offer_record(PercentageOffer(id="x", name="x", rate_bp=9000))) == {
        "kind",
        "id",
        "name",
        "rate_bp",
    }


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"when": {"birthday": {"days": 3, "is_month": True}}}, "when.birthday.days"),
        ({"when": {"birthday": {"weeks": 1}}}, "when.birthday.weeks"),
        ({"when": {"joined_days": -1}}, "when.joined_days"),
        ({"limits": {"per_member": 0}}, "limits.per_member"),
        ({"limits": {"per_week": 1}}, "limits.per_week"),
        ({"scope": {"brands": [""]}}, "scope.brands"),
    ],
)
def test_every_bad_value_is_named_by_its_path(more, path):
    record = {"kind": "percentage", "id": "x", "name": "x", "rate_bp": 9000}
    with pytest.raises(BadRecord) as error:
        offer_of(Fields(record | more))
    assert error.value.path == path


def test_a_coupon_has_a_minimum_of_its_own():
    record = {"kind": "coupon", "id": "x", "name": "x", "code": "A", "off_fen": 100}
    with pytest.raises(BadRecord):
        offer_of(Fields(record | {"when": {"from_fen": 100}}))
