"""退哪些: the lines of a sale with their steppers; ↑ ↓ choose one, ← → take one off and add one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.values.quantity import ONE
from ui.look import Look
from ui.till.return_row import ReturnRow
from ui.till.return_state import LineState
from ui.widgets.scroll import Scroll


class ReturnLines(Scroll):
    """`changed` gives what is chosen now (thousandths by line), `asked` a line to type it for."""

    changed = Signal(object)
    asked = Signal(int)

    def __init__(self, look: Look) -> None:
        inner = QWidget()
        super().__init__(inner)
        self.setObjectName("return_lines")
        self._look = look
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._lines: list[LineState] = []
        self._rows: list[ReturnRow] = []
        self._at = 0
        self.chosen: dict[int, int] = {}

    def begin(self, lines: Sequence[LineState]) -> None:
        """Another sale: nothing of it is chosen yet."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._lines, self._rows, self.chosen = list(lines), [], {}
        for at, line in enumerate(lines):
            row = ReturnRow(self._look, line)
            row.stepped.connect(partial(self._step, at))
            row.all_asked.connect(partial(self._add, at))
            row.asked.connect(partial(self._ask, at))
            row.picked.connect(partial(self._pick, at))
            self._column.insertWidget(at, row)
            self._rows.append(row)
        self._pick(next((at for at, line in enumerate(lines) if line.left_milli), 0))

    def show_lines(self, lines: Sequence[LineState]) -> None:
        """The same lines with what is chosen of them."""
        self._lines = list(lines)
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)

    @property
    def current(self) -> LineState | None:
        """The line that the keys mean."""
        return self._lines[self._at] if self._lines else None

    def move_by(self, step: int) -> None:
        """Up or down."""
        if self._rows:
            self._pick(max(0, min(self._at + step, len(self._rows) - 1)))

    def step_by(self, step: int) -> None:
        """One unit more or less of the current line."""
        if self._rows:
            self._step(self._at, step)

    def choose_all(self) -> None:
        """All that is left of the sale."""
        self.chosen = {line.no: line.left_milli for line in self._lines if line.left_milli}
        self.changed.emit(dict(self.chosen))

    def has(self, text: str) -> bool:
        """Whether a line is of the product with this code, or whose name has it."""
        return any(text == line.code or text in line.name for line in self._lines)

    def add(self, text: str) -> bool:
        """One unit more of the product with this code, or whose name has it; whether it was one."""
        for at, line in enumerate(self._lines):
            is_it = text == line.code or text in line.name
            if is_it and self.chosen.get(line.no, 0) < line.left_milli:
                self._pick(at)
                self._step(at, 1)
                return True
        return False

    def add_one(self, no: int) -> bool:
        """One unit more of a line; False where no more of it can come back."""
        line = next(line for line in self._lines if line.no == no)
        milli = self.chosen.get(no, 0) + ONE
        if milli > line.left_milli:
            return False
        self._set(line, milli)
        return True

    def put(self, no: int, milli: int) -> None:
        """So much of a line, as it was typed; never more than is left of it."""
        line = next(line for line in self._lines if line.no == no)
        self._set(line, milli)

    def _pick(self, at: int) -> None:
        self._at = at
        for each, row in enumerate(self._rows):
            row.set_current(each == at)
        if self._rows:
            self.ensureWidgetVisible(self._rows[at], 0, 0)

    def _ask(self, at: int) -> None:
        self._pick(at)
        self.asked.emit(self._lines[at].no)

    def _add(self, at: int) -> None:
        """The first unit; of what has a part of a unit, all of it."""
        self._pick(at)
        left = self._lines[at].left_milli
        self._set(self._lines[at], left if left % ONE else ONE)

    def _step(self, at: int, step: int) -> None:
        self._pick(at)
        line = self._lines[at]
        now = self.chosen.get(line.no, 0)
        if step > 0 and not now and line.left_milli % ONE:
            self._set(line, line.left_milli)
        else:
            self._set(line, now + step * ONE)

    def _set(self, line: LineState, milli: int) -> None:
        milli = max(0, min(milli, line.left_milli))
        if milli:
            self.chosen[line.no] = milli
        else:
            self.chosen.pop(line.no, None)
        self.changed.emit(dict(self.chosen))
