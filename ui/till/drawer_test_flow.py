"""钱箱设置的对话: the drawer is tried by whoever may set the till; what is chosen holds at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from core.actions.drawer import try_drawer
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.devices import sound
from ui.devices.paper import PaperDesk
from ui.text import sentence
from ui.till.drawer_test import DrawerTestSheet
from ui.till.settings_flow import Mends, SettingsFlow
from ui.work import Work


class DrawerTestFlow(QObject):
    """`done` is called when the settings are kept."""

    _told = Signal(object)

    def __init__(
        self,
        work: Work,
        setting: SettingsFlow,
        sheet: DrawerTestSheet,
        paper: PaperDesk,
        *,
        staff: Callable[[], Staff | None],
        mends: Mends,
        done: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._setting = setting
        self._sheet = sheet
        self._paper = paper
        self._staff = staff
        self._mends = mends
        self._done = done
        sheet.test.tried.connect(self._try)
        sheet.accepted.connect(self._keep)
        self._told.connect(self._on_told)

    def begin(self) -> None:
        """Ask what opens the drawer."""
        self._sheet.begin(self._setting.settings.drawer)

    def _try(self, setting: str, approval: Approval | None = None) -> None:
        self._work.act(
            try_drawer,
            staff=self._staff(),
            approval=approval,
            then=lambda _: self._paper.pulse(setting, self._told.emit),
            failed=partial(self._refused, setting),
        )

    def _refused(self, setting: str, error: Exception) -> None:
        if self._mends(error, partial(self._try, setting)):
            self._sheet.show_error("")
        else:
            self._say(error)

    @Slot(object)
    def _on_told(self, error: Exception | None) -> None:
        if error is None:
            self._sheet.test.show_tried()
        else:
            self._say(error)

    def _say(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.show_error(sentence(error))

    def _keep(self, setting: str) -> None:
        self._setting.keep({"drawer": setting}, then=self._kept, failed=self._sheet.show_error)

    def _kept(self) -> None:
        self._paper.use_drawer(self._setting.settings.drawer)
        self._sheet.shut()
        self._done()
