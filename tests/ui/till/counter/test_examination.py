"""检查这台电脑: every finding on the screen, the worst first, while it sells on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from core.ports.upkeep import Check, Grade
from tests.ui.till.counter.at_counter import Cashier
from ui.till.examination_flow import ExaminationFlow
from ui.widgets.words import Words

GOOD = Check("disk", Grade.GOOD, "room", {"mib": 20_000})
BAD = Check("printer", Grade.BAD, "silent", {"setting": "tcp:192.0.2.1:9100"})


def titles(sheet) -> list[str]:
    return [row.objectName() for row in sheet.findChildren(object) if "check_" in row.objectName()]


def test_the_worst_stands_on_top_and_nothing_waits_for_it(cashier: Cashier, qtbot) -> None:
    go_on = threading.Event()

    def examine() -> Iterator[Check]:
        yield GOOD
        go_on.wait(20)
        yield BAD

    sheet = cashier.window.sheets.examination
    flow = ExaminationFlow(sheet, examine)
    flow.begin()
    said = sheet.findChild(Words, "examination_said")
    assert said is not None and "正在检查" in said.text()
    go_on.set()
    qtbot.waitUntil(lambda: sheet.findChild(Words, "examination_summary") is not None)
    assert titles(sheet)[:2] == ["check_printer", "check_disk"]
    summary = sheet.findChild(Words, "examination_summary").text()
    assert summary.startswith("1 处不好")


def test_a_mistake_in_looking_is_said(cashier: Cashier, qtbot, caplog) -> None:
    def examine() -> Iterator[Check]:
        raise ValueError("800001")
        yield GOOD

    sheet = cashier.window.sheets.examination
    flow = ExaminationFlow(sheet, examine)
    flow.begin()
    qtbot.waitUntil(lambda: "程序出了错" in sheet.findChild(Words, "examination_said").text())
    assert [record.exc_info[0] for record in caplog.records] == [ValueError]


def test_the_devices_open_it(cashier: Cashier, qtbot) -> None:
    machine = cashier.window.talks.machine
    machine.devices.begin()
    cashier.window.sheets.devices.asked.emit("computer", "check")
    qtbot.waitUntil(lambda: cashier.window.sheets.open_names == ("examination",))
