"""对列: which column of a table is what, as its headings say it or as a person chooses it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.first_run.column_words import column_name
from ui.first_run.table_run import KNOWN, NEEDED, Seen
from ui.look import Look
from ui.text import quoted, tr
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.words import Words

_NONE = -1


class Columns(QWidget):
    """At the left what we want to know, at the right the table's columns; Enter goes across."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._what = ""
        self._seen = Seen((), (), {})
        self.places: dict[str, int] = {}
        self.fields = ChoiceList(look, name="first_fields", spoken=tr("要的资料"))
        self.headings = ChoiceList(look, name="first_headings", spoken=tr("表里的列"))
        self._ask = Words(look, "", "body", bold=True, elides=True, name="first_column_ask")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[5])
        for title, listed in (
            (Words(look, tr("要的资料"), "body", bold=True), self.fields),
            (self._ask, self.headings),
        ):
            column = QVBoxLayout()
            column.setSpacing(look.space[2])
            column.addWidget(title)
            column.addWidget(listed, 1)
            row.addLayout(column, 1)
        self.fields.moved.connect(lambda _: self._show_headings())
        self.fields.chosen.connect(lambda _: self._cross())
        self.headings.chosen.connect(self._choose)

    @property
    def missing(self) -> list[str]:
        """What must be there and has no column."""
        return [field for field in NEEDED[self._what] if field not in self.places]

    def show_table(self, what: str, seen: Seen) -> None:
        """Show what was found of this table."""
        self._what, self._seen, self.places = what, seen, dict(seen.places)
        self._show_fields(0)

    def focus(self) -> None:
        """Put the focus on what we want to know."""
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fields(self, current: int) -> None:
        known = KNOWN[self._what]
        self.fields.show_rows([self._row(field) for field in known], current=current)
        self._show_headings()

    def _row(self, field: str) -> Choice:
        name, place = column_name(self._what, field), self.places.get(field)
        if place is not None:
            return Choice(field, name, self._example(place), self._heading(place), "check")
        if field in NEEDED[self._what]:
            return Choice(field, name, tr("必须有"), tr("请选一列"), "alert")
        return Choice(field, name, tr("可以没有"), tr("没有"), "minus")

    def _heading(self, place: int) -> str:
        text = quoted(self._seen.headings[place]).strip()
        return text or tr("第 {no} 列", no=place + 1)

    def _example(self, place: int) -> str:
        example = self._seen.example
        return quoted(example[place]) if place < len(example) else ""

    def _show_headings(self) -> None:
        field = self.fields.current_key()
        if not isinstance(field, str):
            return
        self._ask.setText(tr("“{name}”是哪一列？", name=column_name(self._what, field)))
        rows = [Choice(_NONE, tr("没有"), icon="minus")]
        taken = {place: other for other, place in self.places.items()}
        for place in range(len(self._seen.headings)):
            other = taken.get(place, "")
            name = column_name(self._what, other) if other and other != field else ""
            icon = "check" if other == field else "right"
            rows.append(Choice(place, self._heading(place), self._example(place), name, icon))
        self.headings.show_rows(rows, current=self.places.get(field, _NONE) + 1)

    def _cross(self) -> None:
        self.headings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, place: object) -> None:
        """One column is one thing: who had it before has none now."""
        field = self.fields.current_key()
        assert isinstance(place, int)
        assert isinstance(field, str)
        self.places = {one: at for one, at in self.places.items() if at != place and one != field}
        if place != _NONE:
            self.places[field] = place
        self._show_fields(self.fields.currentIndex().row())
        self.focus()
        self.changed.emit()
