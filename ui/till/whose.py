"""谁的: the member that a sheet is about. Nothing is done to whoever was scanned meanwhile."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from core.changes import Changes
from ui.till.flow import TillFlow
from ui.widgets.sheet import Sheet
from ui.work import Work


class Whose(QObject):
    """Shuts the sheet where another member, or nobody, stands at the counter."""

    def __init__(self, work: Work, flow: TillFlow, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._flow = flow
        self._sheet = sheet
        self.id: UUID | None = None
        work.changed.connect(self._on_changed)

    def begin(self) -> UUID | None:
        """The sheet is about whoever stands at the counter now; None for nobody."""
        self.id = self._here()
        return self.id

    @property
    def is_here(self) -> bool:
        """Whether they still stand there."""
        return self.id is not None and self._here() == self.id

    def _here(self) -> UUID | None:
        counter = self._flow.counter
        return None if counter is None else counter.basket.member_id

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.BASKET and self._sheet.isVisible() and not self.is_here:
            self._sheet.shut()
