"""钱箱的对话: cash in and out, and the drawer opened for a reason, by whoever may or is allowed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from core.actions import drawer as drawers
from core.actions.drawer import CashMoved, DrawerOpened
from core.sales.drawer import MoveKind
from core.sales.explanation import Explanation
from core.trust.rights import Approval
from core.values.money import format_money
from ui.devices.paper import PaperDesk
from ui.drawer_text import explained
from ui.till.cash import CashSheet
from ui.till.drawer import DrawerSheet
from ui.till.flow import TillFlow
from ui.till.not_done import say_not_done
from ui.till.override_flow import OverrideFlow
from ui.work import Work


class OpenDrawerFlow(QObject):
    """F10: the drawer opens without a sale."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: DrawerSheet,
        paper: PaperDesk,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._paper = paper
        self._override = override
        sheet.opened_for.connect(self._open)

    def begin(self) -> None:
        """Ask why."""
        if self._sheet.isHidden():
            self._sheet.begin()

    def _open(self, told: Explanation, approval: Approval | None = None) -> None:
        self._work.act(
            drawers.open_drawer,
            explanation=told,
            staff=self._flow.staff,
            approval=approval,
            then=self._opened,
            failed=lambda error: self._failed(error, told),
        )

    def _opened(self, _outcome: DrawerOpened) -> None:
        self._paper.open_drawer()
        self._sheet.shut()

    def _failed(self, error: Exception, told: Explanation) -> None:
        self._sheet.set_waiting()
        words = explained(told)
        if not self._override.mends(error, partial(self._open, told), words=words):
            say_not_done(error, self._sheet.show_error)


class CashFlow(QObject):
    """放入 · 取出现金. `moved` gives what went in or out."""

    moved = Signal(object)

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: CashSheet,
        paper: PaperDesk,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._paper = paper
        self._override = override
        self._kind = MoveKind.IN
        sheet.moved.connect(self._move)

    def begin(self, kind: MoveKind) -> None:
        """Ask how much, and why."""
        self._kind = kind
        self._sheet.begin(kind)

    def _move(self, amount_fen: int, told: Explanation, approval: Approval | None = None) -> None:
        self._work.act(
            drawers.pay_in if self._kind is MoveKind.IN else drawers.pay_out,
            amount_fen=amount_fen,
            explanation=told,
            staff=self._flow.staff,
            approval=approval,
            then=self._moved,
            failed=lambda error: self._failed(error, amount_fen, told),
        )

    def _moved(self, outcome: CashMoved) -> None:
        """The paper opens the drawer, as a cash receipt does."""
        self._paper.print(outcome.report)
        self._sheet.shut()
        self.moved.emit(outcome.move)

    def _failed(self, error: Exception, amount_fen: int, told: Explanation) -> None:
        self._sheet.set_waiting()
        again, words = partial(self._move, amount_fen, told), format_money(amount_fen)
        if not self._override.mends(error, again, words=words):
            say_not_done(error, self._sheet.show_error)
