"""串口扫码枪: cuts what a serial port brings into codes.

CR, LF, both or TAB end a code. A scanner that ends its codes with nothing is known by that: its
codes end with a silence, as long as it never ended one otherwise. Then half a code is no code.
"""

from __future__ import annotations

ENDS = b"\r\n\t"
SILENCE_MS = 100
# A code that is not over by now never will be: its scanner was pulled out, or stood still.
HALF_MS = 1_000
LONGEST = 4_096
_GROUP_SEPARATOR = 0x1D


class Codes:
    """The codes of one port. Instants are milliseconds of any clock that only goes forward."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._last_ms = 0
        self._ends_codes = False
        self._is_too_long = False

    @property
    def is_waiting(self) -> bool:
        """Whether a code has begun and is not over."""
        return bool(self._rest) or self._is_too_long

    def feed(self, data: bytes, at_ms: int) -> list[str]:
        """What came at this instant: the codes that it ends."""
        codes = self.silence(at_ms)
        self._last_ms = at_ms
        for byte in data:
            if byte in ENDS:
                self._ends_codes |= bool(self._rest)
                codes += self._taken()
            elif len(self._rest) >= LONGEST:
                self._is_too_long = True
            elif byte >= 0x20 or byte == _GROUP_SEPARATOR:
                self._rest.append(byte)
        return codes

    def silence(self, at_ms: int) -> list[str]:
        """Nothing came until this instant: the code that it ends."""
        if self._ends_codes or at_ms - self._last_ms < SILENCE_MS:
            return []
        return self._taken()

    def drop_half(self, at_ms: int | None = None) -> bool:
        """Forget a code that never will be over, or None: any; whether there was one."""
        is_late = at_ms is None or at_ms - self._last_ms >= HALF_MS
        was_half = self.is_waiting and is_late
        if was_half:
            self._rest.clear()
            self._is_too_long = False
        return was_half

    def _taken(self) -> list[str]:
        data, self._rest = bytes(self._rest), bytearray()
        is_too_long, self._is_too_long = self._is_too_long, False
        return [] if is_too_long or not data.strip() else [_text(data)]


def _text(data: bytes) -> str:
    """Codes are ASCII; QR codes also hold UTF-8, or what is usual in China."""
    try:
        return data.decode("utf-8").strip(" ")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace").strip(" ")
