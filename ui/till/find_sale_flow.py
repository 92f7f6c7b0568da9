"""找单的对话: a sale that was found goes to whoever prints, gives back, or makes it void."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from core.actions.find_sales import look_at_sale
from core.actions.reprint import reprint
from core.sales.receipt import Receipt
from ui.not_done import say_not_done
from ui.text import tr
from ui.till.find_sale import FindSaleSheet
from ui.till.flow import TillFlow
from ui.till.sale_finding import SaleFinding
from ui.work import Work

FOUND = "sale found"


class FindSaleFlow(QObject):
    """Ctrl+O."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: FindSaleSheet,
        *,
        take_back: Callable[[str, bool], None],
        gift: Callable[[str], None],
        void: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._is_reprinting = False
        SaleFinding(work, flow, sheet.finder, self)
        sheet.looked_at.connect(self._look_at)
        sheet.finder.moved.connect(self._on_moved)
        sheet.reprinted.connect(self._reprint)
        sheet.returned.connect(lambda no, has_receipt: self._leave_for(take_back, no, has_receipt))
        sheet.gifted.connect(lambda no: self._leave_for(gift, no))
        sheet.voided.connect(lambda no: self._leave_for(void, no))

    def begin(self) -> None:
        """Show what was sold today."""
        self._work.forget(FOUND)
        self._sheet.begin()

    def _on_moved(self, no: object) -> None:
        """Of an empty list nothing is shown, however late it is answered."""
        if no is None:
            self._work.forget(FOUND)

    def _look_at(self, no: str) -> None:
        self._work.ask(
            look_at_sale,
            no,
            topic=FOUND,
            staff=self._flow.staff,
            then=self._sheet.show_sale,
            failed=self._refused,
        )

    def _reprint(self, no: str) -> None:
        """A second press while the copy is being made is no second wish: each has its number."""
        if self._is_reprinting:
            return
        self._is_reprinting = True
        self._work.act(
            reprint,
            staff=self._flow.staff,
            sale_no=no,
            then=self._reprinted,
            failed=self._not_reprinted,
        )

    def _not_reprinted(self, error: Exception) -> None:
        self._is_reprinting = False
        self._refused(error)

    def _reprinted(self, receipt: Receipt) -> None:
        self._is_reprinting = False
        self._flow.printed.emit(receipt)
        self._sheet.say(tr("{no} 已补打。", no=receipt.no))

    def _leave_for(self, what: Callable[..., None], *words: object) -> None:
        self._sheet.shut()
        what(*words)

    def _refused(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
