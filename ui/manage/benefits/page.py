"""券与兑换: coupons handed out and followed, and what members can have for points."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.benefits.board import BoardPart
from ui.manage.benefits.coupons import CouponsPart
from ui.manage.benefits.part import Part
from ui.manage.benefits.referrals import ReferralsPart
from ui.manage.benefits.rewards import RewardsPart
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words
from ui.work import Work

NARROW = 900
MARGIN, NARROW_MARGIN = 32, 16
WIDEST = 1440
COUPONS, REWARDS, BOARD, REFERRALS = "coupons", "rewards", "board", "referrals"


class BenefitsPage(Room):
    """Parts, of which one shows; it asks when it is chosen, and when the page is opened."""

    name, icon = "benefits", "coupon"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("券与兑换"))
        self.said = Words(look, "", "body", "danger_text", wraps=True, name="benefits_said")
        self.said.hide()
        self.coupons = CouponsPart(self)
        self.rewards = RewardsPart(self)
        self.board = BoardPart(self)
        self.referrals = ReferralsPart(self)
        self._parts: dict[str, Part] = {
            COUPONS: self.coupons,
            REWARDS: self.rewards,
            BOARD: self.board,
            REFERRALS: self.referrals,
        }
        labels = {
            COUPONS: tr("发券"),
            REWARDS: tr("兑换目录"),
            BOARD: tr("积分排行"),
            REFERRALS: tr("介绍有礼"),
        }
        segments = [Segment(name, label) for name, label in labels.items()]
        self.choice = Segments(look, segments, name="benefits_parts", spoken=self.title)
        self.choice.chosen.connect(self.go_to)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.addWidget(self.choice)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[4])
        self._column.addLayout(head)
        self._column.addWidget(self.said)
        self._column.addWidget(self._stack, 1)

    def go_to(self, name: str) -> None:
        """Show a part."""
        self.choice.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self.refresh()

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
