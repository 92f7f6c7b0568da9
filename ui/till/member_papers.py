"""给会员打印: a statement of some days, or the coupons that a member holds, as they come out.

    chosen(what)   month · quarter · year · coupons · card
    printed()      on paper      filed()   as PDF

Answer with `show_strip`, `show_card` or `show_nothing`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.devices.dots import Dots
from ui.devices.marks import Leaf
from ui.equipment.leaf_preview import LeafPreview
from ui.look import Look
from ui.text import tr
from ui.till.paper_preview import PaperPreview
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet

SIZE = (600, 700)
SIDE = 24


class MemberPapersSheet(Sheet):
    """What is wanted above, the strip below it; Enter prints."""

    chosen = Signal(str)
    printed = Signal()
    filed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        title = tr("给会员打印")
        super().__init__(look, window, title, size=SIZE, name="member_papers")
        self.what = Segments(
            look,
            [
                Segment("month", tr("本月对账")),
                Segment("quarter", tr("三个月")),
                Segment("year", tr("本年")),
                Segment("coupons", tr("优惠券")),
                Segment("card", tr("会员卡")),
            ],
            name="member_papers_what",
            spoken=title,
        )
        self.preview = PaperPreview(look, name="member_papers_strip")
        self.card = LeafPreview(look, name="member_papers_card")
        self.said = Said(look, name="member_papers_said")
        self.file = Button(look, tr("存 PDF"), name="member_papers_file")
        self.print = Button(
            look,
            tr("打印"),
            kind="primary",
            icon="printer",
            key="Enter",
            height=look.sizes.choice,
            name="member_papers_print",
        )
        self.set_body(self._body(), Foot(look, self.file, self.print, said=self.said))
        self.what.chosen.connect(self.chosen)
        self.print.clicked.connect(self.printed)
        self.file.clicked.connect(self.filed)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 12, SIDE, 0)
        column.setSpacing(self._look.space[3])
        column.addWidget(self.what)
        self._strip = Scroll(self.preview)
        column.addWidget(self._strip, 1)
        column.addWidget(self.card, 1)
        return body

    def begin(self, name: str, what: str = "month", *, has_coupons: bool) -> None:
        """For a member, masked; those without coupons are not offered any."""
        self.set_titles(tr("给会员打印"), name)
        coupons = self.what.findChild(QWidget, "member_papers_what_coupons")
        if coupons is not None:
            coupons.setEnabled(has_coupons)
        self.what.set_current(what)
        self.show_nothing("")
        if self.isHidden():
            self.open()
        self.what.focus()

    def show_strip(self, dots: Dots, width_mm: int, spoken: str, *, can_print: bool) -> None:
        """What would be printed; without a printer it can be kept as a file."""
        self._show(card=False)
        self.preview.setVisible(True)
        self.preview.show_strip(dots, width_mm, spoken)
        self.print.setEnabled(can_print)
        self.file.setEnabled(True)
        (self.print if can_print else self.file).setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.say("" if can_print else tr("没有打印机：可以存 PDF。"))

    def show_card(self, leaf: Leaf) -> None:
        """The member's card; it goes to the printer of the system."""
        self._show(card=True)
        self.card.show_leaf(leaf)
        self.print.setEnabled(True)
        self.file.setEnabled(True)
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.say(tr("卡片从系统的打印机出来，不是小票打印机。"))

    def _show(self, *, card: bool) -> None:
        self._strip.setVisible(not card)
        self.card.setVisible(card)

    def show_nothing(self, sentence: str) -> None:
        """Why there is nothing to print."""
        self._show(card=False)
        self.preview.setVisible(False)
        self.print.setEnabled(False)
        self.file.setEnabled(False)
        self.said.say(sentence, is_wrong=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            (self.file if self.file.hasFocus() else self.print).click()
            event.accept()
        else:
            super().keyPressEvent(event)
