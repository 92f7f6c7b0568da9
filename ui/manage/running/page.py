"""运行: the page of what keeps a shop running."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.room import Room
from ui.manage.running.backups import BackupsPart
from ui.manage.running.machine import MachinePart
from ui.manage.running.orders import OrdersPart
from ui.manage.running.part import RunningPart
from ui.manage.running.place import PlacePart
from ui.manage.running.prices import PricesPart
from ui.manage.running.settings import SettingsPart
from ui.text import tr
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule
from ui.work import Work

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16


class RunningPage(Room):
    """Parts, of which one shows; it asks when it is chosen, and when the page is opened."""

    name, icon = "running", "settings"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("运行"))
        self.backups = BackupsPart(self)
        self.orders = OrdersPart(self)
        self.machine = MachinePart(self)
        self.place = PlacePart(self)
        self.prices = PricesPart(self)
        self.settings = SettingsPart(self)
        self._parts: dict[str, RunningPart] = {
            "backups": self.backups,
            "orders": self.orders,
            "machine": self.machine,
            "place": self.place,
            "prices": self.prices,
            "settings": self.settings,
        }
        labels = {
            "backups": tr("备份"),
            "orders": tr("定时报表"),
            "machine": tr("电脑与设备"),
            "place": tr("门店与总部"),
            "prices": tr("改价"),
            "settings": tr("设置"),
        }
        segments = [Segment(name, label) for name, label in labels.items()]
        self.tabs = Segments(look, segments, name="running_tabs", spoken=tr("运行"))
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[3])
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(Rule(look))
        self._column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.go_to)
        self.settings.went.connect(self._on_went)

    @property
    def shown(self) -> RunningPart:
        """The part that shows."""
        return self._parts[self.tabs.current()]

    def go_to(self, name: str) -> None:
        """Show a part; it asks anew for what it shows."""
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self.refresh()

    def refresh(self) -> None:
        """What shows, as it is now."""
        self.shown.refresh()

    def end(self) -> None:
        """What was begun comes to its end."""
        for part in self._parts.values():
            part.end()

    def say(self, error: Exception) -> None:
        """One sentence on the part, which stays as it was."""
        self.shown.fail(error)

    def _on_went(self, room: str, part: str) -> None:
        if room == self.name:
            self.go_to(part)
        else:
            self.went.emit(f"{room}/{part}" if part else room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < NARROW else MARGIN
        space = self.look.space[3]
        self._column.setContentsMargins(side, space, side, 0)
