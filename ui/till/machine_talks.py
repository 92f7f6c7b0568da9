"""这台机器的对话: settings, the own PIN and the devices, each made when it is first begun.

A device is another line in `_devices`; what it opens is a sheet and a flow of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.trust.staff import Staff
from core.values.settings import Settings
from ui.chain_desk import ChainDesk
from ui.customer.desk import CustomerDesk
from ui.devices.paper import PaperDesk
from ui.devices.scan_desk import ScanDesk
from ui.till.sheets import Sheets
from ui.widgets.sheet import Sheet
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.change_settings import Keep
    from ui.login.allowed import Allowed, Mends
    from ui.till.change_pin_flow import ChangePinFlow
    from ui.till.chores import Chores
    from ui.till.display_flow import DisplayFlow
    from ui.till.drawer_test_flow import DrawerTestFlow
    from ui.till.examination_flow import ExaminationFlow, Examine
    from ui.till.papers_flow import PapersFlow
    from ui.till.ports_flow import PortsFlow
    from ui.till.printer_flow import PrinterFlow
    from ui.till.row_sheet import RowDeeds
    from ui.till.rows_flow import RowsFlow
    from ui.till.scanner_flow import ScannerFlow
    from ui.till.settings_flow import SettingsFlow
    from ui.till.tags_flow import TagsFlow


class MachineTalks(QObject):
    """`settings_changed` gives settings that a person chose; `office_asked` as in `Talks`."""

    settings_changed, office_asked = Signal(object), Signal()

    def __init__(
        self,
        work: Work,
        sheets: Sheets,
        paper: PaperDesk,
        scans: ScanDesk,
        customer: CustomerDesk,
        *,
        settings: Settings,
        keep: Keep,
        staff: Callable[[], Staff | None],
        mends: Mends,
        allowed: Allowed,
        examine: Examine,
        chain: ChainDesk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheets = sheets
        self._paper = paper
        self._scans = scans
        self._customer = customer
        self._settings = settings
        self._keep = keep
        self._staff = staff
        self._mends = mends
        self._allowed = allowed
        self._examine = examine
        self._chain = chain

    @cached_property
    def setting(self) -> SettingsFlow:
        """设置."""
        from ui.till.settings_flow import SettingsFlow

        setting = SettingsFlow(
            self._work,
            self._sheets.settings,
            self._settings,
            keep=self._keep,
            staff=self._staff,
            mends=self._mends,
            parent=self,
        )
        setting.changed.connect(self.settings_changed)
        sheet = self._sheets.settings
        sheet.pin_asked.connect(self._lead(sheet, lambda: self.change_pin.begin()))
        sheet.devices_asked.connect(self._lead(sheet, lambda: self.devices.begin()))
        sheet.papers_asked.connect(self._lead(sheet, lambda: self.papers.begin()))
        sheet.chores_asked.connect(self._lead(sheet, lambda: self.chores.begin()))
        return setting

    @cached_property
    def change_pin(self) -> ChangePinFlow:
        """改 PIN."""
        from ui.till.change_pin_flow import ChangePinFlow

        return ChangePinFlow(self._work, self._sheets.change_pin, staff=self._staff, parent=self)

    @cached_property
    def papers(self) -> PapersFlow:
        """票据样式."""
        from ui.till.papers_flow import PapersFlow

        return PapersFlow(
            self._work,
            self._sheets.papers,
            self._paper,
            self._allowed,
            self,
        )

    @cached_property
    def tags(self) -> TagsFlow:
        """标价签."""
        from ui.till.tags_flow import TagsFlow

        return TagsFlow(self._work, self._sheets.tags, self._paper, self)

    def begin_tag(self, code: str) -> None:
        """A tag for the product whose price was looked up."""
        self._sheets.price.shut()
        self.tags.begin(code)

    @cached_property
    def chores(self) -> Chores:
        """店务."""
        from ui.till.chores import Chores

        return Chores(
            self._work,
            self._sheets,
            self._paper,
            allowed=self._allowed,
            tags=lambda: self.tags.begin(),
            office=self.office_asked.emit,
            chain=self._chain,
            parent=self,
        )

    @cached_property
    def devices(self) -> RowsFlow:
        """设备."""
        from ui.till.rows_flow import RowsFlow

        return RowsFlow(self._sheets.devices, self._devices(), self)

    @cached_property
    def printer(self) -> PrinterFlow:
        """小票打印机."""
        from ui.till.printer_flow import PrinterFlow

        printer = PrinterFlow(self.setting, self._sheets.printer, self._paper, self)
        printer.done.connect(self.devices.begin)
        return printer

    def _devices(self) -> Sequence[RowDeeds]:
        from ui.till.devices_state import (
            computer_row,
            display_row,
            drawer_row,
            printer_row,
            scanner_row,
        )
        from ui.till.row_sheet import RowDeeds

        to = partial(self._lead, self._sheets.devices)
        return (
            RowDeeds(
                lambda: scanner_row(self.setting.settings, self._scans),
                {"test": to(lambda: self.scanner.begin())},
            ),
            RowDeeds(lambda: printer_row(self._paper), {"test": to(lambda: self.printer.begin())}),
            RowDeeds(lambda: drawer_row(self._paper), {"set": to(lambda: self.drawer.begin())}),
            RowDeeds(
                lambda: display_row(self.setting.settings, self._customer),
                {"set": to(lambda: self.display.begin())},
            ),
            RowDeeds(computer_row, {"check": to(lambda: self.examining.begin())}),
        )

    @cached_property
    def scanner(self) -> ScannerFlow:
        """扫码枪自检."""
        from ui.till.scanner_flow import ScannerFlow

        sheet = self._sheets.scanner
        sheet.left.connect(self.devices.begin)
        sheet.ports_asked.connect(lambda: self.ports.begin())
        return ScannerFlow(self.setting, sheet, done=self.devices.begin, parent=self)

    @cached_property
    def ports(self) -> PortsFlow:
        """串口扫码枪."""
        from ui.till.ports_flow import PortsFlow

        return PortsFlow(self.setting, self._sheets.ports, self)

    @cached_property
    def examining(self) -> ExaminationFlow:
        """检查这台电脑."""
        from ui.till.examination_flow import ExaminationFlow

        sheet = self._sheets.examination
        sheet.left.connect(self.devices.begin)
        return ExaminationFlow(sheet, self._examine, parent=self)

    @cached_property
    def display(self) -> DisplayFlow:
        """客显."""
        from ui.till.display_flow import DisplayFlow

        sheet, again = self._sheets.display, self.devices.begin
        sheet.left.connect(again)
        return DisplayFlow(self.setting, sheet, self._customer, done=again, parent=self)

    @cached_property
    def drawer(self) -> DrawerTestFlow:
        """钱箱."""
        from ui.till.drawer_test_flow import DrawerTestFlow

        sheet = self._sheets.drawer_test
        sheet.left.connect(self.devices.begin)
        return DrawerTestFlow(
            self.setting,
            sheet,
            self._paper,
            allowed=self._allowed,
            done=self.devices.begin,
            parent=self,
        )

    def _lead(self, sheet: Sheet, begin: Callable[[], object]) -> Callable[[], None]:
        """From this sheet to another, which is made when somebody goes there."""

        def go() -> None:
            sheet.shut()
            begin()

        return go
