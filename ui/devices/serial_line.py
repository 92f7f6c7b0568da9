"""串口: a port that is open for a while; all that goes wrong with it is an OSError."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import serial

# pyserial lets these through when a device goes away in the moment in which it is opened.
if sys.platform == "win32":
    _LET_THROUGH: tuple[type[Exception], ...] = (ValueError,)
else:
    import termios

    _LET_THROUGH = (ValueError, termios.error)


@contextmanager
def serial_line(
    device: str, baud: int, *, timeout_s: float | None = None, write_timeout_s: float | None = None
) -> Iterator[serial.Serial]:
    """Eight bits without parity, and no word about handshakes, which not every port has."""
    import serial  # here, so that a till without a serial device starts faster

    try:
        with serial.Serial(device, baud, timeout=timeout_s, write_timeout=write_timeout_s) as line:
            yield line
    except _LET_THROUGH as trouble:
        raise OSError(*trouble.args) from trouble
