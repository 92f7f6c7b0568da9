"""员工与审计: who did what, who works here, and what each cashier's shifts came to."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.proof.log import ProofLog
from ui.manage.proof.shifts import ProofShifts
from ui.manage.proof.staff import ProofStaff
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule
from ui.work import Work

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16
LOG, STAFF, SHIFTS = "log", "staff", "shifts"


class ProofPage(Room):
    """Three parts, of which one shows; it asks anew when it is opened."""

    name, icon = "proof", "staff"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("员工与审计"))
        self.log = ProofLog(look, work, staff)
        self.crew = ProofStaff(look, work, staff)
        self.shifts = ProofShifts(look, work, staff)
        self._parts: dict[str, ProofLog | ProofStaff | ProofShifts] = {
            LOG: self.log,
            STAFF: self.crew,
            SHIFTS: self.shifts,
        }
        self.tabs = Segments(
            look,
            [
                Segment(LOG, tr("操作记录")),
                Segment(STAFF, tr("员工")),
                Segment(SHIFTS, tr("班次")),
            ],
            name="proof_tabs",
            spoken=tr("员工与审计"),
        )
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
        self._fit(is_narrow=False)

    def go_to(self, name: str) -> None:
        """Show a part; it asks anew for what it shows."""
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self.refresh()

    def refresh(self) -> None:
        self._parts[self.tabs.current()].refresh()

    def say(self, error: Exception) -> None:
        self._parts[self.tabs.current()].fail(error)

    def _fit(self, *, is_narrow: bool) -> None:
        side, space = NARROW_MARGIN if is_narrow else MARGIN, self.look.space
        self._column.setContentsMargins(side, space[3], side, space[3])

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(is_narrow=self.width() < NARROW)
