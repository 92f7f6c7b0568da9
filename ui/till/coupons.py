"""券码: codes of a coupon are issued, kept and printed; what was issued is withdrawn.

    issued(offer, count, card_no, since, until)   withdrawn(code, is_batch)
    batches_asked()   what was issued before      batch_chosen(id)   one of them again
    tabled()   as a table      filed()   each as a PDF      printed()   on the receipt printer

Answer with `show_issued`, `show_withdrawn` or `said.say`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.catalog.barcode import clean
from core.rulebook.offers import CouponOffer
from ui.coupon_words import worth_words
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.list_form import ListForm
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile

SIZE = (960, 600)
WIDTHS = ((1000, 336), (800, 288), (0, 200))
ISSUE, BATCHES, WITHDRAW = "issue", "batches", "withdraw"


class CouponsSheet(Sheet):
    """Coupons at the left; what is done with codes of the chosen one at the right."""

    shows_scans = True
    issued = Signal(str, str, str, object, object)
    withdrawn = Signal(str, bool)
    batches_asked = Signal()
    batch_chosen = Signal(object)
    tabled = Signal()
    filed = Signal()
    printed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("券码"), size=SIZE, name="coupons")
        self.offers = ChoiceList(look, name="coupons_offers", spoken=tr("券"))
        self.what = Segments(
            look,
            [
                Segment(ISSUE, tr("发券码")),
                Segment(BATCHES, tr("发过的")),
                Segment(WITHDRAW, tr("收回券码")),
            ],
            name="coupons_what",
            spoken=tr("做什么"),
        )
        example = tr("例如 2026-11-01")
        self.count = Field(look, tr("发几张"), name="coupons_count")
        self.card = Field(
            look, tr("给哪位会员（卡号）"), placeholder=tr("空着：谁都能用"), name="coupons_card"
        )
        self.since = Field(look, tr("起用日"), placeholder=example, name="coupons_since")
        self.until = Field(look, tr("截止日，含"), placeholder=example, name="coupons_until")
        self.code = Field(look, tr("券码：扫一张"), name="coupons_code")
        self.batch = Tile(
            look, tr("和它同一次发的全部"), height=look.sizes.control, name="coupons_batch"
        )
        self.batches = ChoiceList(look, name="coupons_batches", spoken=tr("发过的"))
        self.codes = ChoiceList(look, name="coupons_codes", spoken=tr("发出来的券码"))
        self.said = Said(look, name="coupons_said")
        self.table = Button(look, tr("存表格…"), icon="export", name="coupons_table")
        self.file = Button(look, tr("存 PDF"), name="coupons_file")
        self.print = Button(look, tr("打印"), icon="printer", name="coupons_print")
        self.done = Button(
            look, "", kind="primary", key="Enter", height=look.sizes.control, name="coupons_done"
        )
        self._is_lost, self._is_sure = False, False
        self._left_behind = ""
        keep = (self.table, self.file, self.print)
        self.set_body(self._body(), Foot(look, *keep, self.done, said=self.said))
        self._connect()

    def _body(self) -> QWidget:
        look = self._look
        self._halves = body = ListForm(look, self.offers, widths=WIDTHS)
        right = body.form
        kinds = QHBoxLayout()
        kinds.addWidget(self.what)
        kinds.addStretch(1)
        right.addLayout(kinds)
        for fields in ((self.count, self.card), (self.since, self.until)):
            row = QHBoxLayout()
            row.setSpacing(look.space[3])
            for field in fields:
                row.addWidget(field, 1)
            right.addLayout(row)
        right.addWidget(self.code)
        right.addWidget(self.batch)
        right.addWidget(self.batches, 1)
        right.addWidget(self.codes, 1)
        self._room = QWidget()
        right.addWidget(self._room, 1)
        return body

    def _connect(self) -> None:
        self.what.chosen.connect(self._on_what)
        self.offers.moved.connect(lambda _offer: self._forget())
        self.offers.chosen.connect(lambda _offer: self.count.focus())
        for field in (self.count, self.card, self.since, self.until, self.code):
            field.submitted.connect(self._on_done)
        self.batches.chosen.connect(self.batch_chosen)
        self.batches.moved.connect(self._on_batch_moved)
        self.done.clicked.connect(self._on_done)
        self.table.clicked.connect(self.tabled)
        self.file.clicked.connect(self.filed)
        self.print.clicked.connect(self.printed)

    # What is shown

    def begin(self, offers: Sequence[CouponOffer]) -> None:
        """The coupons that have codes of their own."""
        rows = [Choice(each.id, each.name, worth_words(each), icon="coupon") for each in offers]
        self.count.set_text("1")
        for field in (self.card, self.since, self.until, self.code):
            field.set_text("")
        self.batch.set_chosen(False)
        if self.isHidden():
            self.open()
        self.offers.show_rows(rows)
        self.what.set_current(ISSUE)
        self._on_what(ISSUE)

    def show_issued(self, codes: Sequence[str], words: str, *, can_print: bool) -> None:
        """The codes that are there from now on."""
        self._left_behind = ""
        self._leave_behind()
        self.codes.show_rows([Choice(code, code, icon="coupon") for code in codes])
        self._show_codes(True)
        self.print.setEnabled(can_print)
        self.said.say(f"{words} {self._left_behind}".strip(), is_wrong=bool(self._left_behind))
        self._left_behind = ""
        self._is_lost = True
        # codes are money: the next ones want a number of their own, Enter alone makes none
        self.count.set_text("")
        self.codes.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_batches(self, rows: Sequence[Choice]) -> None:
        """What was issued last: each can be kept, printed and withdrawn again."""
        self.batches.show_rows(rows)
        if rows:
            self.batches.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.said.say(tr("还没有发过券码。"))

    def show_batch(self, codes: Sequence[str], words: str, *, can_print: bool) -> None:
        """The codes of one that can still be used."""
        self._is_sure = False
        self.codes.show_rows([Choice(code, code, icon="coupon") for code in codes])
        self._show_codes(bool(codes))
        self.print.setEnabled(bool(codes) and can_print)
        self.done.setEnabled(bool(codes))
        self.said.say(words)

    def keep(self) -> None:
        """They are on paper or in a file by now."""
        self._is_lost = False

    def give_up(self) -> None:
        """Codes are money, and shown once: whoever leaves without them is asked once."""
        if self._is_lost:
            self._is_lost = False
            words = tr("发出来的券码还没有存，也没有打。要关，再按一次 Esc；以后在“发过的”里找。")
            self.said.say(words, is_wrong=True)
        else:
            super().give_up()

    def show_withdrawn(self, words: str) -> None:
        """The codes are worth nothing; the next one can be scanned."""
        self.code.set_text("")
        if self.what.current() == BATCHES:
            self._on_what(BATCHES)
        else:
            self.code.focus()
        self.said.say(words)

    def _forget(self) -> None:
        """Another coupon or batch: the codes that stood there were another's.

        Where nobody kept them it is said where they are, until something else is done.
        """
        self._leave_behind()
        self._show_codes(False)
        self._is_lost, self._is_sure = False, False
        what, none = self.what.current(), tr("规则册里没有一次用的券。")
        is_without = what == ISSUE and self.offers.current_key() is None
        self.done.setEnabled(what != BATCHES and not is_without)
        words = none if is_without else self._left_behind
        self.said.say(words, is_wrong=bool(self._left_behind) and not is_without)

    def _leave_behind(self) -> None:
        if self._is_lost:
            words = "前面的 {count} 张还没有存，也没有打。在“发过的”里能找到。"
            self._left_behind = tr(words, count=len(self.codes.rows()))

    def _show_codes(self, is_shown: bool) -> None:
        has_batches = self.what.current() == BATCHES
        self.codes.setVisible(is_shown)
        self.batches.setVisible(has_batches)
        self._room.setVisible(not is_shown and not has_batches)
        for button in (self.table, self.file, self.print):
            button.setEnabled(is_shown)

    # What the person does

    def take_scan(self, text: str) -> bool:
        """A member's card where codes are issued, a code where one is withdrawn."""
        field = self.card if self.what.current() == ISSUE else self.code
        field.set_text(clean(text))
        field.focus()
        return True

    def _on_batch_moved(self, _batch: object) -> None:
        if not self.codes.isHidden():
            self._forget()

    def _on_what(self, what: str) -> None:
        is_issuing, is_withdrawing = what == ISSUE, what == WITHDRAW
        for field in (self.count, self.card, self.since, self.until):
            field.setVisible(is_issuing)
        for button in (self.table, self.file, self.print):
            button.setVisible(not is_withdrawing)
        self.code.setVisible(is_withdrawing)
        self.batch.setVisible(is_withdrawing)
        self._halves.show_list(is_issuing)  # what was issued is of any of them
        words = {ISSUE: tr("发券码"), BATCHES: tr("收回这一批"), WITHDRAW: tr("收回券码")}
        self.done.set_label(words[what])
        self.done.set_key("" if what == BATCHES else "Enter")  # there Enter chooses a batch
        self._forget()
        self._left_behind = ""
        if what == BATCHES:
            self.batches_asked.emit()
        else:
            (self.count if is_issuing else self.code).focus()

    def _on_done(self) -> None:
        if self.what.current() == BATCHES:
            self._withdraw_batch()
            return
        if self.what.current() == WITHDRAW:
            if self.code.text():
                self.withdrawn.emit(self.code.text(), self.batch.isChecked())
            return
        days = [self._day(field) for field in (self.since, self.until)]
        if self.done.isEnabled() and False not in days:
            offer = str(self.offers.current_key())
            self.issued.emit(offer, self.count.text(), self.card.text(), *days)

    def _withdraw_batch(self) -> None:
        """One press more than a slip of the finger."""
        rows = self.codes.rows()
        if self._is_sure and rows:
            self.withdrawn.emit(str(rows[0].key), True)
            return
        self._is_sure = True
        words = tr("这 {count} 张收回了就不能再用。要收回，再按一次。", count=len(rows))
        self.said.say(words, is_wrong=True)

    def _day(self, field: Field) -> date | bool | None:
        """The day that is written, None for none, False for what is no day."""
        if not field.text():
            return None
        try:
            return date.fromisoformat(field.text())
        except ValueError:
            field.set_problem(bad_day_words())
            field.focus()
            return False
