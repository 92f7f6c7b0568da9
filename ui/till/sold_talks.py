"""卖过的单的对话: find one, take goods back, make it void, its gift receipt; made when begun."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.chain_desk import ChainDesk
from ui.devices.paper import PaperDesk
from ui.till.flow import TillFlow
from ui.till.sheets import Sheets
from ui.work import Work

if TYPE_CHECKING:
    from ui.login.allowed import Allowed
    from ui.login.override_flow import OverrideFlow
    from ui.till.find_sale_flow import FindSaleFlow
    from ui.till.gift_paper import GiftPaper
    from ui.till.return_flow import ReturnFlow
    from ui.till.void_flow import VoidFlow


class SoldTalks(QObject):
    """Each of them takes a sale by its number, wherever it was found."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheets: Sheets,
        paper: PaperDesk,
        chain: ChainDesk,
        *,
        override: Callable[[], OverrideFlow],
        allowed: Callable[[], Allowed],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheets = sheets
        self._paper = paper
        self._chain = chain
        self._override = override
        self._allowed = allowed

    @cached_property
    def finding(self) -> FindSaleFlow:
        """找单."""
        from ui.till.find_sale_flow import FindSaleFlow

        return FindSaleFlow(
            self._work,
            self._flow,
            self._sheets.find_sale,
            take_back=lambda no, has_receipt: self.returning.begin_with(
                no, has_receipt=has_receipt
            ),
            gift=lambda no: self.gift_paper.begin(no),
            void=lambda no: self.voiding.begin(no),
            parent=self,
        )

    @cached_property
    def returning(self) -> ReturnFlow:
        """退货."""
        from ui.till.return_flow import ReturnFlow

        return ReturnFlow(
            self._work,
            self._flow,
            self._sheets.returns,
            paper=self._paper,
            chain=self._chain,
            override=self._override(),
            void=lambda no: self.voiding.begin(no),
            parent=self,
        )

    @cached_property
    def voiding(self) -> VoidFlow:
        """作废."""
        from ui.till.void_flow import VoidFlow

        return VoidFlow(
            self._work,
            self._flow,
            self._sheets.void,
            self._paper,
            self._allowed(),
            self._chain,
            self,
        )

    @cached_property
    def gift_paper(self) -> GiftPaper:
        """礼品小票."""
        from ui.till.gift_paper import GiftPaper

        return GiftPaper(self._work, self._flow, self._sheets)
