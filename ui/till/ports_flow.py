"""串口扫码枪的对话: ports are looked for beside the screen; what is chosen is kept, and read."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.errors import BadScannerSetting
from ui.devices.serial_scanner import ports_here, ports_of
from ui.not_done import say_not_done
from ui.till.ports import PortsSheet
from ui.till.settings_flow import SettingsFlow


class PortsFlow(QObject):
    """What is kept is read at once, as every setting is."""

    _found = Signal(object)

    def __init__(self, setting: SettingsFlow, sheet: PortsSheet, parent: QObject) -> None:
        super().__init__(parent)
        self._setting = setting
        self._sheet = sheet
        self._found.connect(sheet.ports.show_ports)
        sheet.chosen.connect(self._keep)

    def begin(self) -> None:
        """Show what holds, and what there is."""
        self._sheet.begin(self._setting.settings.scanners)
        # Some systems take a while to say it.
        threading.Thread(target=self._find, name="ports here", daemon=True).start()

    def _find(self) -> None:
        devices = ports_here()
        if isValid(self):  # who asked may be gone meanwhile
            self._found.emit(devices)

    def _keep(self, setting: str) -> None:
        try:
            ports_of(setting)
        except BadScannerSetting as bad:
            say_not_done(bad, self._sheet.show_error)
            return
        values = {"scanners": setting}
        self._setting.keep(values, then=self._sheet.shut, failed=self._sheet.show_error)
