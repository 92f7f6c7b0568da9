"""The paper that a printer for tests gave, as a picture: to look at, and to read codes from.

    python -m tests.ui.devices.paper_picture FOLDER

writes every golden receipt on both papers for every profile that comes with the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

import barcode
import segno
from PIL import Image, ImageDraw, ImageFont

from tests.ui.devices.epson_paper import Code, EpsonPaper, PaperRow, Raster

# Another printer's face than the one that rows are set in.
_FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"
_PITCH, _EDGE = 30, 24


def picture_of(paper: EpsonPaper) -> Image.Image:
    parts = [_part(part, paper.dots) for part in paper.strip]
    height = sum(part.height for part in parts)
    page = Image.new("L", (paper.dots + 2 * _EDGE, height + 2 * _EDGE), 255)
    at = _EDGE
    for part in parts:
        page.paste(part, (_EDGE, at))
        at += part.height
    ImageDraw.Draw(page).rectangle((0, 0, page.width - 1, page.height - 1), outline=160)
    return page


def _part(part: PaperRow | Raster | Code, dots: int) -> Image.Image:
    match part:
        case Raster():
            page = Image.new("L", (dots, part.height), 255)
            inverted = bytes(byte ^ 0xFF for byte in part.data)
            page.paste(Image.frombytes("1", (part.width, part.height), inverted), (0, 0))
            return page
        case Code():
            return _code(part, dots)
    return _row(part, dots)


def _row(row: PaperRow, dots: int) -> Image.Image:
    is_tall = any(cell.is_tall for cell in row.cells)
    page = Image.new("L", (dots, 54 if is_tall else _PITCH), 255)
    at = {0: 0, 1: (dots - row.dots) // 2, 2: dots - row.dots}[row.alignment]
    for cell in row.cells:
        height = 48 if cell.is_tall else 24
        face = "NotoSansSC-Bold.ttf" if cell.is_bold else "NotoSansSC-Regular.ttf"
        size = min(cell.dots, height) if ord(cell.sign) > 0x7F else height * 5 // 6
        font = ImageFont.truetype(str(_FONTS / face), size)
        glyph = Image.new("L", (max(cell.dots, int(font.getlength(cell.sign)) + 1), height), 255)
        draw = ImageDraw.Draw(glyph)
        draw.text((glyph.width / 2, height * 0.87), cell.sign, 0, font, anchor="ms")
        page.paste(glyph.resize((cell.dots, height)), (at, 3))
        at += cell.dots
    return page


def _code(code: Code, dots: int) -> Image.Image:
    if code.is_square:
        matrix = segno.make_qr(code.text, error="m").matrix
        side = len(matrix) * code.module
        drawn = Image.new("L", (side, side + 2 * _PITCH), 255)
        for y, row in enumerate(matrix):
            for x, is_dark in enumerate(row):
                if is_dark:
                    left, top = x * code.module, _PITCH + y * code.module
                    drawn.paste(0, (left, top, left + code.module, top + code.module))
    else:
        bars = barcode.Code128(code.text).build()[0]
        drawn = Image.new("L", (len(bars) * code.module, 72 + _PITCH), 255)
        for x, bar in enumerate(bars):
            if bar == "1":
                drawn.paste(0, (x * code.module, 0, (x + 1) * code.module, 72))
        font = ImageFont.truetype(str(_FONTS / "NotoSansSC-Regular.ttf"), 20)
        draw = ImageDraw.Draw(drawn)
        draw.text((drawn.width / 2, 96), code.text, 0, font, anchor="ms")
    page = Image.new("L", (dots, drawn.height), 255)
    page.paste(drawn, ((dots - drawn.width) // 2, 0))
    return page


def main(folder: Path) -> None:
    from tests.core.sales.sold import GOLDEN
    from ui.devices.escpos import encode
    from ui.devices.profile_files import profile_names, profile_of

    folder.mkdir(parents=True, exist_ok=True)
    for name in profile_names():
        profile = profile_of(name)
        for mm, paper in profile.papers.items():
            for receipt, made in GOLDEN.items():
                data = encode(made(), width_mm=mm, profile=profile)
                printed = picture_of(EpsonPaper(data, dots=paper.dots))
                printed.save(folder / f"{receipt}.{name}.{mm}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
