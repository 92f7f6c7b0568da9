"""客显的对话: what was chosen is kept in the settings, and holds at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.till.display import DisplaySheet

if TYPE_CHECKING:
    from ui.customer.desk import CustomerDesk
    from ui.till.settings_flow import SettingsFlow


class DisplayFlow(QObject):
    """`done` is called when the settings are kept."""

    def __init__(
        self,
        setting: SettingsFlow,
        sheet: DisplaySheet,
        customer: CustomerDesk,
        *,
        done: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._sheet = sheet
        self._customer = customer
        self._done = done
        sheet.accepted.connect(self._keep)
        sheet.choice.pole_tried.connect(lambda port, _profile: customer.pole.let_go(port))
        # what was tried is not kept: however the sheet goes, what holds is shown again
        sheet.closed.connect(lambda: customer.use(self._setting.settings))

    def begin(self) -> None:
        """Ask where customers look."""
        customer = self._customer
        folder = "" if customer.slides is None else str(customer.slides)
        count = customer.count_slides()
        self._sheet.begin(self._setting.settings, customer.other_screens(), folder, count)

    def _keep(self, values: dict[str, str]) -> None:
        self._setting.keep(values, then=self._kept, failed=self._sheet.show_error)

    def _kept(self) -> None:
        self._customer.use(self._setting.settings)  # also where the sheet has gone meanwhile
        self._sheet.shut()
        self._done()
