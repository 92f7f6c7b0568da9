"""柜台: the page where everything is sold: `show(state)`, and signals that say what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.till import keys
from ui.till.basket_zone import BasketZone
from ui.till.idle import LastSalePanel
from ui.till.keys import Now, key_name, strip_keys
from ui.till.member_panel import MemberPanel, NobodyPanel
from ui.till.notices import DONE, ENDED, ERROR, EXCHANGE, GIFT, NEWS, QUESTION, TROUBLES
from ui.till.pay_zone import PayZone
from ui.till.scan_box import ScanBox
from ui.till.state import TillState
from ui.widgets.banner import Action
from ui.widgets.choices import Choice
from ui.widgets.key_hint import ENTER
from ui.widgets.key_strip import KeyStrip
from ui.widgets.words import Rule


class TillPage(QWidget):
    """The counter. The page asks its questions itself; what it emits is meant.

    `asked` names a key that opens something of its own. Lines are named by their number in the
    basket. `scanned` is a code or a typed text, `looked_for` what is being
    typed, `counted` a line with the text of its new quantity.
    """

    asked = Signal(str)
    scanned = Signal(str)
    looked_for = Signal(str)
    stepped = Signal(int, int)
    counted = Signal(int, str)
    removed = Signal(int)
    cleared = Signal()
    member_asked = Signal()
    member_dropped = Signal()
    product_asked = Signal()
    error_left = Signal()
    exchange_dropped = Signal()
    mend_asked = Signal()
    pay_asked = Signal()
    reprint_asked = Signal()
    trouble_answered = Signal(str, str)
    lock_asked = Signal()
    help_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("till_page")
        self._look = look
        self._layout = Layout.for_width(1366)
        self._state: TillState | None = None
        self._asked = ""
        self._can_add = False
        self._is_laid_out = False
        self.scan = ScanBox(look, self._layout, self)
        self.basket = BasketZone(look, self._layout)
        self.member = MemberPanel(look, self._layout)
        self.nobody = NobodyPanel(look, self._layout)
        self.last = LastSalePanel(look, self._layout)
        self.pay = PayZone(look, self._layout)
        self.strip = KeyStrip(look)
        self.setFocusProxy(self.scan)
        self._arrange()
        self._connect()
        self._keys = self._acts()

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.scan)
        left.addWidget(self.basket, 1)
        self._panels = QStackedLayout()
        for panel in (self.last, self.member, self.nobody):
            panel.setParent(self)  # a stack shows its first page: never as a window of its own
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            self._panels.addWidget(panel)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(self._panels, 1)
        right.addWidget(self.pay)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addLayout(left, 1)
        halves.addWidget(Rule(self._look, upright=True))
        halves.addWidget(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(halves, 1)
        column.addWidget(self.strip)
        self.scan.suggestions.raise_()

    def _connect(self) -> None:
        self.scan.scanned.connect(self._on_scanned)
        self.scan.looked_for.connect(self.looked_for)
        self.scan.counted.connect(self._on_counted)
        table, notices = self.basket.table, self.basket.notices
        table.step_asked.connect(lambda key, step: self.stepped.emit(int(key), step))
        table.current_changed.connect(lambda _key: self._limit_stepper())
        table.quantity_asked.connect(lambda _key: self._ask_quantity())
        table.remove_asked.connect(lambda key: self.removed.emit(int(key)))
        notices.answered.connect(self._on_answered)
        self.basket.idle.chosen.connect(self._on_idle)
        self.basket.why_changed.connect(self.focus_input)
        self.member.dropped.connect(self.member_dropped)
        self.member.personal_asked.connect(lambda: self.asked.emit(keys.IN_FULL))
        self.nobody.member_asked.connect(self.member_asked)
        self.member.more_asked.connect(self.member_asked)
        self.last.reprint_asked.connect(self.reprint_asked)
        self.last.gift_asked.connect(partial(self.asked.emit, keys.GIFTS))
        self.pay.pay_asked.connect(self.pay_asked)
        self.strip.pressed.connect(self.press)
        self.scan.input.edit.installEventFilter(self)

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What each key does; `press` has looked whether it can."""
        return {
            keys.HELP: self.help_asked.emit,
            keys.MEMBER: self.member_asked.emit,
            keys.QUANTITY: self._ask_quantity,
            keys.REMOVE: lambda: self._on_line(self.removed.emit),
            keys.CLEAR: self._ask_to_clear,
            keys.DROP: self._drop_member,
            **{key: partial(self.asked.emit, key) for key in keys.OPENING},
            keys.PAY: self.pay_asked.emit,
            keys.WHY: self.basket.toggle_why,
            keys.REPRINT: self.reprint_asked.emit,
            keys.ADD: self._ask_product,
            keys.LOCK: self.lock_asked.emit,
            keys.ESCAPE: self._step_back,
            keys.UP: lambda: self._move(-1),
            keys.DOWN: lambda: self._move(1),
        }

    # What is shown

    def show_state(self, state: TillState) -> None:
        """Show a state of the counter, once, without another question to anybody."""
        self._state = state
        self._withdraw_question()
        self.basket.show_basket(state)
        self._show_right(state)
        self._show_keys()
        self._limit_stepper()

    def show_suggestions(self, text: str, rows: Sequence[Choice]) -> None:
        """Show what a typed text could mean."""
        self.scan.show_suggestions(text, rows)

    def say_error(self, sentence: str, *, can_add: bool = False, mend: str = "") -> None:
        """An error: it stays until answered, or until `clear_error`; `mend` is its next step."""
        self._can_add = can_add
        self.basket.notices.say_error(sentence, can_add=can_add, mend=mend)

    def clear_error(self) -> None:
        """Something went well again."""
        self._can_add = False
        self.basket.notices.take(ERROR)

    def say_news(self, sentence: str, action: Action | None = None) -> None:
        """Good news that has to be written down: it outlives the scans behind it."""
        self.basket.notices.say_news(sentence, action)

    def clear_news(self) -> None:
        """It was written down, or somebody else stands here."""
        self.basket.notices.take(NEWS)

    def say_done(self, sentence: str, *, icon: str, action: Action | None = None) -> None:
        """A sign that something was done that changed nothing here."""
        self.basket.notices.say_done(sentence, icon=icon, action=action)

    def clear_done(self) -> None:
        """Something else is done now."""
        self.basket.notices.take(DONE)

    def focus_input(self) -> None:
        """Scans land in the input: put the caret there."""
        self.scan.input.focus()

    def _show_right(self, state: TillState) -> None:
        if state.member is not None:
            self.member.show_member(state.member)
            self._panels.setCurrentWidget(self.member)
        elif state.is_empty:
            self.last.show_last(state.idle.last)
            self._panels.setCurrentWidget(self.last)
        else:
            self._panels.setCurrentWidget(self.nobody)
        last = state.idle.last
        if not state.is_empty:
            self.pay.show_payable(state.payable, state.taken)
        elif state.idle.is_just_paid and last is not None and state.member is None:
            self.pay.show_done(*last.handed)
        else:
            self.pay.show_nothing()

    def _limit_stepper(self) -> None:
        """Below one there is only the removal of the line."""
        table = self.basket.table
        row = table.model.row_of(table.current())
        count = table.model.rows[row].count if row >= 0 else ""
        table.stepper.set_limits(can_less=count not in ("", "1"))

    def _show_keys(self) -> None:
        self.strip.set_keys(strip_keys(self._layout, self._now()))

    def _now(self) -> Now:
        state = self._state
        return Now(
            is_empty=state is None or state.is_empty,
            has_last=state is not None and state.idle.last is not None,
            pays_points=state is not None and state.pays_points,
            has_points=state is not None and state.has_points,
        )

    # Keys

    def press(self, key: str) -> bool:
        """Do what a key does, if it can do it now; whether it is a key of ours."""
        act = self._keys.get(key)
        if act is None or self._state is None:
            return False
        # What was scanned may still be on its way into the basket, and a sale that was just paid
        # on its way to the page.
        if key not in keys.blocked_keys(self._now()) - keys.WAITING:
            act()
        return True

    def _step_back(self) -> None:
        """Esc: one thing at a time, the nearest first."""
        if self.scan.text() or self.scan.is_counting:
            self.scan.clear()
        elif self._asked:
            self._withdraw_question()
        elif self.basket.is_explaining:
            self.basket.toggle_why()
        elif self.basket.notices.text(ERROR):
            self.clear_error()
            self.error_left.emit()
        elif self.basket.notices.text(NEWS):
            self.clear_news()
        elif self.basket.notices.text(DONE):
            self.clear_done()
        elif self.basket.notices.text(ENDED):
            self.trouble_answered.emit(ENDED, "read")

    def _move(self, step: int) -> None:
        if self.basket.is_explaining:
            self.basket.why.scroll_by(step)
        else:
            self.basket.table.move_current(step)

    # Questions in the page

    def ask_quantity(self, no: int) -> None:
        """The next number is what this line weighs, whichever is selected by then."""
        self.basket.table.set_current(str(no))
        self._ask_quantity(str(no))

    def _ask_quantity(self, counted: str = "") -> None:
        key, state = self.basket.table.current(), self._state
        if state is not None and self.basket.table.model.row_of(key) >= 0:
            self.scan.count(state.counter.basket.line(int(key)), counted)
            self.focus_input()

    def _on_counted(self, text: str, line: str) -> None:
        if key := line or self.basket.table.current():
            self.counted.emit(int(key), text)

    def _ask_to_clear(self) -> None:
        if self._asked == keys.CLEAR:
            self._withdraw_question()
            self.cleared.emit()
            return
        state = self._state
        count = 0 if state is None else sum(row.kind == "line" for row in state.rows)
        self._ask(
            keys.CLEAR,
            tr("清空本单的 {count} 行？", count=count),
            tr("会员也一起放下；清空后要重新扫。"),
            (
                Action("clear", tr("清空"), keys.CLEAR),
                Action("keep", tr("留着"), keys.ESCAPE),
            ),
        )

    def _ask(self, what: str, title: str, line: str, actions: tuple[Action, ...]) -> None:
        self._asked = what
        self.basket.notices.put(QUESTION, title, line, actions=actions)

    def _withdraw_question(self) -> None:
        self._asked = ""
        self.basket.notices.take(QUESTION)

    def _drop_member(self) -> None:
        if self._state is not None and self._state.member is not None:
            self.member_dropped.emit()

    def _ask_product(self) -> None:
        if self._can_add:
            self.product_asked.emit()

    # What happened

    def take_scan(self, text: str) -> None:
        """A scanner typed a code; what a person was typing stays, a quantity waits no longer."""
        if self.scan.is_counting:
            self.scan.clear()
        self._on_scanned(text)

    def _on_scanned(self, text: str) -> None:
        self._withdraw_question()
        self.scanned.emit(text)

    def _on_line(self, emit: Callable[..., object], *more: object) -> None:
        current = self.basket.table.current()
        if current:
            emit(int(current), *more)

    def _on_idle(self, name: str) -> None:
        self.press({"join": keys.MEMBER, "earlier": keys.FIND, "shift": keys.SHIFT}[name])

    def _on_answered(self, place: str, action: str) -> None:
        self.focus_input()
        if place in TROUBLES:
            self.trouble_answered.emit(place, action)
        elif action == "fresh":
            self.basket.notices.take(place)
            self.press(keys.FRESH)
        elif place == NEWS:
            self.clear_news()
        elif place == EXCHANGE:
            self.exchange_dropped.emit()
        elif place == GIFT:
            self.press(keys.GIFTS)
        elif action == "add":
            self._ask_product()
        elif action == "mend":
            self.mend_asked.emit()
        elif action == "close":
            self.clear_error()
            self.error_left.emit()
        elif action == "clear":
            self._ask_to_clear()
        else:
            self._withdraw_question()

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the page's, wherever the focus is."""
        key = key_name(event)
        in_list = self.scan.suggestions.isVisible()
        if in_list and key in (keys.UP, keys.DOWN, keys.ESCAPE, keys.ENTER):
            return False
        if key in (keys.REMOVE, keys.DROP) and self.scan.text():
            return False
        if event.isAutoRepeat() and key not in (keys.UP, keys.DOWN):
            return bool(key)  # held down, it is pressed once: no second copy, no second line gone
        return bool(key) and self.press(key)

    # Of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed while a button has the focus is meant for the input all the same."""
        if self.scan.input.edit.hasFocus() or self._on_key(event):
            return
        if event.text().isprintable() and event.text():
            self.focus_input()
            self.scan.input.edit.insert(event.text())
        elif event.key() in ENTER:
            self.scan.input.edit.returnPressed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = Layout.for_width(self.width())
        if layout is not self._layout or not self._is_laid_out:
            self._layout, self._is_laid_out = layout, True
            self._right.setFixedWidth(layout.right_width - 1)
            for part in (self.scan, self.basket, self.member, self.nobody, self.last, self.pay):
                part.set_layout(layout)
            self.strip.setFixedHeight(layout.key_strip_height)
            self._show_keys()
