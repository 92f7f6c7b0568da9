"""印的码: which symbol a code gets, and its bars or squares as marks.

A code that is an EAN-13, EAN-8 or UPC-A by its length and its check digit gets that symbol. All
others get Code 128: the library would mend a wrong check digit, and print another code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from barcode import EAN8, EAN13, UPCA, Code128
from msgspec import Struct
from segno import make_qr

from core.values.gtin import is_checked
from ui.devices.marks import Box, Mark

DOTS_OF_MM = 8
"""Of label printers (203 dpi): bars that begin and end on their dots are as wide as they should."""
_INSET, _HAIR = 0.02, 0.005
"""Printers blacken each dot that a bar touches: a bar is drawn a hair narrower than it shall be."""
_SQUARE_QUIET = 2
_BY_LENGTH = {13: EAN13, 12: UPCA, 8: EAN8}
_QUIET = {EAN13: 11, UPCA: 9, EAN8: 7, Code128: 10}
"""Modules that stay white on either side (GS1 General Specifications, 5.2 and 5.4)."""


class Bars(Struct, frozen=True):
    """The modules of a code from left to right, with the white ones that belong around them."""

    modules: str
    quiet: int

    @property
    def width(self) -> int:
        """Modules, the quiet zones among them."""
        return len(self.modules) + 2 * self.quiet


def bars_of_product(code: str) -> Bars:
    """The symbol of a product's code."""
    kind = _BY_LENGTH.get(len(code))
    is_gtin = kind is not None and code.isascii() and code.isdigit() and is_checked(code)
    if kind is None or not is_gtin:
        return bars_of(code)
    return Bars(kind(code).build()[0].replace("G", "1"), _QUIET[kind])


def bars_of(code: str) -> Bars:
    """Code 128, whatever the code looks like."""
    return Bars(Code128(code).build()[0], _QUIET[Code128])


def module_of(bars: Bars, room: float, modules_mm: Sequence[float]) -> float | None:
    """The first of the widths with which the bars find room; None where none does."""
    return next((each for each in modules_mm if each * bars.width <= room), None)


def bar_marks(bars: Bars, x: float, y: float, module: float, height: float) -> list[Mark]:
    """The bars, their quiet zone beginning at `x`."""
    left = _on_dot(x + bars.quiet * module)
    return [
        Box(left + bar.start() * module + _INSET, y, len(bar[0]) * module - 2 * _INSET, height)
        for bar in re.finditer("1+", bars.modules)
    ]


def square_marks(code: str, x: float, y: float, side: float) -> list[Mark]:
    """A QR code within a square that has its quiet zone inside, mending up to 15 %."""
    matrix = make_qr(code, error="m").matrix
    module = side / (len(matrix) + 2 * _SQUARE_QUIET)
    if module >= 2 / DOTS_OF_MM:
        module = module * DOTS_OF_MM // 1 / DOTS_OF_MM
    left, top = (_on_dot(at + _SQUARE_QUIET * module) + _HAIR for at in (x, y))
    return [
        Box(
            left + bar.start() * module,
            top + row * module,
            len(bar[0]) * module - 2 * _HAIR,
            module - 2 * _HAIR,
        )
        for row, dots in enumerate(matrix)
        for bar in re.finditer(b"\x01+", bytes(dots))
    ]


def _on_dot(at: float) -> float:
    return round(at * DOTS_OF_MM) / DOTS_OF_MM
