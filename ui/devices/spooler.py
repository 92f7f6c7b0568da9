"""系统打印队列: a printer that the system has set up, given raw bytes (CUPS, Windows)."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
from collections.abc import Callable

from msgspec import Struct

from core.errors import PrintedInPart, PrinterUnavailable
from ui.text import tr


class QueuePrinter(Struct, frozen=True):
    """A queue of CUPS (Linux, macOS), by `lp`; a queue that was stopped takes no job of ours."""

    name: str
    timeout_s: float = 5.0

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        program = lp()
        if self.is_stopped():
            raise PrinterUnavailable(tr("打印队列“{name}”停了", name=self.name))
        if begun is not None:
            begun()
        words = [program, "-d", self.name, "-o", "raw", "-t", "receipt"]
        try:
            done = run(words, data, self.timeout_s)
        except subprocess.TimeoutExpired as trouble:
            raise PrintedInPart(tr("打印队列“{name}”没有回应", name=self.name)) from trouble
        except OSError as trouble:
            raise self._failed(trouble.strerror or str(trouble)) from trouble
        if done.returncode:
            raise self._failed(done.stderr.decode(errors="replace").strip())

    def _failed(self, why: str) -> PrinterUnavailable:
        return PrinterUnavailable(tr("打印队列“{name}”不接受（{why}）", name=self.name, why=why))

    def is_stopped(self) -> bool:
        """As `lpstat -p` says it in its own language."""
        program = shutil.which("lpstat")
        if program is None:
            return False
        try:
            done = run([program, "-p", self.name], b"", self.timeout_s)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return b"disabled" in done.stdout


class WindowsPrinter(Struct, frozen=True):
    """A printer of Windows, fed raw bytes through its spooler."""

    name: str

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        try:
            spooler = importlib.import_module("win32print")
        except ImportError as trouble:
            raise PrinterUnavailable(tr("这台电脑上没有 Windows 打印")) from trouble
        try:
            handle = spooler.OpenPrinter(self.name)
            try:
                spooler.StartDocPrinter(handle, 1, (tr("小票"), None, "RAW"))
                spooler.StartPagePrinter(handle)
                if begun is not None:
                    begun()
                spooler.WritePrinter(handle, data)
                spooler.EndPagePrinter(handle)
                spooler.EndDocPrinter(handle)
            finally:
                spooler.ClosePrinter(handle)
        except spooler.error as trouble:
            raise PrinterUnavailable(
                tr("打印机“{name}”用不了（{why}）", name=self.name, why=trouble)
            ) from trouble


def queue_names() -> list[str]:
    """The queues that the system has set up; none where it has no such thing."""
    try:
        if os.name == "nt":
            spooler = importlib.import_module("win32print")
            local_and_connected = 2 | 4
            return [each[2] for each in spooler.EnumPrinters(local_and_connected)]
        program = shutil.which("lpstat")
        return [] if program is None else run([program, "-e"], b"", 2.0).stdout.decode().split()
    except (ImportError, OSError, subprocess.TimeoutExpired):
        return []


def lp() -> str:
    """The program that takes what is to be printed (CUPS); raises PrinterUnavailable."""
    program = shutil.which("lp")
    if program is None:
        raise PrinterUnavailable(tr("这台电脑没有打印队列（CUPS）"))
    return program


def run(words: list[str], data: bytes, timeout_s: float) -> subprocess.CompletedProcess[bytes]:
    """A program of CUPS with these words, in plain English; raises OSError, TimeoutExpired."""
    plain = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        words, input=data, capture_output=True, timeout=timeout_s, check=False, env=plain
    )
