"""退货: the sale, what of it comes back, why; what would happen stands at the right.

looked_for(text, by_number)    a number, or what was scanned; answer with `show_sale`,
                               `find_sales` or `show_error`; `by_number`: the receipt is there
chosen(lines)                  thousandths by line; answer with `show_chosen` or `show_error`
returned(sale_id, lines, Explanation)   answer with `show_done`, `show_error` or `set_waiting`
exchanged(sale_id, lines, Explanation)  换货: comes back with the next goods; `shut`, or as above
void_asked(no)
traced(code)                   one pack of the sale; answer with `add_pack` or `say_problem`
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.catalog.barcode import read_code
from core.errors import BadQuantity
from core.sales.explanation import FOR_RETURN
from core.values.quantity import format_quantity, parse_quantity
from ui.look import Look
from ui.text import sentence, tr
from ui.till.effects import Effects
from ui.till.reason_picker import ReasonPicker
from ui.till.return_lines import ReturnLines
from ui.till.return_state import ReturnState
from ui.till.sale_finder import SaleFinder
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

NARROW_WINDOW, ROOM_FOR_KEYS = 800, 1000
LIST, LINES, WHY = range(3)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ReturnSheet(Sheet):
    """Enter goes from the sale to its lines, from them to the reason, from that to the return."""

    looked_for = Signal(str, bool)
    chosen = Signal(object)
    returned = Signal(object, object, object)
    void_asked = Signal(str)
    exchanged = Signal(object, object, object)
    traced = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("退货"), size=look.dialog_refund, name="returns")
        self._state: ReturnState | None = None
        self._is_done = self._is_busy = self._is_asking = False
        self._quantity_of: int | None = None
        self.finder = SaleFinder(look, name="return")
        self.goods = Field(look, tr("扫要退的商品，或输条码、品名"), name="return_goods")
        self.lines = ReturnLines(look)
        self.all = Button(look, tr("全退"), key="F8", name="return_all")
        self.why = ReasonPicker(look, FOR_RETURN, name="return_why")
        self.effects = Effects(look, tr("退货"), name="return")
        self.finder.search.changed.connect(lambda _text: self.effects.show_problem(""))
        self.finder.chosen.connect(self._on_row)
        self.goods.submitted.connect(self._on_enter)
        self.goods.edit.installEventFilter(self)
        self.lines.changed.connect(self._on_chosen)
        self.all.clicked.connect(self.lines.choose_all)
        self.lines.asked.connect(self._ask_quantity)
        self.why.entered.connect(self._on_enter)
        self.effects.done.clicked.connect(self._on_enter)
        self.effects.beside.clicked.connect(self._on_beside)
        self.set_body(self._body_of(look), self.effects.low_foot())

    def begin(self) -> None:
        """Find the sale first."""
        self._state, self._is_done = None, False
        self._side.setEnabled(True)
        self.why.clear()
        self._busy(False)
        self.leave.set_label(tr("返回"))
        self._go_to_list()
        if self.isHidden():
            self.open(self.finder.search.edit)
        self.finder.search.focus()
        self.finder.begin()

    def find_sales(self, text: str) -> None:
        """What was scanned is no receipt: the sales that it can mean."""
        self._busy(False)
        self._go_to_list()
        self.finder.look_for(text)
        self.finder.search.focus()

    @property
    def has_sale(self) -> bool:
        """Whether the lines of a sale are shown."""
        return self._state is not None

    def say_not_here(self, text: str) -> None:
        """What was scanned is none of the goods of this sale, nor another paper or card."""
        self._busy(False)
        self._say_not_added(text)

    def show_sale(self, state: ReturnState) -> None:
        """The lines of a sale; nothing is chosen yet."""
        self._busy(False)
        self._state, self._quantity_of, self._is_asking = state, None, False
        self._side.setCurrentIndex(LINES)
        self.goods.set_text("")
        self.lines.begin(state.lines)
        self.set_titles(tr("退货"), state.subtitle)
        self._show_effects()
        self.goods.focus()

    def show_chosen(self, state: ReturnState) -> None:
        """What returning what is chosen would do."""
        self._state, self._is_asking = state, False
        self.lines.show_lines(state.lines)
        self._show_effects()

    def show_done(self, state: ReturnState) -> None:
        """It is back: what is to be handed out stays in sight until it was."""
        self._state, self._is_done = state, True
        self._busy(False)
        self._side.setEnabled(False)
        self.leave.set_label(tr("好"))
        self.set_titles(tr("已退货"), state.subtitle)
        self.effects.show_effects(tr("已退货，请退给顾客"), state.effects, state.back)
        self.effects.set_done(tr("退好了"), is_ready=True)
        self.effects.set_beside("")
        if self.isHidden():
            self.open()  # somebody turned back when it was on its way
        self.effects.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """One sentence; nothing came back."""
        self._busy(False)
        self.effects.show_problem(text)

    def show_asking(self) -> None:
        """The head office is asked about another till's receipt; an answer is on its way."""
        self._busy(True)
        self.effects.show_note(tr("正在问总部。小票是别的收银台的，要等它回答…"))

    def set_waiting(self) -> None:
        """Somebody else is asked to allow it: everything stays as it is."""
        self._busy(False)
        self.effects.show_problem("")

    def take_scan(self, text: str) -> bool:
        """A receipt, a card, or goods of the open sale; once it is back, the next sale's."""
        if self._is_done:
            return False
        page = self._side.currentIndex()
        if self._is_busy:
            self.refuse_scan(tr("上一步还没有做完，请再扫一次。"))
        elif page == WHY:
            self.why.refuse_scan()
        elif page == LINES and self.lines.has(text):
            if not self.lines.add(text):
                self._say_not_added(text)
        elif page == LINES and read_code(text).trace:
            self.traced.emit(text)
        else:
            self._busy(True)
            self.looked_for.emit(text, True)
        return True

    def add_pack(self, no: int) -> None:
        """One unit more of the line that the pack was sold on."""
        if not self.lines.add_one(no):
            self.say_problem(tr("这一行已经选完，没有更多可退。"))

    def say_problem(self, text: str) -> None:
        """Why a pack was not chosen; what was chosen before stays."""
        self.goods.set_problem(text)

    # The parts

    def _body_of(self, look: Look) -> QWidget:
        self._side = QStackedWidget()
        reasons = QWidget()
        column = QVBoxLayout(reasons)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("为什么退货"), "body", bold=True))
        column.addWidget(self.why)
        column.addStretch(1)
        self._side.addWidget(self.finder)
        self._side.addWidget(self._under(look, self.goods, self.lines, self.all))
        self._side.addWidget(reasons)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side, 3)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(self.effects, 2)
        return body

    def _under(self, look: Look, field: Field, below: QWidget, *beside: Button) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 0)
        head.setSpacing(12)
        head.addWidget(field, 1)
        for button in beside:
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(below, 1)
        return page

    # What the person does

    def _on_row(self, no: object) -> None:
        """A sale of the list: by its whole number the customer has the receipt, else not."""
        if not self._is_busy:
            self._busy(True)
            self.looked_for.emit(str(no), self.finder.is_whole_number(str(no)))

    def _on_enter(self) -> None:
        page = self._side.currentIndex()
        if self._is_done:
            self.shut()
        elif self._is_busy:
            return
        elif page == LIST:
            self.finder.take()
        elif page == LINES:
            self._take_typed() if self.goods.text() else self._ask_why()
        else:
            self._confirm(self.returned)

    def _confirm(self, how: SignalInstance) -> None:
        """Why is asked first, of a return and of an exchange alike."""
        if self.why.explanation() is None:
            self.why.ask()
        elif self._state is not None and not self._is_busy:
            self._busy(True)
            how.emit(self._state.sale_id, dict(self.lines.chosen), self.why.explanation())

    def _take_typed(self) -> None:
        """A quantity where one was asked for, else one of the goods."""
        text = self.goods.text()
        try:
            if self._quantity_of is not None:
                self.lines.put(self._quantity_of, parse_quantity(text))
                self._forget_quantity()
            elif self.lines.add(text):
                self.goods.set_text("")
            else:
                self._say_not_added(text)
        except BadQuantity as error:
            self.goods.set_problem(sentence(error))

    def _say_not_added(self, text: str) -> None:
        """Why not; what is typed or scanned next takes the place of it."""
        if self.lines.has(text):
            self.goods.set_problem(tr("“{text}”已经选完，没有更多可退。", text=text))
        else:
            self.goods.set_problem(tr("这一单里没有“{text}”。", text=text))
        self.goods.edit.selectAll()

    def _ask_quantity(self, no: int) -> None:
        """How much of this line: weighed goods come back in parts too."""
        line = next(line for line in self._state.lines if line.no == no) if self._state else None
        if line is not None:
            self._quantity_of = no
            left = format_quantity(line.left_milli)
            self.goods.label.setText(tr("这一行退多少？最多 {left}", left=left))
            self.goods.set_text(format_quantity(line.chosen_milli or line.left_milli))
            self.goods.focus()

    def _forget_quantity(self) -> None:
        self._quantity_of = None
        self.goods.label.setText(tr("扫要退的商品，或输条码、品名"))
        self.goods.set_text("")

    def _ask_why(self) -> None:
        """Only once what is chosen was shown."""
        if self._is_asking or self._state is None or not self._state.back:
            return
        self._side.setCurrentIndex(WHY)
        self.effects.set_beside("" if self._state.is_away else tr("换货"), key="F8")
        self.effects.set_done(tr("退款 {back}", back=self._state.back), is_ready=True)
        self.why.focus()

    def _on_chosen(self, lines: object) -> None:
        self._is_asking = True
        self.effects.set_done(tr("退款"), is_ready=False)
        self.chosen.emit(lines)

    def _on_beside(self) -> None:
        if self._side.currentIndex() == WHY:
            self._confirm(self.exchanged)
        elif self._state is not None and self._state.can_void:
            self.void_asked.emit(self._state.no)

    def _show_effects(self) -> None:
        state, effects = self._state, self.effects
        assert state is not None
        if state.is_gone:
            effects.show_effects(tr("这一单已经全部退回"), (), "")
        elif not state.back:
            effects.show_effects(tr("先选要退的商品"), (), "")
        else:
            effects.show_effects(tr("确认后会发生"), state.effects, state.back)
        label = tr("退款 {back}", back=state.back) if state.back else tr("退款")
        effects.set_done(label, is_ready=bool(state.back))
        effects.set_beside(tr("整单作废") if state.can_void else "")

    def _go_to_list(self) -> None:
        self._state = None
        self._side.setCurrentIndex(LIST)
        self.set_titles(tr("退货"))
        self.effects.show_effects(tr("先选一张单"), (), "")
        self.effects.set_beside("")
        self.effects.set_done(tr("看这一单"), is_ready=True)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.effects.set_busy(is_busy)

    # Of Qt

    def _fit(self) -> None:
        window, is_narrow = self.parentWidget(), self.parentWidget().width() < NARROW_WINDOW
        self.effects.set_compact(window.height() < LOW_WINDOW)
        self.effects.set_narrow(is_narrow)
        self.effects.beside.set_key_shown(window.width() >= ROOM_FOR_KEYS)
        self.all.set_key_shown(not is_narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go through the lines; left alone they would scroll the sheet."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched is self.goods.edit and self._is_move(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _is_move(self, key: Qt.Key) -> bool:
        """↑ ↓ another line, ← → less and more of it."""
        if key in STEPS:
            self.lines.move_by(STEPS[key])
        elif key in SIDEWAYS and not self.goods.edit.text():
            self.lines.step_by(SIDEWAYS[key])
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus, page = QApplication.focusWidget(), self._side.currentIndex()
        is_typing = focus in (self.finder.search.edit, self.goods.edit)
        if event.key() in ENTER:
            if isinstance(focus, QAbstractButton) and focus is not self.effects.done:
                focus.click()
            elif not is_typing:
                self._on_enter()
            event.accept()
        elif event.key() == Qt.Key.Key_F8 and page != LIST and not self._is_done:
            self.lines.choose_all() if page == LINES else self._confirm(self.exchanged)
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and page != LIST and not self._is_done:
            self._step_back(page)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _step_back(self, page: int) -> None:
        """From the reason to the lines, from a quantity to them, from them to the sales."""
        if page == WHY:
            self._side.setCurrentIndex(LINES)
            self._show_effects()
            self.goods.focus()
        elif self._quantity_of is not None or self.goods.text():
            self._forget_quantity()
        else:
            self._go_to_list()
            self.finder.search.focus()
