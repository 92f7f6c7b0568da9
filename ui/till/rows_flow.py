"""一行一样的对话: shows how each thing is, and begins what a person wants to do with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ui.till.row_sheet import RowDeeds, RowSheet


class RowsFlow(QObject):
    """Rows in the order of `rows`."""

    def __init__(
        self, sheet: RowSheet, rows: Sequence[RowDeeds], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._rows = rows
        sheet.asked.connect(self._act)

    def begin(self) -> None:
        """Show how they are now."""
        self._sheet.show_rows([each.row() for each in self._rows])

    def _act(self, name: str, action: str) -> None:
        for each in self._rows:
            if each.row().name == name:
                each.acts[action]()
