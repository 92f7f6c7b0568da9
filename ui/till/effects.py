"""确认后会发生: what goes back and what is taken back, the sum, and the button that does it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.low_foot import LowFoot
from ui.widgets.panel_row import PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words

SIDE, LOW_SIDE = 24, 16


class Effect(Struct, frozen=True):
    """One thing that happens: an icon, what, a line below, and the figure of it."""

    icon: str
    title: str
    line: str
    amount: str


class Effects(QWidget):
    """Rows that scroll, the amount in its slot, one button that does it, and one beside it."""

    def __init__(self, look: Look, label: str, *, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._is_ready = False
        self.title = Words(look, "", "body", bold=True, name=f"{name}_title")
        self.said = Said(look, name=f"{name}_problem")
        self.amount = Amount(look, tr("退款"), size=64, slot=92, name=f"{name}_amount")
        self.beside = Button(look, "", name=f"{name}_beside", spoken=tr("另一个办法"))
        self.done = Button(look, label, kind="inverse", key="Enter", name=f"{name}_done")
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(0)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(look.space[2])
        self._foot.addWidget(self.beside)
        self._foot.addWidget(self.done, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[2])
        self._column.addWidget(self.title)
        self._column.addWidget(Scroll(inner), 1)
        self._column.addWidget(Rule(look, strong=True))
        self._column.addWidget(self.amount)
        self._column.addWidget(self.said)
        self._column.addLayout(self._foot)
        self.set_beside("")
        self.set_compact(False)

    def low_foot(self) -> LowFoot:
        """The sum and the button, for the foot of the sheet in a low window."""
        return LowFoot(self._look, self.amount, self.done)

    def show_problem(self, text: str) -> None:
        """One sentence above the button; "" gives its place to the rows."""
        self.said.say(text, is_wrong=True)
        self._fit_said()

    def show_note(self, text: str) -> None:
        """What goes on, in the same place."""
        self.said.say(text)
        self._fit_said()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_said()

    def _fit_said(self) -> None:
        """As high as its words: no sentence is cut, and the rows scroll above it."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        lines = paint.lines(self.said.text(), self.said.font(), max(room, 1))
        self.said.set_wrapped(max(lines, 1))

    def set_busy(self, is_busy: bool) -> None:
        """While the answer is on its way nothing can be pressed twice."""
        self.done.setEnabled(self._is_ready and not is_busy)

    def set_compact(self, is_compact: bool) -> None:
        """A step smaller for a low window."""
        sizes = self._look.sizes
        self.amount.set_measures(size=40 if is_compact else 64, slot=48 if is_compact else 92)
        for button in (self.beside, self.done):
            button.setFixedHeight(sizes.choice if is_compact else sizes.primary)
        edge = 10 if is_compact else 16
        self._column.setContentsMargins(LOW_SIDE if is_compact else SIDE, edge, SIDE, edge)

    def set_narrow(self, is_narrow: bool) -> None:
        """One button below the other where they do not fit beside each other."""
        ways = QBoxLayout.Direction
        self._foot.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self.done.set_key_shown(not is_narrow)

    def set_beside(self, label: str, *, key: str = "") -> None:
        """What else can be done here, and by which key; "" for nothing."""
        self.beside.set_key(key)
        self.beside.set_spoken(label or tr("另一个办法"))
        self.beside.set_label(label)
        self.beside.setVisible(bool(label))

    def show_effects(self, title: str, effects: Sequence[Effect], payable: str) -> None:
        """These rows below this title; without an amount its slot is theirs."""
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
                grows=True,
                name=f"{self._name}_effect_{no}",
            )
            self._rows.addWidget(row)
        self._rows.addStretch(1)

    def set_done(self, label: str, *, is_ready: bool) -> None:
        """What the button does next, and whether it can."""
        self._is_ready = is_ready
        self.done.set_label(label)
        self.done.setEnabled(is_ready)
