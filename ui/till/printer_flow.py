"""打印机的对话: the printer that the test found is kept in the settings, and prints from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import Shortfall
from ui.devices.ladder import Ladder
from ui.devices.paper import PaperDesk
from ui.devices.printer import printer_of
from ui.devices.profile_files import keep_profile, profile_of
from ui.equipment.ladder_talk import LadderTalk
from ui.text import sentence
from ui.till.printer import PrinterSheet

if TYPE_CHECKING:
    from ui.till.settings_flow import SettingsFlow


class PrinterFlow(QObject):
    """`done`: the printer is used from now on; back to the devices."""

    done = Signal()

    def __init__(
        self, setting: SettingsFlow, sheet: PrinterSheet, paper: PaperDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._sheet = sheet
        self._paper = paper
        self._is_keeping = False
        self._talk = LadderTalk(sheet.ladder, self)
        self._talk.found.connect(self._keep)
        sheet.again.connect(self._talk.again)
        sheet.closed.connect(self._talk.end)

    def begin(self) -> None:
        """Begin the test with the printer of now."""
        self._talk.begin(self._setting.settings.printer)
        self._sheet.begin()

    def _keep(self, setting: str, ladder: Ladder) -> None:
        if self._is_keeping:
            return
        own = self._paper.profiles
        try:
            name = ladder.like if own is None else keep_profile(own, ladder.profile, ladder.like)
        except Shortfall as refused:
            self._sheet.ladder.show_problem(sentence(refused))
            return
        values = {"printer": setting, "paper_mm": ladder.width_mm, "profile": name}
        self._is_keeping = True
        self._setting.keep(values, then=self._use, failed=self._refused)

    def _refused(self, problem: str) -> None:
        self._is_keeping = False
        self._sheet.ladder.show_problem(problem)

    def _use(self) -> None:
        self._is_keeping = False
        settings = self._setting.settings
        profile = profile_of(settings.profile, self._paper.profiles)
        printer = printer_of(settings.printer, asks=profile.has_status)
        self._paper.use(printer, profile, settings.paper_mm)
        self._sheet.shut()
        self.done.emit()
