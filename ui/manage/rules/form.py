"""规则的表单: blanks in groups; a wrong one says beside it what to write; nothing typed goes."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.rule_blank import (
    CHOSEN,
    MANY,
    TEXT,
    TEXTS,
    Blank,
    Path,
    Record,
    WrongBlank,
    at,
    fill,
    written,
)
from ui.rule_form import Group
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words

LABEL_WIDTH = 96
FIELD_WIDTH = 132
ACROSS, FEW_ACROSS = 4, 2
NARROW = 880
Groups = Callable[[Record], tuple[Group, ...]]


class _Chosen(QWidget):
    """One or more of a few, under a small label as a field has it."""

    def __init__(self, look: Look, blank: Blank, text: str, *, name: str) -> None:
        super().__init__()
        self.segments = Segments(
            look,
            [Segment(str(n), words) for n, (_, words) in enumerate(blank.options)],
            name=name,
            spoken=blank.label,
            many=blank.unit == MANY,
        )
        for chosen in text.split(","):
            self.segments.set_current(chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[1])
        column.addWidget(Words(look, blank.label, "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(self.segments)
        row.addStretch(1)
        column.addLayout(row)

    def text(self) -> str:
        return ",".join(self.segments.all_chosen())


class RecordForm(QWidget):
    """`changed` with each key. `groups` says of a record which blanks it has."""

    changed = Signal()

    def __init__(self, look: Look, record: Record, groups: Groups, *, width: int) -> None:
        super().__init__()
        self._look, self._groups = look, groups
        self._across = FEW_ACROSS if width < NARROW else ACROSS
        self._record = deepcopy(record)
        self.blanks: dict[Path, tuple[Blank, Field | _Chosen]] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.more = Button(look, tr("更多条件"), kind="text", icon="down", name="rule_more")
        self.more.clicked.connect(lambda: self.show_more())
        self._hidden: list[QWidget] = []
        self._is_open = False
        self._build()

    # Parts

    def _build(self) -> None:
        self.blanks, self._hidden = {}, []
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[3])
        groups = self._groups(self._record)
        for n, group in enumerate(groups):
            if group.is_more and not self._hidden:
                column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
            row = self._row(group)
            column.addWidget(row)
            if group.is_more:
                self._hidden.append(row)
                self._is_open = self._is_open or self._says_something(group)
            is_last = n + 1 == len(groups) or groups[n + 1].each != group.each
            if group.each and is_last:
                column.addWidget(self._another(group), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._inner)
        self.more.setVisible(bool(self._hidden) and not self._is_open)
        for row in self._hidden:
            row.setVisible(self._is_open)

    def _row(self, group: Group) -> QWidget:
        look, row = self._look, QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[3])
        grid.setVerticalSpacing(look.space[2])
        place, across = 0, self._across
        for blank in group.blanks:
            widget = self._widget(blank)
            wide = 1
            if isinstance(widget, _Chosen):
                wide = min(across, -(-widget.sizeHint().width() // (FIELD_WIDTH + look.space[3])))
            elif len(group.blanks) == 1 and blank.unit in (TEXT, TEXTS):
                wide = min(across, 2)
            place += (across - place % across) if place % across + wide > across else 0
            spot = (place // across, place % across, 1, wide)
            grid.addWidget(widget, *spot, Qt.AlignmentFlag.AlignTop)
            place += wide
        for column in range(across):
            grid.setColumnStretch(column, 1)
        label = Words(look, group.title, "body", "ink_2", wraps=True)
        label.setFixedWidth(LABEL_WIDTH)
        beside = QHBoxLayout()
        beside.setSpacing(look.space[3])
        beside.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(grid, 1)
        if group.each and len(at(self._record, group.each)) > 1:
            beside.addWidget(self._less(group), 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.space[3])
        outer.addLayout(beside)
        outer.addWidget(Rule(look))
        return row

    def _widget(self, blank: Blank) -> Field | _Chosen:
        name = "rule_" + "_".join(str(part) for part in blank.path)
        text = written(self._record, blank)
        widget: Field | _Chosen
        if blank.unit in CHOSEN:
            widget = _Chosen(self._look, blank, text, name=name)
            widget.segments.chosen.connect(lambda _name: self.changed.emit())
        else:
            widget = Field(self._look, blank.label, name=name)
            widget.setMinimumWidth(FIELD_WIDTH)
            widget.set_text(text)
            widget.changed.connect(lambda _text: self.changed.emit())
        self.blanks[blank.path] = (blank, widget)
        return widget

    def _another(self, group: Group) -> Button:
        button = Button(self._look, group.more, kind="text", icon="plus")
        button.setObjectName("rule_add_" + "_".join(str(part) for part in group.each))

        def add() -> None:
            self._change(group.each, lambda rows: rows.append(deepcopy(group.fresh)))

        button.clicked.connect(add)
        return button

    def _less(self, group: Group) -> Button:
        n = int(group.blanks[0].path[len(group.each)])
        button = Button(self._look, tr("去掉"), kind="text", spoken=f"{tr('去掉')} {group.title}")
        button.setObjectName(f"rule_less_{n}")
        button.clicked.connect(lambda: self._change(group.each, lambda rows: rows.pop(n)))
        return button

    def _change(self, each: Path, change: Callable[[list[object]], object]) -> None:
        """Another row, or one less; what was typed stays where it is right, or stands elsewhere."""
        texts = {path: widget.text() for path, (_, widget) in self.blanks.items()}
        for path, (blank, _) in self.blanks.items():
            try:
                fill(self._record, blank, texts[path])
            except WrongBlank:
                continue
        rows = at(self._record, each)
        before = len(rows)
        change(rows)
        old = self._inner
        self.more.setParent(self)
        self._column.removeWidget(old)
        old.setParent(None)
        old.deleteLater()
        self._build()
        self._inner.show()
        for path, (_, widget) in self.blanks.items():
            is_of_rows = path[: len(each)] == each and len(rows) < before
            if isinstance(widget, Field) and path in texts and not is_of_rows:
                widget.set_text(texts[path])
        self.changed.emit()

    def _says_something(self, group: Group) -> bool:
        return any(
            at(self._record, blank.path) not in (None, blank.usual) for blank in group.blanks
        )

    def show_more(self) -> None:
        """All that is seldom said."""
        self._is_open = True
        self.more.hide()
        for row in self._hidden:
            row.show()

    # What stands there

    def read(self) -> Record | None:
        """What is filled in; None where something cannot be taken, which is said beside it."""
        record, is_right = deepcopy(self._record), True
        for blank, widget in self.blanks.values():
            problem = ""
            try:
                fill(record, blank, widget.text())
            except WrongBlank as wrong:
                problem, is_right = str(wrong), False
            if isinstance(widget, Field):
                widget.set_problem(problem)
        return record if is_right else None

    def blame(self, path: str, words: str) -> bool:
        """Say it beside the blank that stands at this path; False where there is none."""
        for own, (_, widget) in self.blanks.items():
            said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in own)
            if path and path.endswith(said[1:]) and isinstance(widget, Field):
                widget.set_problem(words)
                if widget.isHidden() or not widget.isVisible():
                    self.show_more()
                return True
        return False

    def sizeHint(self) -> QSize:
        return QSize(640, super().sizeHint().height())
