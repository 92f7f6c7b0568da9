"""字体: cut Noto Sans SC down to what a Chinese counter writes (resources/fonts/README.md).

    python tools/cut_fonts.py NotoSansSC-Regular.ttf resources/fonts/NotoSansSC-Regular.ttf

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


def cut(source: Path, target: Path) -> int:
    """Write the smaller font; the number of characters it kept."""
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "locl", "mark", "liga"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx"]  # no vertical writing here
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    blocks = (code for first, last in BLOCKS for code in range(first, last + 1))
    subsetter.populate(unicodes={*gbk(), *blocks, *map(ord, RARE)})
    subsetter.subset(font)
    font.save(target)
    return len(font.getBestCmap())


if __name__ == "__main__":
    print(cut(Path(sys.argv[1]), Path(sys.argv[2])))
