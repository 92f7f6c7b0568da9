"""小票 PDF: the same rows set in type, on 80 or 58 mm paper as long as the receipt needs.

The font is embedded, the text can be searched and copied. The same receipt gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from barcode import Code128
from msgspec import Struct
from msgspec.structs import replace
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from segno import make_qr

from core.errors import BadPicture
from ui.devices.faces import CENTRE, RIGHT, Face, faces
from ui.devices.logo import check_logo
from ui.devices.row import Bars, Picture, Row, Squares, Stroke, Voice, Words
from ui.devices.wrapping import wrap
from ui.text import tr

_MARGIN = {80: 4 * mm, 58: 3.5 * mm}
_TOP, _BOTTOM = 6 * mm, 9 * mm
_INK, _GREY = 0.05, 0.38
_GAP = 6.0
_INDENT = 9.0
_BAR_HEIGHT = 11 * mm
_BAR_MODULE = 0.33 * mm
_SQUARE_SIDE = 22 * mm
_PICTURE_HEIGHT = 24 * mm


class Type(Struct, frozen=True):
    """How a voice is set: size and leading in points, grey from 0 (black) to 1."""

    size: float
    leading: float
    is_bold: bool = False
    grey: float = _INK
    is_centred: bool = False
    indent: float = 0.0
    before: float = 0.0


_DOUBLE = Type(14, 19)
_TYPES = {
    Voice.TITLE: Type(14, 19, is_bold=True, is_centred=True),
    Voice.CENTRED: Type(8, 19, grey=_GREY, is_centred=True),
    Voice.COPY: Type(10, 15, is_bold=True, is_centred=True),
    Voice.PLAIN: Type(8.5, 13),
    Voice.ITEM: Type(9, 13.5, before=3.5),
    Voice.NOTE: Type(7.5, 11.5, grey=_GREY, indent=_INDENT),
    Voice.PART: Type(8, 12, grey=_GREY, indent=_INDENT),
    Voice.TOTAL: Type(15, 23, is_bold=True, before=1),
    Voice.STRONG: Type(9, 14, is_bold=True),
    Voice.CHEER: Type(9.5, 16, is_bold=True, is_centred=True, before=2),
}


class Page(Struct, frozen=True):
    """Paper of a width in points, with its two faces."""

    width: float
    margin: float
    regular: Face
    bold: Face

    @property
    def room(self) -> float:
        """Points between the margins."""
        return self.width - 2 * self.margin

    def face(self, kind: Type) -> Face:
        """The face of a type."""
        return self.bold if kind.is_bold else self.regular


def rows_pdf(rows: Sequence[Row], no: str, *, width_mm: int = 80) -> bytes:
    """The PDF of rows on 80 or 58 mm paper; `no` names it."""
    page = Page(width_mm * mm, _MARGIN[width_mm], *faces())
    height = _TOP + sum(_height(row, page) for row in rows) + _BOTTOM
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(page.width, height), invariant=1, pageCompression=1)
    canvas.setTitle(tr("小票 {no}", no=no))
    top = height - _TOP
    for row in rows:
        _draw(canvas, row, top, page)
        top -= _height(row, page)
    canvas.save()
    return file.getvalue()


def _height(row: Row, page: Page) -> float:
    match row:
        case Stroke():
            return 11.0
        case Bars():
            return _BAR_HEIGHT + 20.0
        case Squares():
            return _SQUARE_SIDE + 20.0
        case Picture(path):
            return _picture_size(path, page)[1] + 6.0
    kind = _type(row)
    return kind.before + kind.leading * len(list(_texts(row, page)))


def _texts(row: Words, page: Page) -> Iterator[tuple[str, str]]:
    """Left and right of each row of type; the figure stands on the first where it has room."""
    kind = _type(row)
    face, figure_face = page.face(kind), _figure_face(row, page)
    left, right = face.shown(row.left), figure_face.shown(row.right)
    taken = figure_face.width(right, kind.size) + _GAP if right else 0.0
    room = page.room - kind.indent - taken
    has_room = room >= face.width("汉" * 4, kind.size) or face.width(left, kind.size) <= room

    def width(text: str) -> float:
        return face.width(text, kind.size)

    if not has_room:
        yield from ((part, "") for part in wrap(left, page.room - kind.indent, width))
        yield from (("", part) for part in wrap(right, page.room - kind.indent, width))
        return
    first, *rest = wrap(left, room, width)
    yield first, right
    yield from ((part, "") for part in rest)


def _figure_face(row: Words, page: Page) -> Face:
    """What an item costs is bold beside its name."""
    return page.bold if row.voice is Voice.ITEM else page.face(_type(row))


def _type(row: Words) -> Type:
    """The type of its voice, changed where the shop wants it otherwise."""
    kind, style = _TYPES[row.voice], row.style
    if style is None:
        return kind
    if style.double and kind.size < _DOUBLE.size:
        kind = replace(kind, size=_DOUBLE.size, leading=_DOUBLE.leading)
    indent = 0.0 if style.centre else kind.indent
    return replace(kind, is_bold=style.bold, is_centred=style.centre, indent=indent, grey=_INK)


def _draw(canvas: Canvas, row: Row, top: float, page: Page) -> None:
    match row:
        case Stroke():
            canvas.setStrokeGray(0.72)
            canvas.setLineWidth(0.5)
            canvas.line(page.margin, top - 5.5, page.width - page.margin, top - 5.5)
        case Bars(code):
            _draw_bars(canvas, code, top, page)
        case Squares(code):
            _draw_squares(canvas, code, top, page)
        case Picture(path):
            width, height = _picture_size(path, page)
            if height:
                left = (page.width - width) / 2
                canvas.drawImage(path, left, top - height, width, height, mask="auto")
        case Words():
            _draw_words(canvas, row, top, page)


def _draw_words(canvas: Canvas, row: Words, top: float, page: Page) -> None:
    kind = _type(row)
    face, figure_face = page.face(kind), _figure_face(row, page)
    canvas.setFillGray(kind.grey)
    base = top - kind.before - kind.size * 1.08
    for left, right in _texts(row, page):
        if kind.is_centred and not row.right:
            face.draw(canvas, page.width / 2, base, left, kind.size, side=CENTRE)
        elif left:
            face.draw(canvas, page.margin + kind.indent, base, left, kind.size)
        if right:
            edge = page.width - page.margin
            figure_face.draw(canvas, edge, base, right, kind.size, side=RIGHT)
        base -= kind.leading


def _draw_bars(canvas: Canvas, code: str, top: float, page: Page) -> None:
    """As wide as scanners like it, narrower only where the paper ends; the number below."""
    modules: str = Code128(code).build()[0]
    module = min(_BAR_MODULE, page.room / len(modules))
    left = (page.width - module * len(modules)) / 2
    canvas.setFillGray(0)
    for bar in re.finditer("1+", modules):
        x, width = left + bar.start() * module, len(bar[0]) * module
        canvas.rect(x, top - 3 - _BAR_HEIGHT, width, _BAR_HEIGHT, stroke=0, fill=1)
    _draw_below(canvas, code, top - _BAR_HEIGHT - 14, page)


def _draw_squares(canvas: Canvas, code: str, top: float, page: Page) -> None:
    """QR, with its quiet zone in the margin; the code below."""
    matrix = make_qr(code, error="m").matrix
    module = _SQUARE_SIDE / len(matrix)
    left = (page.width - _SQUARE_SIDE) / 2
    canvas.setFillGray(0)
    for y, row in enumerate(matrix, 1):
        for bar in re.finditer(b"\x01+", bytes(row)):
            x, width = left + bar.start() * module, len(bar[0]) * module
            canvas.rect(x, top - 3 - y * module, width, module, stroke=0, fill=1)
    _draw_below(canvas, code, top - _SQUARE_SIDE - 14, page)


def _draw_below(canvas: Canvas, code: str, base: float, page: Page) -> None:
    kind = _TYPES[Voice.PLAIN]
    canvas.setFillGray(kind.grey)
    shown = page.regular.shown(code)
    page.regular.draw(canvas, page.width / 2, base, shown, kind.size, side=CENTRE)


def _picture_size(path: str, page: Page) -> tuple[float, float]:
    """Points; nothing for a picture that went bad since it was chosen."""
    try:
        width, height = check_logo(Path(path))
    except BadPicture:
        return 0.0, 0.0
    times = min(page.room / width, _PICTURE_HEIGHT / height)
    return width * times, height * times
