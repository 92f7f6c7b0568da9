"""Sheets of the devices, for the album."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.errors import (
    BadDisplaySetting,
    BadPrinterSetting,
    BadScannerSetting,
    DrawerUnavailable,
    PrinterUnavailable,
)
from core.ports.upkeep import Check, Grade
from core.values.settings import Settings
from ui.customer.desk import CustomerDesk
from ui.devices.ladder import Ladder
from ui.devices.paper import PaperDesk
from ui.devices.printer import NoPrinter, TcpPrinter
from ui.devices.scan_desk import ScanDesk
from ui.devices.scan_trial import SAMPLES, Trial
from ui.look import Look
from ui.text import sentence, tr
from ui.till.devices_state import (
    computer_row,
    display_row,
    drawer_row,
    printer_row,
    scanner_row,
)
from ui.till.display import DisplaySheet
from ui.till.drawer_test import DrawerTestSheet
from ui.till.examination import ExaminationSheet
from ui.till.ports import PortsSheet
from ui.till.printer import PrinterSheet
from ui.till.row_sheet import Row, RowSheet
from ui.till.scanner_sheet import ScannerSheet

Draw = Callable[[Look, QWidget], QWidget | None]


def _devices(look: Look, window: QWidget) -> RowSheet:
    return RowSheet(look, window, tr("设备"), kind="device", name="devices")


def devices(look: Look, window: QWidget) -> QWidget:
    sheet, paper = _devices(look, window), PaperDesk(TcpPrinter("192.0.2.1"))
    scanner = scanner_row(Settings(scan_end="enter", scan_layout="azerty"), ScanDesk())
    sheet.show_rows(
        [
            scanner,
            printer_row(paper),
            drawer_row(paper),
            display_row(Settings(), CustomerDesk()),
            computer_row(),
        ]
    )
    return sheet


def devices_trouble(look: Look, window: QWidget) -> QWidget:
    sheet, paper = _devices(look, window), PaperDesk(NoPrinter())
    words = sentence(PrinterUnavailable(tr("打印机 {address} 没有回应", address="192.0.2.1:9100")))
    jammed = Row("printer", "printer", tr("小票打印机"), words, "warn_text")
    sheet.show_rows(
        [
            scanner_row(Settings(), ScanDesk("usb")),
            jammed,
            drawer_row(paper),
            display_row(Settings(), CustomerDesk()),
            computer_row(),
        ]
    )
    return sheet


def _tested(look: Look, window: QWidget, *trials: Trial) -> ScannerSheet:
    sheet = ScannerSheet(look, window)
    sheet.begin()
    for trial in trials:
        sheet.test._on_tried(trial)
    return sheet


def scanner_test(look: Look, window: QWidget) -> QWidget:
    return _tested(look, window)


def scanner_ports(look: Look, window: QWidget) -> QWidget:
    sheet = PortsSheet(look, window)
    sheet.begin("serial:/dev/ttyACM0:9600;serial:/dev/ttyUSB0:115200")
    sheet.ports.show_ports(["/dev/ttyACM0", "/dev/ttyUSB0"])
    return sheet


def scanner_ports_none(look: Look, window: QWidget) -> QWidget:
    sheet = PortsSheet(look, window)
    sheet.begin("")
    sheet.ports.show_ports([])
    sheet.show_error(sentence(BadScannerSetting("serial:COM3:0")))
    return sheet


def scanner_tested(look: Look, window: QWidget) -> QWidget:
    code = SAMPLES["code128"]
    return _tested(look, window, *[Trial(code, (3,) * (len(code) - 1), "enter")] * 3)


def scanner_without_end(look: Look, window: QWidget) -> QWidget:
    code = SAMPLES["ean13"].translate(str.maketrans("1234567890", "&é\"'(-è_çà"))
    trial = Trial("(" + code, (12,) * len(code), "none")
    sheet = _tested(look, window, trial, trial, trial)
    sheet.test.show_kind("ean13")
    return sheet


def scanner_lost(look: Look, window: QWidget) -> QWidget:
    code = SAMPLES["qr"]
    trials = [Trial(each, (20,) * (len(each) - 1), "enter") for each in (code, code[:4] + code[7:])]
    sheet = _tested(look, window, *trials)
    sheet.test.show_kind("qr")
    return sheet


def examined(look: Look, window: QWidget) -> QWidget:
    sheet = ExaminationSheet(look, window)
    sheet.show_checks(
        [
            Check("store", Grade.GOOD, "running", {"mib": 1_204, "revision": "0006"}),
            Check("clock", Grade.GOOD, "fits", {"now": "2026-11-26 22:03"}),
            Check("zone", Grade.GOOD, "fits", {"zone": "Asia/Shanghai"}),
            Check("recovery", Grade.LOOK, "beside", {"path": "/home/till/中山路店/recovery.txt"}),
            Check("backup", Grade.LOOK, "old", {"days": 12, "count": 3, "name": ""}),
            Check("disk", Grade.BAD, "full", {"mib": 48}),
            Check("memory", Grade.GOOD, "enough", {"free": 2_048, "total": 8_192}),
            Check("printer", Grade.BAD, "silent", {"setting": "tcp:192.0.2.1:9100"}),
            Check("font", Grade.LOOK, "lacks_rare", {"font": "Noto", "signs": "𠮷 (U+20BB7)"}),
        ]
    )
    return sheet


def examining(look: Look, window: QWidget) -> QWidget:
    sheet = ExaminationSheet(look, window)
    sheet.show_waiting(7)
    return sheet


def _printer(look: Look, window: QWidget) -> PrinterSheet:
    sheet = PrinterSheet(look, window)
    sheet.ladder.show_place("tcp:192.0.2.1:9100")
    sheet.begin()
    return sheet


def printer_place(look: Look, window: QWidget) -> QWidget:
    return _printer(look, window)


def printer_place_queue(look: Look, window: QWidget) -> QWidget:
    sheet = _printer(look, window)
    sheet.ladder.place.show_names({"queue": ["XP-80C", "HP_LaserJet_前台", "TM-T82III"]})
    sheet.ladder.show_place("queue:XP-80C")
    sheet.ladder.place.say(sentence(BadPrinterSetting("queue:-o")))
    return sheet


def printer_lines(look: Look, window: QWidget) -> QWidget:
    sheet = _printer(look, window)
    sheet.ladder.show_question(Ladder())
    return sheet


def printer_jammed(look: Look, window: QWidget) -> QWidget:
    sheet = _printer(look, window)
    sheet.ladder.show_question(Ladder(step="width"))
    sheet.ladder.show_problem(sentence(PrinterUnavailable(tr("打印机没有纸了"))))
    return sheet


def printer_drawer(look: Look, window: QWidget) -> QWidget:
    sheet = _printer(look, window)
    sheet.ladder.show_question(Ladder(step="drawer"))
    return sheet


def printer_found(look: Look, window: QWidget) -> QWidget:
    sheet = _printer(look, window)
    sheet.ladder.show_found(Ladder(step=""))
    return sheet


def display_choice(look: Look, window: QWidget) -> QWidget:
    sheet = DisplaySheet(look, window)
    chosen = Settings(
        display="screen:HDMI-1",
        display_link="https://shuke.example/m/S01",
        display_words="扫码看电子小票，查积分、查券",
        pole="serial:/dev/ttyUSB1:9600",
        pole_profile="epson-gbk",
    )
    sheet.begin(chosen, ["HDMI-1", "DP-2"], "/home/till/中山路店/slides", 6)
    return sheet


def drawer_setting(look: Look, window: QWidget) -> QWidget:
    sheet = DrawerTestSheet(look, window)
    sheet.begin("serial:/dev/ttyUSB2:9600")
    sheet.show_error(sentence(DrawerUnavailable("/dev/ttyUSB2", tr("没有插着"))))
    return sheet


def drawer_tried(look: Look, window: QWidget) -> QWidget:
    sheet = DrawerTestSheet(look, window)
    sheet.begin("printer")
    sheet.test.show_tried()
    return sheet


def display_refused(look: Look, window: QWidget) -> QWidget:
    sheet = DisplaySheet(look, window)
    sheet.begin(Settings(), [], "/home/till/中山路店/slides", 0)
    sheet.show_error(sentence(BadDisplaySetting("x" * 400)))
    return sheet


PAGES: tuple[Draw, ...] = (
    devices,
    devices_trouble,
    scanner_test,
    scanner_ports,
    scanner_ports_none,
    scanner_tested,
    scanner_without_end,
    scanner_lost,
    examined,
    examining,
    printer_place,
    printer_place_queue,
    printer_lines,
    printer_jammed,
    printer_drawer,
    printer_found,
    display_choice,
    display_refused,
    drawer_setting,
    drawer_tried,
)
