"""日结: what the day took, what should be in the drawer, and what is.

counted(text)   the cash that was counted, already a good amount; answer with `show_closed` or
                `show_error`
cancelled()     the person turned back; the day stays open
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.actions.day import DayClosed
from core.errors import BadMoney, Refused
from core.pricing.tender import TenderKind
from core.sales.day import Day, DayFigures
from core.values.money import format_money, parse_money
from ui.look import Look
from ui.text import sentence, tender_name, tr
from ui.till.amount_entry import ENTER, AmountEntry
from ui.till.day_closed import DayClosedBody, day_words, difference_words
from ui.till.digit_pad import DigitPad
from ui.till.figure_zone import FigureZone
from ui.widgets.amount import Amount
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

LOW_WINDOW = 660
CLOSED_SIZE = (640, 560)


class CloseDaySheet(Sheet):
    """The count of a day; after it the outcome with its backup."""

    counted = Signal(str)  # `closed` is every sheet's own: it went away
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("日结"), size=look.dialog_payment, name="close_day")
        self._expected_fen = 0
        self._is_busy = False
        self._outcome: DayClosedBody | None = None
        self._is_low = False
        self.left.connect(self._on_left)

    def show_figures(self, day: Day, figures: DayFigures, expected_fen: int) -> None:
        """What the day took, and the cash (fen) that should be in the drawer; opens the sheet."""
        self._expected_fen = expected_fen
        self._outcome = None
        self._wanted = self._look.dialog_payment
        self.leave.set_label(tr("返回"))
        self.set_titles(tr("日结"), day_words(day.business_on))
        self.set_body(self._counting(day, figures))
        self._fit()
        self._busy(False)
        self._on_changed("")
        if self.isHidden():
            self.open(self.entry.edit)
        self.entry.focus()

    def show_closed(self, outcome: DayClosed) -> None:
        """The day is closed: the difference, and where its backup lies."""
        self._outcome = DayClosedBody(self._look, outcome)
        self._outcome.seen.connect(self.shut)
        self._wanted = CLOSED_SIZE
        self.leave.set_label(tr("好"))
        self.set_titles(tr("日结完成"), day_words(outcome.day.business_on))
        self.set_body(self._outcome)
        self._fit()
        if self.isHidden():
            self.open()
        self._outcome.done.setFocus()

    def show_error(self, text: str) -> None:
        """One sentence; the count stays, the day is still open."""
        if self._outcome is None:
            self._busy(False)
            self.entry.set_wrong(True, text)
            self.zone.show_problem(text)
            self.entry.focus()

    # The count

    def _counting(self, day: Day, figures: DayFigures) -> QWidget:
        look = self._look
        self.entry = AmountEntry(look, tr("实点现金"), name="close_day_amount")
        self.zone = FigureZone(look, name="close_day_difference")
        self.done = Button(look, tr("日结"), kind="primary", key="Enter", name="close_day_done")
        self.expected = Amount(look, tr("钱箱应有"), size=64, slot=92, name="close_day_expected")
        self.expected.set_amount(format_money(self._expected_fen))
        self._left_side = QStackedWidget()
        self._left_side.addWidget(self._takings(figures))
        self._left_side.addWidget(self._keys())
        self.entry.changed.connect(self._on_changed)
        self.entry.entered.connect(self._on_enter)
        self.entry.keyboard_asked.connect(self._flip_pad)
        self.done.clicked.connect(self._on_enter)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side, 543)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self._cash(day, figures), 558)
        return body

    def _takings(self, figures: DayFigures) -> QWidget:
        look = self._look
        page, inner = QWidget(), QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(0)
        for kind, fen in figures.tenders:
            name = f"close_day_{kind}"
            rows.addWidget(FactRow(look, tender_name(kind), format_money(fen), name=name))
        total = sum(fen for _, fen in figures.tenders)
        rows.addWidget(
            FactRow(look, tr("合计"), format_money(total), strong=True, name="close_day_total")
        )
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        title = tr("这一天收了 {sales} 笔", sales=f"{figures.sales:,}")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 17, 16, 16)
        column.setSpacing(look.space[1])
        column.addWidget(Words(look, title, "body", bold=True, name="close_day_sales"))
        column.addWidget(area, 1)
        hint = tr("非现金按终端的签购单核对；日结后会做一份校验过的备份。")
        column.addWidget(Words(look, hint, "small", "ink_2", elides=True))
        return page

    def _keys(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 17, 24, 16)
        column.setSpacing(self._look.space[3])
        back = Button(self._look, tr("回到收款合计"), kind="text", name="close_day_figures")
        back.clicked.connect(self._flip_pad)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(back)
        column.addLayout(head)
        column.addWidget(DigitPad(self._look, self.entry.edit, name="close_day_pad"))
        column.addStretch(1)
        return page

    def _cash(self, day: Day, figures: DayFigures) -> QWidget:
        look = self._look
        page = QWidget()
        self._above = QVBoxLayout()
        self._above.setSpacing(0)
        for name, label, fen in (
            ("float", tr("备用金"), day.float_fen),
            ("taken", tr("现金收入，已减找零"), figures.tender(TenderKind.CASH)),
        ):
            row = FactRow(look, label, format_money(fen), ruled=False, height=28)
            row.setObjectName(f"close_day_{name}")
            self._above.addWidget(row)
        self._above.addStretch(1)
        self._above.addWidget(Rule(look, strong=True))
        self._above.addWidget(self.expected)
        self._above.addWidget(self.entry)
        self._below = QVBoxLayout()
        self._below.addWidget(self.done)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above, 1)
        column.addWidget(self.zone)
        column.addLayout(self._below)
        return page

    def _counted(self) -> int:
        text = self.entry.text()
        fen = parse_money(text)
        if fen < 0:
            raise BadMoney(text)
        return fen

    def _on_changed(self, _text: str) -> None:
        try:
            label, amount, role = difference_words(self._counted() - self._expected_fen)
        except Refused:
            # half a number is no mistake yet: the sentence comes with Enter
            self.zone.show_figure(tr("差额"), "", after=tr("点好钱箱里的现金，输进来"))
            return
        self.zone.show_figure(label, amount, role=role)

    def _on_enter(self) -> None:
        if self._is_busy:
            return
        try:
            self._counted()
        except Refused as refused:
            text = self.entry.text()
            self.show_error(sentence(refused) if text else tr("请先点钱箱里的现金，输进来。"))
            return
        self._busy(True)
        self.counted.emit(self.entry.text())

    def _on_left(self) -> None:
        if self._outcome is None:
            self.cancelled.emit()

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def _flip_pad(self) -> None:
        self._left_side.setCurrentIndex(1 - self._left_side.currentIndex())
        self.entry.focus()

    def _fit(self) -> None:
        low = self.parentWidget().height() < LOW_WINDOW
        sizes = self._look.sizes
        if self._outcome is not None:
            self._outcome.set_compact(low)
        elif self._body is not None:
            self.expected.set_measures(size=48 if low else 64, slot=60 if low else 92)
            self.zone.set_compact(low)
            self.done.setFixedHeight(sizes.choice if low else sizes.primary)
            self._above.setContentsMargins(24, 12 if low else 17, 24, 16)
            edge = 10 if low else 16
            self._below.setContentsMargins(24, edge, 24, edge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in ENTER and not event.isAutoRepeat():
            if isinstance(focus, QAbstractButton):
                focus.click()
            elif self._outcome is not None:
                self.shut()
            event.accept()
            return
        super().keyPressEvent(event)
