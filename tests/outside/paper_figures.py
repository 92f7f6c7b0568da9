"""The figures of a receipt as its reader sees them, from the text of a PDF or of printed paper."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from msgspec import Struct

from tests.ui.devices.epson_paper import EpsonPaper

_AMOUNT = r"(\d{1,3}(?:,\d{3})*\.\d\d|\d+\.\d\d)"
_TENDERS = {
    "现金": "cash",
    "银行卡": "card",
    "支付宝": "alipay",
    "微信": "wechat",
    "医保": "insurance",
    "代金券": "voucher",
}


class Figures(Struct, frozen=True):
    """Fen and points; None where the receipt does not say it."""

    no: str
    list_fen: int
    payable_fen: int
    paid_fen: int
    change_fen: int | None
    tenders: tuple[tuple[str, int], ...]
    points: int | None
    balance: int | None
    saved_fen: int


def of_pdf(path: Path) -> Figures:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return of_text(text)


def of_stream(data: bytes, *, dots: int = 576) -> Figures:
    paper = EpsonPaper(data, dots=dots)
    assert paper.broken_rows == 0
    figures = of_text(paper.text)
    assert paper.barcodes == [figures.no]
    return figures


def of_text(text: str) -> Figures:
    rows = [re.sub(r"\s+", " ", row.replace("￥", "¥")).strip() for row in text.splitlines()]
    change, saved = _fen(rows, "找零"), _fen(rows, "已省")
    return Figures(
        no=_only(rows, r"单号 (\S+)( .*)?"),
        list_fen=_needed(_fen(rows, "原价")),
        payable_fen=_needed(_fen(rows, "应收 ?¥")),
        paid_fen=_needed(_fen(rows, "实收")),
        change_fen=change,
        tenders=tuple(_tenders(rows)),
        points=_points(rows, "本单积分"),
        balance=_points(rows, "积分余额"),
        saved_fen=saved or 0,
    )


def _only(rows: list[str], pattern: str) -> str:
    found = [match[1] for row in rows if (match := re.fullmatch(pattern, row))]
    assert len(found) == 1, f"{pattern} stands {len(found)} times: {rows}"
    return found[0]


def _needed(fen: int | None) -> int:
    assert fen is not None
    return fen


def _fen(rows: list[str], name: str) -> int | None:
    if not any(re.match(name, row) for row in rows):
        return None
    return _whole(_only(rows, rf"{name} ?{_AMOUNT}"))


def _tenders(rows: list[str]) -> list[tuple[str, int]]:
    pattern = re.compile(rf"({'|'.join(_TENDERS)}) {_AMOUNT}")
    found = (pattern.fullmatch(row) for row in rows)
    return [(_TENDERS[match[1]], _whole(match[2])) for match in found if match]


def _points(rows: list[str], name: str) -> int | None:
    if not any(row.startswith(name) for row in rows):
        return None
    return int(_only(rows, rf"{name} \+?([\d,]+)").replace(",", ""))


def _whole(amount: str) -> int:
    return int(amount.replace(",", "").replace(".", ""))
