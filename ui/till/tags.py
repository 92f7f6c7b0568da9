"""标价签: which products at the left, how they come out of the printer at the right.

    asked()        something else is wanted: `wanted`, `size_name` and `skip` say what
    list_asked()   codes out of a file; answer with `add_codes`      filed()   printed()

Answer with `show_tags` or `show_nothing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.devices.marks import Leaf
from ui.equipment.leaf_preview import LeafPreview
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (960, 600)
SIDE = 24
LEFT = 380
CHANGED, CATEGORY, SCANNED = "changed", "category", "scanned"


class TagsSheet(Sheet):
    """Scan, choose a category or a day; Ctrl+S keeps the PDF, Ctrl+P prints it."""

    shows_scans = True
    asked = Signal()
    list_asked = Signal()
    filed = Signal()
    printed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("标价签"), size=SIZE, name="tags", leave=tr("好"))
        self.size_choice = ChoiceList(look, name="tags_sizes", spoken=tr("尺寸"))
        self.what = Segments(
            look,
            [
                Segment(SCANNED, tr("扫商品")),
                Segment(CHANGED, tr("改过价的")),
                Segment(CATEGORY, tr("分类")),
            ],
            name="tags_what",
            spoken=tr("哪些商品"),
        )
        self.from_list = Button(look, tr("清单…"), name="tags_from_list")
        self.field = Field(look, tr("条码"), name="tags_field", beside=self.from_list)
        self.list = ChoiceList(look, name="tags_list", spoken=tr("哪些商品"))
        self.used = Field(look, tr("第一页已经用掉几张"), name="tags_skip")
        self.used.edit.setMaxLength(2)
        self.preview = LeafPreview(look, name="tags_preview")
        self.said = Said(look, name="tags_said")
        self.file = Button(look, tr("存 PDF"), key="Ctrl+S", name="tags_file")
        self.print = Button(
            look,
            tr("打印"),
            kind="primary",
            icon="printer",
            key="Ctrl+P",
            height=44,
            name="tags_print",
        )
        self._codes: list[str] = []
        self._names: dict[str, str] = {}
        self._paged: frozenset[str] = frozenset()
        self.set_body(self._body(), Foot(look, self.file, self.print, said=self.said))
        self._connect()

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        chosen = QWidget()
        chosen.setFixedWidth(LEFT)
        left = QVBoxLayout(chosen)
        left.setContentsMargins(SIDE, 12, 12, 12)
        left.setSpacing(look.space[3])
        left.addWidget(self.what)
        left.addWidget(self.field)
        left.addWidget(self.list, 3)
        left.addWidget(Words(look, tr("尺寸"), "small", "ink_2"))
        left.addWidget(self.size_choice, 2)
        left.addWidget(self.used)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(chosen)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self.preview, 1)
        return body

    def _connect(self) -> None:
        self.what.chosen.connect(self._on_what)
        self.field.submitted.connect(self._on_field)
        self.from_list.clicked.connect(self.list_asked)
        self.used.changed.connect(lambda _text: self.asked.emit())
        self.size_choice.moved.connect(lambda _key: self._on_size())
        self.list.moved.connect(lambda _key: self._on_list())
        self.file.clicked.connect(self.filed)
        self.print.clicked.connect(self.printed)

    # What is shown

    def begin(
        self,
        sizes: Sequence[Choice],
        categories: Sequence[str],
        days: Sequence[Choice],
        codes: Sequence[str],
        *,
        paged: frozenset[str] = frozenset(),
    ) -> None:
        """Open with these sizes, categories and days; `codes` are scanned already.

        Of sizes that are `paged` some stickers of the first page may be used.
        """
        self._codes, self._paged = list(codes), paged
        self.used.set_text("")
        self._categories = [Choice(name, name, icon="offer") for name in categories]
        self._days = list(days)
        self.size_choice.blockSignals(True)
        self.size_choice.show_rows(sizes)
        self.size_choice.blockSignals(False)
        self.used.setVisible(self.size_name in paged)
        self.what.set_current(SCANNED)
        if self.isHidden():
            self.open(self.field.edit)
        self._on_what(SCANNED)

    def show_tags(self, leaf: Leaf, words: str) -> None:
        """The first page, and how many there are."""
        self.preview.show_leaf(leaf)
        self.said.say(words)
        self._enable(True)

    def name_codes(self, names: Mapping[str, str]) -> None:
        """What the codes that were scanned are the codes of."""
        self._names |= names
        if self.what.current() == SCANNED:
            at = self.list.current_key()
            self._list_codes(at if isinstance(at, int) else None)

    def show_nothing(self, sentence: str, *, is_wrong: bool = True) -> None:
        """Why there is nothing to print."""
        self.preview.show_leaf(None)
        self.said.say(sentence, is_wrong=is_wrong)
        self._enable(False)

    def forget(self, code: str) -> None:
        """A code that was scanned is no product's."""
        self._codes = [each for each in self._codes if each != code]
        self._list_codes()

    # What is wanted

    @property
    def size_name(self) -> str:
        """The chosen size."""
        return str(self.size_choice.current_key() or "")

    @property
    def skip(self) -> int:
        """How many stickers of the first page are used; 0 where that means nothing."""
        text = self.used.text()
        is_meant = self.size_name in self._paged and text.isascii() and text.isdigit()
        return int(text) if is_meant else 0

    @property
    def wanted(self) -> tuple[str, object]:
        """Which products: the kind, and the codes, the category or the first day."""
        kind = self.what.current()
        return kind, tuple(self._codes) if kind == SCANNED else self.list.current_key()

    def take_scan(self, text: str) -> bool:
        """Whatever is scanned while this lies open is a product to be tagged."""
        if self.what.current() != SCANNED:
            self.what.set_current(SCANNED)
            self._on_what(SCANNED)
        self.add_codes([text])
        return True

    def add_codes(self, codes: Sequence[str]) -> None:
        """Those of a list that a person gave."""
        self._codes += codes
        self._list_codes()
        self.asked.emit()

    def _on_size(self) -> None:
        self.used.setVisible(self.size_name in self._paged)
        self.asked.emit()

    def _on_field(self) -> None:
        if text := self.field.text():
            self.field.set_text("")
            self.add_codes([text])

    def _on_what(self, what: str) -> None:
        self.field.setVisible(what == SCANNED)
        if what == SCANNED:
            self._list_codes()
            self.field.focus()
        else:
            self._rows(self._days if what == CHANGED else self._categories)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit()

    def _list_codes(self, current: int | None = None) -> None:
        rows = [self._row(at, code) for at, code in enumerate(self._codes)]
        last = max(0, len(rows) - 1)
        self._rows(rows, current=last if current is None else min(current, last))

    def _row(self, at: int, code: str) -> Choice:
        """A code is named once it was looked up."""
        name = self._names.get(code, "")
        return Choice(at, name or code, code if name else "", icon="scan")

    def _rows(self, rows: Sequence[Choice], current: int = 0) -> None:
        self.list.blockSignals(True)
        self.list.show_rows(rows, current=current)
        self.list.blockSignals(False)

    def _on_list(self) -> None:
        if self.what.current() != SCANNED:
            self.asked.emit()

    def _enable(self, is_on: bool) -> None:
        self.file.setEnabled(is_on)
        self.print.setEnabled(is_on)

    # Of Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.what.current() == SCANNED:
            self._drop()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        """The chosen code is not wanted after all."""
        at = self.list.current_key()
        if isinstance(at, int) and at < len(self._codes):
            del self._codes[at]
            self._list_codes()
            self.asked.emit()
