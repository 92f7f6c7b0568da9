"""追溯码: which texts are the code of a single pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.barcode import read_code
from core.catalog.trace import check_trace, read_trace, trace_prefix
from core.errors import BadTrace, PaymentCode
from core.values.gtin import check_digit

CODE = "81234567890123456789"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"https://www.mashangfangxin.com/q/{CODE}",
        f"http://m.example.cn/{CODE}",
        f"HTTPS://M.EXAMPLE.CN/a/b/{CODE}/?from=box#x",
    ],
)
def test_a_code_bare_or_at_the_end_of_an_address(text: str) -> None:
    assert read_trace(text) == CODE
    assert read_code(text).trace == CODE


@pytest.mark.parametrize(
    "text",
    ["", CODE[:-1], CODE + "0", "7" + CODE[1:], f"https://x.cn/{CODE}/more", f"ftp://x.cn/{CODE}",
     f"https://x.cn/?c={CODE}", f"https://x.cn/1{CODE}", CODE.replace("1", "１")],
)  # fmt: skip
def test_nothing_else_is_one(text: str) -> None:
    assert read_trace(text) is None


@given(st.from_regex(r"8[0-9]{19}", fullmatch=True))
def test_its_first_seven_digits_name_the_product(code: str) -> None:
    assert trace_prefix(code) == code[:7]


def test_a_code_of_another_system_is_kept_and_names_nothing() -> None:
    assert check_trace("ZH-0042-77") == "ZH-0042-77"
    assert trace_prefix("ZH-0042-77") is None


@pytest.mark.parametrize(
    "text", ["", "1234567", "x" * 65, "ZH 0042 77", "批号一二三四五六", "a\nbcdefgh"]
)
def test_what_no_code_can_be(text: str) -> None:
    with pytest.raises(BadTrace):
        check_trace(text)


def test_what_a_customer_pays_with_is_no_trace_code() -> None:
    with pytest.raises(PaymentCode):
        check_trace("134567890123456789")


def test_the_serial_number_of_a_gs1_code_is_one_with_its_article() -> None:
    gtin = "0690123456789" + check_digit("0690123456789")
    code = read_code(f"]d201{gtin}17270131" + "10B7\x1d21SN-42")
    assert code.trace == f"01{gtin}21SN-42"
    assert trace_prefix(code.trace) == f"01{gtin}"
    assert (code.batch, str(code.expires_on)) == ("B7", "2027-01-31")
