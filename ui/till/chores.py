"""店务的对话: what is done for the shop beside selling, each made when it is first begun.

Another chore is a name in `CHORES`, its row, and a property with its sheet and its conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.chain_desk import ChainDesk
from ui.devices.paper import PaperDesk
from ui.login.allowed import Allowed
from ui.text import tr
from ui.till.row_sheet import Row, RowDeeds, RowSheet
from ui.till.rows_flow import RowsFlow
from ui.till.sheets import Sheets
from ui.widgets.banner import Action
from ui.widgets.sheet import Sheet
from ui.work import Work

if TYPE_CHECKING:
    from ui.till.badges_flow import BadgesFlow
    from ui.till.blank_cards_flow import BlankCardsFlow
    from ui.till.chain_flow import ChainFlow
    from ui.till.coupons_flow import CouponsFlow
    from ui.till.labels_flow import LabelsFlow
    from ui.till.partners_flow import PartnersFlow
    from ui.till.trace_export_flow import TraceExportFlow


CHORES = ("office", "tags", "coupons", "partners", "cards", "labels", "badges", "traces", "chain")
SIZE = (760, 684)


def chore_row(name: str) -> Row:
    """What there is to do, with its button."""
    icon, title, words = {
        "office": ("people", tr("后台"), tr("店长的另一个窗口：今天的数、会员、规则、积分、报表")),
        "tags": ("offer", tr("标价签"), tr("扫商品、按分类、改过价的；存 PDF 或打印")),
        "coupons": ("coupon", tr("券码"), tr("给一种券发一次用的券码，收回发出去的")),
        "partners": ("wallet", tr("异业账"), tr("哪天到哪天，用了各家的券几张，该由谁出多少")),
        "cards": ("bankcard", tr("空白卡"), tr("印好卡号、还没有主人的会员卡；存 PDF 或打印")),
        "labels": ("scan", tr("店内码"), tr("秤打的标签怎么读：前缀、商品号、价钱或重量")),
        "badges": ("user", tr("工牌"), tr("锁屏时扫它选人：发、收回、打印")),
        "chain": ("sync", tr("上传"), tr("入连锁、退网；还有多少没有传到总部")),
        "traces": ("export", tr("追溯码导出"), tr("哪天到哪天卖出、退回的，存成表格")),
    }[name]
    return Row(name, icon, title, words, actions=(Action("begin", tr("打开")),))


class Chores(QObject):
    """Begun from the settings; who leaves what was opened here comes back here."""

    def __init__(
        self,
        work: Work,
        sheets: Sheets,
        paper: PaperDesk,
        *,
        allowed: Allowed,
        tags: Callable[[], None],
        office: Callable[[], None],
        chain: ChainDesk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheets = sheets
        self._paper = paper
        self._allowed = allowed
        self._chain = chain
        self._begins: dict[str, Callable[[], None]] = {
            "office": office,
            "tags": tags,
            "coupons": lambda: self.coupons.begin(),
            "partners": lambda: self.partners.begin(),
            "cards": lambda: self.cards.begin(),
            "labels": lambda: self.labels.begin(),
            "badges": lambda: self.badges.begin(),
            "traces": lambda: self.traces.begin(),
            "chain": lambda: self.chain.begin(),
        }
        self.sheet = sheets.make(
            partial(RowSheet, title=tr("店务"), kind="chore", name="chores", size=SIZE)
        )
        self._flow = RowsFlow(self.sheet, self._rows(), self)

    def begin(self) -> None:
        """Show what there is to do."""
        self._flow.begin()

    def _rows(self) -> Sequence[RowDeeds]:
        return [
            RowDeeds(partial(chore_row, name), {"begin": partial(self._begin, name)})
            for name in CHORES
        ]

    def _begin(self, name: str) -> None:
        self.sheet.shut()
        self._begins[name]()

    def _back(self, sheet: Sheet) -> None:
        sheet.left.connect(self.begin)

    @cached_property
    def coupons(self) -> CouponsFlow:
        """券码."""
        from ui.till.coupons import CouponsSheet
        from ui.till.coupons_flow import CouponsFlow

        sheet = self._sheets.make(CouponsSheet)
        self._back(sheet)
        return CouponsFlow(self._work, sheet, self._paper, self._allowed, self)

    @cached_property
    def partners(self) -> PartnersFlow:
        """异业账."""
        from ui.till.partners import PartnersSheet
        from ui.till.partners_flow import PartnersFlow

        sheet = self._sheets.make(PartnersSheet)
        self._back(sheet)
        return PartnersFlow(self._work, sheet, self._allowed, self)

    @cached_property
    def cards(self) -> BlankCardsFlow:
        """空白卡."""
        from ui.till.blank_cards import BlankCardsSheet
        from ui.till.blank_cards_flow import BlankCardsFlow

        sheet = self._sheets.make(BlankCardsSheet)
        self._back(sheet)
        return BlankCardsFlow(sheet, self._paper, self._allowed, self)

    @cached_property
    def labels(self) -> LabelsFlow:
        """店内码."""
        from ui.till.labels import LabelsSheet
        from ui.till.labels_flow import LabelsFlow

        sheet = self._sheets.make(LabelsSheet)
        self._back(sheet)
        return LabelsFlow(self._work, sheet, self._allowed, self)

    @cached_property
    def badges(self) -> BadgesFlow:
        """工牌."""
        from ui.till.badges import BadgesSheet
        from ui.till.badges_flow import BadgesFlow

        sheet = self._sheets.make(BadgesSheet)
        self._back(sheet)
        return BadgesFlow(self._work, sheet, self._paper, self._allowed, self)

    @cached_property
    def traces(self) -> TraceExportFlow:
        """追溯码导出."""
        from ui.till.trace_export import TraceExportSheet
        from ui.till.trace_export_flow import TraceExportFlow

        sheet = self._sheets.make(TraceExportSheet)
        self._back(sheet)
        return TraceExportFlow(self._work, sheet, self._allowed, self)

    @cached_property
    def chain(self) -> ChainFlow:
        """上传."""
        from ui.till.chain import ChainSheet
        from ui.till.chain_flow import ChainFlow

        sheet = self._sheets.make(ChainSheet)
        return ChainFlow(self._work, sheet, self._sheets, self._chain, self._allowed, self)
