"""入网码的纸: who may join where and until when, as a square to scan and a line to type.

Whoever holds it can join once: it is printed for one hand, and is of no use after a day.
"""

from __future__ import annotations

import io

from ui.devices.faces import CENTRE
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import Leaf, Mark, leaves_pdf
from ui.devices.symbols import square_marks
from ui.text import tr

WIDTH, HEIGHT, SIDE = 105.0, 148.0, 70.0
"""A6, and the side of its square, in millimetres."""
_EDGE = 9.0
_PNG_SCALE = 8


def invitation_pdf(line: str, chain_name: str, place: str, until: str) -> bytes:
    """One page: the chain and the place above the square, the line and what to do below it."""
    room = WIDTH - 2 * _EDGE
    square = (WIDTH - SIDE) / 2, 40.0

    def words(text: str, top: float, high: float, size: float, *, is_bold: bool = False) -> None:
        frame = Frame(_EDGE, top, room, high)
        marks.extend(fitted(text, frame, size, is_bold=is_bold, side=CENTRE))

    marks: list[Mark] = [*square_marks(line, *square, SIDE)]
    words(chain_name, 9, 10, 16, is_bold=True)
    words(place, 20, 16, 13)
    words(line, 112, 9, 11, is_bold=True)
    what = (
        "新电脑第一次打开时选“加入连锁”，在用的打开“上传”，扫它或照上面一行输。"
        "只能用一次，{until} 前有效；别让外人看到。"
    )
    words(tr(what, until=until), 122, 20, 10)
    return leaves_pdf([Leaf(WIDTH, HEIGHT, tuple(marks))], tr("入网码"))


def invitation_png(line: str) -> bytes:
    """The square alone, with its quiet zone."""
    import segno

    file = io.BytesIO()
    segno.make_qr(line, error="m").save(file, kind="png", scale=_PNG_SCALE)
    return file.getvalue()
