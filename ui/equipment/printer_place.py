"""打印机在哪里: how a printer hangs on this machine, and its name there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments

KINDS = ("tcp", "queue", "serial", "file", "none")
_MOST = 3


class PrinterPlace(QWidget):
    """`setting` is what `ui.devices.printer` reads; `submitted`: Enter in the line.

    `names` are those that were found on this machine, by kind.
    """

    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = KINDS[0]
        self._names: dict[str, Sequence[str]] = {}
        self._texts = dict.fromkeys(KINDS, "")
        labels = (tr("网络"), tr("系统打印机"), tr("串口"), tr("文件"), tr("没有"))
        segments = [Segment(kind, label) for kind, label in zip(KINDS, labels, strict=True)]
        self.kinds = Segments(look, segments, name="printer_kind", spoken=tr("打印机怎么接"))
        self.field = Field(look, tr("地址"), name="printer_address")
        self._found = QHBoxLayout()
        self._found.setSpacing(look.space[2])
        self._found.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.field)
        column.addLayout(self._found)
        self.kinds.chosen.connect(self._choose)
        self.field.submitted.connect(self.submitted)

    @property
    def setting(self) -> str:
        """As the settings keep it."""
        return "none" if self._kind == "none" else f"{self._kind}:{self.field.text()}"

    def show_names(self, names: dict[str, Sequence[str]]) -> None:
        """Offer what was found on this machine."""
        self._names = names
        self._offer()

    def show_setting(self, setting: str) -> None:
        """Show what is set."""
        kind, _, text = setting.partition(":")
        kind = "queue" if kind == "windows" else kind
        kind = kind if kind in KINDS else "none"
        if kind == "none":
            kind = KINDS[0]
        self._texts[kind] = text
        self.kinds.set_current(kind)
        self._show(kind)

    def say(self, problem: str) -> None:
        """Why it cannot be used."""
        self.field.set_problem(problem)

    def _choose(self, kind: str) -> None:
        self._texts[self._kind] = self.field.text()
        self.field.set_problem("")  # of another place
        self._show(kind)
        if kind != "none":
            self.field.focus()

    def _show(self, kind: str) -> None:
        self._kind = kind
        labels = {
            "tcp": (tr("地址"), "192.168.1.50"),
            "queue": (tr("打印机的名字"), "XP-80C"),
            "serial": (tr("串口"), "COM3 · /dev/ttyUSB0:9600"),
            "file": (tr("文件"), "/dev/usb/lp0"),
        }
        label, example = labels.get(kind, ("", ""))
        self.field.setVisible(kind != "none")
        self.field.label.setText(label)
        self.field.edit.setAccessibleName(label)
        self.field.edit.setPlaceholderText(example)
        self.field.set_text(self._texts[kind])
        self._offer()

    def _offer(self) -> None:
        while (item := self._found.takeAt(0)) is not None:
            item.widget().deleteLater()
        for name in self._names.get(self._kind, ())[:_MOST]:
            button = Button(self._look, name, name=f"printer_found_{name}")
            button.clicked.connect(lambda _=False, name=name: self.field.set_text(name))
            self._found.addWidget(button)


def names_here() -> dict[str, Sequence[str]]:
    """The printers and ports that the system knows; it may take a while to say so."""
    from ui.devices.serial_scanner import ports_here
    from ui.devices.spooler import queue_names

    return {"queue": queue_names(), "serial": ports_here()}
