"""字面: the letters of every PDF: our own fonts, one behind the other, as far as a sign is held.

A sign that none of them holds is a box with its number: it is seen to be missing, and which it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ui.devices.profile import MISSING

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
RARE = "NotoSansJP-Rare"
"""Of one weight: a name of which one sign is rare is read all the same."""
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
_TO_UNICODE = "toUnicodeCMap:"
_BEYOND = re.compile(r"(?<= <)([0-9A-F]{5,6})(?=>$)", re.MULTILINE)


class _Embedded(TTFont):
    """Says of signs beyond the basic plane which they are: reportlab writes their numbers as they
    are, and who copies or searches 𠮷 gets ₻.
    """

    def addObjects(self, doc: Any) -> None:
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            if name.startswith(_TO_UNICODE):
                stream = doc.idToObject[name]
                stream.content = _BEYOND.sub(_utf16, stream.content)


def _utf16(number: re.Match[str]) -> str:
    return chr(int(number[0], 16)).encode("utf-16-be").hex().upper()


class Font:
    """One of our files. It is parsed when its first sign is asked for: 30 ms."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FONTS / f"{self.name}.ttf"

    @cached_property
    def signs(self) -> frozenset[int]:
        """What it holds; from then on reportlab knows it."""
        font = _Embedded(self.name, str(self.path))
        pdfmetrics.registerFont(font)
        return frozenset(font.face.charToGlyph)


class Face:
    """A chain of fonts that is written in as if it were one."""

    def __init__(self, *fonts: Font) -> None:
        self.fonts = fonts

    def lacks(self, sign: str) -> bool:
        """Whether no font of the chain holds a sign."""
        return self._font(sign) is None

    def shown(self, text: str) -> str:
        """The text in signs that the face holds; control characters never pass."""
        return "".join(map(self._sign, text))

    def width(self, text: str, size: float) -> float:
        """Points."""
        runs = self._runs(text)
        return sum(float(pdfmetrics.stringWidth(run, name, size)) for name, run in runs)

    def draw(
        self, canvas: Canvas, x: float, base: float, text: str, size: float, side: float = LEFT
    ) -> None:
        """A shown text on its base line; `x` is its left edge, its middle or its right edge."""
        x -= side * self.width(text, size) if side else 0.0
        for name, run in self._runs(text):
            canvas.setFont(name, size)
            canvas.drawString(x, base, run)
            x += float(pdfmetrics.stringWidth(run, name, size))

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        for name, signs in groupby(text, self._name):
            yield name, "".join(signs)

    def _name(self, sign: str) -> str:
        font = self._font(sign)
        return (font or self.fonts[0]).name

    def _font(self, sign: str) -> Font | None:
        return next((font for font in self.fonts if ord(sign) in font.signs), None)

    def _sign(self, sign: str) -> str:
        if not self.lacks(sign):
            return sign
        if sign.isspace():
            return " "
        return f"{MISSING}U+{ord(sign):04X}" if sign.isprintable() else ""


@cache
def faces() -> tuple[Face, Face]:
    """Regular and bold."""
    rare = Font(RARE)
    return Face(Font("NotoSansSC-Regular"), rare), Face(Font("NotoSansSC-Bold"), rare)
