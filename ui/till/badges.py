"""工牌: who has which badge; a new one is given out, taken back, printed.

    given(name, code)   an empty code: a fresh one      taken(name)
    asked(name)         show the badge                  filed()   printed()

Answer with `show_people`, `show_badge` or `said.say`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.catalog.barcode import clean
from core.trust.staff import Staff
from ui.devices.marks import Leaf
from ui.equipment.leaf_preview import LeafPreview
from ui.look import Look
from ui.text import role_name, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.list_form import ListForm
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (940, 560)
WIDTHS = ((1000, 400), (0, 320))
People = Sequence[tuple[Staff, bool]]


class BadgesSheet(Sheet):
    """Everybody who works here at the left; Enter in the field gives who has none a badge.

    An earlier badge is worth nothing once there is another: only the button replaces it, or the
    code of the new one in the field.
    """

    shows_scans = True
    given = Signal(str, str)
    taken = Signal(str)
    asked = Signal(str)
    filed = Signal()
    printed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("工牌"), size=SIZE, name="badges")
        self._has_badge: dict[object, bool] = {}
        self.list = ChoiceList(look, name="badges_list", spoken=tr("员工"))
        self.field = Field(
            look,
            tr("工牌的码"),
            placeholder=tr("扫一张现成的，空着就发新的"),
            name="badges_field",
        )
        self.preview = LeafPreview(look, name="badges_preview")
        self.said = Said(look, name="badges_said")
        self.take = Button(look, tr("收回"), key="Del", name="badges_take")
        self.show_it = Button(look, tr("看工牌"), icon="eye", name="badges_show")
        self.file = Button(look, tr("存 PDF"), key="Ctrl+S", name="badges_file")
        self.print = Button(look, tr("打印"), icon="printer", key="Ctrl+P", name="badges_print")
        self.give = Button(
            look,
            tr("发工牌"),
            kind="primary",
            key="Enter",
            height=look.sizes.control,
            name="badges_give",
        )
        foot = Foot(look, self.file, self.print, left=[self.take, self.show_it], said=self.said)
        self.set_body(self._body(), foot)
        self.list.moved.connect(lambda _name: self._turn())
        self.list.chosen.connect(lambda _name: self.field.focus())
        self.field.submitted.connect(self._on_enter)
        self.give.clicked.connect(self._on_give)
        self.take.clicked.connect(lambda: self.taken.emit(self.chosen))
        self.show_it.clicked.connect(lambda: self.asked.emit(self.chosen))
        self.file.clicked.connect(self.filed)
        self.print.clicked.connect(self.printed)

    def _body(self) -> QWidget:
        body = ListForm(self._look, self.list, widths=WIDTHS)
        right = body.form
        right.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.give)
        right.addLayout(row)
        right.addWidget(self.preview, 1)
        return body

    # What is shown

    def show_people(self, people: People, chosen: str = "") -> None:
        """Who works here, each with whether they have a badge."""
        self._has_badge = {person.name: has_badge for person, has_badge in people}
        rows = [
            Choice(
                person.name,
                person.name,
                role_name(person.role),
                tr("有工牌") if has_badge else "",
                icon="user",
            )
            for person, has_badge in people
        ]
        at = next((at for at, row in enumerate(rows) if row.key == chosen), 0)
        self.field.set_text("")
        if self.isHidden():
            self.open(self.field.edit)
        self.list.show_rows(rows, current=at)
        self._turn()

    def show_badge(self, leaf: Leaf) -> None:
        """How it comes out of the printer."""
        self.preview.show_leaf(leaf)
        self.file.setEnabled(True)
        self.print.setEnabled(True)

    @property
    def chosen(self) -> str:
        """The name that is chosen, "" for nobody."""
        return str(self.list.current_key() or "")

    def _turn(self) -> None:
        """Another person: what was shown was somebody else's."""
        has_badge = self._has_badge.get(self.chosen, False)
        self.take.setEnabled(has_badge)
        self.show_it.setEnabled(has_badge)
        self.give.set_label(tr("换一张新的") if has_badge else tr("发工牌"))
        self.give.set_key_shown(not has_badge)
        self.preview.show_leaf(None)
        self.file.setEnabled(False)
        self.print.setEnabled(False)
        self.said.say(tr("锁屏时扫工牌就选好了人，PIN 照样要输。"))

    # What the person does

    def take_scan(self, text: str) -> bool:
        """A badge that the shop has already."""
        self.field.set_text(clean(text))
        self.field.focus()
        return True

    def _on_enter(self) -> None:
        if self._has_badge.get(self.chosen, False) and not self.field.text():
            words = tr(
                "{name} 已经有工牌。要换就按“换一张新的”，原来那张就不能用了。", name=self.chosen
            )
            self.said.say(words, is_wrong=True)
        else:
            self._on_give()

    def _on_give(self) -> None:
        if self.chosen:
            self.given.emit(self.chosen, self.field.text())
