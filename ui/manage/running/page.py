"""运行: the page of what keeps a shop running."""

from __future__ import annotations

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.parts import PartsRoom
from ui.manage.running.backups import BackupsPart
from ui.manage.running.machine import MachinePart
from ui.manage.running.orders import OrdersPart
from ui.manage.running.place import PlacePart
from ui.manage.running.prices import PricesPart
from ui.manage.running.settings import SettingsPart
from ui.text import tr
from ui.work import Work


class RunningPage(PartsRoom):
    """Backups, reports that are ordered, the machine, the place, prices and settings."""

    name, icon = "running", "settings"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("运行"))
        self.backups = BackupsPart(self)
        self.orders = OrdersPart(self)
        self.machine = MachinePart(self)
        self.place = PlacePart(self)
        self.prices = PricesPart(self)
        self.settings = SettingsPart(self)
        self.lay_parts(
            [
                ("backups", tr("备份"), self.backups),
                ("orders", tr("定时报表"), self.orders),
                ("machine", tr("电脑与设备"), self.machine),
                ("place", tr("门店与总部"), self.place),
                ("prices", tr("{all:改价|改价}", all=""), self.prices),
                ("settings", tr("设置"), self.settings),
            ]
        )
        self.settings.went.connect(self._on_went)

    def say(self, error: Exception) -> None:
        """One sentence on the part, which stays as it was."""
        self.shown.fail(error)

    def _on_went(self, room: str, part: str) -> None:
        if room == self.name:
            self.go_to(part)
        else:
            self.went.emit(f"{room}/{part}" if part else room)
