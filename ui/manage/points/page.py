"""积分: the page of all members' points: what stands open, what expires, where it went."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.points.ahead import AheadPart
from ui.manage.points.audit import AuditPart
from ui.manage.points.ledger import LedgerPart
from ui.manage.points.owed import OwedPart
from ui.manage.points.part import PointsPart
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words
from ui.work import Work

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16
WIDEST = 1440


class PointsPage(Room):
    """Parts, of which one shows; it asks when it is chosen, and when the page is opened."""

    name, icon = "points", "points"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("积分"))
        self.said = Words(look, "", "body", "danger_text", wraps=True, name="points_said")
        self.said.hide()
        self.owed = OwedPart(self)
        self.ahead = AheadPart(self)
        self.ledger = LedgerPart(self)
        self.audit = AuditPart(self)
        self._parts: dict[str, PointsPart] = {
            "owed": self.owed,
            "ahead": self.ahead,
            "ledger": self.ledger,
            "audit": self.audit,
        }
        labels = {
            "owed": tr("未兑积分"),
            "ahead": tr("到期预览"),
            "ledger": tr("流水"),
            "audit": tr("核对账目"),
        }
        segments = [Segment(name, label) for name, label in labels.items()]
        self.choice = Segments(look, segments, name="points_parts", spoken=tr("积分"))
        self.choice.chosen.connect(self.go_to)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._head = QHBoxLayout()
        self._head.setSpacing(look.space[3])
        self._head.addWidget(self.choice)
        self._head.addStretch(1)
        fix = Button(look, tr("更正积分"), kind="secondary", name="points_fix")
        fix.clicked.connect(self._correct)
        self._head.addWidget(fix)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[4])
        self._column.addLayout(self._head)
        self._column.addWidget(self.said)
        self._column.addWidget(self._stack, 1)

    def go_to(self, name: str) -> None:
        """Show a part."""
        self.choice.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self.refresh()

    def _correct(self) -> None:
        shop = self.work.hands.shop
        if shop is not None:
            self._open_correction(shop.new_id())

    def _open_correction(self, correction_id: UUID) -> None:
        from ui.manage.points.correct import CorrectSheet

        sheet = CorrectSheet(self, self.window(), correction_id)
        sheet.done.connect(self.refresh)
        sheet.open(sheet.who.edit)

    def refresh(self) -> None:
        """Ask for what shows."""
        self.said.hide()
        self._parts[self.choice.current()].refresh()

    def say(self, error: Exception) -> None:
        """One sentence above the part, which stays as it was."""
        self.said.setText(sentence(error))
        self.said.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < NARROW else MARGIN
        side = max(side, (self.width() - WIDEST) // 2)
        self._column.setContentsMargins(side, self.look.space[3], side, self.look.space[3])
