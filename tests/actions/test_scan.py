"""扫码: one input, and what is scanned finds its own meaning."""

from __future__ import annotations

import pytest

from core.actions import counter as counters
from core.actions import scan as scanning
from core.actions.add_product import add_product
from core.actions.counter import Counter
from core.actions.join_member import join_member
from core.actions.scan import find
from core.actions.serve import check_scan
from core.catalog.barcode import read_code
from core.errors import (
    BadBirthday,
    BadCheckDigit,
    BadScan,
    CardTaken,
    NotWhole,
    PaymentCode,
    PhoneTaken,
    ProductTaken,
    UnknownCode,
)
from core.members.birthday import parse_birthday
from core.members.card import issue_card_no
from core.members.consent import CONSENT
from core.pricing.basket import Basket
from core.shop import Shop
from core.trust.staff import Staff
from core.values.gtin import check_digit
from tests.builders import manager_of

VITAMIN, PLU = "6901234567809", "10086"


def scan(shop: Shop, basket: Basket, text: str) -> Counter:
    """As the manager scans it."""
    return scanning.scan(shop, basket, text, staff=manager_of(shop))


def test_a_card_becomes_the_member(shop: Shop, basket: Basket) -> None:
    counter = scan(shop, basket, "800001\r\n")
    assert counter.file is not None
    assert (counter.file.member.name, counter.file.points) == ("李小华", 12_480)


def test_a_whole_phone_becomes_the_member(shop: Shop, basket: Basket) -> None:
    assert scan(shop, basket, "138 0013 5678").file == scan(shop, basket, "800001").file


def test_a_barcode_becomes_a_line_and_twice_makes_two(shop: Shop, basket: Basket) -> None:
    once = scan(shop, basket, VITAMIN)
    twice = scan(shop, once.basket, VITAMIN)
    assert [line.quantity_milli for line in twice.basket.lines] == [2000]
    assert twice.changed_line == once.changed_line


def test_a_gs1_code_finds_its_product(shop: Shop, basket: Basket) -> None:
    counter = scan(shop, basket, f"010{VITAMIN}17271231\x1d10B7")
    assert counter.basket.lines[0].product.code == VITAMIN


def test_the_label_of_a_scale_gives_its_price(shop: Shop, basket: Basket) -> None:
    payload = f"20{PLU}{36_00:05d}"
    counter = scan(shop, basket, payload + check_digit(payload))
    line = counter.quote.lines[0]
    assert (line.list_fen, line.quantity_milli) == (36_00, 375)


def test_the_label_of_a_scale_gives_its_weight(shop: Shop, basket: Basket) -> None:
    payload = f"22{PLU}{375:05d}"
    counter = scan(shop, basket, payload + check_digit(payload))
    line = counter.quote.lines[0]
    assert (line.list_fen, line.quantity_milli) == (36_00, 375)


def test_a_card_that_another_till_issued_was_read_right(shop: Shop, basket: Basket) -> None:
    elsewhere = issue_card_no("S02", 1, 2)
    assert read_code(elsewhere).has_bad_check_digit, "as a UPC-A it would be misread"
    with pytest.raises(UnknownCode):
        scan(shop, basket, elsewhere)


def test_a_misread_barcode_is_told_from_an_unknown_one(shop: Shop, basket: Basket) -> None:
    with pytest.raises(BadCheckDigit):
        scan(shop, basket, VITAMIN[:-1] + "0")
    with pytest.raises(UnknownCode):
        scan(shop, basket, "6909999999" + "99" + check_digit("690999999999"))


