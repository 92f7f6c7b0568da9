"""排字: a row of words as dots, for signs that a printer's own font lacks.

Each sign stands in its cell of font A (12 by 24 dots, a Chinese sign two cells), so that a row that
goes as a picture lines up with those that the printer sets itself. The font is the first of a
chain that holds the sign; what none holds is seen to be missing.
"""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ui.devices.dots import Dots, dots_of
from ui.devices.profile import Profile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
CELL, TALL, GAP = 12, 24, 6
_BASE = 21
_EM, _LATIN_EM = 24, 21
_INK_FROM = 118
_NOBODY = "\U0010ffff"
_SYSTEM = {
    "win32": (
        "C:/Windows/Fonts/msyh.ttc",
        "C:/Windows/Fonts/simsunb.ttf",
        "C:/Windows/Fonts/SimsunExtG.ttf",
        "C:/Windows/Fonts/seguisym.ttf",
    ),
    "darwin": (
        "/System/Library/Fonts/PingFang.ttc",
        "/System/Library/Fonts/Supplemental/Songti.ttc",
        "/System/Library/Fonts/Apple Symbols.ttf",
    ),
}
_LINUX = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)


def set_row(
    text: str, dots: int, profile: Profile, *, is_big: bool = False, is_bold: bool = False
) -> Dots:
    """A printable text from the left edge, with the space to the next row."""
    times = 2 if is_big else 1
    page = Image.new("1", (dots, TALL * times + GAP), 1)
    at = 0
    for sign in text:
        columns = profile.width(sign)
        if sign.strip():
            page.paste(_cell(sign, columns, times, is_bold), (at, 0))
        at += columns * CELL * times
    return dots_of(page, dots)


def font_of(sign: str, *, is_bold: bool = False) -> Path | None:
    """The first font of the chain that holds a sign; None: nobody does."""
    return next((path for path in _chain(is_bold) if _holds(path, sign)), None)


@cache
def _chain(is_bold: bool) -> tuple[Path, ...]:
    ours = ("NotoSansSC-Bold.ttf" if is_bold else "NotoSansSC-Regular.ttf", "NotoSansJP-Rare.ttf")
    system = map(Path, _SYSTEM.get(sys.platform, _LINUX))
    return (*(FONTS / name for name in ours), *(path for path in system if path.is_file()))


@lru_cache(8192)
def _holds(path: Path, sign: str) -> bool:
    """Whether a sign is drawn otherwise than as what the font does not know."""
    return _shape(path, sign) != _shape(path, _NOBODY)


def _shape(path: Path, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(path, _EM).getmask(sign, mode="1")
    return mask.size, bytes(mask)


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(4096)
def _cell(sign: str, columns: int, times: int, is_bold: bool) -> Image.Image:
    """One sign in its cell, narrower than its font has it where the cell ends."""
    width, height = columns * CELL * times, TALL * times + GAP
    path = font_of(sign, is_bold=is_bold)
    if path is None:
        return _box(width, height)
    font = _font(path, (_EM if columns == 2 else _LATIN_EM) * times)
    room = max(width, int(font.getlength(sign)) + 2)
    cell = Image.new("L", (room, height), 255)
    place = room / 2, _BASE * times + GAP // 2
    ImageDraw.Draw(cell).text(place, sign, fill=0, font=font, anchor="ms")
    if room > width:
        cell = cell.resize((width, height), Image.Resampling.LANCZOS)
    return cell.point(lambda grey: 255 if grey > _INK_FROM else 0).convert("1")


def _box(width: int, height: int) -> Image.Image:
    """□."""
    cell = Image.new("1", (width, height), 1)
    ImageDraw.Draw(cell).rectangle((2, 4, width - 3, height - 4), outline=0)
    return cell
