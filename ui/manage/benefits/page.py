"""券与兑换: coupons handed out and followed, and what members can have for points."""

from __future__ import annotations

from core.trust.staff import Staff
from ui.look import Look
from ui.manage.benefits.board import BoardPart
from ui.manage.benefits.coupons import CouponsPart
from ui.manage.benefits.referrals import ReferralsPart
from ui.manage.benefits.rewards import RewardsPart
from ui.manage.parts import PartsRoom
from ui.text import tr
from ui.work import Work

COUPONS, REWARDS, BOARD, REFERRALS = "coupons", "rewards", "board", "referrals"


class BenefitsPage(PartsRoom):
    """Coupons, the catalogue, who earned most, and who brought whom."""

    name, icon = "benefits", "coupon"
    widest = 1440

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("券与兑换"))
        self.coupons = CouponsPart(self)
        self.rewards = RewardsPart(self)
        self.board = BoardPart(self)
        self.referrals = ReferralsPart(self)
        self.lay_parts(
            [
                (COUPONS, tr("发券"), self.coupons),
                (REWARDS, tr("兑换目录"), self.rewards),
                (BOARD, tr("积分排行"), self.board),
                (REFERRALS, tr("介绍有礼"), self.referrals),
            ]
        )
