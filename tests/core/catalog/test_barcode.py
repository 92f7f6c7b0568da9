"""条码: what a scan can mean, and what it cannot."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.catalog.barcode import LONGEST, Label, clean, read_code
from core.errors import BadScan
from core.rulebook.labels import LabelCode
from core.values.gtin import check_digit, is_checked

FNC1 = "\x1d"
PRICE = LabelCode("20", "price")
WEIGHT = LabelCode("22", "weight")
UNCHECKED = LabelCode("21", "price", is_checked=False)
LABELS = (PRICE, UNCHECKED, WEIGHT)
DIGITS = st.text(st.sampled_from("0123456789"), min_size=1, max_size=20)
CODES = st.text(st.sampled_from("0123456789ABab-./ ()]C1d2E\x1d"), min_size=1, max_size=40)


def sealed(payload: str) -> str:
    return payload + check_digit(payload)


# What is no scan


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        ("6901234567892\r\n", "6901234567892"),
        ("6901234567892\t", "6901234567892"),
        ("\x026901234567892\x03", "6901234567892"),
        ("  800001 ", "800001"),
        ("６９０１２３４５６７８９２", "6901234567892"),
        (f"0106901234567892{FNC1}10AB{FNC1}", f"0106901234567892{FNC1}10AB"),
        (f"{FNC1}0106901234567892", f"{FNC1}0106901234567892"),
        ("x" * LONGEST, "x" * LONGEST),
        ("李小华", "李小华"),
    ],
)
def test_a_scan_loses_its_terminators(scan, code):
    assert clean(scan) == code


@pytest.mark.parametrize(
    "scan",
    ["", "   ", "\r\n", FNC1, "x" * (LONGEST + 1), "x" * 500, "690\x00123", "690\x1b123",
     "690\n123", "690\x7f", "690\u202e", "690\ud800", "ﷺ" * 100],
)  # fmt: skip
def test_what_no_code_can_be_is_refused(scan):
    with pytest.raises(BadScan) as refused:
        clean(scan)
    assert refused.value.length == len(scan)


@given(st.text(max_size=200))
def test_any_scan_becomes_a_printable_code_or_is_refused(scan):
    try:
        code = clean(scan)
    except BadScan:
        return
    assert 0 < len(code) <= LONGEST
    assert code.replace(FNC1, "").isprintable()
    assert clean(code) == code
    assert read_code(code, LABELS).candidates


# Check digits


@pytest.mark.parametrize(
    "code",
    ["6901234567892", "6921168509256", "96385074", "042100005264", "00012345600012",
     "10614141000415", "9780306406157"],
)  # fmt: skip
def test_check_digits_of_printed_codes(code):
    assert is_checked(code)
    assert not read_code(code).has_bad_check_digit


@pytest.mark.parametrize("code", ["6901234567890", "96385070", "042100005260", "10614141000410"])
def test_a_wrong_check_digit_shows_at_eight_twelve_thirteen_and_fourteen_digits(code):
    read = read_code(code)
    assert read.has_bad_check_digit
    assert read.candidates == (code,)


@pytest.mark.parametrize("code", ["10086", "800001", "12345678901", "81234567890123456789", "A-1"])
def test_other_lengths_are_the_shops_own_codes(code):
    assert read_code(code).candidates == (code,)
    assert not read_code(code).has_bad_check_digit


@given(
    st.text(st.sampled_from("0123456789"), min_size=12, max_size=12),
    st.integers(0, 12),
    st.integers(1, 9),
)
def test_one_misread_digit_always_shows(payload, place, more):
    code = sealed(payload)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert is_checked(code)
    assert not is_checked(wrong)


# One article, several spellings


def test_upc_a_and_ean_13_with_a_leading_zero_are_the_same_product():
    assert set(read_code("042100005264").candidates) == set(read_code("0042100005264").candidates)
    assert "00042100005264" in read_code("042100005264").candidates


def test_what_was_scanned_is_looked_for_first():
    for code in ("6901234567892", "06901234567892", "042100005264", "0042100005264"):
        assert read_code(code).candidates[0] == code


def test_a_carton_is_not_its_content():
    assert read_code("10614141000415").candidates == ("10614141000415",)


@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_spellings_of_one_article_agree(length, data):
    digits = st.sampled_from("0123456789")
    code = sealed(data.draw(st.text(digits, min_size=length, max_size=length)))
    spellings = read_code(code).candidates
    assert spellings[0] == code
    assert len(set(spellings)) == len(spellings)
    for other in spellings:
        assert is_checked(other)
        assert int(other) == int(code)
        assert set(read_code(other).candidates) == set(spellings)


# GS1


def test_a_gs1_code_names_article_batch_and_expiry():
    read = read_code(f"0106901234567892172512311 0AB{FNC1}21X".replace(" ", ""))
    assert read.candidates[:2] == ("6901234567892", "06901234567892")
    assert (read.batch, read.expires_on) == ("AB", date(2025, 12, 31))


@pytest.mark.parametrize(
    "code",
    [
        "010690123456789210AB12",
        f"{FNC1}010690123456789210AB12",
        "]C1010690123456789210AB12",
        "]d2010690123456789210AB12",
        f"10AB12{FNC1}0106901234567892",
        "(01)06901234567892(10)AB12",
    ],
)
def test_a_gs1_code_in_the_ways_scanners_send_it(code):
    read = read_code(code)
    assert read.candidates[0] == "6901234567892"
    assert read.batch == "AB12"
    assert not read.has_bad_check_digit


def test_an_ean_8_within_gs1_is_found_as_ean_8():
    assert "96385074" in read_code("010000009638507410A").candidates


def test_a_date_that_is_none_does_not_hide_the_article():
    read = read_code("010690123456789217259999")
    assert read.candidates[0] == "6901234567892"
    assert read.expires_on is None


@pytest.mark.parametrize("rest", ["1OLD", "99", "10"])
def test_a_rest_that_is_none_does_not_hide_a_last_day_right_behind_the_article(rest: str):
    read = read_code(f"]d2010690123456789217250101{rest}")
    assert read.candidates[0] == "6901234567892"
    assert read.expires_on == date(2025, 1, 1)


def test_a_gs1_code_with_a_wrong_check_digit_says_so():
    assert read_code(f"0106901234567890{FNC1}10AB").has_bad_check_digit


def test_a_gs1_code_without_an_article_is_only_itself():
    assert read_code(f"10AB{FNC1}21X").candidates == (f"10AB{FNC1}21X",)


def test_what_a_scanner_says_about_the_symbology_is_no_part_of_the_code():
    assert read_code("]E06901234567892").candidates[0] == "6901234567892"
    assert read_code("]C0VIP-1").candidates == ("VIP-1",)
    assert read_code("]A0").candidates == ("]A0",)


# Labels of scales


def test_a_label_of_a_scale_holds_a_price():
    read = read_code(sealed("201008603600"), LABELS)
    assert read.label == Label(PRICE, "10086", 3600)
    assert not read.has_bad_check_digit


def test_a_label_of_a_scale_holds_a_weight():
    assert read_code(sealed("221008600375"), LABELS).label == Label(WEIGHT, "10086", 375)


def test_where_the_last_digit_is_true_a_wrong_one_makes_no_label():
    good = sealed("201008603600")
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    read = read_code(wrong, LABELS)
    assert read.label is None
    assert read.has_bad_check_digit


def test_where_scales_print_none_the_last_digit_is_no_check_digit():
    for last in "0123456789":
        read = read_code("211008603600" + last, LABELS)
        assert read.label == Label(UNCHECKED, "10086", 3600)
        assert not read.has_bad_check_digit


def test_another_layout_cuts_elsewhere():
    rule = LabelCode("29", "price", item_digits=4, value_digits=6)
    assert read_code(sealed("291234003600"), (rule,)).label == Label(rule, "1234", 3600)


@pytest.mark.parametrize(
    "code",
    ["2010086", sealed("691008603600"), sealed("231008603600"), sealed("201008600000"), "20ABC"],
)
def test_what_is_no_label(code):
    assert read_code(code, LABELS).label is None


@given(st.integers(0, 99_999), st.integers(1, 99_999), st.sampled_from(LABELS))
def test_a_printed_label_reads_as_what_was_printed(item, value, rule):
    code = sealed(f"{rule.prefix}{item:05d}{value:05d}")
    assert read_code(code, LABELS).label == Label(rule, f"{item:05d}", value)


# Whatever comes


@given(CODES | DIGITS, st.sampled_from([(), LABELS]))
def test_every_code_is_looked_for_as_something_different_each_time(text, labels):
    assume(text.strip())
    read = read_code(text, labels)
    assert read.candidates
    assert len(set(read.candidates)) == len(read.candidates)
    assert all(read.candidates)


@given(st.text(st.sampled_from("0123456789ABC\x1d"), max_size=40))
def test_anything_may_follow_an_article(rest):
    assert "6901234567892" in read_code("0106901234567892" + rest + "1").candidates
