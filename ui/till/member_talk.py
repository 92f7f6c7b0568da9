"""会员的对话, with those that it leads to: 积分兑换 and 给会员打印, made when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.devices.paper import PaperDesk
from ui.login.override_flow import OverrideFlow
from ui.till.flow import TillFlow
from ui.till.member_flow import MemberFlow
from ui.till.sheets import Sheets
from ui.work import Work

if TYPE_CHECKING:
    from ui.till.member_papers_flow import MemberPapersFlow
    from ui.till.reward_flow import RewardFlow


class MemberTalk(MemberFlow):
    """F2 with a member, and F5 on their sheet."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheets: Sheets,
        paper: PaperDesk,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(work, flow, sheets.member, override, parent)
        self._sheets = sheets
        self._paper = paper
        sheets.member.rewards_asked.connect(self._begin_rewards)
        sheets.member.papers_asked.connect(self._begin_papers)

    @cached_property
    def rewards(self) -> RewardFlow:
        """积分兑换."""
        from ui.till.reward_flow import RewardFlow

        return RewardFlow(
            self._work, self._flow, self._sheets.rewards, self._paper, self._override, self
        )

    @cached_property
    def papers(self) -> MemberPapersFlow:
        """给会员打印."""
        from ui.till.member_papers_flow import MemberPapersFlow

        return MemberPapersFlow(
            self._work, self._flow, self._sheets.member_papers, self._paper, self._override, self
        )

    def begin_card(self) -> None:
        """The card of the member at the counter, to be printed."""
        from ui.till.member_papers_flow import CARD

        self.papers.begin(CARD)

    def _begin_papers(self) -> None:
        self._sheets.member.shut()
        self.papers.begin()

    def _begin_rewards(self) -> None:
        self._sheets.member.shut()
        self.rewards.begin()
