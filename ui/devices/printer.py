"""打印机: ways to hand bytes to a printer, all behind one protocol.

A printer either takes all bytes or raises PrinterUnavailable with words for the cashier; it never
waits longer than its timeout (seconds).
"""

from __future__ import annotations

import errno
import importlib
import os
import select
import socket
import time
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from core.errors import BadPrinterSetting, PrinterUnavailable
from ui.text import tr

_RAW_PORT = 9100
_BAUD = 9600
# What files that are no files (pseudo terminals, printer devices) answer to fsync and the like.
_NOT_FOR_THIS_FILE = {errno.EINVAL, errno.ENOTTY, errno.ENOTSUP}


class Printer(Protocol):
    """Takes the bytes of a whole job, or raises PrinterUnavailable."""

    def print(self, data: bytes) -> None: ...


def printer_of(setting: str) -> Printer:
    """The printer of a setting; raises BadPrinterSetting.

    "none" · "file:PATH" · "tcp:HOST[:PORT]" · "serial:DEVICE[:BAUD]" · "windows:NAME".
    """
    kind, _, rest = setting.strip().partition(":")
    match kind.lower(), rest:
        case "none", "":
            return NoPrinter()
        case "file", path if path:
            return FilePrinter(Path(path))
        case "windows", name if name:
            return WindowsPrinter(name)
        case "tcp", place if place:
            host, port = _with_number(place, setting, otherwise=_RAW_PORT, most=65_535)
            return TcpPrinter(host.strip("[]"), port)
        case "serial", place if place:
            device, baud = _with_number(place, setting, otherwise=_BAUD, most=4_000_000)
            return SerialPrinter(device, baud)
    raise BadPrinterSetting(setting)


class NoPrinter(Struct, frozen=True):
    """A till that prints nothing."""

    def print(self, data: bytes) -> None:
        """Nothing to do."""


class FilePrinter(Struct, frozen=True):
    """Appends to a file, or writes to a device such as /dev/usb/lp0; on disk when it returns."""

    path: Path
    timeout_s: float = 5.0

    def print(self, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self.path, flags, 0o600)
            try:
                self._write(handle, data)
                _sync(handle)
            finally:
                os.close(handle)
        except OSError as trouble:
            raise PrinterUnavailable(
                tr("写不进 {path}（{why}）", path=self.path, why=_cause(trouble))
            ) from trouble

    def _write(self, handle: int, data: bytes) -> None:
        """A jammed device takes no bytes: give up at the timeout instead of waiting for ever."""
        until = time.monotonic() + self.timeout_s
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(handle, rest) :]
            except BlockingIOError:
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError(errno.ETIMEDOUT, "printer takes no more bytes") from None
                select.select([], [handle], [], left)


class TcpPrinter(Struct, frozen=True):
    """A network printer that takes raw bytes (port 9100).

    It has taken the job when it closes its end after ours: a printer without paper keeps the
    connection open, and one that was switched off resets it.
    """

    host: str
    port: int = _RAW_PORT
    timeout_s: float = 5.0

    def print(self, data: bytes) -> None:
        address = f"{self.host}:{self.port}"
        try:
            wire = socket.create_connection((self.host, self.port), self.timeout_s)
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
        try:
            with wire:
                wire.sendall(data)
                wire.shutdown(socket.SHUT_WR)
                self._await_close(wire)
        except TimeoutError as trouble:
            raise PrinterUnavailable(tr("打印机 {address} 没有回应", address=address)) from trouble
        except OSError as trouble:
            raise PrinterUnavailable(
                tr("打印机 {address} 中途断开了", address=address)
            ) from trouble

    def _await_close(self, wire: socket.socket) -> None:
        """Read away what a printer says of its own accord, until it closes."""
        until = time.monotonic() + self.timeout_s
        while True:
            wire.settimeout(max(0.001, until - time.monotonic()))
            if not wire.recv(4096):
                return
            if time.monotonic() >= until:
                raise TimeoutError(errno.ETIMEDOUT, "printer does not finish")


class SerialPrinter(Struct, frozen=True):
    """A printer on a serial port, eight bits without parity."""

    device: str
    baud: int = _BAUD
    timeout_s: float = 5.0

    def print(self, data: bytes) -> None:
        import serial  # here, so that a till without a serial printer starts faster

        try:
            with serial.Serial(
                self.device, self.baud, timeout=0, write_timeout=self.timeout_s
            ) as line:
                line.write(data)
                self._drain(line)
        except serial.SerialTimeoutException as trouble:
            raise PrinterUnavailable(
                tr("串口 {device} 的打印机没有回应", device=self.device)
            ) from trouble
        except (OSError, ValueError) as trouble:
            raise PrinterUnavailable(
                tr("串口 {device} 用不了（{why}）", device=self.device, why=_cause(trouble))
            ) from trouble

    def _drain(self, line: object) -> None:
        """Wait until the bytes have left; `flush` would wait for ever for a jammed printer."""
        until = time.monotonic() + self.timeout_s
        while _waiting(line):
            if time.monotonic() >= until:
                raise TimeoutError(errno.ETIMEDOUT, "printer takes no more bytes")
            time.sleep(0.01)


class WindowsPrinter(Struct, frozen=True):
    """A printer of Windows, fed raw bytes through its spooler."""

    name: str

    def print(self, data: bytes) -> None:
        try:
            spooler = importlib.import_module("win32print")
        except ImportError as trouble:
            raise PrinterUnavailable(tr("这台电脑上没有 Windows 打印")) from trouble
        try:
            handle = spooler.OpenPrinter(self.name)
            try:
                spooler.StartDocPrinter(handle, 1, (tr("小票"), None, "RAW"))
                spooler.StartPagePrinter(handle)
                spooler.WritePrinter(handle, data)
                spooler.EndPagePrinter(handle)
                spooler.EndDocPrinter(handle)
            finally:
                spooler.ClosePrinter(handle)
        except spooler.error as trouble:
            raise PrinterUnavailable(
                tr("打印机“{name}”用不了（{why}）", name=self.name, why=trouble)
            ) from trouble


def _with_number(place: str, setting: str, *, otherwise: int, most: int) -> tuple[str, int]:
    """The place, and the number behind its last colon."""
    head, colon, tail = place.rpartition(":")
    if not colon or place.endswith("]"):
        return place, otherwise
    if not head or not (tail.isascii() and tail.isdigit()) or not 0 < int(tail[:9]) <= most:
        raise BadPrinterSetting(setting)
    return head, int(tail)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as trouble:
        if trouble.errno not in _NOT_FOR_THIS_FILE:
            raise


def _waiting(line: object) -> int:
    try:
        return int(getattr(line, "out_waiting", 0))
    except OSError as trouble:
        if trouble.errno not in _NOT_FOR_THIS_FILE:
            raise
        return 0


def _cause(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or str(trouble)
