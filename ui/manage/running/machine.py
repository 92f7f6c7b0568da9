"""电脑与设备: what `main.py doctor` finds, the worst first; what is set, and a paper to try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.ports.upkeep import Check
from core.shop import Shop
from core.values.settings import Settings
from ui.check_row import CheckRow, worst_first
from ui.check_words import summary
from ui.labour import Labour
from ui.manage.room import Room
from ui.manage.running.part import RunningPart, settings_here, settings_kept
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow


class MachinePart(RunningPart):
    """Looks when it is opened for the first time, and when somebody asks again."""

    looked = Signal(int)

    def __init__(self, room: Room) -> None:
        super().__init__(room, "machine")
        self._labour = Labour(self)
        self._printing = Labour(self)
        self._has_looked = False
        look = self.look
        self.looked.connect(self._show_how_far)
        self.devices = Section(look, tr("设备"), name="running_devices")
        self.health = Section(look, tr("检查"), name="running_health", more=tr("再查一次"))
        self.health.more.connect(self._look)
        self.column.addWidget(self.devices)
        self.column.addWidget(self._build_deeds())
        self.column.addWidget(self.health)
        self.column.addStretch(1)

    def _build_deeds(self) -> QWidget:
        look, whole = self.look, QWidget()
        self.print = Button(look, tr("打印一张样张"), icon="printer", name="running_print")
        self.print.clicked.connect(self._print)
        self.print.hide()  # until it is known whether there is a printer
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.print)
        row.addStretch(1)
        return whole

    def refresh(self) -> None:
        """What is set, as it is now; the examination only once by itself."""
        self.room.work.ask(
            settings_kept, topic="running_settings", then=self._show_devices, failed=self.room.say
        )
        if not self._has_looked:
            self._look()

    def end(self) -> None:
        """What was begun comes to its end."""
        self._labour.wait()
        self._printing.wait()

    # What was found

    def _show_devices(self, settings: Settings) -> None:
        rows: list[QWidget] = []
        for name, label, value in device_facts(settings):
            row = FactRow(self.look, label, keeps_value=False, name=f"device_{name}")
            row.set_value(value)
            rows.append(row)
        self.devices.show_rows(rows, "")
        self.print.show()
        self.devices.count.setText(tr("在收银台的“设置”里改"))
        self.print.setEnabled(settings.printer != "none")

    def _show_how_far(self, count: int) -> None:
        self.health.count.setText(tr("看过 {count} 样……", count=count))

    def _look(self) -> None:
        shop = self.shop
        if shop is None or self._labour.is_busy:
            return
        self._has_looked = True

        def do() -> list[Check]:
            found: list[Check] = []
            for check in _examined(shop):
                found.append(check)
                self.looked.emit(len(found))
            return found

        self._labour.begin(do, then=self._show_checks, failed=self.fail)

    def _show_checks(self, checks: Sequence[Check]) -> None:
        self.health.count.setText(summary(list(checks)))
        self.health.show_rows([CheckRow(self.look, check) for check in worst_first(checks)], "")

    # A paper

    def _print(self) -> None:
        shop = self.shop
        if shop is None or self._printing.is_busy:
            return
        self.print.setEnabled(False)
        self.said.say(tr("正在打印……"))
        self._printing.begin(
            lambda: _print_sample(shop), then=self._printed, failed=self._unprinted
        )

    def _printed(self, _none: object) -> None:
        self.print.setEnabled(True)
        self.said.say(tr("样张送去打印了。没有出纸，看下面打印机那一行。"))

    def _unprinted(self, error: Exception) -> None:
        self.print.setEnabled(True)
        self.fail(error)


def _examined(shop: Shop) -> Iterator[Check]:
    """Home and devices; the window that shows it is there."""
    from ui.devices.examine import examined_devices

    keeping = shop.store.keeping
    yield from keeping.examine()
    yield from examined_devices(settings_here(shop), Path(keeping.home))


def _print_sample(shop: Shop) -> None:
    """A receipt of a day that never was, on the printer of this machine; raises what it does."""
    from ui.devices.designs import Designs
    from ui.devices.escpos import encode_rows
    from ui.devices.paper_setup import DESIGNS
    from ui.devices.printer import printer_of
    from ui.devices.profile_files import own_profiles, profile_of
    from ui.devices.rows import rows_of
    from ui.paper_samples import sample

    settings, home = settings_here(shop), Path(shop.store.keeping.home)
    with shop.store.read() as reading:
        till = reading.till
    profile = profile_of(settings.profile, own_profiles(home))
    printer = printer_of(settings.printer, asks=profile.has_status)
    rows = rows_of(sample("receipt", till.store_name, till.till_no), Designs(home / DESIGNS))
    printer.print(encode_rows(rows, width_mm=settings.paper_mm, profile=profile))


def device_facts(settings: Settings) -> list[tuple[str, str, str]]:
    """Name, label, and what is set, of each device."""
    none = tr("没有")
    paper = tr("{setting}，纸宽 {mm} 毫米", setting=settings.printer, mm=settings.paper_mm)
    return [
        ("printer", tr("小票打印机"), none if settings.printer == "none" else paper),
        ("scanner", tr("扫码枪"), settings.scanners or tr("当作键盘用")),
        ("drawer", tr("钱箱"), _drawer(settings.drawer)),
        ("display", tr("客显"), none if settings.display == "none" else settings.display),
        ("pole", tr("杆式客显"), none if settings.pole == "none" else settings.pole),
    ]


def _drawer(setting: str) -> str:
    return {"printer": tr("跟着打印机开"), "none": tr("没有钱箱")}.get(setting, setting)
