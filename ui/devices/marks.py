"""印记: what stands where on a leaf of paper or a card: words, filled boxes, pictures.

Millimetres from the left upper corner; sizes of letters are points. The same marks become a PDF
here and a picture on the screen elsewhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ui.devices.faces import LEFT, faces

INK, PALE = 0.0, 0.35


class Text(Struct, frozen=True, tag=True):
    """Words on their base line; `x` is their left edge, middle or right edge by `side`."""

    x: float
    y: float
    text: str
    size: float
    is_bold: bool = False
    grey: float = INK
    side: float = LEFT

    @property
    def width(self) -> float:
        """Millimetres."""
        return faces()[self.is_bold].width(self.text, self.size) / mm


class Box(Struct, frozen=True, tag=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    grey: float = INK


class Image(Struct, frozen=True, tag=True):
    """A picture from a file, as large as it is said here."""

    x: float
    y: float
    path: str
    width: float
    height: float


Mark = Text | Box | Image


class Leaf(Struct, frozen=True):
    """One page."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def moved(marks: Iterable[Mark], x: float, y: float) -> tuple[Mark, ...]:
    """The same marks so much further to the right and down."""
    return tuple(replace(mark, x=mark.x + x, y=mark.y + y) for mark in marks)


def leaves_pdf(leaves: Sequence[Leaf], title: str) -> bytes:
    """The PDF of these pages; the same pages give the same bytes."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for leaf in leaves:
        canvas.setPageSize((leaf.width * mm, leaf.height * mm))
        for mark in leaf.marks:
            _draw(canvas, mark, leaf.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: float) -> None:
    match mark:
        case Text(x, y, text, size, is_bold, grey, side):
            canvas.setFillGray(grey)
            faces()[is_bold].draw(canvas, x * mm, (height - y) * mm, text, size, side=side)
        case Box(x, y, wide, high, grey):
            canvas.setFillGray(grey)
            place = (x * mm, (height - y - high) * mm, wide * mm, high * mm)
            canvas.rect(*place, stroke=0, fill=1)
        case Image(x, y, path, wide, high):
            place = (x * mm, (height - y - high) * mm, wide * mm, high * mm)
            canvas.drawImage(path, *place, mask="auto")
