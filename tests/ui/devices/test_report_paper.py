"""报表 on paper: the same rows on 80 and 58 mm and in the PDF, and the drawer only for cash."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from core.sales.report import MoveLine, SumLine, copy_of_report
from core.values.money import format_money
from tests.core.sales.reported import REPORTS
from tests.ui.devices.epson_paper import EpsonPaper
from tests.ui.devices.test_columns import columns_of
from ui.devices.columns import as_text
from ui.devices.copies import save_copies
from ui.devices.escpos import encode
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"
FIGURE = re.compile(r"\d[\d,]*\.\d\d")
DOTS = {80: 576, 58: 384}


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_as_they_were(name, columns):
    path = GOLDEN / f"{name}.{columns}.txt"
    text = as_text(REPORTS[name](), columns)
    assert text == path.read_text(encoding="utf-8")
    assert max(map(columns_of, text.splitlines())) == columns


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("name", REPORTS)
def test_pdf_and_thermal_paper_show_the_same_figures(name, mm):
    report = REPORTS[name]()
    paper = EpsonPaper(encode(report, width_mm=mm), dots=DOTS[mm])
    assert (paper.broken_rows, paper.cuts) == (0, 1)
    document = pypdfium2.PdfDocument(rows_pdf(rows_of(report), report.no, width_mm=mm))
    found = FIGURE.findall(document[0].get_textpage().get_text_bounded())
    assert found == FIGURE.findall(paper.text)
    for line in report.lines:
        if isinstance(line, SumLine | MoveLine):
            assert format_money(abs(line.amount_fen)) in paper.text


def test_a_copy_says_that_it_is_one():
    text = as_text(copy_of_report(REPORTS["z_of_a_day"]()))
    assert "补打，非原件" in text


def test_its_file_has_its_number(tmp_path):
    report = REPORTS["z_of_a_day"]()
    pdf, stream = save_copies(rows_of(report), report.no, tmp_path)
    assert (pdf.name, stream.name) == ("S01-T2-Z0007.pdf", "S01-T2-Z0007.bin")
