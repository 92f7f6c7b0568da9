"""员工与审计: who did what, the tickets, who may do what, and what shifts came to."""

from __future__ import annotations

from core.actions.tickets import Asked
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.parts import PartsRoom
from ui.manage.proof.log import ProofLog
from ui.manage.proof.rights import ProofRights
from ui.manage.proof.shifts import ProofShifts
from ui.manage.proof.staff import ProofStaff
from ui.manage.proof.tickets import ProofTickets
from ui.text import tr
from ui.work import Work

LOG, TICKETS, STAFF, RIGHTS, SHIFTS = "log", "tickets", "staff", "rights", "shifts"


class ProofPage(PartsRoom):
    """Who did what, who works here and may do what, and what shifts came to."""

    name, icon = "proof", "staff"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("员工与审计"))
        self.log = ProofLog(self)
        self.tickets = ProofTickets(self)
        self.crew = ProofStaff(self)
        self.rights = ProofRights(self)
        self.shifts = ProofShifts(self)
        self.lay_parts(
            [
                (LOG, tr("操作记录"), self.log),
                (TICKETS, tr("{all:小票|小票}", all=""), self.tickets),
                (STAFF, tr("员工"), self.crew),
                (RIGHTS, tr("权限"), self.rights),
                (SHIFTS, tr("{all:班次|班次}", all=""), self.shifts),
            ]
        )

    def show_tickets(self, asked: Asked, called: str) -> None:
        """Show the tickets that a figure elsewhere counted."""
        self.tickets.show_asked(asked, called)

    def say(self, error: Exception) -> None:
        """One sentence on the part, which stays as it was."""
        self.shown.fail(error)
