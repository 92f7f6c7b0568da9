"""打印机: ways to hand bytes to a printer, all behind one protocol.

A printer either takes all bytes or raises PrinterUnavailable with words for the cashier, which is
PrintedInPart once bytes have left; it never waits longer than its timeout (seconds). `begun` is
called just before the first byte leaves.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from core.errors import BadPrinterSetting, PrintedInPart, PrinterUnavailable
from ui.devices.serial_line import serial_line
from ui.devices.status import trouble_of
from ui.text import tr

if TYPE_CHECKING:
    from serial import Serial as SerialLine

_RAW_PORT = 9100
_BAUD = 9600
ANSWERS_IN_S = 0.5
# What files that are no files (pseudo terminals, printer devices) answer to fsync and the like.
_NOT_FOR_THIS_FILE = {errno.EINVAL, errno.ENOTTY, errno.ENOTSUP}


Begun = Callable[[], None]


class Printer(Protocol):
    """Takes the bytes of a whole job, or raises PrinterUnavailable."""

    def print(self, data: bytes, *, begun: Begun | None = None) -> None: ...


def printer_of(setting: str, *, asks: bool = False) -> Printer:
    """The printer of a setting; raises BadPrinterSetting. `asks` it how it is where it can.

    "none" · "file:PATH" · "tcp:HOST[:PORT]" · "serial:DEVICE[:BAUD]" · "queue:NAME", the system's
    own printer queue · "windows:NAME", the same as it was called before.
    """
    kind, _, rest = setting.strip().partition(":")
    match kind.lower(), rest:
        case "none", "":
            return NoPrinter()
        case "file", path if path:
            return FilePrinter(Path(path))
        case "queue" | "windows", name if name and not name.startswith("-"):
            from ui.devices.spooler import QueuePrinter, WindowsPrinter

            is_windows = sys.platform == "win32" or kind.lower() == "windows"
            return WindowsPrinter(name) if is_windows else QueuePrinter(name)
        case "tcp", place if place:
            host, port = _with_number(place, setting, otherwise=_RAW_PORT, most=65_535)
            return TcpPrinter(host.strip("[]"), port, asks=asks)
        case "serial", place if place:
            device, baud = _with_number(place, setting, otherwise=_BAUD, most=4_000_000)
            return SerialPrinter(device, baud, asks=asks)
    raise BadPrinterSetting(setting)


class NoPrinter(Struct, frozen=True):
    """A till that prints nothing."""

    def print(self, data: bytes, *, begun: Begun | None = None) -> None:
        """Nothing to do."""


class FilePrinter(Struct, frozen=True):
    """Appends to a file, or writes to a device such as /dev/usb/lp0; on disk when it returns."""

    path: Path
    timeout_s: float = 5.0

    def print(self, data: bytes, *, begun: Begun | None = None) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self.path, flags, 0o600)
        except OSError as trouble:
            raise self._failed(PrinterUnavailable, trouble) from trouble
        try:
            self._write(handle, data, begun)
        finally:
            os.close(handle)

    def _write(self, handle: int, data: bytes, begun: Begun | None) -> None:
        """A jammed device takes no bytes: give up at the timeout instead of waiting for ever."""
        until = time.monotonic() + self.timeout_s
        rest = memoryview(data)
        try:
            _begin(begun)
            while rest:
                try:
                    rest = rest[os.write(handle, rest) :]
                except BlockingIOError:
                    left = until - time.monotonic()
                    if left <= 0:
                        raise TimeoutError(errno.ETIMEDOUT, "takes no more bytes") from None
                    select.select([], [handle], [], left)
            _sync(handle)
        except OSError as trouble:
            kind = PrinterUnavailable if len(rest) == len(data) else PrintedInPart
            raise self._failed(kind, trouble) from trouble

    def _failed(self, kind: type[PrinterUnavailable], trouble: OSError) -> PrinterUnavailable:
        return kind(tr("写不进 {path}（{why}）", path=self.path, why=_cause(trouble)))


class TcpPrinter(Struct):
    """A network printer that takes raw bytes (port 9100).

    It has taken the job when it closes its end after ours: a printer without paper keeps the
    connection open, and one that was switched off resets it. One that `asks` is asked how it is
    before, and whether its paper lasted; one that stays silent is not asked again.
    """

    host: str
    port: int = _RAW_PORT
    timeout_s: float = 5.0
    asks: bool = False

    def print(self, data: bytes, *, begun: Begun | None = None) -> None:
        with self._connected() as wire:
            answers = self._asked(wire)
            if answers:
                raise PrinterUnavailable(answers)
            _begin(begun)
            try:
                wire.sendall(data)
                trouble = self._asked(wire)
                wire.shutdown(socket.SHUT_WR)
                self._await_close(wire)
            except TimeoutError as silence:
                raise PrintedInPart(
                    tr("打印机 {address} 没有回应", address=self._address)
                ) from silence
            except OSError as broken:
                raise PrintedInPart(
                    tr("打印机 {address} 中途断开了", address=self._address)
                ) from broken
        if trouble:
            raise PrintedInPart(trouble)

    @property
    def _address(self) -> str:
        return f"{self.host}:{self.port}"

    def _connected(self) -> socket.socket:
        address = self._address
        try:
            return socket.create_connection((self.host, self.port), self.timeout_s)
        except TimeoutError as trouble:
            raise PrinterUnavailable(tr("打印机 {address} 没有回应", address=address)) from trouble
        except ConnectionRefusedError as trouble:
            raise PrinterUnavailable(
                tr("打印机 {address} 不接受连接", address=address)
            ) from trouble
        except (OSError, UnicodeError) as trouble:
            raise PrinterUnavailable(
                tr("连不上打印机 {address}（{why}）", address=address, why=_cause(trouble))
            ) from trouble

    def _asked(self, wire: socket.socket) -> str:
        """What is wrong, in words; "" where nothing is, or nobody says."""
        if not self.asks:
            return ""

        def ask(question: bytes) -> bytes:
            wire.sendall(question)
            try:
                return wire.recv(64)
            except TimeoutError:
                return b""

        wire.settimeout(min(ANSWERS_IN_S, self.timeout_s))
        try:
            trouble = trouble_of(ask)
        except OSError:
            # It hung up on the question: whether it takes a job, the job will show.
            trouble = None
        wire.settimeout(self.timeout_s)
        self.asks = trouble is not None
        return trouble or ""

    def _await_close(self, wire: socket.socket) -> None:
        """Read away what a printer says of its own accord, until it closes."""
        until = time.monotonic() + self.timeout_s
        while True:
            wire.settimeout(max(0.001, until - time.monotonic()))
            if not wire.recv(4096):
                return
            if time.monotonic() >= until:
                raise TimeoutError(errno.ETIMEDOUT, "printer does not finish")


class SerialPrinter(Struct):
    """A printer on a serial port, eight bits without parity; asked like one on the network."""

    device: str
    baud: int = _BAUD
    timeout_s: float = 5.0
    asks: bool = False

    def print(self, data: bytes, *, begun: Begun | None = None) -> None:
        has_begun = False
        try:
            with serial_line(
                self.device, self.baud, timeout_s=ANSWERS_IN_S, write_timeout_s=self.timeout_s
            ) as line:
                if before := self._asked(line):
                    raise PrinterUnavailable(before)
                _begin(begun)
                has_begun = True
                line.write(data)
                self._drain(line)
                after = self._asked(line)
        except OSError as trouble:
            raise self._failed(trouble, has_begun) from trouble
        if after:
            raise PrintedInPart(after)

    def _failed(self, trouble: Exception, has_begun: bool) -> PrinterUnavailable:
        kind = PrintedInPart if has_begun else PrinterUnavailable
        if isinstance(trouble, TimeoutError) or type(trouble).__name__ == "SerialTimeoutException":
            return kind(tr("串口 {device} 的打印机没有回应", device=self.device))
        return kind(tr("串口 {device} 用不了（{why}）", device=self.device, why=_cause(trouble)))

    def _asked(self, line: SerialLine) -> str:
        if not self.asks:
            return ""

        def ask(question: bytes) -> bytes:
            line.reset_input_buffer()
            line.write(question)
            return line.read(1)

        trouble = trouble_of(ask)
        self.asks = trouble is not None
        return trouble or ""

    def _drain(self, line: SerialLine) -> None:
        """Wait until the bytes have left; `flush` would wait for ever for a jammed printer."""
        until = time.monotonic() + self.timeout_s
        while _waiting(line):
            if time.monotonic() >= until:
                raise TimeoutError(errno.ETIMEDOUT, "printer takes no more bytes")
            time.sleep(0.01)


def _with_number(place: str, setting: str, *, otherwise: int, most: int) -> tuple[str, int]:
    """The place, and the number behind its last colon."""
    head, colon, tail = place.rpartition(":")
    if not colon or place.endswith("]"):
        return place, otherwise
    if not head or not (tail.isascii() and tail.isdigit()) or not 0 < int(tail[:9]) <= most:
        raise BadPrinterSetting(setting)
    return head, int(tail)


def _begin(begun: Begun | None) -> None:
    if begun is not None:
        begun()


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as trouble:
        if trouble.errno not in _NOT_FOR_THIS_FILE:
            raise


def _waiting(line: SerialLine) -> int:
    try:
        return line.out_waiting
    except OSError as trouble:
        if trouble.errno not in _NOT_FOR_THIS_FILE:
            raise
        return 0


def _cause(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or str(trouble)
