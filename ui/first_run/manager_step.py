"""店长: who answers for the shop, and a PIN that only this person knows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import Shortfall
from core.members.names import check_name
from core.trust.pins import MOST, check_pin
from core.values.money import FULL_WIDTH
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.login.pin_entry import DIGITS, HINTS
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.digit_pad import DigitPad
from ui.widgets.field import Field


class ManagerStep(Step):
    """The PIN is asked twice. It is written nowhere before there is a shop to keep its hash."""

    name = "manager"

    def __init__(self, look: Look, course: Course) -> None:
        line = tr("店长能改价、退货、看报表，也能加别的员工。")
        super().__init__(look, course, tr("谁是店长？"), line)
        self.person = Field(look, tr("店长的名字"), name="first_manager")
        rule = tr("6 到 12 位数字")
        self.pin = Field(look, tr("店长的 PIN"), hint=rule, secret=True, name="first_pin")
        self.again = Field(look, tr("再输一次"), secret=True, name="first_pin_again")
        self.person.set_text(course.run.manager)
        self.person.submitted.connect(self.pin.focus)
        self.pin.submitted.connect(self._on_pin)
        self.again.submitted.connect(self.go)
        self._pads = QStackedWidget()
        for field in (self.pin, self.again):
            self._guard(field)
        self.put(self._body())

    def _guard(self, field: Field) -> None:
        edit = field.edit
        edit.setMaxLength(MOST)
        edit.setInputMethodHints(HINTS)
        edit.setValidator(QRegularExpressionValidator(QRegularExpression(DIGITS), edit))
        pad = DigitPad(self._look, edit, money=False, name=f"{edit.objectName()}_pad")
        pad.pressed.connect(edit.setFocus)
        self._pads.addWidget(pad)
        edit.installEventFilter(self)

    def _body(self) -> QWidget:
        body, left = QWidget(), QVBoxLayout()
        left.setSpacing(self._look.space[4])
        for field in (self.person, self.pin, self.again):
            left.addWidget(field)
        left.addStretch(1)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.space[6])
        row.addLayout(left, 3)
        row.addWidget(self._pads, 2)
        return body

    def begin(self) -> None:
        for field in (self.pin, self.again):
            field.set_text(self.course.pin)
        (self.pin if self.person.text() else self.person).focus()

    def take(self) -> None:
        self.course.set(manager=self.person.text())

    def go(self) -> None:
        if not self._is_right():
            return
        self.course.pin = _digits(self.pin)
        super().go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys on the screen type into the PIN that has the caret."""
        if event.type() == QEvent.Type.FocusIn:
            self._pads.setCurrentIndex(1 if watched is self.again.edit else 0)
        return super().eventFilter(watched, event)

    def _on_pin(self) -> None:
        if self._takes(self.pin, lambda: check_pin(_digits(self.pin))):
            self.again.focus()

    def _is_right(self) -> bool:
        if not self._takes(self.person, lambda: check_name(self.person.text())):
            return False
        if not self._takes(self.pin, lambda: check_pin(_digits(self.pin))):
            return False
        if _digits(self.again) != _digits(self.pin):
            self.again.set_text("")
            self.again.set_problem(tr("两次的 PIN 不一样。什么都没有存；请再输一次。"))
            self.again.focus()
            return False
        return True

    def _takes(self, field: Field, check: Callable[[], object]) -> bool:
        try:
            check()
        except Shortfall as refused:
            field.set_problem(sentence(refused))
            field.focus()
            return False
        return True


def _digits(field: Field) -> str:
    return field.text().translate(FULL_WIDTH)
