"""店内码: how labels of scales are read, by prefix: the list at the left, one layout at the right.

    kept(layout)   removed(prefix)

Answer with `show_layouts` or `said.say`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.catalog.barcode import clean, read_code
from core.rulebook.labels import HELD, USUAL, LabelCode
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.equipment.label_picture import LabelPicture
from ui.label_words import held_name, layout_facts
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.list_form import ListForm
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Words

SIZE = (940, 640)
WIDTHS = ((1000, 336), (800, 264), (0, 176))
PREFIX = 72
MOST_DIGITS = 8
FRESH = LabelCode("20", "price")
Layouts = Sequence[tuple[LabelCode, bool]]


class LabelsSheet(Sheet):
    """A layout that is chosen can be changed; a label that is scanned shows how it reads it."""

    shows_scans = True
    kept = Signal(object)
    removed = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("店内码"), size=SIZE, name="labels")
        self._layouts: Layouts = ()
        self.list = ChoiceList(look, name="labels_list", spoken=tr("店内码"))
        self.prefix = Field(look, tr("前缀"), name="labels_prefix")
        self.prefix.edit.setMaxLength(2)
        held = [Segment(each, held_name(each)) for each in HELD]
        self.holds = Segments(look, held, name="labels_holds", spoken=tr("里面是"))
        self.item = self._digits(tr("商品号位数"), "labels_item", 1, MOST_DIGITS)
        self.value = self._digits(tr("价钱或重量位数"), "labels_value", 1, MOST_DIGITS)
        self.places = self._digits(tr("小数位数"), "labels_places", 0, 3)
        self.has_check = self._tile(tr("价钱前另有校验位"), "labels_value_check")
        self.is_checked = self._tile(tr("末位是校验位"), "labels_checked")
        self.picture = LabelPicture(look, name="labels_picture")
        self.said = Said(look, name="labels_said")
        self.remove = Button(look, tr("不用这个版式"), key="Del", name="labels_remove")
        self.keep = Button(
            look,
            tr("这样读"),
            kind="primary",
            key="Enter",
            height=look.sizes.control,
            name="labels_keep",
        )
        self.set_body(self._body(), Foot(look, self.keep, left=[self.remove], said=self.said))
        self.list.moved.connect(self._on_moved)
        self.prefix.changed.connect(lambda _text: self._turn())
        self.prefix.submitted.connect(self._on_keep)
        self.holds.chosen.connect(self._on_holds)
        for segments in (self.item, self.value, self.places):
            segments.chosen.connect(lambda _name: self._turn())
        for tile in (self.has_check, self.is_checked):
            tile.toggled.connect(lambda _on: self._turn())
        self.keep.clicked.connect(self._on_keep)
        self.remove.clicked.connect(self._on_remove)

    def _digits(self, spoken: str, name: str, first: int, last: int) -> Segments:
        numbers = [Segment(str(each), str(each)) for each in range(first, last + 1)]
        return Segments(self._look, numbers, name=name, spoken=spoken)

    def _tile(self, words: str, name: str) -> Tile:
        return Tile(self._look, words, height=self._look.sizes.control, name=name)

    def _body(self) -> QWidget:
        look = self._look
        body = ListForm(look, self.list, widths=WIDTHS, edges=(4, 16), gaps=(2, 4))
        right = body.form
        self.prefix.setFixedWidth(PREFIX)
        first = QHBoxLayout()
        first.setSpacing(look.space[3])
        first.addWidget(self.prefix)
        first.addWidget(self._named(self.holds))
        first.addWidget(self._named(self.places))
        first.addStretch(1)
        right.addLayout(first)
        for segments in (self.item, self.value):
            right.addWidget(self._named(segments))
        checks = QHBoxLayout()
        checks.setSpacing(look.space[2])
        checks.addWidget(self.is_checked)
        checks.addWidget(self.has_check)
        right.addLayout(checks)
        right.addWidget(self.picture)
        right.addStretch(1)
        return body

    def _named(self, segments: Segments) -> QWidget:
        named = QWidget()
        column = QVBoxLayout(named)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[1])
        column.addWidget(Words(self._look, segments.accessibleName(), "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(segments)
        row.addStretch(1)
        column.addLayout(row)
        return named

    # What is shown

    def show_layouts(self, layouts: Layouts, chosen: str = "") -> None:
        """All that hold; the one of a prefix, or the first, is chosen."""
        self._layouts = layouts
        rows = [
            Choice(
                layout.prefix,
                f"{layout.prefix}　{held_name(layout.holds)}",
                layout_facts(layout),
                tr("门店") if is_own else tr("规则册"),
                icon="scan",
            )
            for layout, is_own in layouts
        ]
        at = next((at for at, row in enumerate(rows) if row.key == chosen), 0)
        if self.isHidden():
            self.open(self.prefix.edit)
        self.list.show_rows(rows, current=at)
        if not rows:
            self._fill(FRESH, is_own=False)

    def _fill(self, layout: LabelCode, *, is_own: bool) -> None:
        self.prefix.set_text(layout.prefix)
        self.holds.set_current(layout.holds)
        self.item.set_current(str(layout.item_digits))
        self.value.set_current(str(layout.value_digits))
        self.places.set_current(str(layout.places))
        self.has_check.set_chosen(layout.has_value_check)
        self.is_checked.set_chosen(layout.is_checked)
        self.remove.setEnabled(is_own)
        self._turn()

    @property
    def layout_wanted(self) -> LabelCode:
        """As it stands in the form, possible or not."""
        holds, places = self.holds.current(), int(self.places.current())
        usual = LabelCode("20", holds).places
        return LabelCode(
            prefix=self.prefix.text(),
            holds=holds,
            item_digits=int(self.item.current()),
            value_digits=int(self.value.current()),
            is_checked=self.is_checked.isChecked(),
            decimals=USUAL if places == usual else places,
            has_value_check=self.has_check.isChecked(),
        )

    def _on_holds(self, holds: str) -> None:
        """Fen or grams, as most scales print them."""
        self.places.set_current(str(LabelCode("20", holds).places))
        self._turn()

    def _turn(self) -> None:
        """Something in the form is otherwise."""
        self.picture.show_layout(self.layout_wanted)
        self.said.say(tr("扫一张秤打的标签，看这样读对不对。"))

    # What the person does

    def take_scan(self, text: str) -> bool:
        """A label is tried, never sold, while this lies open."""
        digits, layout = clean(text), self.layout_wanted
        label = read_code(digits, (layout,)).label
        if label is None:
            self.picture.show_layout(layout)
            self.said.say(tr("{code} 这样读不出来。", code=digits), is_wrong=True)
            return True
        self.picture.show_layout(layout, digits)
        value = label.value
        words = {
            "price": tr("商品号 {item}，价钱 {price}", item=label.item, price=format_money(value)),
            "weight": tr(
                "商品号 {item}，重量 {weight} 千克", item=label.item, weight=format_quantity(value)
            ),
        }
        self.said.say(words[layout.holds])
        return True

    def _on_moved(self, prefix: object) -> None:
        for layout, is_own in self._layouts:
            if layout.prefix == prefix:
                self._fill(layout, is_own=is_own)

    def _on_keep(self) -> None:
        self.kept.emit(self.layout_wanted)

    def _on_remove(self) -> None:
        prefix = self.list.current_key()
        if prefix is not None:
            self.removed.emit(str(prefix))
