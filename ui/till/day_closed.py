"""日结完成: how a day ended: the difference in words, and whether its backup is safe."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.day import DayClosed
from core.sales.shift import Count
from core.values.money import format_money
from ui.drawer_text import explained, shift_words
from ui.look import Look
from ui.text import halves, sentence, tr
from ui.widgets.amount import Amount
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

LOW_ROW = 36
"""Nothing is pressed in a row of figures: it may be lower than a finger."""


class DayClosedBody(QWidget):
    """The figures of a closed day; `seen` when the cashier has read them.

    `foot` stands below it, however many shifts there were.
    """

    seen = Signal()

    def __init__(self, look: Look, outcome: DayClosed) -> None:
        super().__init__()
        self._look = look
        count = outcome.shift.count
        assert count is not None
        of_day = outcome.difference_fen
        label, amount, role = difference_words(of_day)
        if of_day and len(outcome.shifts) > 1:
            label = tr("全天多") if of_day > 0 else tr("全天少")
        self.difference = Amount(
            look,
            label,
            size=64,
            slot=92,
            yuan=bool(of_day),
            name="closed_difference",
        )
        self.difference.set_amount(amount, role)
        self.done = Button(look, tr("好"), kind="primary", key="Enter", name="closed_done")
        self.done.clicked.connect(self.seen)
        self.foot = QWidget()
        self._below = QVBoxLayout(self.foot)
        self._below.addWidget(self.done)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.difference)
        self._column.addSpacing(8)
        self._rows = [
            FactRow(look, label, value, name=f"closed_{name}")
            for name, label, value in _facts(outcome, count)
        ]
        for row in self._rows:
            self._column.addWidget(row)
        self._column.addSpacing(16)
        self._column.addWidget(_backup(look, outcome))
        if outcome.trouble is not None:
            why = sentence(outcome.trouble)
            self._column.addSpacing(8)
            self._column.addWidget(
                Words(look, why, "small", "ink_2", wraps=True, name="closed_trouble")
            )
        self._column.addStretch(1)

    def show_unsafe(self, words: str) -> None:
        """What is on this machine alone, in a sentence."""
        title, line = halves(words)
        banner = Banner(self._look, title, line, tone="warn", icon="outbox", name="closed_unsafe")
        self._column.insertSpacing(self._column.count() - 1, 8)
        self._column.insertWidget(self._column.count() - 1, banner)

    def set_compact(self, is_compact: bool) -> None:
        """For a low window: a step smaller."""
        sizes = self._look.sizes
        self.difference.set_measures(size=48 if is_compact else 64, slot=64 if is_compact else 92)
        self.done.setFixedHeight(sizes.choice if is_compact else sizes.primary)
        for row in self._rows:
            row.setFixedHeight(LOW_ROW if is_compact else sizes.control)
        edge = 12 if is_compact else 24
        self._column.setContentsMargins(32, edge, 32, 8)
        self._below.setContentsMargins(32, 8, 32, edge)


def difference_words(difference_fen: int) -> tuple[str, str, str]:
    """Label, amount and colour role of counted − expected: 多, 少 or 正好."""
    if difference_fen > 0:
        return tr("多"), format_money(difference_fen), "warn_text"
    if difference_fen < 0:
        return tr("少"), format_money(-difference_fen), "warn_text"
    return tr("差额"), tr("正好"), "ink"


def _facts(outcome: DayClosed, count: Count) -> list[tuple[str, str, str]]:
    facts = [
        ("sales", tr("销售"), tr("{sales} 笔", sales=f"{outcome.takings.sales:,}")),
        (
            "expected",
            tr("钱箱应有"),
            format_money(outcome.takings.expected_fen(outcome.day.float_fen)),
        ),
        ("counted", tr("实点现金"), format_money(count.counted_fen)),
    ]
    if len(outcome.shifts) > 1:
        for shift in outcome.unlike:
            facts.append((f"shift_{shift.no}", tr("第 {no} 班", no=shift.no), shift_words(shift)))
    elif count.explanation is not None:
        facts.append(("why", tr("差额原因"), explained(count.explanation)))
    return facts


def _backup(look: Look, outcome: DayClosed) -> Banner:
    if outcome.trouble is not None:
        return Banner(
            look,
            tr("备份没有做成，日结照常"),
            tr("账都在；修好后请手工备份一次"),
            tone="warn",
            icon="alert",
            name="closed_backup",
        )
    return Banner(
        look,
        tr("备份已做好，校验过"),
        outcome.backup,
        tone="good",
        icon="check",
        name="closed_backup",
    )
