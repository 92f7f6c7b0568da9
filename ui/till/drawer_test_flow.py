"""钱箱设置的对话: the drawer is tried by whoever may set the till; what is chosen holds at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from core.actions.drawer import try_drawer
from ui.devices.paper import PaperDesk
from ui.login.allowed import Allowed
from ui.not_done import say_not_done
from ui.till.drawer_test import DrawerTestSheet
from ui.till.settings_flow import SettingsFlow


class DrawerTestFlow(QObject):
    """`done` is called when the settings are kept."""

    _told = Signal(object)

    def __init__(
        self,
        setting: SettingsFlow,
        sheet: DrawerTestSheet,
        paper: PaperDesk,
        *,
        allowed: Allowed,
        done: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._sheet = sheet
        self._paper = paper
        self._allowed = allowed
        self._done = done
        sheet.test.tried.connect(self._try)
        sheet.accepted.connect(self._keep)
        self._told.connect(self._on_told)

    def begin(self) -> None:
        """Ask what opens the drawer."""
        self._sheet.begin(self._setting.settings.drawer)

    def _try(self, setting: str) -> None:
        self._allowed.act(
            try_drawer,
            then=lambda _: self._paper.pulse(setting, self._told.emit),
            failed=self._say,
            asked=lambda: self._sheet.show_error(""),
        )

    @Slot(object)
    def _on_told(self, error: Exception | None) -> None:
        if error is None:
            self._sheet.test.show_tried()
        else:
            self._say(error)

    def _say(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)

    def _keep(self, setting: str) -> None:
        self._setting.keep({"drawer": setting}, then=self._kept, failed=self._sheet.show_error)

    def _kept(self) -> None:
        self._paper.use_drawer(self._setting.settings.drawer)
        self._sheet.shut()
        self._done()
