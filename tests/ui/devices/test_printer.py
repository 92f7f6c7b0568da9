"""打印机: real files, sockets and terminals; each takes all bytes or says why not."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import BadPrinterSetting, PrintedInPart, PrinterUnavailable
from tests.core.sales.sold import GOLDEN
from ui.devices.escpos import encode
from ui.devices.printer import (
    FilePrinter,
    NoPrinter,
    SerialPrinter,
    TcpPrinter,
    printer_of,
)
from ui.devices.spooler import QueuePrinter, WindowsPrinter

RECEIPT = encode(GOLDEN["gold_card_with_everything"]())
LONG = RECEIPT * 4000  # more than any buffer between the two holds


@pytest.mark.parametrize(
    ("setting", "printer"),
    [
        ("none", NoPrinter()),
        ("file:/srv/小票.bin", FilePrinter(Path("/srv/小票.bin"))),
        ("file:C:\\till\\out.bin", FilePrinter(Path("C:\\till\\out.bin"))),
        ("tcp:192.168.1.50:9100", TcpPrinter("192.168.1.50", 9100)),
        ("tcp:printer.local", TcpPrinter("printer.local", 9100)),
        ("tcp:[::1]:9101", TcpPrinter("::1", 9101)),
        ("tcp:[::1]", TcpPrinter("::1", 9100)),
        ("serial:/dev/ttyUSB0:19200", SerialPrinter("/dev/ttyUSB0", 19200)),
        ("serial:COM3", SerialPrinter("COM3", 9600)),
        ("windows:XP-80C", WindowsPrinter("XP-80C")),
        ("queue:小票机", QueuePrinter("小票机")),
        (" NONE ", NoPrinter()),
    ],
)
def test_a_setting_names_a_printer(setting, printer):
    assert printer_of(setting) == printer


@pytest.mark.parametrize(
    "setting",
    ["", "usb", "file:", "tcp:", "tcp:host:port", "tcp:host:70000", "tcp:host:0", "tcp::9100",
     "serial:", "serial:/dev/tty:fast", "windows:", "queue:", "queue:-o", "ftp:host", "none:x"],
)  # fmt: skip
def test_what_names_no_printer_is_refused(setting):
    with pytest.raises(BadPrinterSetting):
        printer_of(setting)


def test_no_printer_takes_everything():
    NoPrinter().print(RECEIPT)


# Files


def test_a_file_holds_one_receipt_after_the_other(tmp_path):
    printer = FilePrinter(tmp_path / "out.bin")
    printer.print(RECEIPT)
    printer.print(b"two")
    assert (tmp_path / "out.bin").read_bytes() == RECEIPT + b"two"


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(PrinterUnavailable) as refused:
        FilePrinter(tmp_path / "no" / "out.bin").print(RECEIPT)
    assert str(tmp_path / "no") in refused.value.detail


@pytest.mark.skipif(sys.platform == "win32", reason="no such device")
def test_a_full_disk_is_told():
    with pytest.raises(PrinterUnavailable):
        FilePrinter(Path("/dev/full")).print(RECEIPT)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_device_that_takes_nothing_is_given_up(tmp_path):
    """A pipe behaves like /dev/usb/lp0 out of paper: open, and full."""
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    with pytest.raises(PrinterUnavailable):
        FilePrinter(pipe, timeout_s=0.2).print(RECEIPT)  # nobody reads
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        started = time.monotonic()
        with pytest.raises(PrintedInPart):
            FilePrinter(pipe, timeout_s=0.2).print(LONG)
        assert time.monotonic() - started < 2
    finally:
        os.close(reader)


# Sockets


@pytest.fixture
def listening() -> Iterator[tuple[socket.socket, int]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server, server.getsockname()[1]


class Serving(threading.Thread):
    """Answers one connection as a printer would, or as a broken one."""

    def __init__(self, server: socket.socket, how: Callable[[socket.socket], bytes]) -> None:
        super().__init__(daemon=True)
        self._server, self._how = server, how
        self.got = b""
        self.start()

    def run(self) -> None:
        wire, _ = self._server.accept()
        with wire:
            self.got = self._how(wire)


def reads_all(wire: socket.socket) -> bytes:
    got = b""
    while chunk := wire.recv(65536):
        got += chunk
    return got


def chatters_and_reads(wire: socket.socket) -> bytes:
    wire.sendall(b"\x14\x00\x00\x0f")
    return reads_all(wire)


def hangs_up_midway(wire: socket.socket) -> bytes:
    got = wire.recv(100)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    return got


@pytest.mark.parametrize("how", [reads_all, chatters_and_reads])
@pytest.mark.parametrize("data", [RECEIPT, LONG])
def test_a_network_printer_gets_every_byte(listening, how, data):
    server, port = listening
    serving = Serving(server, how)
    TcpPrinter("127.0.0.1", port).print(data)
    serving.join(5)
    assert serving.got == data


def test_a_printer_that_refuses_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(PrinterUnavailable) as refused:
        TcpPrinter("127.0.0.1", port).print(RECEIPT)
    assert refused.value.detail == f"打印机 127.0.0.1:{port} 不接受连接"


@pytest.mark.parametrize("data", [RECEIPT, LONG])
def test_a_printer_that_hangs_is_given_up(listening, data):
    """Short data would vanish into buffers: only a printer that closes has taken it."""
    server, port = listening
    enough = threading.Event()

    def never_reads(wire: socket.socket) -> bytes:
        enough.wait(10)
        return b""

    serving = Serving(server, never_reads)
    started = time.monotonic()
    with pytest.raises(PrintedInPart) as refused:
        TcpPrinter("127.0.0.1", port, timeout_s=0.3).print(data)
    assert time.monotonic() - started < 2
    enough.set()
    serving.join(5)
    assert refused.value.detail == f"打印机 127.0.0.1:{port} 没有回应"


@pytest.mark.parametrize("data", [RECEIPT, LONG])
def test_a_printer_that_hangs_up_midway_is_told(listening, data):
    server, port = listening
    serving = Serving(server, hangs_up_midway)
    with pytest.raises(PrintedInPart) as refused:
        TcpPrinter("127.0.0.1", port, timeout_s=3).print(data)
    serving.join(5)
    assert refused.value.detail == f"打印机 127.0.0.1:{port} 中途断开了"


def test_a_host_that_cannot_be_named_is_told():
    with pytest.raises(PrinterUnavailable):
        TcpPrinter("a" * 70 + ".invalid", timeout_s=0.3).print(RECEIPT)


# Serial ports

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")


@pytest.fixture
def wire() -> Iterator[tuple[int, str]]:
    """A real terminal: what the till writes into it comes out at the other end."""
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@needs_pty
def test_a_serial_printer_gets_every_byte(wire):
    master, device = wire
    data = RECEIPT * 20  # more than the terminal holds at once
    got = bytearray()

    def read() -> None:
        while len(got) < len(data):
            got.extend(os.read(master, 4096))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    SerialPrinter(device, 19200).print(data)
    reader.join(5)
    assert bytes(got) == data


@needs_pty
def test_a_serial_printer_that_takes_nothing_is_given_up(wire):
    _, device = wire
    started = time.monotonic()
    with pytest.raises(PrintedInPart) as refused:
        SerialPrinter(device, timeout_s=0.3).print(LONG)
    assert time.monotonic() - started < 2
    assert device in refused.value.detail


@needs_pty
def test_a_serial_port_that_is_not_there_is_told():
    with pytest.raises(PrinterUnavailable) as refused:
        SerialPrinter("/dev/ttyNONE7").print(RECEIPT)
    assert "/dev/ttyNONE7" in refused.value.detail
