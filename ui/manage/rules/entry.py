"""表单里选的: one of a few beside each other, one of many behind a button, several of a few."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.manage.pick import PickSheet
from ui.rule_blank import MANY, Blank
from ui.text import capital, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

FEW = 6
"""So many stand beside each other; more are chosen from in a sheet."""


class Entry(Protocol):
    """What stands in a form for one value: a line to fill in, or a choice."""

    def text(self) -> str: ...

    def set_problem(self, sentence: str) -> None: ...

    def focus(self) -> None: ...


class _Labelled(QWidget):
    """A choice under a small label as a field has it, and below it what is wrong."""

    def __init__(self, look: Look, label: str, choice: QWidget, *, name: str) -> None:
        super().__init__()
        self.problem = Words(look, "", "small", "danger_text", wraps=True, name=f"{name}_problem")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[1])
        column.addWidget(Words(look, capital(label), "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(choice)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.problem)

    def set_problem(self, sentence: str) -> None:
        """Why this cannot be; "" takes the sentence away."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class Chosen(_Labelled):
    """One or more of a few; its text is their places among the options."""

    chosen = Signal()

    def __init__(self, look: Look, blank: Blank, text: str, *, name: str) -> None:
        self.segments = Segments(
            look,
            [Segment(str(n), words) for n, (_, words) in enumerate(blank.options)],
            name=name,
            spoken=blank.label,
            many=blank.unit == MANY,
        )
        for chosen in text.split(","):
            self.segments.set_current(chosen)
        super().__init__(look, blank.label, self.segments, name=name)
        self.segments.chosen.connect(lambda _name: self.chosen.emit())

    def text(self) -> str:
        """The places of those that hold."""
        return ",".join(self.segments.all_chosen())

    def focus(self) -> None:
        """To the one that holds."""
        self.segments.focus()


class Picked(_Labelled):
    """One of many: a button that says which."""

    chosen = Signal()

    def __init__(self, look: Look, blank: Blank, text: str, *, name: str) -> None:
        self._look, self._blank, self._at = look, blank, int(text or 0)
        self.button = Button(look, icon="down", name=name)
        super().__init__(look, blank.label, self.button, name=name)
        self.button.clicked.connect(self._open)
        self._take(self._at)

    def text(self) -> str:
        """The place of what holds."""
        return str(self._at)

    def focus(self) -> None:
        """To the button."""
        self.button.setFocus()

    def _take(self, at: object) -> None:
        assert isinstance(at, int)
        self._at = at
        words = self._blank.options[at][1]
        self.button.set_label(words)
        self.button.setAccessibleName(f"{self._blank.label}{tr('：')}{words}")

    def _open(self) -> None:
        def then(at: object) -> None:
            self._take(at)
            self.chosen.emit()

        rows = [
            Choice(at, words, icon="offer") for at, (_, words) in enumerate(self._blank.options)
        ]
        PickSheet(self._look, self.window(), self._blank.label, rows, then).open()
