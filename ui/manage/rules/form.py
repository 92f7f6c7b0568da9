"""规则的表单: blanks in groups; a wrong one says beside it what to write; nothing typed goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from functools import partial
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.manage.rules.entry import FEW, Chosen, Picked
from ui.manage.rules.goods_field import ChoiceField, GoodsField, SortField
from ui.rule_blank import (
    BRANDS,
    CHOSEN,
    CODE,
    CODES,
    GOODS,
    MANY,
    TEXT,
    TEXTS,
    Blank,
    Path,
    Record,
    WrongBlank,
    at,
    fill,
    put,
    written,
)
from ui.rule_form import Group
from ui.text import tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.words import Rule, Words

LABEL_WIDTH = 96
FIELD_WIDTH = 132
WIDE, LINE_EDGES = 264, 32
"""What is written is given room up to so much, its line's edges with it."""
ACROSS, FEW_ACROSS = 4, 2
NARROW = 880
Groups = Callable[[Record], tuple[Group, ...]]


def as_it_is(record: Record) -> Record:
    """What needs no other shape."""
    return record


class RecordForm(QWidget):
    """`changed` with each key. `groups` says of a record which blanks it has.

    `goods_wanted` gives the field for which goods are to be chosen.
    `shape` gives it what it needs before it is asked, where a choice makes another thing of it.
    """

    changed = Signal()
    goods_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        record: Record,
        groups: Groups,
        *,
        width: int,
        shape: Callable[[Record], Record] = as_it_is,
    ) -> None:
        super().__init__()
        self._look, self._groups, self._shape = look, groups, shape
        self._across = FEW_ACROSS if width < NARROW else ACROSS
        self._record = deepcopy(record)
        self.blanks: dict[Path, tuple[Blank, Field | Chosen | Picked]] = {}
        self._of_all: dict[Path, Words] = {}
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
        self.blanks, self._hidden, self._of_all = {}, [], {}
        self._record = self._shape(self._record)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[3])
        groups = self._groups(self._record)
        for each, same in groupby(groups, lambda group: None if group.blanks else group.each):
            for row in [self._adders(list(same))] if each else map(self._row, same):
                column.addWidget(row)
        self._column.addWidget(self._inner)
        self.more.setVisible(bool(self._hidden) and not self._is_open)
        if self._hidden:
            column.insertWidget(
                column.indexOf(self._hidden[0]), self.more, 0, Qt.AlignmentFlag.AlignLeft
            )
        for row in self._hidden:
            row.setVisible(self._is_open)

    def _row(self, group: Group) -> QWidget:
        grid = self._grid()
        place, across = 0, self._across
        for blank in group.blanks:
            widget = self._widget(blank)
            wide = min(across, 2 if blank.is_wide else self._wide(widget))
            if len(group.blanks) == 1 and blank.unit in (TEXT, TEXTS):
                wide = min(across, max(wide, 2))
            place += (across - place % across) if place % across + wide > across else 0
            spot = (place // across, place % across, 1, wide)
            grid.addWidget(widget, *spot, Qt.AlignmentFlag.AlignTop)
            place += wide
        rows = at(self._record, group.each) if group.each else ()
        less = self._less(group) if len(rows) > group.least else None
        row = self._beside(group.title, grid, less)
        if group.is_more:
            self._hidden.append(row)
            self._is_open = self._is_open or self._says_something(group)
        return row

    def _wide(self, widget: Field | Chosen | Picked) -> int:
        """How many columns it takes, so that its label and what is written in it can be read."""
        gap, width = self._look.space[3], widget.sizeHint().width()
        if isinstance(widget, Field):
            written_wide = paint.advance(self._look.font("body"), widget.text()) + LINE_EDGES
            least = WIDE if isinstance(widget, ChoiceField) else FIELD_WIDTH
            width = max(least, widget.label.sizeHint().width(), min(written_wide, WIDE))
        return -(-(width + gap) // (FIELD_WIDTH + gap))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.space[3])
        grid.setVerticalSpacing(self._look.space[2])
        for column in range(self._across):
            grid.setColumnStretch(column, 1)
        return grid

    def _beside(self, title: str, grid: QGridLayout, less: Button | None = None) -> QWidget:
        """What it is called at the left, and below it a rule."""
        look, row = self._look, QWidget()
        label = Words(look, title, "body", "ink_2", wraps=True)
        label.setFixedWidth(LABEL_WIDTH)
        beside = QHBoxLayout()
        beside.setSpacing(look.space[3])
        beside.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(grid, 1)
        if less is not None:
            beside.addWidget(less, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.space[3])
        outer.addLayout(beside)
        outer.addWidget(Rule(look))
        return row

    def _widget(self, blank: Blank) -> Field | Chosen | Picked:
        name = "rule_" + "_".join(str(part) for part in blank.path)
        text = written(self._record, blank)
        widget: Field | Chosen | Picked
        if blank.unit in CHOSEN:
            is_few = len(blank.options) <= FEW or blank.unit == MANY
            widget = (Chosen if is_few else Picked)(self._look, blank, text, name=name)
            widget.chosen.connect(lambda: self._on_chosen(blank))
        else:
            widget = self._field(blank, name)
            widget.setMinimumWidth(FIELD_WIDTH)
            widget.set_text(text)
            widget.edit.setCursorPosition(0)
            widget.changed.connect(lambda _text: self.changed.emit())
        self.blanks[blank.path] = (blank, widget)
        return widget

    def _field(self, blank: Blank, name: str) -> Field:
        if blank.unit not in GOODS:
            return Field(self._look, blank.label, name=name)
        look, label = self._look, blank.label
        field: ChoiceField
        if blank.unit in (CODE, CODES):
            field = GoodsField(look, label, name=name, takes_one=blank.unit == CODE)
        else:
            field = SortField(look, label, name=name, is_brands=blank.unit == BRANDS)
        field.wanted.connect(partial(self.goods_wanted.emit, field))
        return field

    def _adders(self, groups: Sequence[Group]) -> QWidget:
        """What more there may be of something, and what is wrong with all of it."""
        grid, each = self._grid(), groups[0].each
        for n, group in enumerate(groups):
            button = Button(self._look, group.more, kind="text", icon="plus")
            button.setObjectName("rule_add_" + "_".join(map(str, (*each, *([n] if n else ())))))
            button.clicked.connect(partial(self._add, group))
            button.setVisible(bool(group.more))
            wide = self._across if len(groups) == 1 else 1
            spot = (n // self._across, n % self._across, 1, wide)
            grid.addWidget(button, *spot, Qt.AlignmentFlag.AlignLeft)
        problem = Words(self._look, "", "small", "danger_text", wraps=True)
        problem.hide()
        self._of_all[each] = problem
        grid.addWidget(problem, grid.rowCount(), 0, 1, self._across)
        return self._beside(groups[0].title, grid)

    def _less(self, group: Group) -> Button:
        n = int(group.blanks[0].path[len(group.each)])
        button = Button(self._look, tr("去掉"), kind="text", spoken=f"{tr('去掉')} {group.title}")
        button.setObjectName("rule_less_" + "_".join(map(str, (*group.each, n))))
        button.clicked.connect(partial(self._take_away, group.each, n))
        return button

    # Other rows, other blanks

    def _add(self, group: Group) -> None:
        def more(record: Record) -> None:
            if at(record, group.each) is None:
                put(record, group.each, [])
            at(record, group.each).append(deepcopy(group.fresh))

        self._rebuild(more)
        last = (*group.each, len(at(self._record, group.each)) - 1)
        first = next((path for path in self.blanks if path[: len(last)] == last), None)
        if first is not None:
            self.blanks[first][1].focus()

    def _take_away(self, each: Path, n: int) -> None:
        self._rebuild(lambda record: at(record, each).pop(n), each)

    def _on_chosen(self, blank: Blank) -> None:
        """What is chosen may ask for other blanks than before."""
        if not blank.shapes:
            self.changed.emit()
            return
        self._rebuild(lambda _record: None)
        self.blanks[blank.path][1].focus()

    def _rebuild(self, change: Callable[[Record], object], gone: Path = ()) -> None:
        """What was typed stays where it is right, or stands elsewhere than below what is `gone`."""
        texts = {path: widget.text() for path, (_, widget) in self.blanks.items()}
        for path, (blank, _) in self.blanks.items():
            try:
                fill(self._record, blank, texts[path])
            except WrongBlank:
                continue
        change(self._record)
        old = self._inner
        self.more.setParent(self)
        self._column.removeWidget(old)
        old.setParent(None)
        old.deleteLater()
        self._build()
        self._inner.show()
        for path, (_, widget) in self.blanks.items():
            is_gone = bool(gone) and path[: len(gone)] == gone
            if isinstance(widget, Field) and path in texts and not is_gone:
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
        for words in self._of_all.values():
            words.hide()
        for blank, widget in self.blanks.values():
            problem = ""
            try:
                fill(record, blank, widget.text())
            except WrongBlank as wrong:
                problem, is_right = str(wrong), False
            widget.set_problem(problem)
        return record if is_right else None

    def blame(self, path: str, words: str) -> bool:
        """Say it beside the blank, or below the rows, that stand at this path; False for none."""
        for own, (_, widget) in self.blanks.items():
            if path and path.endswith(_spelt(own)):
                widget.set_problem(words)
                if widget.isHidden() or not widget.isVisible():
                    self.show_more()
                return True
        for own, problem in self._of_all.items():
            if path and path.endswith(_spelt(own)):
                problem.setText(words)
                problem.show()
                return True
        return False

    def first_wrong(self) -> tuple[str, str]:
        """The label of the first blank that is wrong, "" for rows as a whole, and why it is."""
        for blank, widget in self.blanks.values():
            if why := widget.problem.text():
                return blank.label, why
        shown = (words.text() for words in self._of_all.values() if not words.isHidden())
        return "", next(shown, "")

    # Goods

    def codes(self) -> tuple[str, ...]:
        """All that are written where goods are wanted."""
        return tuple(dict.fromkeys(code for field in self._goods() for code in field.written()))

    def show_names(self, known: Mapping[str, str], asked: Collection[str]) -> None:
        """What goods are called, and which of those that were asked for are not there."""
        for field in self._goods():
            field.show_names(known, asked)

    def _goods(self) -> list[GoodsField]:
        return [field for _, field in self.blanks.values() if isinstance(field, GoodsField)]

    def show_sorts(self, categories: Collection[str], brands: Collection[str]) -> None:
        """Which categories and brands that are written are none of the shop's."""
        for _, field in self.blanks.values():
            if isinstance(field, SortField):
                known = brands if field.is_brands else categories
                field.show_missing([name for name in field.written() if name not in known])

    def sizeHint(self) -> QSize:
        return QSize(640, super().sizeHint().height())


def _spelt(path: Path) -> str:
    """As an error names it."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return said[1:]
