"""系统打印队列: raw bytes through CUPS and Windows; what they say is told.

Their programs stand in, the way to them is real.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from core.errors import PrintedInPart, PrinterUnavailable
from tests.core.sales.sold import GOLDEN
from ui.devices.escpos import encode
from ui.devices.spooler import QueuePrinter, WindowsPrinter, queue_names

RECEIPT = encode(GOLDEN["gold_card_with_everything"]())
needs_cups = pytest.mark.skipif(sys.platform == "win32", reason="no CUPS")


@pytest.fixture
def cups(tmp_path, monkeypatch) -> Path:
    """`lp` writes down what it got; `lpstat` says what `state` says."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "lp").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {tmp_path}/job\n')
    (programs / "lpstat").write_text(f"#!/bin/sh\ncat {tmp_path}/state\n")
    (tmp_path / "state").write_text("printer till is idle.  enabled since today\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return tmp_path


@needs_cups
def test_a_queue_gets_every_byte_raw(cups):
    QueuePrinter("till").print(RECEIPT)
    assert (cups / "job").read_bytes() == RECEIPT
    assert (cups / "words").read_text().startswith("-d till -o raw")


@needs_cups
def test_a_queue_that_was_stopped_gets_nothing(cups):
    (cups / "state").write_text("printer till disabled since today -\n\tPaused\n")
    with pytest.raises(PrinterUnavailable) as refused:
        QueuePrinter("till").print(RECEIPT)
    assert refused.value.detail == "打印队列“till”停了"
    assert not (cups / "job").exists()


@needs_cups
def test_a_queue_that_is_not_there_is_told_in_its_own_words(cups):
    (cups / "bin" / "lp").write_text("#!/bin/sh\necho 'lp: no such destination' >&2; exit 1\n")
    with pytest.raises(PrinterUnavailable) as refused:
        QueuePrinter("till").print(RECEIPT)
    assert "no such destination" in refused.value.detail
    assert type(refused.value) is PrinterUnavailable


@needs_cups
def test_a_queue_that_hangs_is_given_up(cups):
    (cups / "bin" / "lp").write_text("#!/bin/sh\nexec sleep 10\n")
    started = time.monotonic()
    with pytest.raises(PrintedInPart):
        QueuePrinter("till", timeout_s=0.3).print(RECEIPT)
    assert time.monotonic() - started < 5


@needs_cups
def test_queues_are_named_by_the_system(cups, monkeypatch):
    (cups / "state").write_text("till\nlabels\n")
    assert queue_names() == ["till", "labels"]
    monkeypatch.setenv("PATH", str(cups))
    assert queue_names() == []
    with pytest.raises(PrinterUnavailable):
        QueuePrinter("till").print(RECEIPT)


# Windows: the spooler itself cannot be run here, the way to it can


class Spooler(ModuleType):
    """pywin32's win32print as documented: raw document, one page, closed whatever happens."""

    def __init__(self, *, has_printer: bool) -> None:
        super().__init__("win32print")
        self.error = type("error", (Exception,), {})
        self.calls: list[object] = []
        self._has_printer = has_printer

    def OpenPrinter(self, name: str) -> int:  # noqa: N802
        if not self._has_printer:
            raise self.error(1801, "OpenPrinter", "打印机名无效。")
        return 7

    def StartDocPrinter(self, handle: int, level: int, job: tuple) -> int:  # noqa: N802
        self.calls.append((handle, level, job[2]))
        return 1

    def WritePrinter(self, handle: int, data: bytes) -> int:  # noqa: N802
        self.calls.append(data)
        return len(data)

    def __getattr__(self, name: str) -> Callable[[int], None]:
        return lambda handle: self.calls.append(name)


def test_a_windows_printer_gets_raw_bytes(monkeypatch):
    spooler = Spooler(has_printer=True)
    monkeypatch.setitem(sys.modules, "win32print", spooler)
    WindowsPrinter("XP-80C").print(RECEIPT)
    assert spooler.calls == [
        (7, 1, "RAW"),
        "StartPagePrinter",
        RECEIPT,
        "EndPagePrinter",
        "EndDocPrinter",
        "ClosePrinter",
    ]


def test_a_windows_printer_that_is_gone_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "win32print", Spooler(has_printer=False))
    with pytest.raises(PrinterUnavailable) as refused:
        WindowsPrinter("XP-80C").print(RECEIPT)
    assert "XP-80C" in refused.value.detail


def test_without_windows_there_is_no_windows_printer(monkeypatch):
    monkeypatch.setitem(sys.modules, "win32print", None)
    with pytest.raises(PrinterUnavailable):
        WindowsPrinter("XP-80C").print(RECEIPT)
