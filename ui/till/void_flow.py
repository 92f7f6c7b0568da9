"""作废的对话: what a void of this sale would do, and the void by whoever may or is allowed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from core.actions import void as voiding
from core.actions.claim_ahead import OTHERS_WERE_FIRST
from core.actions.return_elsewhere import claim_void
from core.actions.void import SaleVoided, VoidPreview
from core.sales.explanation import Explanation
from ui.chain_desk import ChainDesk
from ui.devices.paper import PaperDesk
from ui.login.allowed import Allowed
from ui.not_done import say_not_done
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.void import VoidSheet
from ui.till.void_state import VoidState
from ui.work import Failed, Work


class VoidFlow(QObject):
    """整单作废, of a sale that was found."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: VoidSheet,
        paper: PaperDesk,
        allowed: Allowed,
        chain: ChainDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._paper = paper
        self._allowed = allowed
        self._chain = chain
        sheet.voided.connect(self._void)

    def begin(self, no: str) -> None:
        """Show what voiding this sale would do."""
        self._work.ask(
            voiding.preview_void,
            no,
            topic="void",
            staff=self._flow.staff,
            then=self._show,
            failed=self._flow.say,
        )

    def _show(self, shown: VoidPreview) -> None:
        self._sheet.begin(VoidState.of(shown))

    def _void(self, shown: VoidState, told: Explanation) -> None:
        about = tr("{no}，应收 {payable}", no=shown.no, payable=shown.payable)
        self._allowed.act_by(
            partial(self._claim, shown, told),
            failed=self._failed,
            asked=self._sheet.set_waiting,
            about=about,
        )

    def _claim(self, shown: VoidState, told: Explanation, *, failed: Failed, **by: Any) -> None:
        """Others may take some of it back just now; who is not asked stops nothing."""

        sale_id = shown.sale_id

        def go_on(_outcome: object) -> None:
            words = {"explanation": told, **by}
            then = partial(self._voided, shown)
            self._work.act(voiding.void_sale, sale_id, then=then, failed=failed, **words)

        def refused(error: Exception) -> None:
            (failed if isinstance(error, OTHERS_WERE_FIRST) else go_on)(error)

        if not self._chain.is_sending:
            go_on(None)
            return
        self._chain.errand(
            lambda shop, central, token: claim_void(
                shop, central, token, sale_id, explanation=told, **by
            ),
            then=go_on,
            failed=refused,
            is_brief=True,
        )

    def _voided(self, shown: VoidState, outcome: SaleVoided) -> None:
        """The paper opens the drawer where cash goes back; who stands here is priced anew.

        Who turned back meanwhile must hear it all the same: there is money to hand back.
        """
        if not outcome.is_repeat:
            self._paper.print(outcome.receipt)
        self._sheet.show_done(shown)
        self._flow.after_void()

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)
