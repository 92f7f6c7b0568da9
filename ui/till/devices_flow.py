"""设备的对话: shows how each device is, and begins what a person wants to do with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ui.till.devices import DevicesSheet
from ui.till.devices_state import Device


class DevicesFlow(QObject):
    """Rows in the order of `devices`."""

    def __init__(
        self, sheet: DevicesSheet, devices: Sequence[Device], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._devices = devices
        sheet.asked.connect(self._act)

    def begin(self) -> None:
        """Show how the devices are now."""
        self._sheet.show_devices([device.row() for device in self._devices])

    def _act(self, name: str, action: str) -> None:
        for device in self._devices:
            if device.row().name == name:
                device.acts[action]()
