"""What a scanner reads of a page of a PDF, as printers of 203 and 300 dots an inch put it down."""

from __future__ import annotations

import pypdfium2
import zxingcpp

DPIS = (203, 300)


def pages_of(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def read_codes(page: pypdfium2.PdfPage, dpi: int) -> list[tuple[str, str]]:
    """Text and kind of each code, top to bottom."""
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(picture)
    found.sort(key=lambda code: (code.position.top_left.y // 40, code.position.top_left.x))
    return [(code.text, code.format.name) for code in found]


def text_of(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded()
