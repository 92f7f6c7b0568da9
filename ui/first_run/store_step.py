"""门店和收银台: what the shop is called, which till this is, and what kind of shop it is."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from core.actions.set_up import check_store_code
from core.errors import Shortfall
from core.members.names import check_name
from core.values.first_run import KINDS, TILL_NUMBERS
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words


class StoreStep(Step):
    """Enter goes to the first line that still lacks something, and on where none does."""

    name = "store"

    def __init__(self, look: Look, course: Course) -> None:
        title, line = tr("这是哪家店？"), tr("名称印在小票上。编号和台号印在单号里，以后不再改。")
        super().__init__(look, course, title, line)
        run = course.run
        example = tr("例如：中山路店")
        self.store = Field(look, tr("店名"), placeholder=example, name="first_store_name")
        self.code = Field(look, tr("门店编号"), hint=tr("字母或数字"), name="first_store_code")
        self.till = Field(look, tr("收银台号"), hint=tr("1 到 99"), name="first_till_no")
        self.zone = Field(look, tr("所在时区"), name="first_zone")
        labels = (tr("药店"), tr("超市"), tr("服装店"))
        segments = [Segment(kind, label) for kind, label in zip(KINDS, labels, strict=True)]
        self.kinds = Segments(look, segments, name="first_kind", spoken=tr("什么店"))
        self._fields = {
            "store_name": self.store,
            "store_code": self.code,
            "till_no": self.till,
            "zone": self.zone,
        }
        for name, field in self._fields.items():
            field.set_text(getattr(run, name))
        self.kinds.set_current(run.kind)
        for field in self._fields.values():
            field.submitted.connect(self._on_enter)
        self.put(self._body())

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[3])
        grid.addWidget(self.store, 0, 0, 1, 3)
        for column, field in enumerate((self.code, self.till, self.zone)):
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(Words(look, tr("什么店"), "small", "ink_2"), 2, 0, 1, 3)
        grid.addWidget(self.kinds, 3, 0, 1, 3)
        rules = tr("等级、积分和优惠先照这种店常用的来，以后可以改。")
        grid.addWidget(Words(look, rules, "small", "ink_2", wraps=True), 4, 0, 1, 3)
        grid.setRowStretch(5, 1)
        return body

    def begin(self) -> None:
        self.store.focus()

    def take(self) -> None:
        values = {name: field.text() for name, field in self._fields.items()}
        self.course.set(kind=self.kinds.current(), **values)

    def go(self) -> None:
        if self._is_right():
            super().go()

    def _on_enter(self) -> None:
        lacking = [field for field in self._fields.values() if not field.text()]
        if lacking and not lacking[0].edit.hasFocus():
            lacking[0].focus()
        else:
            self.go()

    def _is_right(self) -> bool:
        """The first line that cannot be taken says why, and has the caret."""
        checks = (
            (self.store, check_name),
            (self.code, check_store_code),
            (self.zone, self.course.founding.check_zone),
        )
        for field, check in checks:
            try:
                check(field.text())
            except Shortfall as refused:
                field.set_problem(sentence(refused))
                field.focus()
                return False
        number = self.till.text()
        if not (number.isascii() and number.isdigit() and int(number) in TILL_NUMBERS):
            self.till.set_problem(tr("台号是 1 到 99 的数。什么都没有存；一家店里每台不同。"))
            self.till.focus()
            return False
        return True
