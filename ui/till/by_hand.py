"""手工优惠: the sheet of F4: of this line or the whole basket, how, how much, and why.

The number is typed at once; F4 changes between line and basket, - * = the way, letters choose the
reason, Enter gives it. Del takes back what was given there, while nothing is typed. / goes on to
the offers, of which one can be switched off.

tried(no, by_hand)     answer with `show_preview` or, when it cannot be, `show_now`
given(no, by_hand)     answer with `shut` or `show_error`
taken_back(no)         answer with `shut` or `show_error`
offers_asked()         the sheet of offers takes its place
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import Refused
from ui.look import Look
from ui.text import sentence, tr
from ui.till.by_hand_amount import ByHandAmount
from ui.till.by_hand_choices import LETTERS, OFFERS_KEY, WAY_KEYS, ByHandChoices
from ui.till.by_hand_state import ByHandState, Place, Preview, Way, by_hand_of
from ui.widgets.low_foot import LowFoot
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule

LEFT, RIGHT = 543, 558
OTHER_PLACE = Qt.Key.Key_F4


class ByHandSheet(Sheet):
    """Choices at the left, the number and what is to pay at the right."""

    tried = Signal(object, object)
    given = Signal(object, object)
    taken_back = Signal(object)
    offers_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("手工优惠"), size=look.dialog_payment, name="by_hand")
        self._state: ByHandState | None = None
        self._is_line = True
        self._way = Way.AMOUNT
        self._reason = ""
        self._is_said = False
        """Whether a sentence stands in place of the payable: a late preview must not hide it."""
        self.choices = ByHandChoices(look)
        self.amount = ByHandAmount(look)
        self.choices.place_chosen.connect(self._choose_place)
        self.choices.way_chosen.connect(self._choose_way)
        self.choices.reason_chosen.connect(self._choose_reason)
        self.choices.take_back.connect(self._take_back)
        self.choices.offers_asked.connect(self.offers_asked)
        self.amount.changed.connect(self._try)
        self.amount.finished.connect(self._give)
        self.amount.entry.stepped.connect(self._step)
        self.amount.entry.edit.installEventFilter(self)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Scroll(self.choices), LEFT)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self.amount, RIGHT)
        self.set_body(body, LowFoot(look, self.amount.zone, self.amount.done, side=0))

    # What the wiring says

    def begin(self, state: ByHandState) -> None:
        """Open, with nothing typed and no reason chosen; the line first, where it takes any."""
        self._way, self._reason = Way.AMOUNT, ""
        self._is_line = state.line is not None and not state.line.blocked
        self.amount.entry.edit.clear()
        self.show_state(state)
        if self.isHidden():
            self.open(self.amount.entry.edit)

    def show_state(self, state: ByHandState) -> None:
        """The basket as it stands now; what was typed and chosen stays."""
        self._state = state
        self._is_line = self._is_line and state.line is not None
        self.amount.set_busy(False)
        self.set_titles(tr("手工优惠"), state.limits)
        self.choices.show_state(state)
        self._mark()

    def show_preview(self, preview: Preview) -> None:
        """What the customer would pay for what is typed now."""
        if not self._is_said:
            self.amount.show_preview(preview)

    def show_now(self) -> None:
        """What is typed is nothing yet that could be given."""
        if self._state is not None and not self._is_said:
            self.amount.show_now(self._state, self._way)

    def show_error(self, text: str) -> None:
        """One sentence; everything stays, and one may try again."""
        self._is_said = True
        self.amount.set_busy(False)
        self.amount.show_problem(text)
        self.amount.entry.focus()

    # What the person does

    def _here(self) -> Place | None:
        state = self._state
        if state is None:
            return None
        return state.line if self._is_line and state.line is not None else state.basket

    def _choose_place(self, is_line: bool) -> None:
        state = self._state
        target = None if state is None else state.line if is_line else state.basket
        if target is not None and not target.blocked:
            self._is_line = is_line
            if not is_line and self._way is Way.PRICE:
                self._way = Way.AMOUNT
        self._mark()

    def _choose_way(self, way: Way) -> None:
        if way is Way.PRICE and not self._is_line:
            self.show_error(tr("整单没有单价。可以减金额，或打折；要改价，请选这一行。"))
            return
        self._way = way
        self._mark()

    def _step(self, step: int) -> None:
        ways = [way for way in WAY_KEYS if self._is_line or way is not Way.PRICE]
        self._choose_way(ways[(ways.index(self._way) + step) % len(ways)])

    def _choose_reason(self, reason: str) -> None:
        self._reason = reason
        self._mark()

    def _mark(self) -> None:
        place = self._here()
        if place is not None:
            self.choices.choose(place, self._way, self._reason)
            self.amount.ask(self._way)
            self.amount.entry.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._try()

    def _try(self) -> None:
        """Half a number is no mistake yet: the sentence comes with Enter."""
        place = self._here()
        self._is_said = False
        if place is None:
            return
        try:
            by_hand = by_hand_of(self._way, self.amount.entry.text(), self._reason)
        except Refused:
            self.show_now()
            return
        self.tried.emit(place.no, by_hand)

    def _give(self) -> None:
        place = self._here()
        if place is None or not self.amount.done.isEnabled():
            return
        if not self.amount.entry.text():
            self.show_error(tr("还没有写数。请写减多少、打几折，或改成多少。"))
            return
        try:
            by_hand = by_hand_of(self._way, self.amount.entry.text(), self._reason)
        except Refused as refused:
            self.show_error(sentence(refused))
            return
        if not self._reason:
            self.show_error(tr("还差一个理由。请按它的字母，或点一下。"))
            return
        self.amount.set_busy(True)
        self.given.emit(place.no, by_hand)

    def _take_back(self) -> None:
        place = self._here()
        if place is not None and place.given and self.amount.done.isEnabled():
            self.amount.set_busy(True)
            self.taken_back.emit(place.no)

    # Of Qt

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether a key is a choice, wherever the focus is."""
        text, reasons = event.text().upper(), list(self.choices.reasons)
        ways = {key: way for way, key in WAY_KEYS.items()}
        if event.key() == OTHER_PLACE:
            self._choose_place(not self._is_line)
        elif event.key() == Qt.Key.Key_Delete and not self.amount.entry.text():
            self._take_back()
        elif text == OFFERS_KEY:
            self.offers_asked.emit()
        elif text and text in ways:
            self._choose_way(ways[text])
        elif text and text in LETTERS[: len(reasons)]:
            self._choose_reason(reasons[LETTERS.index(text)])
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.amount.entry.edit and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._on_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        is_low = self.parentWidget().height() < LOW_WINDOW
        self.choices.set_compact(is_low)
        self.amount.set_compact(is_low)
