"""小票 PDF: what a reader extracts is what the receipt says, and a scanner reads the bars."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sales.receipt import CodeLine, ItemLine, Receipt, copy_of
from tests.core.sales.sold import GOLDEN
from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.escpos import encode
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of

FIGURE = re.compile(r"\d[\d,]*\.\d\d")
POINTS_OF_MM = 72 / 25.4


def pdf_of(receipt: Receipt, mm: int = 80) -> bytes:
    return rows_pdf(rows_of(receipt), receipt.no, width_mm=mm)


def page_of(receipt: Receipt, mm: int = 80) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(pdf_of(receipt, mm))
    assert len(document) == 1
    return document[0]


def text_of(receipt: Receipt, mm: int = 80) -> str:
    return page_of(receipt, mm).get_textpage().get_text_bounded()


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("name", GOLDEN)
def test_pdf_and_thermal_paper_show_the_same_figures(name, mm):
    receipt = GOLDEN[name]()
    paper = EpsonPaper(encode(receipt, width_mm=mm), dots={80: 576, 58: 384}[mm])
    assert FIGURE.findall(text_of(receipt, mm)) == FIGURE.findall(paper.text)


def test_the_words_can_be_read_copied_and_searched():
    text = text_of(GOLDEN["gold_card_with_everything"]())
    for words in (
        "中山路店",
        "单号 S01-T2-000123",
        "会员价 37.00，省 4.00",
        "金卡 95折，省 3.40",
        "应收 ¥202.70",
        "会员 李*华",
        "已升为钻石卡",
    ):
        assert words in text


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("no", ["S01-T2-000123", "S01-T12.3-000123", "S001-T12.13-1000123"])
def test_a_scanner_reads_the_number(no, mm):
    picture = page_of(Receipt(no, (CodeLine(no),)), mm).render(scale=6).to_pil()
    [found] = zxingcpp.read_barcodes(picture)
    assert (found.text, found.format) == (no, zxingcpp.BarcodeFormat.Code128)


@pytest.mark.parametrize("mm", [80, 58])
def test_paper_is_as_wide_as_its_roll_and_as_long_as_needed(mm):
    short = page_of(GOLDEN["a_stranger_buys_a_box"](), mm).get_size()
    long = page_of(GOLDEN["gold_card_with_everything"](), mm).get_size()
    assert short[0] == long[0] == pytest.approx(mm * POINTS_OF_MM, abs=0.1)
    assert short[1] < long[1] < 2.2 * short[1]


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("name", GOLDEN)
def test_no_ink_touches_the_edge(name, mm):
    picture = page_of(copy_of(GOLDEN[name](), 1), mm).render(scale=2, grayscale=True).to_pil()
    width, height = picture.size
    edge = round(3 * POINTS_OF_MM * 2)
    for box in ((0, 0, edge, height), (width - edge, 0, width, height), (0, 0, width, edge)):
        assert picture.crop(box).getextrema() == (255, 255)


def test_a_sign_that_the_fonts_lack_is_named_and_a_rare_one_is_set():
    item = ItemLine("𠮷㐂䶮\x1b\n🦄丸", "", "", 1000, 100, 100, 100)
    assert "𠮷㐂䶮 □U+1F984丸" in text_of(Receipt("1", (item,)))


def test_a_rare_sign_is_drawn_and_is_no_box():
    def ink(name: str) -> bytes:
        item = ItemLine(name, "", "", 1000, 100, 100, 100)
        return page_of(Receipt("1", (item,))).render(scale=4).to_pil().tobytes()

    assert len({ink(sign) for sign in "𠮷𠀋㐅□"}) == 4


def test_the_font_is_inside():
    data = pdf_of(GOLDEN["a_stranger_buys_a_box"]())
    assert data.count(b"/FontFile2") == 2
    assert len(data) < 100_000


def test_the_same_receipt_gives_the_same_bytes():
    receipt = GOLDEN["gold_card_with_everything"]()
    assert pdf_of(receipt) == pdf_of(receipt)
    assert pdf_of(copy_of(receipt, 1)) != pdf_of(receipt)


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from([80, 58]))
def test_whatever_a_product_is_called_its_price_is_there(name, mm):
    item = ItemLine(name, "", "盒", 1000, 76_54_32, 76_54_32, 76_54_32)
    assert "7,654.32" in text_of(Receipt("1", (item,)), mm)
