"""打印测试: it prints, a person says what came out, and the profile of the printer is found.

Nobody at a counter knows what a code page is; everybody can tell which line is Chinese. Each step
is some bytes, a question and its answers; what was answered makes the next profile.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from ui.devices.escpos import CUTS, INIT, drawer_pulse, encode_rows
from ui.devices.profile import GB18030, Drawer, Paper, Profile
from ui.devices.profile_files import profile_of
from ui.devices.row import Bars, Squares, Words
from ui.text import tr

STEPS = ("text", "width", "knife", "codes", "drawer")
NOTHING = "nothing"
_FEED = b"\x1bd\x04"
_CODE = "S01-T1-000001"
# What the ruler has tried, the widest first: columns, dots, millimetres.
_WIDTHS = ((48, 576, 80), (42, 512, 80), (32, 384, 58))
_OTHER_PIN = 5


class Answer(Struct, frozen=True):
    """One that can be given: its name, and its words."""

    name: str
    words: str


class Question(Struct, frozen=True):
    """`is_many`: more than one answer may be true at once."""

    title: str
    words: str
    answers: tuple[Answer, ...]
    is_many: bool = False


class Ladder(Struct, frozen=True):
    """How far it came: the profile as it was found up to this step; step "" is the end.

    `like` is the profile that it was found to be like.
    """

    step: str = STEPS[0]
    profile: Profile = GB18030
    like: str = GB18030.name
    width_mm: int = 80

    @property
    def place(self) -> tuple[int, int]:
        """Which step of how many, from 1."""
        steps = [*STEPS]
        name = "drawer" if self.step == "drawer_5" else self.step
        return (steps.index(name) + 1 if name else len(steps)), len(steps)

    def data(self) -> bytes:
        """What is printed at this step."""
        match self.step:
            case "text":
                return _text_lines()
            case "width":
                return b"".join(map(self._ruler, _WIDTHS)) + _FEED
            case "knife":
                head = Words(tr("切纸测试"))
                return encode_rows([head], profile=self._as(cutter="partial"))
            case "codes":
                bars = self._as(has_barcode=True, cutter="none")
                squares = self._as(has_qr=True, cutter="none")
                drawn = encode_rows([Bars(_CODE)], profile=bars, width_mm=self.width_mm)
                more = encode_rows([Squares(_CODE)], profile=squares, width_mm=self.width_mm)
                return drawn + more
        return drawer_pulse(self.profile)

    def question(self) -> Question:
        """What a person is asked after it was printed."""
        match self.step:
            case "text":
                return Question(tr("文字"), tr("哪几行的中文读得懂？"), _text_answers(), True)
            case "width":
                words = tr("哪一行最长，又没有折到下一行？看行尾的数。")
                kept = (Answer(str(columns), str(columns)) for columns, _, _ in _WIDTHS)
                return Question(tr("纸宽"), words, tuple(kept))
            case "knife":
                return Question(
                    tr("切刀"), tr("纸切开了吗？"), _yes_or_no(tr("切开了"), tr("没有切"))
                )
            case "codes":
                codes = (
                    Answer("bars", tr("条码，一排竖线")),
                    Answer("squares", tr("方块码")),
                    Answer(NOTHING, tr("都没有")),
                )
                return Question(tr("条码"), tr("纸上有哪几种码？"), codes, True)
        answers = _yes_or_no(tr("开了"), tr("没有开"))
        return Question(
            tr("钱箱"), tr("钱箱开了吗？"), (*answers, Answer(NOTHING, tr("没有接钱箱")))
        )

    def answered(self, given: Collection[str]) -> Ladder:
        """The next step; where nothing at all could be read, the same once more."""
        match self.step:
            case "text":
                return self._read(given)
            case "width":
                return self._measured(int(next(iter(given))))
            case "knife":
                return self._next(cutter="partial" if "yes" in given else "none")
            case "codes":
                return self._next(has_barcode="bars" in given, has_qr="squares" in given)
            case "drawer" if "no" in given:
                other = Drawer(_OTHER_PIN, self.profile.drawer.on_ms, self.profile.drawer.off_ms)
                return replace(self, step="drawer_5", profile=self._as(drawer=other))
            case "drawer_5" if "yes" not in given:
                return replace(self, step="", profile=self._as(drawer=Drawer()))
        return replace(self, step="")

    def found(self) -> list[str]:
        """What was found out, in words."""
        profile, paper = self.profile, self.profile.paper(self.width_mm)
        texts = {"raster": tr("整行画成图"), "utf-8": "UTF-8"}
        knife = tr("有切刀") if profile.cutter != "none" else tr("没有切刀，撕纸")
        codes = tr("打印机自己画") if profile.has_barcode else tr("画成图")
        squares = tr("打印机自己画") if profile.has_qr else tr("画成图")
        return [
            tr("文字：{how}", how=texts.get(profile.encoding, "GB18030")),
            tr("纸宽：{mm} 毫米，{columns} 栏", mm=self.width_mm, columns=paper.columns),
            knife,
            tr("条码：{how}", how=codes),
            tr("方块码：{how}", how=squares),
            tr("钱箱：第 {pin} 针", pin=profile.drawer.pin),
        ]

    def _read(self, given: Collection[str]) -> Ladder:
        if "1" in given:
            like, profile = "gb18030", replace(GB18030, has_four_bytes="2" in given)
        elif "3" in given:
            like, profile = "utf-8", profile_of("utf-8")
        elif "4" in given:
            like, profile = "raster", profile_of("raster")
        else:
            return self
        return replace(self, step="width", profile=profile, like=like)

    def _measured(self, columns: int) -> Ladder:
        _, dots, mm = next(width for width in _WIDTHS if width[0] == columns)
        papers = {**self.profile.papers, mm: Paper(columns, dots)}
        return self._next(width_mm=mm, papers=papers)

    def _next(self, *, width_mm: int = 0, **found: object) -> Ladder:
        step = STEPS[STEPS.index(self.step) + 1]
        mm = width_mm or self.width_mm
        return replace(self, step=step, profile=self._as(**found), width_mm=mm)

    def _as(self, **found: object) -> Profile:
        return replace(self.profile, **found)

    def _ruler(self, width: tuple[int, int, int]) -> bytes:
        """A line of so many columns that ends in their number."""
        columns, dots, mm = width
        line = "-" * (columns - 3) + f">{columns}"
        profile = self._as(papers={mm: Paper(columns, dots)}, cutter="none")
        return encode_rows([Words(line)], profile=profile, width_mm=mm).removesuffix(CUTS["none"])


def _text_lines() -> bytes:
    """Each line from a fresh start, so that rubbish in one spoils no other."""
    lines = (
        ("1 中文 GB18030 ￥88.00，会员价", GB18030),
        ("2 㐂㛃䶮 GB18030", replace(GB18030, has_four_bytes=True)),
        ("3 中文 UTF-8 ￥88.00，会员价", profile_of("utf-8")),
        ("4 中文 𠮷㐂䶮 ￥88.00，会员价", profile_of("raster")),
    )
    parts = []
    for text, profile in lines:
        bare = replace(profile, cutter="none", papers={58: Paper(32, 384)})
        parts.append(encode_rows([Words(text)], profile=bare, width_mm=58))
    return b"".join(part.removesuffix(CUTS["none"]) for part in parts) + INIT + _FEED


def _text_answers() -> tuple[Answer, ...]:
    lines = (Answer(str(no), tr("第 {no} 行", no=no)) for no in range(1, 5))
    return (*lines, Answer(NOTHING, tr("都读不懂")))


def _yes_or_no(yes: str, no: str) -> tuple[Answer, ...]:
    return Answer("yes", yes), Answer("no", no)
