"""钱箱 on a port of its own, a real terminal: it opens beside the printer, nobody waits for it."""

from __future__ import annotations

import errno
import os
import queue
import select
import termios
from pathlib import Path

import pytest

from core.errors import BadDrawerSetting, BadPrinterSetting, DrawerUnavailable
from core.pricing.tender import TenderKind
from core.values.settings import Settings
from tests.ui.devices.serial_port import Cable
from tests.ui.till import baskets
from ui.devices.drawer import drawer_port
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import desk_of
from ui.devices.printer import FilePrinter, NoPrinter, TcpPrinter

PULSE = b"\x1bp"
PATIENCE_S = 10.0


class Drawer(Cable):
    """What a drawer's cable brought it; the port stays open, so that nothing on it is lost."""

    def plug_in(self) -> None:
        super().plug_in()
        self._held = os.open(self.link, os.O_RDWR | os.O_NOCTTY)

    def is_opened(self, within_s: float = PATIENCE_S) -> bool:
        has_pulse = bool(select.select([self._master], [], [], within_s)[0])
        return has_pulse and os.read(self._master, 64).startswith(PULSE)

    def pull_out(self) -> None:
        if self._master >= 0:
            os.close(self._held)
        super().pull_out()


@pytest.fixture
def drawer(tmp_path: Path):
    drawer = Drawer(tmp_path / "drawer")
    drawer.plug_in()
    yield drawer
    drawer.pull_out()


@pytest.fixture
def told() -> queue.SimpleQueue:
    return queue.SimpleQueue()


def cash_receipt():
    return baskets.with_change(baskets.basket(3_900), 5_000).receipt


def test_a_cash_receipt_opens_it_and_the_printer_gets_no_pulse(
    drawer: Drawer, tmp_path: Path
) -> None:
    desk = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    desk.use_drawer(drawer.setting)
    desk.print(cash_receipt())
    assert drawer.is_opened()
    assert desk.close()
    assert PULSE not in (tmp_path / "paper.bin").read_bytes()


def test_it_opens_also_while_the_printer_hangs(drawer: Drawer) -> None:
    desk = PaperDesk(TcpPrinter("192.0.2.1", timeout_s=PATIENCE_S))
    desk.use_drawer(drawer.setting)
    desk.print(cash_receipt())
    assert drawer.is_opened()


def test_only_cash_opens_it(drawer: Drawer, tmp_path: Path) -> None:
    desk = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    desk.use_drawer(drawer.setting)
    paid = baskets.counter(baskets.basket(3_900), (TenderKind.WECHAT, 3_900))
    desk.print(baskets.settled(paid).receipt)
    assert desk.close()
    assert not drawer.is_opened(within_s=0.2)


def test_a_port_that_is_not_there_is_told_and_the_receipt_is_printed(
    drawer: Drawer, tmp_path: Path, told: queue.SimpleQueue
) -> None:
    setting = drawer.setting
    drawer.pull_out()
    desk = PaperDesk(FilePrinter(tmp_path / "paper.bin"), report=told.put)
    desk.use_drawer(setting)
    desk.print(cash_receipt())
    errors = [told.get(timeout=PATIENCE_S).error for _ in range(2)]
    assert [type(error) for error in errors if error is not None] == [DrawerUnavailable]
    assert desk.close()
    assert (tmp_path / "paper.bin").stat().st_size > 0


def test_a_drawer_that_goes_while_its_port_is_opened_is_told(
    drawer: Drawer, told: queue.SimpleQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says in that moment is no OSError."""

    def loose(_port: int, _queue: int) -> None:
        raise termios.error(errno.EIO, "Input/output error")

    monkeypatch.setattr(termios, "tcflush", loose)
    desk = PaperDesk(NoPrinter())
    desk.use_drawer(drawer.setting)
    desk.open_drawer(told.put)
    assert isinstance(told.get(timeout=PATIENCE_S), DrawerUnavailable)
    assert desk.close()


def test_without_a_drawer_nothing_opens(tmp_path: Path, told: queue.SimpleQueue) -> None:
    desk = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    desk.use_drawer("none")
    desk.open_drawer(told.put)
    assert told.get(timeout=PATIENCE_S) is None
    desk.print(cash_receipt())
    assert desk.close()
    assert PULSE not in (tmp_path / "paper.bin").read_bytes()


@pytest.mark.parametrize("setting", ["", "usb", "serial:", "serial:a;serial:b", "COM4"])
def test_what_names_no_drawer_is_refused_and_the_printer_opens_it(setting: str) -> None:
    with pytest.raises(BadDrawerSetting):
        drawer_port(setting)
    desk = PaperDesk(TcpPrinter("192.0.2.1"))
    with pytest.raises(BadDrawerSetting):
        desk.use_drawer(setting)
    assert desk.drawer == "printer"


def test_a_printer_that_was_set_wrongly_takes_no_drawer_along(
    drawer: Drawer, tmp_path: Path, told: queue.SimpleQueue
) -> None:
    desk = desk_of(Settings(printer="nonsense", drawer=drawer.setting), tmp_path)
    assert isinstance(desk.trouble, BadPrinterSetting)
    desk.open_drawer(told.put)
    assert told.get(timeout=PATIENCE_S) is None
    assert drawer.is_opened()
    desk.close()
