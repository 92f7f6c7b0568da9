"""遮盖: what the counter and the paper show of a person, and what they never show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.members.masks import mask_card, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李小华", "李*华"),
        ("陈明", "陈*"),
        ("王", "王*"),
        ("欧阳娜娜", "欧**娜"),
        ("阿卜杜勒·热合曼", "阿***曼"),
        ("阿卜杜热合曼·买买提艾力江", "阿***江"),
        ("Maria Silva", "M*** S***"),
        ("Cher", "C***"),
        ("𠮷田花", "𠮷*花"),
    ],
)
def test_a_name_shows_who_is_meant_and_no_more(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613812345678", "138****5678"),
        ("+861062345678", "010****5678"),
        ("+85291234567", "+852****4567"),
        ("+2905123", "****5123"),
    ],
)
def test_a_phone_shows_its_last_four(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("card", "shown"),
    [("901020001236", "****1236"), ("800001", "****0001"), ("1234", "****"), ("VIP1", "****")],
)
def test_a_card_shows_its_last_four(card, shown):
    assert mask_card(card) == shown


@given(st.text(st.characters(categories=["Lo"]), min_size=1, max_size=40))
def test_at_most_two_characters_of_a_name_are_seen(name):
    assert len(mask_name(name).replace("*", "")) <= 2
    assert "*" in mask_name(name)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_at_least_four_digits_of_a_phone_are_hidden(phone):
    assert "****" in mask_phone(phone)
