"""表: columns by their headings, yes and no, and codes that a spreadsheet spoilt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadFlag, MissingColumns
from core.values.table import cells_of, flag_of, guarded, is_scientific, match_columns

KNOWN = {"code": ("条码", "barcode"), "name": ("名称", "product name"), "price": ("售价", "price")}


def test_columns_are_found_in_any_order_by_chinese_or_english_heading():
    assert match_columns(["售价", "Barcode", "名称"], KNOWN, needed=("code",)) == {
        "price": 0,
        "code": 1,
        "name": 2,
    }


@pytest.mark.parametrize(
    "heading",
    [
        "Product Name",
        "product_name",
        " PRODUCT-NAME ",
        "ＰＲＯＤＵＣＴ　ＮＡＭＥ",
        "*product name:",
    ],
)
def test_a_heading_is_known_in_each_way_of_writing_it(heading):
    assert match_columns([heading], KNOWN, needed=()) == {"name": 0}


def test_columns_that_nobody_asked_for_are_passed_over():
    assert match_columns(["产地", "条码", "", "备注"], KNOWN, needed=("code",)) == {"code": 1}


def test_of_two_columns_of_one_meaning_the_better_word_counts():
    assert match_columns(["barcode", "条码"], KNOWN, needed=()) == {"code": 1}
    assert match_columns(["条码", "barcode"], KNOWN, needed=()) == {"code": 0}


def test_of_two_columns_of_one_heading_the_first_counts():
    assert match_columns(["条码", "条码"], KNOWN, needed=()) == {"code": 0}


@pytest.mark.parametrize("heading", ["售价（元）", "售价(元/盒)", "售价 [元]", "Price (CNY)"])
def test_what_stands_in_brackets_behind_a_heading_is_passed_over(heading):
    assert match_columns([heading], KNOWN, needed=()) == {"price": 0}


def test_all_missing_columns_are_named_at_once_as_a_shop_calls_them():
    with pytest.raises(MissingColumns) as refused:
        match_columns(["售价", "备注"], KNOWN, needed=("code", "name", "price"))
    assert refused.value.names == ("条码", "名称")


@given(st.permutations(list(KNOWN)), st.data())
def test_the_order_of_columns_changes_nothing(order, data):
    headings = [data.draw(st.sampled_from(KNOWN[field])) for field in order]
    row = [f" {field} " for field in order]
    cells = cells_of(row, match_columns(headings, KNOWN, needed=tuple(KNOWN)))
    assert cells == {field: field for field in KNOWN}


def test_a_short_row_ends_in_empty_cells():
    assert cells_of(["1"], {"code": 0, "name": 1, "price": 7}) == {
        "code": "1",
        "name": "",
        "price": "",
    }


def test_what_programs_write_to_keep_a_code_whole_is_taken_off():
    places = {"code": 0, "name": 1}
    assert cells_of(['="0069012"', "\t山楂丸\t"], places) == {"code": "0069012", "name": "山楂丸"}
    assert cells_of(['="a"b', "甲"], places)["code"] == '="a"b'


@pytest.mark.parametrize("text", ["是", "Y", "yes", "TRUE", "True", "1", "√", "有", " 是 "])
def test_yes(text):
    assert flag_of(text) is True


@pytest.mark.parametrize("text", ["否", "n", "No", "FALSE", "0", "×", "无", "", "-", "/", "OTC"])
def test_no(text):
    assert flag_of(text) is False


@pytest.mark.parametrize("text", ["也许", "2", "是否", "yesno", "甲类"])
def test_neither_yes_nor_no(text):
    with pytest.raises(BadFlag):
        flag_of(text)


@pytest.mark.parametrize("text", ["6.90123E+12", "6.90123e+12", "8E+05", "6.9E12"])
def test_a_code_that_a_spreadsheet_made_a_number_of_is_noticed(text):
    assert is_scientific(text)


@pytest.mark.parametrize("text", ["6901234567892", "E12", "A1E+05", "12E4", "800001", ""])
def test_a_code_is_not_taken_for_a_number(text):
    assert not is_scientific(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("+8613800135678", "'+8613800135678"),
        ("-1+1", "'-1+1"),
        ("-2-cmd", "'-2-cmd"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-1234.50", "-1234.50"),
        ("-0.125", "-0.125"),
        ("李小华", "李小华"),
    ],
)
def test_what_is_no_amount_is_no_formula_either(text, said):
    assert guarded(text) == said
