"""设置的对话: a choice is kept at once; one that concerns everybody may want an approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from core.actions.change_settings import Keep, SettingsChanged, change_settings
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.settings import Settings
from ui.devices import sound
from ui.login.allowed import Mends
from ui.not_done import say_not_done
from ui.scales import usable_scales
from ui.till.settings import SettingsSheet
from ui.work import Work


class SettingsFlow(QObject):
    """`changed` gives the settings that hold from now on."""

    changed = Signal(object)

    def __init__(
        self,
        work: Work,
        sheet: SettingsSheet,
        settings: Settings,
        *,
        keep: Keep,
        staff: Callable[[], Staff | None],
        mends: Mends,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._settings = settings
        self._keep = keep
        self._staff = staff
        self._mends = mends
        sheet.chosen.connect(self._choose)

    def begin(self) -> None:
        """Show what holds."""
        self._show()

    def _show(self, problem: str = "") -> None:
        self._sheet.show_settings(
            self._settings,
            problem,
            has_person=self._staff() is not None,
            scales=usable_scales(),
        )

    @property
    def settings(self) -> Settings:
        """What holds."""
        return self._settings

    def keep(
        self,
        values: dict[str, Any],
        *,
        then: Callable[[], object],
        failed: Callable[[str], object],
        approval: Approval | None = None,
    ) -> None:
        """Keep other values; `failed` gives the sentence to show, "" while an approval is asked."""

        def refused(error: Exception) -> None:
            def again(by: Approval) -> None:
                self.keep(values, then=then, failed=failed, approval=by)

            # what somebody else may allow is done again with their approval
            if self._mends(error, again):
                failed("")
                return
            say_not_done(error, failed)

        def changed(outcome: SettingsChanged) -> None:
            self._settings = outcome.settings
            then()
            self.changed.emit(outcome.settings)

        self._work.act(
            change_settings,
            self._settings,
            replace(self._settings, **values),
            keep=self._keep,
            staff=self._staff(),
            approval=approval,
            then=changed,
            failed=refused,
        )

    def _choose(self, name: str, value: object) -> None:
        if name == "has_sounds" and value:
            sound.play_both()
        self.keep({name: value}, then=self._show, failed=self._show)
