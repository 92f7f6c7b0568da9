"""留底: a receipt as files, whole or not at all."""

from __future__ import annotations

import os
import stat

import pypdfium2
import pytest

from core.errors import ReadOnly, Unavailable
from tests.core.sales.sold import GOLDEN
from ui.devices.copies import save_copies
from ui.devices.escpos import encode
from ui.devices.files import write_file
from ui.devices.paper import PaperDesk
from ui.devices.printer import NoPrinter
from ui.devices.rows import rows_of
from ui.text import sentence

RECEIPT = GOLDEN["gold_card_with_everything"]()


def test_a_pdf_and_the_printers_bytes_lie_side_by_side(tmp_path):
    pdf, stream = PaperDesk(NoPrinter()).save(RECEIPT, tmp_path / "new" / "receipts")
    assert (pdf.name, stream.name) == ("S01-T2-000123.pdf", "S01-T2-000123.bin")
    assert "202.70" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert stream.read_bytes() == encode(RECEIPT)
    assert sorted(path.name for path in pdf.parent.iterdir()) == [stream.name, pdf.name]


def test_a_sale_number_cannot_leave_the_folder(tmp_path):
    pdf, stream = save_copies(rows_of(RECEIPT), "../../S01/T2:9", tmp_path)
    assert {pdf.parent, stream.parent} == {tmp_path}


def test_what_cannot_be_written_is_told_and_leaves_what_was_there(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(Unavailable) as refused:
        write_file(tmp_path / "file" / "a.pdf", b"new")
    assert isinstance(refused.value, ReadOnly)
    assert sentence(refused.value) == (
        f"“{tmp_path / 'file'}”不能写入。以前的数据都在；请检查权限，或换一个位置。"
    )
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_is_written_is_for_its_owner_only(tmp_path):
    (tmp_path / "a.pdf.part").write_bytes(b"what a broken end left, open to others")
    (tmp_path / "a.pdf.part").chmod(0o644)
    before = os.umask(0)
    try:
        write_file(tmp_path / "a.pdf", b"a member's points")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
