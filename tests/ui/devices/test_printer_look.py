"""看打印机: what is not there is said before the first paper fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import PrinterMissing
from tests.ui.devices.serial_port import Cable
from ui.devices.printer import FilePrinter, NoPrinter, Printer, SerialPrinter, TcpPrinter
from ui.devices.printer_look import missing


def test_a_file_that_is_there_or_can_be_made_takes_papers(tmp_path: Path) -> None:
    there = tmp_path / "there.bin"
    there.touch()
    assert missing(FilePrinter(there)) is None
    assert missing(FilePrinter(tmp_path / "new.bin")) is None
    assert not (tmp_path / "new.bin").exists(), "looking makes nothing"


def test_a_file_that_cannot_be_made_is_missing(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "x.bin", tmp_path):
        assert place_of(FilePrinter(place)) == str(place)


@pytest.mark.skipif(os.name == "nt", reason="ports have other names")
def test_a_port_is_missing_once_it_was_pulled_out(tmp_path: Path) -> None:
    cable = Cable(tmp_path / "tty")
    cable.plug_in()
    printer = SerialPrinter(str(cable.link))
    assert missing(printer) is None
    cable.pull_out()
    assert place_of(printer) == str(cable.link)


def place_of(printer: Printer) -> str:
    found = missing(printer)
    assert isinstance(found, PrinterMissing)
    return found.place


def test_who_would_have_to_be_asked_is_not_looked_at() -> None:
    assert missing(NoPrinter()) is None
    assert missing(TcpPrinter("printer.invalid", 9100)) is None
    assert missing(SerialPrinter("COM9")) is None
