"""员工与审计: who works here, and who did what."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.proof_log import ProofLog
from ui.manage.room import Room
from ui.text import tr
from ui.work import Work

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16


class ProofPage(Room):
    """The log."""

    name, icon = "proof", "staff"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("员工与审计"))
        self.log = ProofLog(look, work, staff)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, look.space[4], MARGIN, look.space[3])
        self._column.addWidget(self.log)

    def refresh(self) -> None:
        self.log.refresh()

    def say(self, error: Exception) -> None:
        self.log.fail(error)
