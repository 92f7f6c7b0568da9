"""打印机状态: what a printer says of itself is told before a byte of the job is sent."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from core.errors import PrintedInPart, PrinterUnavailable
from tests.ui.devices.test_printer import (
    RECEIPT,
    Serving,
    chatters_and_reads,
    listening,
    needs_pty,
    reads_all,
    wire,
)
from ui.devices.printer import SerialPrinter, TcpPrinter

__all__ = ["listening", "wire"]


class Answers(threading.Thread):
    """Epson's answers to DLE EOT 1, 2 and 4, over anything with `recv` and `send`."""

    def __init__(
        self, server: socket.socket, before: tuple[int, ...], after: tuple[int, ...] | None = None
    ) -> None:
        super().__init__(daemon=True)
        self._server, self._before, self._after = server, before, after or before
        self.got = b""
        self.start()

    def run(self) -> None:
        wire, _ = self._server.accept()
        with wire:
            while chunk := wire.recv(65536):
                self.got += chunk
                if chunk[-3:-1] == b"\x10\x04" and len(chunk) == 3:
                    now = self._after if RECEIPT in self.got else self._before
                    wire.sendall(bytes([now[{1: 0, 2: 1, 4: 2}[chunk[-1]]]]))


FINE = (0x16, 0x12, 0x12)
OPEN, NO_PAPER, KNIFE, OFFLINE = (
    (0x1E, 0x16, 0x12),
    (0x1E, 0x32, 0x72),
    (0x1E, 0x52, 0x12),
    (0x1E, 0x12, 0x12),
)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (OPEN, "打印机盖子开着"),
        (NO_PAPER, "打印机没有纸了"),
        (KNIFE, "打印机报错，可能卡了刀或卡了纸"),
        (OFFLINE, "打印机脱机了"),
    ],
)
def test_what_a_printer_says_is_told_and_nothing_is_sent(listening, says, words):
    server, port = listening
    answers = Answers(server, says)
    begun: list[bool] = []
    with pytest.raises(PrinterUnavailable) as refused:
        TcpPrinter("127.0.0.1", port, asks=True).print(RECEIPT, begun=lambda: begun.append(True))
    answers.join(5)
    assert (refused.value.detail, type(refused.value)) == (words, PrinterUnavailable)
    assert RECEIPT not in answers.got
    assert not begun


def test_a_printer_that_is_well_gets_the_job(listening):
    server, port = listening
    answers = Answers(server, FINE)
    printer = TcpPrinter("127.0.0.1", port, asks=True)
    printer.print(RECEIPT)
    answers.join(5)
    assert RECEIPT in answers.got
    assert printer.asks


def test_paper_that_ended_within_the_job_is_told_as_such(listening):
    server, port = listening
    Answers(server, FINE, NO_PAPER)
    with pytest.raises(PrintedInPart) as refused:
        TcpPrinter("127.0.0.1", port, asks=True).print(RECEIPT)
    assert refused.value.detail == "打印机没有纸了"


def test_a_printer_that_never_answers_prints_and_is_not_asked_again(listening):
    server, port = listening
    serving = Serving(server, reads_all)
    printer = TcpPrinter("127.0.0.1", port, asks=True)
    printer.print(RECEIPT)
    serving.join(5)
    assert serving.got.endswith(RECEIPT)
    assert not printer.asks
    serving = Serving(server, reads_all)
    printer.print(RECEIPT)
    serving.join(5)
    assert serving.got == RECEIPT


def test_what_a_printer_says_of_its_own_accord_is_no_answer(listening):
    server, port = listening
    serving = Serving(server, chatters_and_reads)
    TcpPrinter("127.0.0.1", port, asks=True).print(RECEIPT)
    serving.join(5)
    assert serving.got.endswith(RECEIPT)


@needs_pty
@pytest.mark.parametrize("says", [FINE, NO_PAPER])
def test_a_serial_printer_is_asked_too(wire, says, monkeypatch):
    monkeypatch.setattr("ui.devices.printer.ANSWERS_IN_S", 10.0)  # whatever else the machine does
    master, device = wire
    got = bytearray()

    def serve() -> None:
        while True:
            try:
                got.extend(os.read(master, 4096))
            except OSError:
                return
            if got[-3:-1] == b"\x10\x04":
                os.write(master, bytes([says[{1: 0, 2: 1, 4: 2}[got[-1]]]]))

    threading.Thread(target=serve, daemon=True).start()
    printer = SerialPrinter(device, 19200, asks=True)
    if says == FINE:
        printer.print(RECEIPT)
        assert RECEIPT in got
        return
    with pytest.raises(PrinterUnavailable) as refused:
        printer.print(RECEIPT)
    assert refused.value.detail == "打印机没有纸了"
    assert RECEIPT not in got
