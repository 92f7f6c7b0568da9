"""点钱: the drawer is counted, and what is not as it should be is explained.

counted(text)      a good amount; answer with `finish`, `ask_why` or `show_error`
explained(object)  the Explanation for the difference that `ask_why` told
drawer_asked()     the drawer has to be opened to be counted
cancelled()        the person turned back; nothing is closed

Who may look at takings sees what should be there while counting; everybody else counts first.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import BadMoney, Refused
from core.sales.explanation import FOR_DIFFERENCE
from core.sales.takings import Takings
from core.values.money import format_money, parse_money
from ui.here import day_words
from ui.look import Look
from ui.text import sentence, tr
from ui.till.amount_entry import AmountEntry
from ui.till.count_state import CountState
from ui.till.count_takings import TakingsView
from ui.till.day_closed import difference_words
from ui.till.figure_zone import FigureZone
from ui.till.reason_picker import ReasonPicker
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad
from ui.widgets.low_foot import LowFoot
from ui.widgets.panel_row import FactRow
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

NARROW_WINDOW = 760
FIGURES, PAD, WHY = range(3)


class CountSheet(Sheet):
    """The count of a drawer; `verb` names what it ends: 日结 or 交接班."""

    counted = Signal(str)
    explained = Signal(object)
    drawer_asked = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget, verb: str, *, name: str) -> None:
        super().__init__(look, window, verb, size=look.dialog_payment, name=name)
        self._verb = verb
        self._state: CountState | None = None
        self._difference_fen: int | None = None
        self._is_busy = False
        self.left.connect(self._on_left)

    def show_count(self, state: CountState) -> None:
        """Count anew; opens the sheet."""
        self._state, self._difference_fen = state, None
        self._wanted = self._look.dialog_payment
        self.leave.set_label(tr("返回"))
        shift = tr("第 {no} 班", no=state.shift_no)
        self.set_titles(self._verb, f"{day_words(state.business_on)}　{shift}")
        self.set_body(self._counting(state), LowFoot(self._look, self.zone, self.done, side=0))
        self._fit()
        self._busy(False)
        self._on_changed("")
        if self.isHidden():
            self.open(self.entry.edit)
        self.entry.focus()

    def ask_why(self, difference_fen: int) -> None:
        """The count was told, and the drawer does not hold what it should."""
        self._busy(False)
        self._difference_fen = difference_fen
        self.why.clear()
        self._left_side.setCurrentIndex(WHY)
        self._show_difference(difference_fen, tr("选好原因，再按一次回车"))
        self.why.focus()

    def show_error(self, text: str) -> None:
        """One sentence; the count stays, nothing is closed."""
        if self.is_counting:
            self._busy(False)
            self.entry.set_wrong(True, text)
            self.zone.show_problem(text)
            if self._difference_fen is None:
                self.entry.focus()

    def take_scan(self, _text: str) -> bool:
        """What is sold now would stand in a day, or a shift, that is being closed without it."""
        if self.is_counting:
            self.show_error(tr("正在点钱，扫的码没有收。要再卖，先按 Esc 退回，再扫。"))
        else:
            self.refuse_scan()
        return True

    @property
    def is_counting(self) -> bool:
        """Whether the drawer is still to be counted."""
        return self._state is not None

    def stop_counting(self) -> None:
        """The count is done: what is shown next is no count."""
        self._state = None

    # The parts

    def _counting(self, state: CountState) -> QWidget:
        look, name = self._look, self.objectName()
        is_blind = state.takings is None
        self.entry = AmountEntry(
            look, tr("实点现金"), name=f"{name}_amount", has_keyboard=not is_blind
        )
        self.zone = FigureZone(look, name=f"{name}_difference")
        self.done = Button(look, self._verb, kind="primary", key="Enter", name=f"{name}_done")
        self.expected = Amount(look, tr("钱箱应有"), size=64, slot=92, name=f"{name}_expected")
        self.why = ReasonPicker(look, FOR_DIFFERENCE, name=f"{name}_why")
        self._left_side = QStackedWidget()
        takings = state.takings or Takings()
        self._left_side.addWidget(TakingsView(look, takings, name=name))
        self._left_side.addWidget(self._page(DigitPad(look, self.entry.edit, name=f"{name}_pad")))
        self._left_side.addWidget(Scroll(self._page(self.why, self._why_title())))
        self._left_side.setCurrentIndex(PAD if is_blind else FIGURES)
        self.entry.changed.connect(self._on_changed)
        self.entry.entered.connect(self._on_enter)
        self.entry.keyboard_asked.connect(self._flip_pad)
        self.why.entered.connect(self._on_enter)
        self.done.clicked.connect(self._on_enter)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side, 543)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self._cash(state), 558)
        return self._below_waiting(body, state.waiting) if state.waiting else body

    def _below_waiting(self, counting: QWidget, waiting: str) -> QWidget:
        """What is left by the close stands above everything that is counted."""
        body = QWidget()
        said = Words(self._look, waiting, "small", wraps=True, name=f"{self.objectName()}_waiting")
        said.setContentsMargins(24, 4, 24, 4)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(said)
        column.addWidget(Rule(self._look))
        column.addWidget(counting, 1)
        return body

    def _why_title(self) -> Words:
        return Words(self._look, tr("为什么和账不一样"), "body", bold=True)

    def _page(self, *parts: QWidget) -> QWidget:
        """A page of the left side, its title first where it has one."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 17, 24, 16)
        column.setSpacing(self._look.space[3])
        for part in sorted(parts, key=lambda part: not isinstance(part, Words)):
            column.addWidget(part)
        column.addStretch(1)
        return page

    def _cash(self, state: CountState) -> QWidget:
        look, name = self._look, self.objectName()
        page = QWidget()
        self._above = QVBoxLayout()
        self._above.setSpacing(0)
        for part, label, amount in state.cash_rows:
            row = FactRow(look, label, amount, ruled=False, height=28)
            row.setObjectName(f"{name}_{part}")
            self._above.addWidget(row)
        self._above.addStretch(1)
        self._above.addWidget(Rule(look, strong=True))
        if state.expected_fen is not None:
            self.expected.set_amount(format_money(state.expected_fen))
            self._above.addWidget(self.expected)
        else:
            blind = tr("先点钱箱。应有多少，点完才看得到。")
            self._above.addSpacing(look.space[4])
            self._above.addWidget(Words(look, blind, "body", "ink_2", wraps=True))
            self._above.addSpacing(look.space[4])
        self._above.addWidget(self.entry)
        self.drawer = Button(look, tr("打开钱箱"), icon="drawer", name=f"{name}_drawer")
        self.drawer.clicked.connect(self.drawer_asked)
        self.drawer.clicked.connect(self.entry.focus)
        self._below = QHBoxLayout()
        self._below.setSpacing(look.space[3])
        self._below.addWidget(self.drawer)
        self._below.addWidget(self.done, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above, 1)
        column.addWidget(self.zone)
        column.addLayout(self._below)
        return page

    # What is typed and pressed

    def _counted(self) -> int:
        text = self.entry.text()
        fen = parse_money(text)
        if fen < 0:
            raise BadMoney(text)
        return fen

    def _on_changed(self, _text: str) -> None:
        """Another count: what was said of the one before does not hold any more."""
        assert self._state is not None
        if self._difference_fen is not None:
            self._difference_fen = None
            self._left_side.setCurrentIndex(PAD)
        expected_fen = self._state.expected_fen
        hint = tr("点好钱箱里的现金，输进来")
        try:
            counted_fen = self._counted()
        except Refused:
            # half a number is no mistake yet: the sentence comes with Enter
            self.zone.show_figure(tr("差额"), "", after=hint)
            return
        if expected_fen is None:
            self.zone.show_figure(tr("差额"), "", after=tr("按回车对账"))
        else:
            self._show_difference(counted_fen - expected_fen, "")

    def _show_difference(self, difference_fen: int, hint: str) -> None:
        label, amount, role = difference_words(difference_fen)
        self.zone.show_figure(label, amount, role=role, after=hint)

    def _on_enter(self) -> None:
        if self._is_busy:
            return
        try:
            self._counted()
        except Refused as refused:
            text = self.entry.text()
            self.show_error(sentence(refused) if text else tr("请先点钱箱里的现金，输进来。"))
            return
        if self._difference_fen is None:
            self._busy(True)
            self.counted.emit(self.entry.text())
        elif self.why.explanation() is None:
            self.why.focus()
        else:
            self._busy(True)
            self.explained.emit(self.why.explanation())

    def _on_left(self) -> None:
        if self.is_counting:
            self.cancelled.emit()

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def _flip_pad(self) -> None:
        """The keys on the screen, and back to what stood there."""
        is_pad = self._left_side.currentIndex() == PAD
        behind = FIGURES if self._difference_fen is None else WHY
        self._left_side.setCurrentIndex(behind if is_pad else PAD)
        self.entry.focus()

    def _fit(self) -> None:
        low = self.parentWidget().height() < LOW_WINDOW
        sizes = self._look.sizes
        if self.is_counting:
            self.expected.set_measures(size=48 if low else 64, slot=60 if low else 92)
            self.zone.set_compact(low)
            for button in (self.drawer, self.done):
                button.setFixedHeight(sizes.choice if low else sizes.primary)
            self._above.setContentsMargins(24, 12 if low else 17, 24, 16)
            edge = 10 if low else 16
            self._below.setContentsMargins(24, edge, 24, edge)
            is_narrow = self.parentWidget().width() < NARROW_WINDOW
            along, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._below.setDirection(down if is_narrow else along)
