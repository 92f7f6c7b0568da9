"""钱箱设置: what opens the drawer, and one try of it.

tried(setting)   open it as this setting says; answer with `show_tried` or `say`
submitted        Enter in the line: take what is shown
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import BadDrawerSetting
from ui.devices.drawer import NONE, PRINTER, drawer_port
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

_SERIAL = "serial"


class DrawerTest(QWidget):
    """Fills its place; `setting` is what would be set now."""

    tried = Signal(str)
    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawer_test")
        self.setAccessibleName(tr("钱箱"))
        segments = [
            Segment(PRINTER, tr("接在打印机上")),
            Segment(_SERIAL, tr("自己的串口")),
            Segment(NONE, tr("没有钱箱")),
        ]
        self.kinds = Segments(look, segments, name="drawer_kind", spoken=tr("钱箱怎么接"))
        self.port = Field(
            look, tr("串口"), placeholder="COM5 · /dev/ttyUSB2:9600", name="drawer_port"
        )
        self.button = Button(look, tr("开一下试试"), icon="drawer", name="drawer_try")
        self.said = Words(look, "", "body", "ink_2", wraps=True, name="drawer_said")
        self.kinds.chosen.connect(self._choose)
        self.port.submitted.connect(self.submitted)
        self.button.clicked.connect(self._try)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("钱箱怎么接"), "body", bold=True))
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.port)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addStretch(1)

    @property
    def setting(self) -> str:
        """As the settings keep it."""
        kind = self.kinds.current()
        return f"{_SERIAL}:{self.port.text()}" if kind == _SERIAL else kind

    def checked(self) -> str | None:
        """The setting, or None where the port is none, which is said beside it."""
        try:
            drawer_port(self.setting)
        except BadDrawerSetting:
            self.port.set_problem(sentence(BadDrawerSetting(self.port.text())))
            self.port.focus()
            return None
        return self.setting

    def show_setting(self, setting: str) -> None:
        """What holds."""
        kind, _, port = setting.partition(":")
        self.port.set_text(port)
        self.kinds.set_current(kind)
        self._choose(kind)

    def show_tried(self) -> None:
        """It was told to open: whether it did, only a person sees."""
        self.said.set_role("ink_2")
        self.said.setText(tr("叫它开了。没弹开就看看线，或换一种接法再试。"))
        self.button.setEnabled(True)

    def say(self, problem: str) -> None:
        """Why it did not open, or cannot be set so."""
        self.said.set_role("danger_text")
        self.said.setText(problem)
        self.button.setEnabled(True)

    def focus(self) -> None:
        """On the choice that holds."""
        self.kinds.focus()

    def _choose(self, kind: str) -> None:
        self.port.setVisible(kind == _SERIAL)
        self.button.setVisible(kind != NONE)
        self.button.setEnabled(True)
        self.said.setText("")

    def _try(self) -> None:
        setting = self.checked()
        if setting is not None:
            self.button.setEnabled(False)
            self.said.set_role("ink_2")
            self.said.setText(tr("在开…"))
            self.tried.emit(setting)
