"""开店: the day begins with the cash that is counted into the drawer.

opened(text)   the float as it was typed, already a good amount; answer by showing the
               counter, or with `show_error`
left()         somebody else is to open it
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from core.actions.day import LastClose
from core.errors import BadMoney, Refused
from core.values.money import format_money, parse_money
from ui.drawer_text import closed_words
from ui.here import day_words
from ui.login.door import CROWDED, TINY, Door
from ui.look import Look
from ui.text import sentence, tr
from ui.till.amount_entry import AmountEntry
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad
from ui.widgets.key_hint import ENTER
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

# Lower than this, what the header tells as well has no row.
LEAST = 370


class OpenDayPage(Door):
    """The business date at the left, the float and its keys at the right."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            title=tr("开店"),
            line=tr("数一数钱箱里的备用金，输进去就开店。"),
            done=tr("开店"),
            name="open_day",
        )
        self._is_busy = False
        self._days = ("", "")
        """The business date, with its weekday and without: where there is no room for it."""
        self.facts = {
            "date": FactRow(look, tr("营业日"), strong=True, name="open_day_date"),
            "staff": FactRow(look, tr("当班收银员"), name="open_day_staff"),
            "last": FactRow(look, tr("上次日结时点到"), name="open_day_last"),
        }
        for row in self.facts.values():
            row.hide()
            self.left_column.addWidget(row)
        self.closed = Words(look, "", "body", "warn_text", wraps=True, name="open_day_closed")
        self.closed.hide()
        self.left_column.addSpacing(look.space[2])
        self.left_column.addWidget(self.closed)
        self.entry = AmountEntry(look, tr("备用金"), name="open_day_amount", has_keyboard=False)
        self.problem = Words(look, "", "small", "danger_text", wraps=True, name="open_day_problem")
        self.problem.setFixedHeight(2 * look.line("small"))
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pad = DigitPad(look, self.entry.edit, name="open_day_pad")
        for part in (self.entry, self.problem, self.pad):
            self.right_column.addWidget(part)
        self.leave = Button(look, tr("换人"), icon="user", key="Esc", name="open_day_leave")
        self.left_column.addSpacing(look.space[3])
        self.left_column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        self.left_column.addStretch(1)
        self.finish_keys()
        self.entry.entered.connect(self._on_enter)
        self.entry.changed.connect(lambda _text: self._say(""))
        self.done.clicked.connect(self._on_enter)
        self.leave.clicked.connect(self._leave)
        self.pad.pressed.connect(self.entry.edit.setFocus)

    def show_day(
        self, business_on: date, *, staff: str = "", last: LastClose | None = None
    ) -> None:
        """The business date to open, who opens it, what was in the drawer at the last close, and
        whether that was today."""
        day = tr(
            "{year} 年 {month} 月 {day} 日　星期{weekday:一|二|三|四|五|六|日}",
            year=business_on.year,
            month=business_on.month,
            day=business_on.day,
            weekday=business_on.isoweekday(),
        )
        self._days = (day, day_words(business_on))
        day = self._days[self.width() < TINY]
        counted = "" if last is None else format_money(last.day.counted_fen or 0)
        for name, value in (("date", day), ("staff", staff), ("last", counted)):
            self.facts[name].set_value(value)
            self.facts[name].setVisible(bool(value))
        words = closed_words(last) if last is not None else ""
        self.closed.setText(words)
        self.closed.setVisible(bool(words))
        self.set_low(self._is_low)
        self.entry.set_text("")
        self.entry.focus()

    def set_low(self, is_low: bool) -> None:
        super().set_low(is_low)
        is_narrow, sizes = self.width() < TINY, self._look.sizes
        is_crowded, is_again = self.height() < CROWDED, bool(self.closed.text())
        for row in self.facts.values():
            high = (32 if is_again else 36) if is_crowded else sizes.panel_row
            row.setFixedHeight(high)
        is_told = bool(self.facts["staff"].value.text())  # the header of the till tells it as well
        self.facts["staff"].setVisible(is_told and not (self.height() < LEAST and is_again))
        self.facts["date"].value.setFont(self._look.font("body" if is_narrow else "item", True))
        self.facts["date"].set_value(self._days[is_narrow])
        # What was closed already is of more account than what everybody knows to do.
        self.line.setVisible(not (is_crowded and is_again))
        self.closed.setFont(self._look.font("small" if is_crowded else "body"))
        self.left_column.setSpacing(self._look.space[1 if is_crowded and is_again else 2])

    def take_scan(self, _text: str) -> None:
        """Goods come after the float."""
        self._say(tr("还没有开店，扫的码没有记下。请先填备用金开店，再扫。"))

    def show_error(self, text: str) -> None:
        """One sentence; the amount stays."""
        self._busy(False)
        self._say(text)
        self.entry.focus()

    def _on_enter(self) -> None:
        if self._is_busy:
            return
        text = self.entry.text()
        try:
            if parse_money(text) < 0:
                raise BadMoney(text)
        except Refused as refused:
            said = sentence(refused) if text else tr("请输入备用金，钱箱空着就输 0。")
            self.show_error(said)
            return
        self._busy(True)
        self.opened.emit(text)

    def _leave(self) -> None:
        if not self._is_busy:
            self.left.emit()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.entry.set_wrong(bool(text), text)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._busy(False)
        self.entry.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
