"""积分: the page of all members' points: what stands open, what expires, where it went."""

from __future__ import annotations

from uuid import UUID

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.parts import PartsRoom
from ui.manage.points.ahead import AheadPart
from ui.manage.points.audit import AuditPart
from ui.manage.points.ledger import LedgerPart
from ui.manage.points.owed import OwedPart
from ui.text import tr
from ui.widgets.button import Button
from ui.work import Work


class PointsPage(PartsRoom):
    """What stands open, what expires, where it went; corrections beside them."""

    name, icon = "points", "points"
    widest = 1440

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("积分"))
        self.owed = OwedPart(self)
        self.ahead = AheadPart(self)
        self.ledger = LedgerPart(self)
        self.audit = AuditPart(self)
        fix = Button(look, tr("更正积分"), kind="secondary", name="points_fix")
        fix.clicked.connect(self._correct)
        self.lay_parts(
            [
                ("owed", tr("未兑积分"), self.owed),
                ("ahead", tr("到期预览"), self.ahead),
                ("ledger", tr("流水"), self.ledger),
                ("audit", tr("核对账目"), self.audit),
            ],
            fix,
        )

    def _correct(self) -> None:
        shop = self.work.hands.shop
        if shop is not None:
            self._open_correction(shop.new_id())

    def _open_correction(self, correction_id: UUID) -> None:
        from ui.manage.points.correct import CorrectSheet

        sheet = CorrectSheet(self, self.window(), correction_id)
        sheet.done.connect(self.refresh)
        sheet.open(sheet.who.edit)
