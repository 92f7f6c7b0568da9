"""房间: what every page of the manager's window has: a name, an icon, a title, and `refresh`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.actions.papers_of import Paper, papers_of
from core.actions.tickets import Asked
from core.members.segment import Segment as Conditions
from core.trust.staff import Staff
from ui.look import Look
from ui.work import Work


class Room(QWidget):
    """One page; `went` gives the name of another page that is to be shown instead, or of a part
    of it: "running/place". `sought`: the page of members is to show whom conditions mean, under
    what these are called. `member_sought`: it is to open the file of one. `tickets_sought`: that of
    proof is to show the tickets that are asked for. `settled` gives settings that hold from now on.
    """

    name = ""
    icon = ""
    went = Signal(str)
    sought = Signal(object, str)
    member_sought = Signal(object)
    tickets_sought = Signal(object, str)
    settled = Signal(object)

    def __init__(self, look: Look, work: Work, staff: Staff, *, title: str) -> None:
        super().__init__()
        self.look = look
        self.work = work
        self.staff = staff
        self.title = title
        self.setObjectName(f"room_{self.name}")
        self.setAccessibleName(title)

    def refresh(self) -> None:
        """Ask for what is shown; whoever opens the page, or presses F5, wants it as it is now."""
        raise NotImplementedError

    def go_to(self, name: str) -> None:
        """Show a part of it, where it has some."""

    def show_meant(self, conditions: Conditions, called: str) -> None:
        """Show whom conditions mean: the page of members can."""

    def show_member(self, member_id: UUID) -> None:
        """Open the file of a member: the page of members can."""

    def show_tickets(self, asked: Asked, called: str) -> None:
        """Show the tickets that are asked for: the page of proof can."""

    def open_paper(self, no: str, *, wants_void: bool = False) -> None:
        """Show the paper of a number, beside those that belong to it."""

        def show(found: tuple[Paper, ...]) -> None:
            from ui.manage.paper import paper_sheet

            paper_sheet(self.look, self.window(), found, no, wants_void=wants_void).open()

        ask, failed = self.work.ask, self.say
        ask(papers_of, no, staff=self.staff, topic="paper", then=show, failed=failed)

    @property
    def is_in_use(self) -> bool:
        """Whether something is typed here, or goes on: another language waits for it."""
        from ui.labour import Labour

        lines = (each for each in self.findChildren(QLineEdit) if each.isModified())
        is_busy = any(labour.is_busy for labour in self.findChildren(Labour))
        return is_busy or any(line.text() for line in lines)

    @property
    def part(self) -> str:
        """The name of the part that shows, "" where it has none."""
        return ""

    def end(self) -> None:
        """Nobody looks any more: leave what goes on."""

    def say(self, error: Exception) -> None:
        """One sentence on the page: something was not done."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.colour("surface"))


def rooms(
    look: Look, work: Work, staff: Staff, kept: Mapping[str, Room] | None = None
) -> dict[str, Room]:
    """The pages by name, in the order of the left edge, for this person; `kept` stay."""
    from ui.manage.activities.page import ActivitiesPage
    from ui.manage.benefits.page import BenefitsPage
    from ui.manage.cases.page import CasesPage
    from ui.manage.insight.page import InsightPage
    from ui.manage.members.page import MembersPage
    from ui.manage.points.page import PointsPage
    from ui.manage.privacy.page import PrivacyPage
    from ui.manage.proof.page import ProofPage
    from ui.manage.rules.page import RulesPage
    from ui.manage.running.page import RunningPage
    from ui.manage.tidy.page import TidyPage
    from ui.manage.today.page import TodayPage

    kinds = (
        TodayPage,
        RulesPage,
        BenefitsPage,
        MembersPage,
        TidyPage,
        PointsPage,
        ActivitiesPage,
        CasesPage,
        ProofPage,
        PrivacyPage,
        InsightPage,
        RunningPage,
    )
    kept = kept or {}
    return {kind.name: kept.get(kind.name) or kind(look, work, staff) for kind in kinds}
