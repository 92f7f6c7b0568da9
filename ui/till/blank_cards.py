"""空白卡: numbered cards for members to come, as a file or on the system's printer.

    filed(count, on_pages)   printed(count, on_pages)

Answer with `show_cards` or `said.say`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from core.actions.print_cards import MOST_CARDS
from core.errors import BadCardCount
from ui.devices import sound
from ui.look import Look
from ui.text import sentence, tr
from ui.till import keys
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (640, 400)
SIDE = 24
SINGLE, A4 = "single", "a4"


class BlankCardsSheet(Sheet):
    """How many, and how they lie on paper. The same cards stay until another number is written."""

    filed = Signal(int, bool)
    printed = Signal(int, bool)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("空白卡"), size=SIZE, name="blank_cards")
        words = tr("卡号接着本台的往下编，每个只发一次；入会、换卡时扫它，就是会员的卡。")
        self.words = Words(look, words, "body", "ink_2", wraps=True, name="blank_cards_words")
        self.count = Field(look, tr("要几张"), name="blank_cards_count")
        self.pages = Segments(
            look,
            [Segment(A4, tr("A4 每页十张，带裁切线")), Segment(SINGLE, tr("卡片，一页一张"))],
            name="blank_cards_pages",
            spoken=tr("怎么印"),
        )
        self.said = Said(look, name="blank_cards_said")
        height = look.sizes.control
        self.print = Button(
            look, tr("打印"), icon="printer", key=keys.REPRINT, height=height,
            name="blank_cards_print",
        )  # fmt: skip
        self.file = Button(
            look, tr("存 PDF"), kind="primary", key="Enter", height=height,
            name="blank_cards_file",
        )  # fmt: skip
        self.set_body(self._body(look), Foot(look, self.print, self.file, said=self.said))
        self.count.changed.connect(lambda _text: self.said.say(""))
        self.count.submitted.connect(lambda: self._ask(self.filed))
        self.file.clicked.connect(lambda: self._ask(self.filed))
        self.print.clicked.connect(lambda: self._ask(self.printed))

    def _body(self, look: Look) -> QWidget:
        body, kinds = QWidget(), QHBoxLayout()
        kinds.addWidget(self.pages)
        kinds.addStretch(1)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[4])
        column.addWidget(self.words)
        column.addWidget(self.count)
        column.addLayout(kinds)
        column.addStretch(1)
        return body

    def begin(self) -> None:
        """A page of ten."""
        self.pages.set_current(A4)
        self.count.set_text("10")
        self.said.say("")
        if self.isHidden():
            self.open()
        self.count.focus()

    def show_cards(self, first: str, last: str, count: int) -> None:
        """They have their numbers, whatever becomes of the file."""
        words = tr("{count} 张，{first} 到 {last}。", count=f"{count:,}", first=first, last=last)
        self.said.say(words)

    def _ask(self, how: SignalInstance) -> None:
        text = self.count.text()
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not 0 < count <= MOST_CARDS:
            sound.play_error()
            self.count.set_problem(sentence(BadCardCount(count, MOST_CARDS)))
            self.count.focus()
            return
        how.emit(count, self.pages.current() == A4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps them, wherever the keys are; on a button it is that button's."""
        if event.key() in ENTER and not isinstance(QApplication.focusWidget(), QAbstractButton):
            event.accept()
            if not event.isAutoRepeat():
                self._ask(self.filed)
        else:
            super().keyPressEvent(event)
