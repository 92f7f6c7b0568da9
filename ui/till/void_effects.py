"""确认后会发生: what a void gives back and takes back, the sum, and the button that does it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.void_state import Effect, VoidState
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.panel_row import PanelRow
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words

SIDE = 24


class VoidEffects(QWidget):
    """Rows that scroll, the amount in its slot, one button."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._is_ready = False
        self.title = Words(look, "", "body", bold=True, name="void_title")
        self.said = Words(look, "", "small", "danger_text", wraps=True, name="void_problem")
        self.said.setFixedHeight(3 * look.line("small"))
        self.amount = Amount(look, tr("退款"), size=64, slot=92, name="void_amount")
        self.done = Button(look, tr("作废"), kind="inverse", key="Enter", name="void_done")
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[2])
        self._column.addWidget(self.title)
        self._column.addWidget(Scroll(inner), 1)
        self._column.addWidget(Rule(look, strong=True))
        self._column.addWidget(self.amount)
        self._column.addWidget(self.said)
        self._column.addWidget(self.done)
        self.set_compact(False)

    def show_nothing(self) -> None:
        """No sale is chosen, or it is being looked at."""
        self._show(tr("先选一张单"), (), "")
        self._label(tr("作废"), is_ready=False)

    def show_state(self, state: VoidState) -> None:
        """What would happen; a sale that is void already gives nothing back."""
        if state.is_voided:
            self._show(tr("这一单已经作废"), (), "")
            self._label(tr("已作废"), is_ready=False)
            return
        self._show(tr("确认后会发生"), state.effects, state.payable)
        self._label(tr("作废这一单"), is_ready=True)

    def ask_why(self) -> None:
        """The reason comes next, then it is done."""
        self._label(tr("确认作废"), is_ready=True)

    def show_done(self, state: VoidState) -> None:
        """What is to be handed back now."""
        self._show(tr("已作废，请退给顾客"), state.effects, state.payable)
        self._label(tr("退好了"), is_ready=True)

    def show_problem(self, text: str) -> None:
        """One sentence above the button; "" gives its place to the rows."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def set_busy(self, is_busy: bool) -> None:
        """While the answer is on its way nothing can be pressed twice."""
        self.done.setEnabled(self._is_ready and not is_busy)

    def set_compact(self, is_compact: bool) -> None:
        """A step smaller for a low window."""
        sizes = self._look.sizes
        self.amount.set_measures(size=40 if is_compact else 64, slot=48 if is_compact else 92)
        self.done.setFixedHeight(sizes.choice if is_compact else sizes.primary)
        edge = 10 if is_compact else 16
        self._column.setContentsMargins(SIDE, edge, SIDE, edge)

    def _show(self, title: str, effects: tuple[Effect, ...], payable: str) -> None:
        self.title.setText(title)
        self.show_problem("")
        self.amount.setVisible(bool(payable))
        self.amount.set_amount(payable)
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for no, each in enumerate(effects, 1):
            row = PanelRow(
                self._look,
                each.title,
                icon=each.icon,
                line=each.line,
                amount=each.amount,
                name=f"void_effect_{no}",
            )
            self._rows.addWidget(row)
        self._rows.addStretch(1)

    def _label(self, label: str, *, is_ready: bool) -> None:
        self._is_ready = is_ready
        self.done.set_label(label)
        self.done.setEnabled(is_ready)
