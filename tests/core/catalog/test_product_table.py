"""商品表: each row is a product, or its line, column and fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.product_table import MOST_FEN, ProductRow, read_products
from core.errors import (
    BadCheckDigit,
    BadFlag,
    BadMoney,
    BadPrice,
    BadProductName,
    BadScan,
    MissingColumns,
    PaymentCode,
    TwiceInTable,
)
from core.values.gtin import check_digit
from core.values.money import format_money
from core.values.table import BadRow

HEADINGS = "条码 名称 规格 单位 售价 会员价 特价 分类 处方药 称重".split()
GOOD = ["6901234567892", "山楂丸", "9g × 10丸", "盒", "18.50", "17", "", "非处方药", "否", "否"]


def read(*rows: list[str], headings: list[str] | None = None) -> list[ProductRow | BadRow]:
    return list(read_products(headings or HEADINGS, enumerate(rows, start=2)))


def with_cell(column: str, text: str) -> list[str]:
    row = list(GOOD)
    row[HEADINGS.index(column)] = text
    return row


def test_a_row_becomes_a_product():
    assert read(GOOD) == [
        ProductRow(
            code="6901234567892",
            name="山楂丸",
            price_fen=18_50,
            member_price_fen=17_00,
            spec="9g × 10丸",
            unit="盒",
            category="非处方药",
        )
    ]


def test_only_code_name_and_price_are_needed():
    plain = ProductRow("10086", "枸杞子", 96_00)
    assert read(["10086", "枸杞子", "96"], headings=["PLU", "品名", "零售价"]) == [plain]
    with pytest.raises(MissingColumns) as refused:
        read(GOOD, headings=["会员价", "分类"])
    assert refused.value.names == ("条码", "名称", "售价")


def test_headings_may_be_english_and_in_any_order():
    headings = ["Rx", "Member Price", "Price", "Category", "Name", "Barcode", "Special price"]
    [product] = read(
        ["yes", "40", "42.60", "Rx", "阿托伐他汀钙片", "6901234567892", ""], headings=headings
    )
    assert (product.price_fen, product.member_price_fen) == (42_60, 40_00)
    assert product.special_price_fen is None
    assert product.is_prescription


@pytest.mark.parametrize(
    ("column", "text", "error"),
    [
        ("条码", "", BadScan),
        ("条码", "6" * 65, BadScan),
        ("条码", "山楂丸", BadScan),
        ("条码", "69\x001", BadScan),
        ("条码", "6.90123E+12", BadScan),
        ("条码", "6901234567890", BadCheckDigit),
        ("名称", "", BadProductName),
        ("名称", "丸" * 81, BadProductName),
        ("名称", "山\x07楂", BadProductName),
        ("售价", "", BadMoney),
        ("售价", "面议", BadMoney),
        ("售价", "1.234", BadMoney),
        ("售价", "0", BadPrice),
        ("售价", "0.00", BadPrice),
        ("售价", "-18.50", BadPrice),
        ("售价", "1000000.01", BadPrice),
        ("会员价", "0", BadPrice),
        ("会员价", "九折", BadMoney),
        ("特价", "-1", BadPrice),
        ("特价", "x", BadMoney),
        ("处方药", "也许", BadFlag),
        ("称重", "kg", BadFlag),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column(column, text, error):
    bad, good = read(with_cell(column, text), ["10086", "枸杞子", "", "kg", "96.00"])
    assert (bad.line, bad.column) == (2, column)
    assert type(bad.error) is error
    assert good.code == "10086"


@pytest.mark.parametrize("text", ["18.5", "18.50", "18.5000", "¥18.50", "18.50元"])
def test_a_price_in_the_ways_programs_write_it(text):
    assert read(with_cell("售价", text))[0].price_fen == 18_50


@pytest.mark.parametrize("column", ["条码", "名称", "规格", "单位", "售价", "分类"])
def test_what_somebody_paid_with_is_kept_in_no_cell(column):
    for code in ("134567890123456789", "4111 1111 1111 1111"):
        (told,) = read(with_cell(column, code))
        assert told.column == column
        assert isinstance(told.error, PaymentCode)


def test_a_price_that_is_none_is_told_as_it_stands():
    assert read(with_cell("售价", "18.5001元"))[0].error.text == "18.5001元"


def test_the_first_fault_of_a_row_is_told():
    [bad] = read(["", "", "", "", "free"])
    assert bad.column == "条码"


def test_a_code_counts_once_in_a_table():
    first, second, other = read(GOOD, with_cell("名称", "别的"), ["10086", "枸杞子", "", "", "96"])
    assert isinstance(first, ProductRow)
    assert isinstance(other, ProductRow)
    assert (second.line, second.column) == (3, "条码")
    assert isinstance(second.error, TwiceInTable)


def test_what_stands_beside_the_name_is_cleaned_and_shortened():
    row = with_cell("规格", "9g\n×  10\x07丸")
    row[HEADINGS.index("单位")] = "盒" * 9
    [product] = read(row)
    assert (product.spec, product.unit) == ("9g × 10 丸", "盒" * 8)


def test_a_bad_row_takes_nobodys_code():
    bad, good = read(with_cell("售价", "0"), GOOD)
    assert isinstance(bad, BadRow)
    assert isinstance(good, ProductRow)


@pytest.mark.parametrize("code", ["10086", "A-17", "123456789012", "2210086003754", "6901"])
def test_codes_of_the_shops_own_need_no_check_digit(code):
    assert read(with_cell("条码", code))[0].code == code


@pytest.mark.parametrize(
    ("category", "mark", "is_prescription"),
    [
        ("处方药", "是", True),
        ("处方药", "", True),
        ("处方药", "否", False),
        ("非处方药", "", False),
        ("非处方药", "处方药", True),
        ("心血管", "Rx", True),
        ("心血管", "甲类OTC", False),
        ("心血管", "非处方药", False),
    ],
)
def test_the_column_says_what_is_on_prescription_and_the_category_where_it_is_silent(
    category, mark, is_prescription
):
    row = with_cell("分类", category)
    row[HEADINGS.index("处方药")] = mark
    assert read(row)[0].is_prescription == is_prescription


def test_without_the_column_the_category_alone_says_it():
    headings = ["条码", "名称", "售价", "分类"]
    assert read(["1", "阿莫西林", "13.20", "处方药"], headings=headings)[0].is_prescription


PRICES = st.integers(1, MOST_FEN)


@given(
    codes=st.lists(st.from_regex(r"69[0-9]{10}", fullmatch=True), min_size=1, unique=True),
    price=PRICES,
    lower=st.none() | PRICES,
)
def test_what_is_written_plainly_is_read_back(codes, price, lower):
    wanted = [
        ProductRow(code + check_digit(code), "山楂丸", price, special_price_fen=lower)
        for code in codes
    ]
    special = "" if lower is None else format_money(lower)
    rows = [
        [row.code, row.name, "", "", format_money(price), "", special, "", "", ""] for row in wanted
    ]
    assert read(*rows) == wanted


@given(st.from_regex(r"69[0-9]{10}", fullmatch=True), st.integers(0, 12), st.integers(1, 9))
def test_any_single_wrong_digit_of_a_barcode_is_noticed(payload, place, shift):
    code = payload + check_digit(payload)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    if wrong.startswith("2"):
        return
    [bad] = read(with_cell("条码", wrong))
    assert isinstance(bad.error, BadCheckDigit)


@given(st.lists(st.lists(st.text(max_size=12), max_size=12), max_size=6))
def test_any_row_is_a_product_or_a_bad_row(rows):
    found = read(*rows)
    assert len(found) == len(rows)
    for line, row in enumerate(found, start=2):
        if isinstance(row, BadRow):
            assert row.line == line
            assert row.column in HEADINGS
        else:
            assert 0 < row.price_fen <= MOST_FEN
