"""上传: how the till stands with the server of its chain; where it has none, how it joins one.

    join_asked(text)   hurried()   directory_asked()   leave_asked()

Answer with `show_join`, `show_state` or `say`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from core.values.coupon_code import holds_enrolment
from ui.chain_words import EXAMPLE, Fact
from ui.look import Look
from ui.text import halves, tr
from ui.till.form import Form
from ui.widgets.banner import Notice
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.panel_row import FactRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Words

SIZE, FORM_SIZE = (720, 656), (720, 416)
SIDE = 24
LOW_ROW, ROW = 32, 42


class ChainSheet(Sheet):
    """A form where there is no chain yet; then rows of facts that follow what happens."""

    takes_secrets = True
    join_asked = Signal(str)
    hurried = Signal()
    directory_asked = Signal()
    leave_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("上传"), size=SIZE, name="chain", leave=tr("好"))
        self._facts: tuple[Fact, ...] = ()
        self._why = ""
        self.why: Notice | None = None
        self._rows: list[FactRow] = []
        self.form: Form | None = None

    # Joining

    def show_join(self) -> None:
        """Ask for the code; what somebody typed before, and why it failed, stays."""
        if self.form is None:
            self._arrange_form()
        if self.isHidden():
            self.open(self.code.edit)
        else:
            self.code.focus()

    def _arrange_form(self) -> None:
        look = self._look
        self._facts, self._rows = (), []
        self.form = Form(look, tr("入网"), name="chain")
        self.code = Field(
            look, tr("入网码"), placeholder=EXAMPLE, hint=tr("扫一下就好"), name="chain_code"
        )
        self.code.submitted.connect(self._on_join)
        self.form.done.clicked.connect(self._on_join)
        words = tr("入网以后，这里卖的都自己传到总部；断网照常收款，接通再传。")
        self.form.add_row(Words(look, words, "body", "ink_2", wraps=True, name="chain_what"))
        self.form.add_row(self.code)
        self.form.set_hint(tr("入网码由总部发，地址在里面；只能用一次。"))
        self.set_titles(tr("上传"), tr("还没有入连锁"))
        self.leave.set_label(tr("返回"))
        self._wanted = FORM_SIZE
        self.set_body(self.form, self.form.foot)

    def set_joining(self, is_joining: bool) -> None:
        """While the server is asked nothing can be pressed twice."""
        if self.form is not None:
            self.form.set_busy(is_joining)
            if is_joining:
                self.say(tr("正在问总部，最多半分钟。收款不受影响。"))

    def _on_join(self) -> None:
        if self.form is None or not self.form.done.isEnabled():
            return
        if self.code.text():
            self.join_asked.emit(self.code.text())
        else:
            self.show_problem(tr("请扫总部发的二维码，或照整行输。"))

    def show_problem(self, sentence: str) -> None:
        """Why what stands in the line joins nothing."""
        self.code.set_problem(sentence)
        self.code.focus()

    def take_scan(self, text: str) -> bool:
        """What joins a chain is filled in; everything else is for another place."""
        if self.form is None:
            self.refuse_scan()
        elif not holds_enrolment(text):
            self.refuse_scan(tr("这不是入网码；请扫总部发的那个二维码。"))
        elif self.form.done.isEnabled():
            self.code.set_text(text.strip())
            self.form.done.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Joined

    def show_state(self, facts: Sequence[Fact], why: str, *, is_sending: bool) -> None:
        """How it is now; `why` says why nothing goes."""
        shown = tuple(facts)
        if not self._facts:
            self._arrange_facts(shown)
        for row, fact in zip(self._rows, shown, strict=True):
            row.set_value(fact.value, fact.role, mark=fact.mark, permille=fact.permille)
            row.setAccessibleName(f"{fact.label} {fact.value}")
        self._facts = shown
        self._show_why(why)
        self.now.setEnabled(is_sending)
        self.anew.setEnabled(is_sending)
        if self.isHidden():
            self.said.say("")
            self.open(self.now)

    def _show_why(self, why: str) -> None:
        """Above the rows, with a sign: what is wrong in bold, what to do below it."""
        if why == self._why:
            return
        if self.why is not None:
            self._top.removeWidget(self.why)
            self.why.hide()
            self.why.deleteLater()
        self._why, self.why = why, None
        if why:
            self.why = Notice(self._look, *halves(why), left=SIDE, name="chain_why")
            self._top.insertWidget(0, self.why)

    def _arrange_facts(self, facts: tuple[Fact, ...]) -> None:
        look = self._look
        self.form = None
        self._rows = [FactRow(look, each.label, name=f"chain_{each.name}") for each in facts]
        page, rows = QWidget(), QVBoxLayout()
        rows.setContentsMargins(SIDE, 8, SIDE, 8)
        rows.setSpacing(0)
        for row in self._rows:
            rows.addWidget(row)
        self._top = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(rows)
        column.addStretch(1)
        self._why, self.why = "", None
        self.out = Button(look, tr("退网…"), name="chain_leave_chain")
        self.out.clicked.connect(self.leave_asked)
        self.anew = Button(look, tr("重新收名录"), name="chain_directory_anew")
        self.anew.clicked.connect(self.directory_asked)
        self.said = Said(look, name="chain_said")
        self.now = Button(
            look,
            tr("现在上传"),
            kind="primary",
            icon="sync",
            key="Enter",
            height=look.sizes.control,
            name="chain_now",
        )
        self.now.clicked.connect(self.hurried)
        self.set_titles(tr("上传"))
        self.leave.set_label(tr("好"))
        self._wanted = SIZE
        self._fit()
        self.set_body(
            Scroll(page), Foot(look, self.now, left=[self.out, self.anew], said=self.said)
        )
        if self.isVisible():
            self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        for row in self._rows:
            row.setFixedHeight(LOW_ROW if self._window.height() < LOW_WINDOW else ROW)

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """What became of what somebody did here."""
        if self.form is not None:
            self.form.said.say(sentence, is_wrong=is_wrong)
        else:
            self.said.say(sentence, is_wrong=is_wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER and not event.isAutoRepeat()
        is_elsewhere = isinstance(QApplication.focusWidget(), QAbstractButton)
        if is_enter and self.form is None and not is_elsewhere:
            self.now.click()
            event.accept()
        else:
            super().keyPressEvent(event)
