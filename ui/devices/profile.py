"""打印机型号: how a printer speaks and what it can do, as its file says (`profile_files.py`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from msgspec import Struct, field

# What a sign becomes that neither the printer nor a picture can show: visible, never lost.
MISSING = "□"
ENCODINGS = ("gb18030", "gbk", "utf-8", "raster")
CUTTERS = ("full", "partial", "none")
# Letters, numbers, punctuation and symbols have a shape of their own.
_DRAWN = "LNPS"
_KINDRED = {"¥": "￥", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\t": " ", "\u2028": " "}


class Paper(Struct, frozen=True, forbid_unknown_fields=True):
    """How much goes on a line: columns of font A (12 dots each), and dots."""

    columns: int
    dots: int


class Drawer(Struct, frozen=True, forbid_unknown_fields=True):
    """钱箱: the pulse that opens it, on connector pin 2 or 5."""

    pin: int = 2
    on_ms: int = 50
    off_ms: int = 500


PAPERS = {80: Paper(48, 576), 58: Paper(32, 384)}


class Profile(Struct, frozen=True):
    """`encoding` is "gb18030", "gbk", "utf-8" or "raster"; `begin` is sent before the text.

    `has_four_bytes`: its font has the characters that GB18030 writes in four bytes.
    `has_pictures`: it prints rows of dots (GS v 0); without them what it lacks is a box.
    `has_status`: it may be asked how it is; one that does not answer prints all the same.
    """

    name: str = "gb18030"
    encoding: str = "gb18030"
    begin: bytes = b"\x1c&"
    has_four_bytes: bool = False
    has_pictures: bool = True
    has_barcode: bool = True
    has_qr: bool = True
    has_status: bool = True
    cutter: str = "partial"
    dpi: int = 203
    drawer: Drawer = Drawer()
    papers: Mapping[int, Paper] = field(default_factory=lambda: dict(PAPERS))

    @property
    def is_raster(self) -> bool:
        """Whether every row goes as a picture."""
        return self.encoding == "raster"

    def paper(self, width_mm: int) -> Paper:
        """The paper of a width, or the only one there is."""
        return self.papers.get(width_mm) or next(iter(self.papers.values()))

    def printable(self, text: str) -> str:
        """The text in signs that the printer or a picture shows; control characters never pass."""
        return "".join(self._sign(sign) for sign in unicodedata.normalize("NFC", text))

    def width(self, text: str) -> int:
        """Columns that a printable text takes: Chinese and all other wide signs take two.

        With a Chinese code page every sign outside of ASCII is a double-byte one, printed wide;
        a picture does the same.
        """
        return sum(1 if self._is_narrow(sign) else 2 for sign in text)

    def holds(self, text: str) -> bool:
        """Whether the printer's own font has a printable text; otherwise it goes as a picture."""
        return not self.is_raster and all(map(self._holds, text))

    def encode(self, text: str) -> bytes:
        """Bytes of a printable text that the printer holds; below its own codes, plain letters."""
        return text.encode("gb18030" if self.is_raster else self.encoding)

    def _sign(self, sign: str) -> str:
        sign = _KINDRED.get(sign, sign)
        category = unicodedata.category(sign)
        if category in ("Cc", "Zl", "Zp"):
            return " " if sign.isspace() else ""
        if category == "Cf" or "\ufe00" <= sign <= "\ufe0f":
            return ""
        if self._holds(sign) or (self.has_pictures and category[0] in _DRAWN):
            return sign
        forms = [unicodedata.normalize("NFKC", sign)]
        if sign.isalpha():
            forms.append(unicodedata.normalize("NFKD", sign)[0])
        return next((form for form in forms if all(map(self._holds, form))), MISSING)

    def _holds(self, sign: str) -> bool:
        if sign.isascii():
            return sign.isprintable()
        if unicodedata.category(sign)[0] not in _DRAWN:
            return sign == "\u3000"
        if _is_in(sign, "gbk") or (self.encoding == "utf-8" and sign <= "\u00ff"):
            return True
        # What GB18030 added, most of it in four bytes, it promises for Chinese of the basic plane.
        is_promised = sign <= "\uffff" and _is_wide(sign)
        return self.has_four_bytes and is_promised and self.encoding != "gbk"

    def _is_narrow(self, sign: str) -> bool:
        if self.encoding == "utf-8":
            return not _is_wide(sign)
        return sign.isascii()


def _is_in(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


# What a shop has that set nothing: resources/printers/gb18030.toml.
GB18030 = Profile()
