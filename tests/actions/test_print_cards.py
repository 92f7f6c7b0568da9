"""印卡: whose cards may be printed by whom, what the audit keeps, and numbers for cards to come."""

from __future__ import annotations

import pytest

from core.actions.cards import replace_card
from core.actions.print_cards import MOST_CARDS, number_cards, print_cards, print_cards_between
from core.actions.serve import find_member
from core.actions.set_up import add_staff
from core.errors import (
    BadCardCount,
    BadCheckDigit,
    CardReplaced,
    NoCardsBetween,
    NoSuchMember,
    NotAllowed,
)
from core.members.card import is_wrong_card
from core.members.masks import mask_name
from core.members.member_code import member_code
from core.members.printed_card import Named
from core.shop import Shop
from core.trust.staff import Role, Staff
from tests.builders import audit_rows


@pytest.fixture
def cashier(shop: Shop) -> Staff:
    return add_staff(shop, name="王芳", pin="975318", role=Role.CASHIER)


def test_a_cashier_prints_masked_names_and_no_full_ones(shop: Shop, cashier: Staff) -> None:
    name = find_member(shop, "800001").name
    run = print_cards(shop, ["800001"], named=Named.MASKED, staff=cashier)
    assert [(card.card_no, card.name) for card in run.cards] == [("800001", mask_name(name))]
    with pytest.raises(NotAllowed):
        print_cards(shop, ["800001"], named=Named.FULL, staff=cashier)


def test_a_full_name_is_noted_for_each_member(shop: Shop, staff: Staff) -> None:
    run = print_cards(shop, ["800001", "800002"], named=Named.FULL, staff=staff)
    members = [find_member(shop, card.card_no) for card in run.cards]
    assert [card.name for card in run.cards] == [member.name for member in members]
    seen = [row for row in audit_rows(shop) if row["what"] == "personal_seen"]
    assert [row["subject"] for row in seen] == [member.id.hex for member in members]
    assert all(member.name not in str(row) for row in audit_rows(shop) for member in members)


def test_a_range_takes_every_member_within(shop: Shop, staff: Staff) -> None:
    run = print_cards_between(shop, "800001", "800003", named=Named.NONE, staff=staff)
    assert [(card.card_no, card.name) for card in run.cards] == [
        ("800001", ""),
        ("800002", ""),
        ("800003", ""),
    ]
    for ends in (("800003", "800001"), ("1", "9"), ("80000", "800003")):
        with pytest.raises(NoCardsBetween):
            print_cards_between(shop, *ends, named=Named.NONE, staff=staff)


def test_an_old_card_and_a_card_of_nobody_are_not_printed(shop: Shop, staff: Staff) -> None:
    replace_card(shop, find_member(shop, "800001").id, staff=staff, card_no="800901")
    with pytest.raises(CardReplaced):
        print_cards(shop, ["800001"], named=Named.NONE, staff=staff)
    with pytest.raises(NoSuchMember):
        print_cards(shop, ["800002", "777777"], named=Named.NONE, staff=staff)


def test_blank_cards_have_numbers_of_their_own(shop: Shop, cashier: Staff) -> None:
    runs = [number_cards(shop, 3, staff=cashier), number_cards(shop, 2, staff=cashier)]
    numbers = [card.card_no for run in runs for card in run.cards]
    assert len(set(numbers)) == 5 and not any(map(is_wrong_card, numbers))
    assert all(number[0] == "9" and len(number) == 12 for number in numbers)
    rows = [row for row in audit_rows(shop) if row["what"] == "cards_numbered"]
    assert [row["subject"] for row in rows] == ["3", "2"]


@pytest.mark.parametrize("count", [0, -1, MOST_CARDS + 1])
def test_so_many_at_once_are_not_printed(shop: Shop, staff: Staff, count: int) -> None:
    with pytest.raises(BadCardCount):
        number_cards(shop, count, staff=staff)


def test_a_blank_card_is_bound_by_its_bars_or_its_square(shop: Shop, staff: Staff) -> None:
    first, second = (card.card_no for card in number_cards(shop, 2, staff=staff).cards)
    member = find_member(shop, "800001")
    assert replace_card(shop, member.id, staff=staff, card_no=first).card_no == first
    square = member_code(second)
    assert replace_card(shop, member.id, staff=staff, card_no=square).card_no == second
    with pytest.raises(BadCheckDigit):
        replace_card(shop, member.id, staff=staff, card_no=square[:-1] + "!")
