"""串口扫码枪: each is read in a thread of its own, and comes back by itself when it was pulled out.

A setting is "serial:DEVICE[:BAUD]"; several are parted by ";", "" and "none" are no scanner.
"""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from core.errors import BadScannerSetting, ScannerUnavailable
from ui.devices.serial_codes import Codes
from ui.devices.serial_line import serial_line
from ui.text import tr

if TYPE_CHECKING:
    import serial

BAUD, MOST_BAUD = 9600, 4_000_000
BETWEEN = ";"
NONE = "none"
LOOK_S, RETRY_S = 0.05, 1.0
_log = logging.getLogger(__name__)


class Port(Struct, frozen=True):
    """Where a scanner hangs, eight bits without parity."""

    device: str
    baud: int = BAUD


class ScanNews(Struct, frozen=True):
    """A code; or that the scanner is gone (`error`), or there (neither).

    `is_half`: the beginning of a code was lost, which must be scanned again.
    """

    device: str
    code: str = ""
    error: ScannerUnavailable | None = None
    is_half: bool = False


Tell = Callable[[ScanNews], None]


def ports_of(setting: str) -> tuple[Port, ...]:
    """The ports of a setting, each once; raises BadScannerSetting."""
    named = [each.strip() for each in setting.split(BETWEEN)]
    return tuple(dict.fromkeys(_port(each) for each in named if each.lower() not in ("", NONE)))


def ports_here() -> list[str]:
    """The serial ports of this machine."""
    from serial.tools.list_ports import comports  # only who looks for ports needs it

    return sorted(port.device for port in comports())


def _port(setting: str) -> Port:
    kind, _, place = setting.partition(":")
    device, colon, baud = place.rpartition(":")
    if not colon:
        device, baud = place, str(BAUD)
    is_number = baud.isascii() and baud.isdigit() and 0 < int(baud[:9]) <= MOST_BAUD
    if kind.lower() != "serial" or not device or not is_number:
        raise BadScannerSetting(setting)
    return Port(device, int(baud))


def cause_of(trouble: Exception) -> str:
    """Why a serial port cannot be used, in words."""
    match getattr(trouble, "errno", None):
        case errno.EACCES | errno.EPERM:
            return tr("没有权限")
        case errno.EBUSY:
            return tr("别的程序占着")
    return tr("没有插着")


class SerialScanner:
    """Reads one port from `begin` to `end`; `tell` is called on the thread that reads."""

    def __init__(self, port: Port, tell: Tell, *, retry_s: float = RETRY_S) -> None:
        self._port = port
        self._tell = tell
        self._retry_s = retry_s
        self._codes = Codes()
        self._is_over = threading.Event()
        self._is_there: bool | None = None
        name = f"scanner {port.device}"
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def begin(self) -> None:
        """Open the port as soon as it is there."""
        self._thread.start()

    def end(self) -> None:
        """Read no more; nothing is told when this returns."""
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._is_over.is_set():
            try:
                with serial_line(self._port.device, self._port.baud, timeout_s=LOOK_S) as line:
                    self._say_there()
                    self._read(line)
            except OSError as trouble:
                self._say_gone(trouble)
                self._is_over.wait(self._retry_s)

    def _read(self, line: serial.Serial) -> None:
        while not self._is_over.is_set():
            data = line.read(max(1, line.in_waiting))
            at_ms = time.monotonic_ns() // 1_000_000
            for code in self._codes.feed(data, at_ms) if data else self._codes.silence(at_ms):
                self._say(ScanNews(self._port.device, code))
            if self._codes.drop_half(at_ms):
                self._say(ScanNews(self._port.device, is_half=True))

    def _say_there(self) -> None:
        if self._is_there is not True:
            self._is_there = True
            self._say(ScanNews(self._port.device))

    def _say_gone(self, trouble: Exception) -> None:
        """Once, however often it is tried again."""
        is_half = self._codes.drop_half()
        if self._is_there is False:
            return
        self._is_there = False
        error = ScannerUnavailable(self._port.device, cause_of(trouble))
        self._say(ScanNews(self._port.device, error=error, is_half=is_half))

    def _say(self, news: ScanNews) -> None:
        try:
            self._tell(news)
        except Exception:  # noqa: BLE001 - whoever listens must not stop the reading
            _log.exception("nobody could be told what %s brought", self._port.device)
