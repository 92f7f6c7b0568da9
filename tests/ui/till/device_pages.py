"""Sheets of the devices, for the album."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.errors import PrinterUnavailable
from ui.devices.paper import PaperDesk
from ui.devices.printer import NoPrinter, TcpPrinter
from ui.look import Look
from ui.text import sentence, tr
from ui.till.devices import DevicesSheet
from ui.till.devices_state import DeviceRow, display_row, drawer_row, printer_row, scanner_row

Draw = Callable[[Look, QWidget], QWidget | None]


def devices(look: Look, window: QWidget) -> QWidget:
    sheet, paper = DevicesSheet(look, window), PaperDesk(TcpPrinter("192.0.2.1"))
    sheet.show_devices([scanner_row(), printer_row(paper), drawer_row(paper), display_row()])
    return sheet


def devices_trouble(look: Look, window: QWidget) -> QWidget:
    sheet, paper = DevicesSheet(look, window), PaperDesk(NoPrinter())
    words = sentence(PrinterUnavailable(tr("打印机 {address} 没有回应", address="192.0.2.1:9100")))
    jammed = DeviceRow("printer", "printer", tr("小票打印机"), words, "warn_text")
    sheet.show_devices([scanner_row(), jammed, drawer_row(paper), display_row()])
    return sheet


PAGES: tuple[Draw, ...] = (devices, devices_trouble)
