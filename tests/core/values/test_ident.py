"""身份: UUIDv7 and human numbers."""

from __future__ import annotations

from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.ident import ascending_uuid7, sale_no, uuid7


@given(st.integers(0, (1 << 48) * 1000 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_version_7_uuid_of_its_millisecond(at_us, dice):
    made = uuid7(at_us, dice)
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == at_us // 1000


@given(st.binary(min_size=10, max_size=10), st.integers(0, 73))
def test_74_bits_of_the_dice_are_kept(dice, bit):
    # The version and the variant take the places of six bits.
    kept = bit if bit < 62 else bit + 2
    other = (int.from_bytes(dice) ^ 1 << kept).to_bytes(10)
    assert uuid7(0, dice) != uuid7(0, other)


@given(st.integers(0, (1 << 48) * 1000 - 1), st.lists(st.binary(min_size=10, max_size=10)))
def test_many_ids_are_those_of_each_throw_in_ascending_order(at_us, throws):
    made = ascending_uuid7(at_us, b"".join(throws))
    assert made == sorted(uuid7(at_us, dice).bytes for dice in throws)


def test_ten_bytes_and_no_other_number():
    for size in (9, 11):
        with pytest.raises(ValueError, match="ten"):
            uuid7(0, bytes(size))


def test_the_human_number_names_store_till_and_incarnation():
    assert sale_no("S01", 2, 1, 123) == "S01-T2-000123"
    assert sale_no("S01", 2, 2, 123) == "S01-T2.2-000123"
