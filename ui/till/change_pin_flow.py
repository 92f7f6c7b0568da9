"""改 PIN 的对话: whoever is logged in takes another PIN, with the one of now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from core.actions.staff import change_own_pin
from core.trust.staff import Staff
from ui.devices import sound
from ui.till.change_pin import ChangePinSheet
from ui.work import Work


class ChangePinFlow(QObject):
    """Nothing holds before the store has it."""

    def __init__(
        self,
        work: Work,
        sheet: ChangePinSheet,
        *,
        staff: Callable[[], Staff | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._staff = staff
        sheet.changed.connect(self._change)

    def begin(self) -> None:
        """Ask for the PIN of now."""
        staff = self._staff()
        if staff is not None:
            self._sheet.begin(staff.name)

    def _change(self, old: str, new: str) -> None:
        self._work.act(
            change_own_pin,
            old=old,
            new=new,
            staff=self._staff(),
            then=lambda _outcome: self._sheet.show_done(),
            failed=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.show_refused(error)
