"""积分抵扣: the member's points, what makes sense of them, and how many pay now.

chosen(points)   answer with `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import BadPointsWish
from core.values.money import format_money
from ui.look import Look
from ui.text import sentence, tr
from ui.till.amount_entry import AmountEntry
from ui.till.figure_zone import FigureZone
from ui.till.points_state import PointsState, points_of
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad
from ui.widgets.low_foot import LowFoot
from ui.widgets.panel_row import FactRow
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

SIZE = (900, 600)
SIDE = 24
MOST, NONE = "+", "Del"


class PointsSheet(Sheet):
    """Digits choose, + takes the most, Del takes none; nothing is taken before Enter."""

    chosen = Signal(int)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("积分抵扣"), size=SIZE, name="points")
        self._state: PointsState | None = None
        self._is_busy = False
        self.facts = {
            "balance": FactRow(look, tr("积分余额"), name="points_balance"),
            "usable": FactRow(look, tr("今天能用"), name="points_usable"),
            "most": FactRow(look, tr("这一单最多"), strong=True, name="points_most"),
            "saves": FactRow(look, tr("最多能抵"), strong=True, name="points_saves"),
        }
        self.rule = Words(look, "", "small", "ink_2", wraps=True, name="points_rule")
        self.most = Button(look, "", key=MOST, name="points_take_most", spoken=tr("用最多的积分"))
        self.none = Button(look, tr("不用积分"), key=NONE, name="points_take_none")
        self.entry = AmountEntry(look, tr("用多少分"), name="points_amount", has_keyboard=False)
        # a sign is a choice here: an input method would swallow it
        self.entry.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.pad = DigitPad(look, self.entry.edit, money=False, name="points_pad")
        self.zone = FigureZone(look, name="points_payable")
        self.done = Button(look, tr("确定"), kind="primary", key="Enter", name="points_done")
        self.set_body(self._body(), LowFoot(look, self.zone, self.done, side=0))
        self._connect()

    def begin(self, state: PointsState) -> None:
        """Ask; what was chosen stands ready, or the most where nothing was."""
        self._busy(False)
        self._fit()
        self.entry.set_text(str(state.chosen or state.most))
        self.show_state(state)
        self.open(self.entry.edit)

    def show_state(self, state: PointsState) -> None:
        """These points, for the basket as it stands; what was typed stays."""
        self._state = state
        self.set_titles(tr("积分抵扣"), state.who)
        self.facts["balance"].set_value(f"{state.balance:,}".replace("-", "−"))
        self.facts["usable"].set_value(f"{state.spendable:,}")
        self.facts["most"].set_value(tr("{points} 分", points=f"{state.most:,}"))
        self.facts["saves"].set_value(format_money(state.most_fen))
        self.rule.setText("\n".join(filter(None, (state.rule, state.limit))))
        self.most.set_label(tr("用 {points} 分", points=f"{state.most:,}"))
        self.most.setEnabled(bool(state.most) and not self._is_busy)
        self._try()

    def show_waiting(self, points: int) -> None:
        """The server is asked; Esc takes the choice back."""
        self._busy(True)
        self.entry.set_wrong(False)
        self.zone.show_note(tr("正在向总部预留 {points} 分…", points=f"{points:,}"))

    def show_less(self, state: PointsState, text: str) -> None:
        """It was not all set aside: what there is now stands ready, and why."""
        self._busy(False)
        self.entry.set_text(str(state.most))
        self.show_state(state)
        self.zone.show_problem(text)
        self.entry.focus()

    def show_error(self, text: str) -> None:
        """One sentence; what was typed stays."""
        self._busy(False)
        self.entry.set_wrong(True, text)
        self.zone.show_problem(text)
        self.entry.focus()

    def _connect(self) -> None:
        self.entry.changed.connect(lambda _text: self._try())
        self.entry.entered.connect(self._choose)
        self.entry.edit.installEventFilter(self)
        self.pad.pressed.connect(self.entry.edit.setFocus)
        self.most.clicked.connect(self._take_most)
        self.none.clicked.connect(self._take_none)
        self.done.clicked.connect(self._choose)

    def _body(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Scroll(self._left()), 4)
        row.addWidget(Rule(self._look, upright=True))
        row.addWidget(self._right(), 5)
        return body

    def _left(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._edges = [column]
        column.setSpacing(0)
        for fact in self.facts.values():
            column.addWidget(fact)
        column.addSpacing(self._look.space[3])
        column.addWidget(self.rule)
        column.addStretch(1)
        column.addWidget(self.most)
        column.addSpacing(self._look.space[2])
        column.addWidget(self.none)
        return page

    def _right(self) -> QWidget:
        page, look = QWidget(), self._look
        above = QVBoxLayout()
        above.setSpacing(look.space[2])
        above.addWidget(self.entry)
        above.addWidget(self.pad, 1)
        below = QVBoxLayout()
        self._edges += [above, below]
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above, 1)
        column.addWidget(self.zone)
        below.addWidget(self.done)
        column.addLayout(below)
        return page

    # What the person does

    def _try(self) -> None:
        """Show what the number would do; half a number is no mistake yet."""
        state = self._state
        if state is None or self._is_busy:
            return
        try:
            choice = state.choice(points_of(self.entry.text()))
        except BadPointsWish as refused:
            self.show_error(sentence(refused))
            return
        self.entry.set_wrong(False)
        self.zone.show_figure(
            tr("抵扣后应收"), choice.payable, before=choice.pays, after=choice.hint
        )
        self.zone.after.set_role("warn_text")

    def _take_most(self) -> None:
        if self._state is not None and self._state.most and not self._is_busy:
            self.entry.set_text(str(self._state.most))
            self.entry.focus()

    def _take_none(self) -> None:
        if self._is_busy:
            return
        self.entry.set_text("0")
        self.entry.focus()

    def _choose(self) -> None:
        if self._is_busy:
            return
        try:
            points = points_of(self.entry.text())
        except BadPointsWish as refused:
            self.show_error(sentence(refused))
            return
        self._busy(True)
        self.chosen.emit(points)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for each in (self.done, self.none, self.pad):
            each.setEnabled(not is_busy)
        self.most.setEnabled(not is_busy and self._state is not None and bool(self._state.most))

    # Of Qt

    def _fit(self) -> None:
        low, sizes = self.parentWidget().height() < LOW_WINDOW, self._look.sizes
        self.entry.setFixedHeight(52 if low else sizes.input)
        self.zone.set_compact(low)
        self.done.setFixedHeight(sizes.choice if low else sizes.primary)
        for button in (self.most, self.none):
            button.setFixedHeight(sizes.control if low else sizes.choice)
        for column in self._edges:
            column.setContentsMargins(SIDE, *((8, SIDE, 8) if low else (14, SIDE, 14)))

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether a key is a choice, wherever the focus is."""
        if event.text() == MOST:
            self._take_most()
        elif event.key() == Qt.Key.Key_Delete:
            self._take_none()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry.edit and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._on_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)
