"""码: bar codes and QR codes as dots, for printers that draw none themselves."""

from __future__ import annotations

import re

from ui.devices.dots import Dots, dots_of

_BAR_HEIGHT = 72
_QUIET = 4


def bar_dots(code: str, dots: int) -> Dots | None:
    """Code 128, as broad as the paper allows up to three dots a module; None: no room."""
    from barcode import Code128
    from PIL import Image

    modules: str = Code128(code).build()[0]
    module = min(3, dots // (len(modules) + 2 * _QUIET))
    if not module:
        return None
    page = Image.new("1", (len(modules) * module, _BAR_HEIGHT + 8), 1)
    for bar in re.finditer("1+", modules):
        page.paste(0, (bar.start() * module, 4, bar.end() * module, 4 + _BAR_HEIGHT))
    return dots_of(page, dots)


def square_dots(code: str, dots: int) -> Dots | None:
    """QR, mending up to 15 %, at most half of the paper wide; None: no room."""
    import segno
    from PIL import Image

    matrix = segno.make_qr(code, error="m").matrix
    side = len(matrix)
    module = min(8, max(3, dots // 2 // (side + 2 * _QUIET)))
    if (side + 2 * _QUIET) * module > dots:
        return None
    page = Image.new("1", (side * module, (side + 2 * _QUIET) * module), 1)
    for y, row in enumerate(matrix, _QUIET):
        for x, is_dark in enumerate(row):
            if is_dark:
                left, top = x * module, y * module
                page.paste(0, (left, top, left + module, top + module))
    return dots_of(page, dots)
