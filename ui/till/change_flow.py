"""交接班的对话: the drawer is counted, whoever takes over proves it, and the till is theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.actions import login as logins
from core.actions import shift as shifts
from core.actions.prove import Candidate, candidates
from core.actions.shift import ShiftChanged
from core.sales.explanation import Explanation
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.money import format_money
from ui.drawer_text import counted_words
from ui.not_done import say_not_done
from ui.text import tr
from ui.till.count import CountSheet
from ui.till.count_flow import CountFlow
from ui.till.flow import TillFlow
from ui.till.take_over import TakeOverSheet
from ui.work import Work


class ChangeFlow(CountFlow):
    """`changed` gives the outcome and who stands at the till from now on."""

    changed = Signal(object, object)

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: CountSheet,
        take_over: TakeOverSheet,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(work, flow, sheet, parent)
        self._take_over = take_over
        self._explanation: Explanation | None = None
        take_over.answered.connect(self._prove)
        self.finished.connect(self._on_finished)

    def _on_finished(self, _counted_fen: int, explanation: Explanation | None) -> None:
        """Ask who takes over; until then nothing has changed."""
        self._explanation = explanation
        self._ask_people(self._show_people)

    def _ask_people(self, then: Callable[[Sequence[Candidate]], None]) -> None:
        self._work.ask(
            candidates,
            Right.SELL,
            topic="take over",
            then=then,
            failed=self.refused,
        )

    def _show_people(self, people: Sequence[Candidate]) -> None:
        self._sheet.shut()
        words = tr("接手 {counted}", counted=format_money(self.counted_fen))
        why = counted_words(self.counted_fen, self.difference_fen, self._explanation)
        self._take_over.show_question(tr("谁接班？"), words, people, why=why)

    def _prove(self, name: str, pin: str) -> None:
        staff, counted_fen, told = self._flow.staff, self.counted_fen, self._explanation

        def take_over(shop: Shop) -> tuple[ShiftChanged, Staff]:
            to = logins.login(shop, pin, name=name)
            changed = shifts.change_shift(
                shop, counted_fen=counted_fen, staff=staff, to=to, explanation=told
            )
            return changed, to

        self._work.act(take_over, then=self._taken, failed=self._not_taken)

    def _taken(self, outcome: tuple[ShiftChanged, Staff]) -> None:
        self._take_over.shut()
        self.changed.emit(*outcome)

    def _not_taken(self, error: Exception) -> None:
        say_not_done(error, self._take_over.who.show_error)
        self._ask_people(self._take_over.who.show_waits)
