"""扫码枪自检的对话: what was measured is kept in the settings, and holds at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.devices.habits import Habits
from ui.till.scanner_sheet import ScannerSheet
from ui.till.settings_flow import SettingsFlow


class ScannerFlow(QObject):
    """`done` is called when the settings are kept."""

    def __init__(
        self,
        setting: SettingsFlow,
        sheet: ScannerSheet,
        *,
        done: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._sheet = sheet
        self._done = done
        sheet.accepted.connect(self._keep)

    def begin(self) -> None:
        """Measure a scanner."""
        self._sheet.begin()

    def _keep(self, habits: Habits) -> None:
        values = {
            "scan_gap_ms": habits.slowest_gap_ms,
            "scan_end": habits.end,
            "scan_prefix": habits.prefix,
            "scan_suffix": habits.suffix,
            "scan_layout": habits.layout,
        }
        self._setting.keep(values, then=self._kept, failed=self._sheet.show_error)

    def _kept(self) -> None:
        self._sheet.shut()
        self._done()
