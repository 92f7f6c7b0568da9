"""找单: one field for all that is still known of a sale, how far back, and the sales that are it.

looked_for(text, days)   answer with `show_found` or `show_problem`; only the last question counts
moved(no)                the current row, None for none
chosen(no)               a row was pressed, or Enter where nothing newer is being looked for
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.find_sales import EVER
from ui.look import Look
from ui.text import tr
from ui.till.found_state import FoundState
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.empty import Empty
from ui.widgets.field import Field
from ui.widgets.list_body import ListBody
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

TYPING_MS = 120
"""Who still types is not asked for yet."""
SPANS = {"today": 1, "week": 7, "month": 31, "ever": EVER}


class SaleFinder(QWidget):
    """Typing looks for sales; ↑ ↓ go through them; Enter takes the one that is current."""

    looked_for = Signal(str, int)
    moved = Signal(object)
    chosen = Signal(object)

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self._is_fresh = self._is_wanted = False
        self._scanned: str | None = None
        self.search = Field(
            look,
            tr("扫小票、会员卡或商品；或输还知道的，可以几个词"),
            placeholder=tr("单号、手机、姓名、金额，或 11-20"),
            name=f"{name}_find",
        )
        self.span = Segments(look, _spans(), name=f"{name}_span", spoken=tr("找哪些天"))
        self.note = Words(look, "", "small", "ink_2", elides=True, name=f"{name}_note")
        self.list = ChoiceList(look, name=f"{name}_list", spoken=tr("找到的单"))
        self.none = Empty(look, "", margins=(24, 24, 24, 16), name=f"{name}_none")
        self._body = ListBody(look, self.list, self.none)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._wait.timeout.connect(self._ask)
        self.search.changed.connect(self._on_typed)
        self.search.submitted.connect(self.take)
        self.list.step_from(self.search.edit)
        self.span.chosen.connect(lambda _name: self._ask())
        self.list.moved.connect(self.moved)
        self.list.chosen.connect(self.chosen)
        self._arrange(look)

    def _arrange(self, look: Look) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 0)
        head.setSpacing(look.space[2])
        for widget in (self.search, self.span, self.note):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.radii.dialog)  # the paper keeps its corner
        column.setSpacing(look.space[2])
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self.note.hide()

    def begin(self) -> None:
        """Today's sales, before anything is typed."""
        self.span.set_current("today")
        self.search.set_text("")
        self._ask()

    def look_for(self, text: str) -> None:
        """What was scanned; shown once it is known to be nothing that must be kept nowhere."""
        self._scanned = text
        self._ask()

    def show_found(self, found: FoundState) -> None:
        """The answer to the last question."""
        if self._scanned is not None:
            self.search.edit.setText(self._scanned)
            self._wait.stop()
        self._is_fresh, self._scanned = True, None
        self.note.setText(found.note)
        self.note.setVisible(bool(found.note))
        if not found.rows:
            self.none.set_words(*self._nothing())
        self._show(found.rows)
        is_wanted, self._is_wanted = self._is_wanted, False
        if is_wanted and found.rows:
            self.take()

    def show_problem(self, sentence: str, *, forgets: bool = False) -> None:
        """Why nothing could be looked for; `forgets`: what was typed must stand nowhere."""
        if forgets:
            self.search.set_text("")
        self._is_wanted, self._scanned = False, None
        self.search.set_problem(sentence)

    def take(self) -> None:
        """The current sale, once what was typed has been looked for."""
        if not self._is_fresh:
            self._is_wanted = True
            self._ask()
        elif self.list.current_key() is not None:
            self.chosen.emit(self.list.current_key())

    @property
    def is_looking(self) -> bool:
        """Whether what stands in the list is not yet the answer to what was typed or scanned."""
        return not self._is_fresh

    def is_whole_number(self, no: str) -> bool:
        """Whether this number was typed or scanned whole: the receipt is there."""
        return self.search.text().casefold() == no.casefold()

    def _show(self, rows: Sequence[Choice]) -> None:
        self._body.show_list(bool(rows))
        self.list.show_rows(rows)

    def _nothing(self) -> tuple[str, str]:
        if self.search.text():
            return tr("没有找到"), tr("少输一个词，或换一种说法。")
        if self.span.current() == "today":
            return tr("今天还没有卖过"), tr("要找以前的，选 7 天、31 天或全部。")
        return tr("这些天没有卖过"), ""

    def _on_typed(self, _text: str) -> None:
        self._is_fresh = self._is_wanted = False
        self._scanned = None
        self._wait.start()

    def _ask(self) -> None:
        self._wait.stop()
        self._is_fresh = False
        text = self.search.text() if self._scanned is None else self._scanned
        self.looked_for.emit(text, SPANS[self.span.current()])


def _spans() -> list[Segment]:
    return [
        Segment("today", tr("今日")),
        Segment("week", tr("7 天")),
        Segment("month", tr("31 天")),
        Segment("ever", tr("全部")),
    ]
