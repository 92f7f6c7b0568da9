"""字体: cut Noto Sans SC down to what a Chinese counter writes (resources/fonts/README.md).

    python tools/cut_fonts.py NotoSansSC-Regular.ttf resources/fonts/NotoSansSC-Regular.ttf

With a third font, what a font holds of Chinese characters and money signs that the third lacks:

    python tools/cut_fonts.py NotoSansJP-Regular.ttf RARE.ttf resources/fonts/NotoSansSC-Regular.ttf

Needs fonttools, which is no dependency of ours: this ran once, its result is in the project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: · × ¥
    (0x2000, 0x206F),  # dashes and quotes
    (0x2190, 0x22FF),  # arrows, −, ≥
    (0x2460, 0x26FF),  # ①, rules, ★, ⚠
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFF00, 0xFFEF),  # full width
    (0x20000, 0x3FFFF),  # the characters beyond the basic plane that the font has
)
# Where names, and money, have their signs.
NAMES = ((0x20A0, 0x20CF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
# Characters of names that GBK lacks: those of the 通用规范汉字表 in extension A, and two more.
RARE = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮㐂㛇"
)


def gbk() -> Iterator[int]:
    """Every character of GBK, in its order."""
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode("gbk", errors="ignore")
            if len(text) == 1:
                yield ord(text)


def common() -> Iterator[int]:
    """What a Chinese counter writes."""
    yield from gbk()
    yield from map(ord, RARE)
    for first, last in BLOCKS:
        yield from range(first, last + 1)


def lacking(source: Path, other: Path) -> Iterator[int]:
    """Chinese characters and money signs of a font that another lacks."""
    held = TTFont(other).getBestCmap()
    for code in TTFont(source).getBestCmap():
        if code not in held and any(first <= code <= last for first, last in NAMES):
            yield code


def cut(source: Path, target: Path, wanted: set[int]) -> int:
    """Write the smaller font; the number of characters it kept."""
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "locl", "mark", "liga"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx"]  # no vertical writing here
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(target)
    return len(font.getBestCmap())


if __name__ == "__main__":
    found, made, *others = map(Path, sys.argv[1:])
    print(cut(found, made, set(lacking(found, others[0]) if others else common())))
