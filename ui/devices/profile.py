"""打印机型号: which code page a printer speaks, and what it can do besides."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from core.errors import BadPrinterSetting

# What a sign becomes that no font of the printer holds: visible, never silently lost.
MISSING = "□"
_KINDRED = {"¥": "￥", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\t": " ", "\u2028": " "}


class Profile(Struct, frozen=True):
    """`encoding` is "gb18030", "gbk" or "utf-8"."""

    encoding: str = "gb18030"
    has_barcode: bool = True
    has_cutter: bool = True

    def printable(self, text: str) -> str:
        """The text in signs that the printer holds; control characters never pass."""
        return "".join(self._sign(sign) for sign in unicodedata.normalize("NFC", text))

    def width(self, text: str) -> int:
        """Columns that a printable text takes: Chinese and all other wide signs take two.

        With a Chinese code page every sign outside of ASCII is a double-byte one, printed wide.
        """
        return sum(1 if self._is_narrow(sign) else 2 for sign in text)

    def encode(self, text: str) -> bytes:
        """Bytes of a printable text."""
        return text.encode(self.encoding)

    def _sign(self, sign: str) -> str:
        sign = _KINDRED.get(sign, sign)
        category = unicodedata.category(sign)
        if category in ("Cc", "Zl", "Zp"):
            return " " if sign.isspace() else ""
        if category == "Cf" or "\ufe00" <= sign <= "\ufe0f":
            return ""
        forms = [sign, unicodedata.normalize("NFKC", sign)]
        if sign.isalpha():
            forms.append(unicodedata.normalize("NFKD", sign)[0])
        return next((form for form in forms if all(map(self._holds, form))), MISSING)

    def _holds(self, sign: str) -> bool:
        if sign.isascii():
            return sign.isprintable()
        if unicodedata.category(sign)[0] in "MCZ" and sign != "\u3000":
            return False
        if self.encoding == "utf-8":
            return True
        try:
            code = sign.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        # Four bytes are promised by GB18030 for the Chinese of the basic plane only.
        return len(code) == 2 or (sign <= "\uffff" and _is_wide(sign))

    def _is_narrow(self, sign: str) -> bool:
        if self.encoding == "utf-8":
            return not _is_wide(sign)
        return sign.isascii()


GB18030 = Profile("gb18030")
GBK = Profile("gbk")
UTF8 = Profile("utf-8")


def profile_of(name: str) -> Profile:
    """The profile of a setting: "gb18030", "gbk" or "utf-8"; raises BadPrinterSetting."""
    for profile in (GB18030, GBK, UTF8):
        if profile.encoding == name.strip().lower():
            return profile
    raise BadPrinterSetting(name)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