@pytest.mark.parametrize("text", ["", "   ", "\r\n", "7" * 500, "69\x0012", "a\x1bb"])
def test_what_no_code_can_be_is_refused(shop: Shop, basket: Basket, text: str) -> None:
    with pytest.raises(BadScan):
        scan(shop, basket, text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("5678", "李小华"),
        ("13800130002", "陈明"),
        ("1380013", "陈明"),
        ("lxh", "李小华"),
        ("lixiao", "李小华"),
        ("李小", "李小华"),
        ("陈明", "陈明"),
        ("800003", "王芳"),
        ("wssc", "维生素C咀嚼片"),
        ("咀嚼", "维生素C咀嚼片"),
        ("碳酸钙", "碳酸钙D3片"),
        ("690123456782", "感冒灵颗粒"),
    ],
)
def test_what_is_typed_finds_people_and_goods(shop: Shop, typed: str, name: str) -> None:
    assert name in [row.name for row in find(shop, typed)]


def test_a_member_is_found_with_the_name_of_the_tier(shop: Shop) -> None:
    assert [row.tier for row in find(shop, "5678")] == ["金卡"]


def test_one_sign_finds_nothing(shop: Shop) -> None:
    assert find(shop, "l") == ()


def test_a_new_member_stands_in_the_basket(shop: Shop, staff: Staff, basket: Basket) -> None:
    born = parse_birthday("农历八月十五")
    counter = join_member(
        shop,
        basket,
        name="赵 雷",
        phone="139 1234 5678",
        staff=staff,
        consent=CONSENT,
        birthday=born,
    )
    assert counter.file is not None
    member = counter.file.member
    assert (member.phone, member.tier, counter.file.points) == ("+8613912345678", "normal", 0)
    assert counter.birthday_in_days is not None
    assert scan(shop, basket, member.card_no).file == counter.file


def test_a_known_phone_offers_the_member_found(shop: Shop, staff: Staff, basket: Basket) -> None:
    with pytest.raises(PhoneTaken) as refused:
        join_member(shop, basket, name="李华", phone="13800135678", staff=staff, consent=CONSENT)
    assert (refused.value.masked_name, refused.value.card_no) == ("李*华", "800001")


@pytest.mark.parametrize("card", ["800001", VITAMIN])
def test_a_card_is_not_given_twice(shop: Shop, staff: Staff, basket: Basket, card: str) -> None:
    with pytest.raises(CardTaken):
        join_member(
            shop,
            basket,
            name="赵雷",
            phone="13912345678",
            staff=staff,
            consent=CONSENT,
            card_no=card,
        )


def test_a_birthday_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadBirthday):
        parse_birthday("1990-02-30")


def test_an_unknown_product_is_added_on_the_spot(shop: Shop, staff: Staff, basket: Basket) -> None:
    counter = add_product(shop, basket, code="77001", name="理疗仪", price_fen=400_00, staff=staff)
    assert counter.quote.payable_fen == 400_00
    assert scan(shop, basket, "77001").quote == counter.quote
    with pytest.raises(ProductTaken):
        add_product(shop, basket, code="77001", name="另一台", price_fen=1_00, staff=staff)


def test_a_part_is_sold_only_of_what_is_weighed(shop: Shop, basket: Basket) -> None:
    box = scan(shop, basket, VITAMIN).basket
    with pytest.raises(NotWhole):
        counters.change_quantity(shop, box, 1, 1500)
    assert counters.change_quantity(shop, box, 1, 3000).basket.line(1).quantity_milli == 3000
    goji = scan(shop, basket, PLU).basket
    assert counters.change_quantity(shop, goji, 1, 375).basket.line(1).quantity_milli == 375


def test_a_serial_number_that_looks_like_a_card_is_still_of_its_article() -> None:
    serial = "4111111111111111"
    for code in (f"(01)06905120012039(21){serial}", f"010690512001203921{serial}"):
        assert check_scan(code) == code
    for paid in (serial, f"]Q1{serial}", f"%B{serial}^WANG/FANG^2912101?"):
        with pytest.raises(PaymentCode):
            check_scan(paid)
    own = ";800001=2912101123456789?"
    assert check_scan(own) == own, "what stands behind the number of our card is no payment code"
