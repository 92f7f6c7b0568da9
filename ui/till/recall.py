"""取单: the held baskets, oldest first; Enter or a tap takes one up.

recalled(sale_id), discarded(sale_id)   answer with `shut`, `show_rows` or `show_error`;
                                        `show_asking` where the answer takes a while
slip_asked(sale_id)                     answer with `say_printed`
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.actions.serve import clean_scan
from core.sales.held import held_no, read_held_no
from ui.look import Look
from ui.text import tr
from ui.till.keys import REPRINT
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.empty import Empty
from ui.widgets.list_body import ListBody
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (720, 560)


class RecallSheet(Sheet):
    """A list, and two things to do with its current row."""

    recalled = Signal(object)
    discarded = Signal(object)
    slip_asked = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("取单"), size=SIZE, name="recall")
        self.list = ChoiceList(look, name="recall_list", spoken=tr("挂着的单"))
        self.none = Empty(look, tr("没有挂单"), tr("结账前按 F6，把本单先放一放。"))
        self.said = Said(look, name="recall_problem")
        self.discard = Button(look, tr("丢弃"), key="Del", name="recall_discard")
        self.take = Button(
            look,
            tr("取回"),
            kind="primary",
            key="Enter",
            height=look.sizes.choice,
            name="recall_take",
        )
        self.take.setMinimumWidth(176)
        self.slip = Button(look, tr("打条子"), icon="printer", key=REPRINT, name="recall_slip")
        self._asked: object = None
        self._is_waiting = False
        deeds = (self.slip, self.discard, self.take)
        self._body = ListBody(look, self.list, self.none, deeds, said=self.said)
        self.set_body(self._body)
        self.list.chosen.connect(self._recall)
        self.list.moved.connect(self._on_moved)
        self.take.clicked.connect(lambda: self._recall(self.list.current_key()))
        self.discard.clicked.connect(self._on_discard)
        self.slip.clicked.connect(lambda: self.slip_asked.emit(self.list.current_key()))

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """Show what is held now, and open."""
        here = self.list.currentIndex().row() if self.isVisible() else 0
        if self.isHidden():
            self._is_waiting = False
        self._withdraw()
        self.list.show_rows(rows, current=here)
        self._body.show_list(bool(rows))
        self._enable()
        count = tr("{count} 单，最早的在上面", count=len(rows)) if rows else ""
        self.set_titles(tr("取单"), count)
        if self.isHidden():
            self.open(self.list if rows else None)
        elif rows and not self.list.hasFocus():
            self.list.setFocus()  # what others hold has come into an empty list

    def take_scan(self, text: str) -> bool:
        """The slip of a basket that lies here takes it up; anything else waits."""
        no = read_held_no(clean_scan(text))
        for row in self.list.rows():
            if no and isinstance(row.key, UUID) and held_no(row.key) == no:
                self._recall(row.key)
                return True
        return False

    def show_asking(self) -> None:
        """The server is asked whether nobody else has taken it: it is asked once."""
        self._is_waiting, self._asked = True, None
        self.said.say(tr("正在问总部，别的收银台有没有取走…"))
        self._enable()

    def show_error(self, sentence: str) -> None:
        """Why it could not be done."""
        self._is_waiting, self._asked = False, None
        self.said.say(sentence, is_wrong=True)
        self._enable()

    def say_printed(self) -> None:
        """Its paper is on its way to the printer."""
        self._withdraw()
        self.said.say(tr("挂单条在打，上面有码。"))

    def _recall(self, key: object) -> None:
        if key is not None and not self._is_waiting:
            self.recalled.emit(key)

    def _enable(self) -> None:
        """Nothing is done with a row while one is asked for."""
        can = bool(self.list.rows()) and not self._is_waiting
        for button in (self.take, self.discard, self.slip):
            button.setEnabled(can)

    def _on_discard(self) -> None:
        """Asked for twice, or it is a slip of the finger."""
        key = self.list.current_key()
        if key is not None and key == self._asked:
            self._withdraw()
            self.discarded.emit(key)
        elif key is not None:
            self._asked = key
            self.said.say(tr("丢弃后这一单就没有了，商品要重新扫。再按一次 Del 丢弃。"))
            self.said.set_role("ink")

    def _on_moved(self, _key: object) -> None:
        self._withdraw()

    def _withdraw(self) -> None:
        self._asked = None
        if not self._is_waiting:
            self.said.say("")
