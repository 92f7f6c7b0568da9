"""后台里扫码: a card opens its member, a paper itself, and what must not be kept stands nowhere."""

from __future__ import annotations

import pytest

from core.actions.cards import replace_card
from core.actions.merge_members import merge_members
from core.actions.scan_in_office import meant_in_office
from core.actions.serve import find_member
from core.errors import BadScan, CardReplaced, NoSuchMember, PaymentCode, StrangeStripe
from core.members.member_code import member_code
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled

WECHAT = "134567890123456789"
BANK = "%B6212345678901232^LI/XIAOHUA^3012?;6212345678901232=3012?"


@pytest.mark.parametrize("scanned", [NORMAL, member_code(NORMAL), f"%{NORMAL}?;{NORMAL}?"])
def test_a_card_in_each_of_its_ways_is_its_member(shop: Shop, staff: Staff, scanned: str) -> None:
    assert meant_in_office(shop, scanned, staff=staff) == find_member(shop, NORMAL).id


def test_who_became_another_is_that_one(shop: Shop, staff: Staff) -> None:
    merge_members(shop, SILVER, GOLD, staff=staff)
    assert meant_in_office(shop, SILVER, staff=staff) == find_member(shop, GOLD).id


def test_a_receipt_is_its_number(shop: Shop, staff: Staff) -> None:
    no = settled(shop, staff, VITAMIN).sale.receipt.no
    assert meant_in_office(shop, no, staff=staff) == no


def test_an_old_card_says_so(shop: Shop, staff: Staff) -> None:
    replace_card(shop, find_member(shop, NORMAL).id, card_no="700001", staff=staff)
    with pytest.raises(CardReplaced):
        meant_in_office(shop, NORMAL, staff=staff)


@pytest.mark.parametrize(
    ("scanned", "refused"),
    [
        (VITAMIN, NoSuchMember),
        (WECHAT, PaymentCode),
        (BANK, PaymentCode),
        ("%X123^NOBODY?;99887766?", StrangeStripe),
        ("", BadScan),
    ],
)
def test_what_is_nobodys_is_refused(
    shop: Shop, staff: Staff, scanned: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        meant_in_office(shop, scanned, staff=staff)
