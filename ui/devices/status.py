"""打印机状态: what a printer says of itself (DLE EOT n, Epson's reference), in words.

A printer answers at once, also without paper and with its cover open. Many cheap ones never answer:
they print all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from ui.text import tr

Ask = Callable[[bytes], bytes]
_ONLINE, _CAUSE, _PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
# Bits 1 and 4 are set in every answer, 0 and 7 are not: anything else is no answer.
_FIXED, _FIXED_BITS = 0x93, 0x12
_OFFLINE, _OPEN, _PAPER_STOP, _ERROR, _PAPER_END = 0x08, 0x04, 0x20, 0x40, 0x60


def trouble_of(ask: Ask) -> str | None:
    """What is wrong, "" where nothing is; None: the printer does not answer.

    `ask` sends a question and gives what came back in time.
    """
    cause = _answer(ask(_CAUSE))
    if cause is None:
        return None
    if cause & _OPEN:
        return tr("打印机盖子开着")
    paper = _answer(ask(_PAPER)) or 0
    if cause & _PAPER_STOP or paper & _PAPER_END:
        return tr("打印机没有纸了")
    if cause & _ERROR:
        return tr("打印机报错，可能卡了刀或卡了纸")
    online = _answer(ask(_ONLINE)) or 0
    return tr("打印机脱机了") if online & _OFFLINE else ""


def _answer(received: bytes) -> int | None:
    """The byte of an answer among what a printer says of its own accord."""
    return next((byte for byte in received if byte & _FIXED == _FIXED_BITS), None)
