"""串口扫码枪在哪里: the ports that scanners hang on, chosen or typed, and how fast they talk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import BadScannerSetting
from ui.devices.serial_scanner import BAUD, BETWEEN, Port, ports_of
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

BAUDS = (9600, 19200, 38400, 57600, 115200)
MOST = 4


class ScannerPorts(QWidget):
    """`setting` is what `ui.devices.serial_scanner` reads; `submitted`: Enter in the line."""

    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.field = Field(
            look,
            tr("串口"),
            placeholder="COM3 · /dev/ttyACM0",
            hint=tr("几把枪用分号隔开；空着就是没有"),
            name="scanner_port",
        )
        self.here = Words(look, "", "small", "ink_2", wraps=True, name="scanner_ports_here")
        self.bauds = Segments(
            look,
            [Segment(str(baud), str(baud)) for baud in BAUDS],
            name="scanner_baud",
            spoken=tr("波特率"),
        )
        self._found = QHBoxLayout()
        self._found.setSpacing(look.space[2])
        self._found.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addWidget(self.field)
        column.addWidget(self.here)
        column.addLayout(self._found)
        column.addSpacing(look.space[2])
        column.addWidget(Words(look, tr("波特率（不知道就用 9600）"), "small", "ink_2"))
        column.addWidget(self.bauds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.field.submitted.connect(self.submitted)
        self.bauds.set_current(str(BAUD))

    @property
    def setting(self) -> str:
        """As the settings keep it; a speed behind a device goes before the one that is chosen."""
        return BETWEEN.join(self._full(device) for device in self._devices())

    def show_setting(self, setting: str) -> None:
        """Show what is set."""
        try:
            ports = ports_of(setting)
        except BadScannerSetting:
            ports = ()
        usual = ports[0].baud if ports and ports[0].baud in BAUDS else BAUD
        self.bauds.set_current(str(usual))
        self.field.set_text(f"{BETWEEN} ".join(_short(port, usual) for port in ports))

    def show_ports(self, devices: Sequence[str]) -> None:
        """Offer those of this machine; where there is none, say so."""
        while (item := self._found.takeAt(0)) is not None:
            item.widget().deleteLater()
        for device in devices[:MOST]:
            button = Button(self._look, device, name=f"scanner_port_{device}")
            button.clicked.connect(lambda _=False, device=device: self._add(device))
            self._found.addWidget(button)
        found = tr("这台电脑上的串口：")
        none = tr("现在没有看见串口。插上枪再打开这一页，或照说明书写口的名字。")
        self.here.setText(found if devices else none)

    def say(self, problem: str) -> None:
        """Why it cannot be used."""
        self.field.set_problem(problem)

    def _devices(self) -> list[str]:
        return [part for each in self.field.text().split(BETWEEN) if (part := each.strip())]

    def _full(self, device: str) -> str:
        has_baud = device.rpartition(":")[2].isdigit() and ":" in device
        return f"serial:{device}" if has_baud else f"serial:{device}:{self.bauds.current()}"

    def _add(self, device: str) -> None:
        named = [each for each in self._devices() if each.partition(":")[0] != device]
        self.field.set_text(f"{BETWEEN} ".join([*named, device]))
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _short(port: Port, usual: int) -> str:
    return port.device if port.baud == usual else f"{port.device}:{port.baud}"
