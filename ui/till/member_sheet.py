"""会员: the member at the counter: notes, purchases, tier and benefits, another card, freezing.

    noted(text, is_urgent)   erased(note_id)   frozen(reason)
    replaced(card_no)        "" asks for a number; answer with `say_replaced`, too
    bought(code)             the product goes into the basket
    presented(code)          a coupon of theirs is used, or taken back
    used(code)   given_back(code)    a benefit of the tier, once
    signed_up(id) came(id)   dropped_out(id)    of an activity
behaved(code)            points for what the member did      rewards_asked   积分兑换
    withdrew   agreed        consent, taken back or given
    papers_asked             a statement, or the coupons, on paper

Answer with `show_member`, `shut` or `show_error`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from core.catalog.barcode import clean
from core.members.masks import mask_card
from core.members.standing import LONGEST_NOTE
from core.values.gtin import EAN_13, is_article
from ui.consent_text import ConsentState
from ui.look import Look
from ui.text import tr
from ui.till.behaviour_bar import BehaviourBar
from ui.till.member_consent import MemberConsent
from ui.till.member_sheet_state import MemberSheetState
from ui.till.member_side import MemberSide
from ui.widgets.button import Button
from ui.widgets.choices import ChoiceList
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Rule, Words

SIZE = (920, 560)
SIDE = 24
BESIDE = 16  # the edge of the window, and the bar of what scrolls
SIDE_BY_SIDE = QBoxLayout.Direction.LeftToRight
LEAST_NOTES = 56  # one of them: a low window scrolls what is more
NOTE, CARD, FREEZE, CONSENT = "note", "card", "freeze", "consent"
MARK_KEY, REWARDS_KEY, ERASE_KEY = Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_Delete


class MemberSheet(Sheet):
    """Notes at the left, what is known at the right; one field takes what is chosen above it."""

    noted = Signal(str, bool)
    erased = Signal(object)
    replaced = Signal(str)
    frozen = Signal(str)
    bought = Signal(str)
    presented = Signal(str)
    used = Signal(str)
    given_back = Signal(str)
    behaved = Signal(str)
    signed_up = Signal(object)
    came = Signal(object)
    dropped_out = Signal(object)
    withdrew = Signal()
    agreed = Signal()
    rewards_asked = Signal()
    papers_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("会员"), size=SIZE, name="member_sheet")
        self.what = Segments(
            look,
            [
                Segment(NOTE, tr("备注")),
                Segment(CARD, tr("换卡")),
                Segment(FREEZE, tr("冻结")),
                Segment(CONSENT, tr("同意")),
            ],
            name="member_what",
        )
        self.field = Field(look, tr("备注"), name="member_field")
        self.urgent = Tile(
            look,
            tr("一到柜台就提醒"),
            key="F4",
            height=look.sizes.control,
            name="member_urgent",
        )
        self.issue = Tile(
            look,
            tr("没有新卡可扫，发一个卡号"),
            key="F4",
            height=look.sizes.control,
            name="member_issue",
        )
        self.consent = MemberConsent(look)
        self.done = Button(
            look, "", kind="primary", key="Enter", height=look.sizes.choice, name="member_done"
        )
        self.done.setMinimumWidth(176)
        self._marks = {NOTE: self.urgent, CARD: self.issue}
        self._is_replaced = False
        self.notes = ChoiceList(look, name="member_notes", spoken=tr("备注"))
        self.side = MemberSide(look)
        self.no_notes = Words(look, tr("还没有备注"), "body", "ink_2", name="member_no_notes")
        self.erase = Button(look, tr("删去备注"), key="Del", name="member_erase")
        self.behaviours = BehaviourBar(look)
        self.rewards = Button(look, tr("积分兑换"), icon="points", key="F5", name="member_rewards")
        self.papers = Button(look, tr("打印…"), icon="printer", name="member_papers_asked")
        self._consent = ConsentState()
        self._build_body()
        self._fit()
        self.behaviours.done.connect(self.behaved)
        self.rewards.clicked.connect(self.rewards_asked)
        self.papers.clicked.connect(self.papers_asked)
        self.what.chosen.connect(self._on_what)
        self.field.submitted.connect(self._on_done)
        self.done.clicked.connect(self._on_done)
        self.field.changed.connect(self._on_typed)
        self.issue.toggled.connect(self._on_issue)
        self.consent.chosen.connect(self._on_step)
        self.erase.clicked.connect(self._on_erase)
        self.side.bought.connect(self.bought)
        self.side.presented.connect(self.presented)
        self.side.used.connect(self.used)
        self.side.given_back.connect(self.given_back)
        self.side.signed_up.connect(self.signed_up)
        self.side.came.connect(self.came)
        self.side.dropped_out.connect(self.dropped_out)

    def _build_body(self) -> None:
        body, halves, below = QWidget(), QBoxLayout(SIDE_BY_SIDE), QWidget()
        self._halves = halves
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addLayout(self._left(), 1)
        self._between = Rule(self._look, upright=True)
        halves.addWidget(self._between)
        halves.addWidget(self.side, 1)
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.erase)
        foot.addWidget(self.rewards)
        foot.addWidget(self.papers)
        foot.addStretch(1)
        foot.addWidget(self.done)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(halves, 1)
        self._above_behaviours = Rule(self._look)
        column.addWidget(self._above_behaviours)
        column.addWidget(self.behaviours)
        edge = QVBoxLayout(below)
        edge.setContentsMargins(0, 0, 0, 0)
        edge.setSpacing(0)
        edge.addWidget(Rule(self._look))
        edge.addLayout(foot)
        self.set_body(body, below)

    def _left(self) -> QVBoxLayout:
        self._column = column = QVBoxLayout()
        column.addWidget(self.what)
        column.addWidget(self.field)
        column.addWidget(self.urgent)
        column.addWidget(self.issue)
        column.addWidget(self.consent)
        self._notes_stack = self._stack(column, self.notes, self.no_notes)
        return column

    def _stack(self, column: QVBoxLayout, full: QWidget, empty: Words) -> QStackedLayout:
        stack = QStackedLayout()
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (full, empty):
            page.setParent(self.panel)  # never as a window of its own
            page.setMinimumHeight(LEAST_NOTES)
            stack.addWidget(page)
        column.addLayout(stack, 1)
        return stack

    # What is shown

    def begin(self, state: MemberSheetState) -> None:
        """The member who stands at the counter, with an empty field for a note."""
        self._choose(NOTE)
        self.side.begin(has_coupons=bool(state.coupons))
        self.show_member(state)
        if self.isHidden():
            self.open(self.field.edit)

    def show_member(self, state: MemberSheetState) -> None:
        """Show the member as they are now; what was typed was taken."""
        self.set_titles(state.name, state.facts)
        self.field.set_text("")
        self.done.setEnabled(True)
        self.urgent.set_chosen(False)
        self.issue.set_chosen(False)
        self.notes.show_rows(state.notes)
        self._show_notes()
        self._consent = state.consent
        if self.done.hasFocus():
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)  # it is done: no Enter undoes it
        self._show_consent()
        self.side.show_member(state)
        self._lay_halves()
        self.behaviours.show_chances(state.chances)
        self._above_behaviours.setVisible(bool(state.chances))
        self.rewards.setVisible(state.has_rewards)

    def show_error(self, sentence: str) -> None:
        """Why it was not taken; what was typed stays."""
        if self.what.current() == CONSENT:
            self._show_consent(sentence)
            return
        self.done.setEnabled(True)
        self.field.set_problem(sentence)
        self.field.focus()

    def say_replaced(self, old_no: str, new_no: str, *, is_issued: bool) -> None:
        """Another card holds from now on; a number that was issued is said in full."""
        if self.isHidden():
            return
        self._is_replaced = True
        old, new = mask_card(old_no), new_no if is_issued else mask_card(new_no)
        words = tr("新卡号是 {new}，请写在卡上；旧卡 {old} 不能再用。", new=new, old=old)
        if not is_issued:
            words = tr("新卡 {new} 马上能用；旧卡 {old} 不能再用。", new=new, old=old)
        self.say_scan(tr("卡换好了"), words)

    def take_scan(self, text: str) -> bool:
        """A card that is scanned while another card is wanted; goods and all else wait."""
        if self.what.current() != CARD or is_article(clean(text), (EAN_13,)):
            return False
        self.field.set_text(clean(text))
        self.field.focus()
        return True

    # What the person does

    def _choose(self, what: str) -> None:
        self.what.set_current(what)
        self._on_what(what)

    def _on_what(self, what: str) -> None:
        labels = {
            NOTE: (tr("备注"), tr("记下"), LONGEST_NOTE),
            CARD: (tr("新卡号：扫新卡，或输入"), tr("换卡"), 32),
            FREEZE: (tr("为什么冻结"), tr("冻结"), LONGEST_NOTE),
        }
        is_consent = what == CONSENT
        self.shows_scans = what == CARD
        self.field.setVisible(not is_consent)
        self.consent.setVisible(is_consent)
        for each, mark in self._marks.items():
            mark.setVisible(each == what)
        self._show_notes()
        self._is_replaced = False
        self._unsay()
        if is_consent:
            self._show_consent()
            self.consent.focus()
            return
        self.done.setEnabled(True)
        label, done, most = labels[what]
        self.field.label.setText(label)
        self.field.edit.setAccessibleName(label)
        self.field.edit.setMaxLength(most)
        self.field.set_problem("")
        self.done.set_label(done)
        self.field.focus()

    def _show_notes(self) -> None:
        """They stand below a note alone."""
        has_notes, are_shown = bool(self.notes.rows()), self.what.current() == NOTE
        self._notes_stack.setCurrentIndex(0 if has_notes else 1)
        self._notes_stack.currentWidget().setVisible(are_shown)
        self.erase.setEnabled(are_shown and has_notes)

    def _on_typed(self, text: str) -> None:
        if text:
            self._is_replaced = False
            self.issue.set_chosen(False)

    def _on_issue(self, is_asked: bool) -> None:
        if is_asked:
            self.field.set_text("")
            self.field.focus()

    def _on_step(self, is_chosen: bool) -> None:
        """Enter does it then."""
        self._name_step()
        self.done.setEnabled(is_chosen)
        if is_chosen:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.consent.focus()

    def _name_step(self) -> None:
        self.done.set_label(tr("撤回同意") if self.consent.is_withdrawal else tr("记下同意"))

    def _show_consent(self, problem: str = "") -> None:
        """What stands of it, and what can be done; only when it was said to be so."""
        if self.what.current() == CONSENT:
            self.consent.show_state(self._consent, problem)
            self._name_step()
            self.done.setEnabled(False)

    def _lacks_card(self) -> bool:
        """A number is issued only where somebody asks for one."""
        return self.what.current() == CARD and not (self.field.text() or self.issue.isChecked())

    def _on_done(self) -> None:
        text = self.field.text()
        if not self.done.isEnabled():
            return
        if self._lacks_card():
            if not self._is_replaced:
                self.field.set_problem(tr("扫新卡，或输它的卡号；没有新卡就按 F4 发一个卡号。"))
            return
        self.done.setEnabled(False)
        match self.what.current():
            case "card":
                self.replaced.emit(text)
            case "freeze":
                self.frozen.emit(text)
            case "consent":
                (self.withdrew if self.consent.is_withdrawal else self.agreed).emit()
            case _:
                self.noted.emit(text, self.urgent.isChecked())

    def _on_erase(self) -> None:
        key = self.notes.current_key()
        if key is not None:
            self.erased.emit(key)

    # Of Qt

    def _lay_halves(self) -> None:
        """Side by side, or one below the other where their words are too long for that."""
        self._halves.setDirection(SIDE_BY_SIDE)
        self._between.show()
        room = min(SIZE[0], self.parentWidget().width()) - BESIDE
        if self._halves.minimumSize().width() > room:
            self._halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self._between.hide()

    def _fit(self) -> None:
        is_low = self.parentWidget().height() < LOW_WINDOW
        top, edge = (8, 8) if is_low else (16, 12)
        self._column.setContentsMargins(SIDE, top, SIDE, 0)
        self._foot.setContentsMargins(SIDE, edge, SIDE, edge)
        self.side.set_top(top)
        self._column.setSpacing(self._look.space[2 if is_low else 3])
        self._lay_halves()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mark = self._marks.get(self.what.current())
        if event.key() == MARK_KEY and mark is not None:
            mark.toggle()
        elif event.key() == REWARDS_KEY and self.rewards.isVisible():
            self.rewards_asked.emit()
        elif self.consent.take_key(event) or self.behaviours.take_key(event):
            pass
        elif event.key() == ERASE_KEY and self.erase.isEnabled():
            self._on_erase()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
