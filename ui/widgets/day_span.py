"""哪些天: usual spans by a press, any other by writing its days.

picked()      a usual span stands there      typed()   its days are written otherwise
submitted()   Enter in one of the days
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments

TODAY, YESTERDAY, MONTH, LAST_MONTH, OTHER = "today", "yesterday", "month", "last_month", "other"
WEEK, DAYS_30, DAYS_90, ANY = "week", "days_30", "days_90", "any"
USUAL = (TODAY, YESTERDAY, MONTH, LAST_MONTH, OTHER)


def days_of(kind: str, today: date) -> tuple[date, date]:
    """The first and the last day of what was chosen; a week begins on Monday."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        TODAY: (today, today),
        YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
        WEEK: (today - timedelta(days=today.weekday()), today),
        LAST_MONTH: (before.replace(day=1), before),
        DAYS_30: (today - timedelta(days=29), today),
        DAYS_90: (today - timedelta(days=89), today),
    }.get(kind, (first, today))


def labels() -> dict[str, str]:
    """What each span is called."""
    return {
        ANY: tr("不限日期"),
        TODAY: tr("今日"),
        YESTERDAY: tr("昨日"),
        WEEK: tr("本周"),
        MONTH: tr("本月"),
        LAST_MONTH: tr("上月"),
        DAYS_30: tr("近 30 天"),
        DAYS_90: tr("近 90 天"),
        OTHER: tr("别的日子"),
    }


def bad_day_words() -> str:
    """What is said while one of them is no day."""
    return tr("日期写成 2026-11-01 这样。")


class DaySpan(QWidget):
    """This month until today, or the span that it begins with, until somebody says otherwise.

    Where it `hides` its days they show only while they are other ones than usual. `ANY` writes
    none: whoever offers it reads the days by themselves.
    """

    picked = Signal()
    typed = Signal()
    submitted = Signal()

    def __init__(
        self, look: Look, *, name: str, kinds: Sequence[str] = USUAL, hides: bool = False
    ) -> None:
        super().__init__()
        self._today = date.min
        self._hides = hides
        self._kinds = tuple(kinds)
        words = labels()
        self.kinds = Segments(
            look,
            [Segment(kind, words[kind]) for kind in kinds],
            name=f"{name}_span",
            spoken=tr("哪些天"),
        )
        example = tr("例如 2026-11-01")
        self.since = Field(look, tr("从"), placeholder=example, name=f"{name}_since")
        self.until = Field(look, tr("到"), placeholder=example, name=f"{name}_until")
        self._arrange(look)
        self.kinds.chosen.connect(self._on_kind)
        for field in (self.since, self.until):
            field.edit.textEdited.connect(lambda _text: self.kinds.set_current(OTHER))
            field.changed.connect(lambda _text: self.typed.emit())
            field.submitted.connect(self.submitted)

    def _arrange(self, look: Look) -> None:
        self.days_row = QWidget()
        kinds, days, column = QHBoxLayout(), QHBoxLayout(self.days_row), QVBoxLayout(self)
        kinds.addWidget(self.kinds)
        kinds.addStretch(1)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(look.space[3])
        days.addWidget(self.since, 1, Qt.AlignmentFlag.AlignTop)
        days.addWidget(self.until, 1, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        column.addLayout(kinds)
        column.addWidget(self.days_row)
        self.days_row.setVisible(not self._hides)

    def be_on(self, today: date) -> None:
        """Which day it is; what was chosen stays."""
        self._today = today

    def begin(self, today: date, kind: str = MONTH) -> None:
        """A usual span until today."""
        self.be_on(today)
        self.kinds.set_current(kind)
        self._on_kind(kind)
        self.kinds.focus()

    def show_days(self, today: date, first: date, last: date) -> None:
        """These days, as a usual span where they are one; nothing is told."""
        self._today = today
        usual = (name for name in self._kinds if name not in (ANY, OTHER))
        kind = next((name for name in usual if days_of(name, today) == (first, last)), OTHER)
        self.kinds.set_current(kind)
        self.days_row.setVisible(kind == OTHER or not self._hides)
        self._write(first.isoformat(), last.isoformat())

    @property
    def days(self) -> tuple[date, date] | None:
        """As they are written; None while one of them is no day."""
        try:
            return date.fromisoformat(self.since.text()), date.fromisoformat(self.until.text())
        except ValueError:
            return None

    def asked(self) -> tuple[date, date] | None:
        """The same; the first of them that is no day says so."""
        for field in (self.since, self.until):
            try:
                date.fromisoformat(field.text())
            except ValueError:
                field.set_problem(bad_day_words())
                field.focus()
                return None
        return self.days

    def _on_kind(self, kind: str) -> None:
        self.days_row.setVisible(kind == OTHER or not self._hides)
        if kind == OTHER:
            self.since.focus()
            return
        days = ("", "") if kind == ANY else map(date.isoformat, days_of(kind, self._today))
        self._write(*days)
        self.picked.emit()

    def _write(self, since: str, until: str) -> None:
        for field, day in ((self.since, since), (self.until, until)):
            field.blockSignals(True)
            field.set_text(day)
            field.blockSignals(False)
