"""钱箱的对话: cash in and out, and the drawer opened for a reason, by whoever may or is allowed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.actions import drawer as drawers
from core.actions.drawer import CashMoved, DrawerOpened
from core.sales.drawer import MoveKind
from core.sales.explanation import Explanation
from core.values.money import format_money
from ui.devices.paper import PaperDesk
from ui.drawer_text import explained
from ui.login.allowed import Allowed
from ui.not_done import say_not_done
from ui.till.cash import CashSheet
from ui.till.drawer import DrawerSheet


class OpenDrawerFlow(QObject):
    """F10: the drawer opens without a sale."""

    def __init__(
        self,
        sheet: DrawerSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._paper = paper
        self._allowed = allowed
        sheet.opened_for.connect(self._open)

    def begin(self) -> None:
        """Ask why."""
        if self._sheet.isHidden():
            self._sheet.begin()

    def _open(self, told: Explanation) -> None:
        self._allowed.act(
            drawers.open_drawer,
            explanation=told,
            then=self._opened,
            failed=self._failed,
            asked=self._sheet.set_waiting,
            about=explained(told),
        )

    def _opened(self, _outcome: DrawerOpened) -> None:
        self._paper.open_drawer()
        self._sheet.shut()

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)


class CashFlow(QObject):
    """放入 · 取出现金. `moved` gives what went in or out."""

    moved = Signal(object)

    def __init__(
        self,
        sheet: CashSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._paper = paper
        self._allowed = allowed
        self._kind = MoveKind.IN
        sheet.moved.connect(self._move)

    def begin(self, kind: MoveKind) -> None:
        """Ask how much, and why."""
        self._kind = kind
        self._sheet.begin(kind)

    def _move(self, amount_fen: int, told: Explanation) -> None:
        self._allowed.act(
            drawers.pay_in if self._kind is MoveKind.IN else drawers.pay_out,
            amount_fen=amount_fen,
            explanation=told,
            then=self._moved,
            failed=self._failed,
            asked=self._sheet.set_waiting,
            about=format_money(amount_fen),
        )

    def _moved(self, outcome: CashMoved) -> None:
        """The paper opens the drawer, as a cash receipt does."""
        self._paper.print(outcome.report)
        self._sheet.shut()
        self.moved.emit(outcome.move)

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
