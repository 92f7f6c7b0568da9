"""每种票据: as it was, the same on the printer and in the PDF, and its codes read back."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from core.sales.design import PAPERS
from tests.ui.devices.epson_paper import EpsonPaper
from tests.ui.devices.test_columns import columns_of
from ui.catalogue import LANGUAGE_NAMES, speaking
from ui.devices.columns import as_text
from ui.devices.designs import Designs, Draft, design_in, shipped_text
from ui.devices.escpos import encode, encode_rows
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of
from ui.paper_samples import sample

GOLDEN = Path(__file__).parents[2] / "golden" / "papers"
FIGURE = re.compile(r"\d[\d,]*\.\d\d")
DOTS = {80: 576, 58: 384}
STORE = "永安堂大药房连锁有限公司中山路店"
POINTS_OF_MM = 72 / 25.4


def pdf_page(slip, mm, designs):
    return pypdfium2.PdfDocument(rows_pdf(rows_of(slip, designs), slip.no, width_mm=mm))[0]


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_as_they_were(paper, columns):
    text = as_text(sample(paper, "中山路店", 2), columns)
    assert text == (GOLDEN / f"{paper}.{columns}.txt").read_text(encoding="utf-8")
    assert max(map(columns_of, text.splitlines())) == columns


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("paper", PAPERS)
def test_pdf_and_printer_say_the_same(paper, mm):
    slip = sample(paper, STORE, 2)
    printed = EpsonPaper(encode(slip, width_mm=mm), dots=DOTS[mm])
    page = pdf_page(slip, mm, Designs())
    found = page.get_textpage().get_text_bounded()
    assert FIGURE.findall(found) == FIGURE.findall(printed.text)
    signs = set(re.sub(r"\s", "", found)) - set("¥−")
    assert signs <= set(re.sub(r"\s", "", printed.text)) | set("".join(printed.barcodes))
    assert STORE in re.sub(r"\s", "", found)


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("paper", PAPERS)
def test_no_ink_touches_the_edge_of_the_pdf(paper, mm):
    page = pdf_page(sample(paper, STORE, 2), mm, Designs())
    picture = page.render(scale=2, grayscale=True).to_pil()
    width, height = picture.size
    edge = round(3 * POINTS_OF_MM * 2)
    for box in ((0, 0, edge, height), (width - edge, 0, width, height), (0, 0, width, edge)):
        assert picture.crop(box).getextrema() == (255, 255)


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("hidden", ["bars", "qr"])
@pytest.mark.parametrize("paper", ["receipt", "coupon", "gift", "hold"])
def test_codes_of_both_shapes_are_read_back(paper, hidden, mm):
    text = shipped_text(paper).replace('hide = ["qr"]', f'hide = ["{hidden}"]')
    designs = Draft(Designs(), design_in(text, paper, "x"))
    slip = sample(paper, STORE, 2)
    [found] = zxingcpp.read_barcodes(pdf_page(slip, mm, designs).render(scale=6).to_pil())
    expected = zxingcpp.BarcodeFormat.QRCode if hidden == "bars" else zxingcpp.BarcodeFormat.Code128
    assert found.format == expected
    assert found.text in as_text(slip)
    printed = EpsonPaper(encode_rows(rows_of(slip, designs), width_mm=mm), dots=DOTS[mm])
    drawn = (printed.squares, printed.barcodes)
    assert drawn == (([found.text], []) if hidden == "bars" else ([], [found.text]))


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_papers_speak_the_languages_of_the_till(language):
    with speaking(language):
        text = as_text(sample("coupon", "S", 2))
    words = {"zh_CN": "只能用一次", "zh_TW": "兌現", "en": "Good once"}[language]
    assert words in text


def test_a_gift_slip_names_no_price_and_no_member():
    text = as_text(sample("gift", "中山路店", 2))
    assert re.findall(r"\S+ kg|\d+\.\d\d\b", text) == ["0.375 kg"]
    assert "赵" not in text
