"""加入连锁: the invitation of the head office says which store and which till this is."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.invitation import look_at_invitation
from core.errors import Refused
from core.sync.session import Invited
from core.values.coupon_code import holds_enrolment
from core.values.first_run import KINDS
from ui.chain_words import EXAMPLE
from ui.first_run.asking import Asking
from ui.first_run.course import Course
from ui.first_run.only import Only
from ui.first_run.step import Step
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.field import Field
from ui.widgets.panel_row import FactRow
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words


class ChainStep(Step):
    """The code is asked about at once when it was scanned; it is kept in memory alone."""

    name = "chain"
    takes_scans = True

    def __init__(self, look: Look, course: Course) -> None:
        line = tr("店名、编号和台号都从总部来。这里要连得上总部。")
        super().__init__(look, course, tr("扫总部发的入网码"), line)
        self._asking = Asking(course.founding.uplink, self)
        self.code = Field(
            look, tr("入网码"), placeholder=EXAMPLE, hint=tr("或照整行输"), name="first_invitation"
        )
        self.code.set_text(course.invitation)
        self.code.submitted.connect(self.go)
        self.code.changed.connect(self._on_changed)
        self._told = Only()
        labels = (tr("药店"), tr("超市"), tr("服装店"))
        segments = [Segment(kind, label) for kind, label in zip(KINDS, labels, strict=True)]
        self.kinds = Segments(look, segments, name="first_kind", spoken=tr("什么店"))
        self.kinds.set_current(course.run.kind)
        self.zone = Field(look, tr("所在时区"), name="first_zone")
        self.zone.set_text(course.run.zone)
        self.zone.submitted.connect(self.go)
        self.put(self._body())
        self._turn()

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(self.code)
        self.wait = Words(look, "", "body", "ink_2", wraps=True, name="first_asking")
        column.addWidget(self.wait)
        column.addLayout(self._told)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(look.space[3])
        rules = tr("什么店：等级、积分和优惠先照它常用的来，总部发了就照总部的。")
        more.addWidget(Words(look, rules, "small", "ink_2", wraps=True))
        more.addWidget(self.kinds)
        self.zone.setMaximumWidth(320)
        more.addWidget(self.zone)
        column.addWidget(self._more)
        column.addStretch(1)
        return body

    def begin(self) -> None:
        self.code.focus()
        text, self.course.scanned = self.course.scanned, ""
        if text:
            self.take_scan(text)

    def take(self) -> None:
        self.course.set(kind=self.kinds.current(), zone=self.zone.text())

    def take_scan(self, text: str) -> None:
        if self.is_busy:
            return
        if holds_enrolment(text):
            self.code.set_text(text.strip())
            self._ask()
        else:
            self._say(tr("这不是入网码；请扫总部发的那个二维码。"))

    def go(self) -> None:
        """Ask first, then go on with what was told."""
        if self.course.invited is None:
            self._ask()
            return
        try:
            self.course.founding.check_zone(self.zone.text())
        except Refused as refused:
            self.zone.set_problem(sentence(refused))
            self.zone.focus()
            return
        super().go()

    @property
    def is_inside(self) -> bool:
        return self.is_busy

    def back(self) -> bool:
        """Waiting is given up first; the code stays where it stands."""
        was_busy = self.is_busy
        if was_busy:
            self._stop()
            self.code.focus()
        return was_busy

    def leave(self) -> None:
        self._asking.cancel()

    def _ask(self) -> None:
        text = self.code.text()
        if not text:
            self._say(tr("请扫总部发的二维码，或照整行输。"))
            return
        self.is_busy = True
        self._turn()
        self._asking.begin(
            lambda central, _: look_at_invitation(central, text),
            then=lambda invited: self._on_told(text, invited),
            failed=self._on_failed,
        )

    def _stop(self) -> None:
        self._asking.cancel()
        self.is_busy = False
        self._turn()

    def _on_told(self, text: str, invited: Invited) -> None:
        self.is_busy = False
        self.course.take_invitation(text, invited)
        self._turn()
        self.kinds.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._stop()
        self._say(sentence(error))

    def _on_changed(self, _text: str) -> None:
        """Another code is another place: what was told of the one before is not true of it."""
        if self.course.invited is not None:
            self.course.forget_invitation()
            self._turn()

    def _say(self, words: str) -> None:
        self.code.set_problem(words)
        self.code.focus()

    def _turn(self) -> None:
        invited = self.course.invited
        self.deed = "" if invited is not None else tr("问总部")
        self.code.edit.setReadOnly(self.is_busy)
        words = tr("正在问总部，最多半分钟；按 Esc 不等了。") if self.is_busy else ""
        self.wait.setText(words)
        self.wait.setVisible(self.is_busy)
        self._more.setVisible(invited is not None)
        self._told.put(None if invited is None else self._facts(invited))
        self.turned.emit()

    def _facts(self, invited: Invited) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        store = tr("{name}（{code}）", name=invited.store_name, code=invited.store_code)
        facts = [
            ("chain", tr("连锁"), invited.chain_name),
            ("store", tr("店名"), store),
            ("till", tr("收银台号"), str(invited.till_no)),
        ]
        if invited.replaces:
            facts.append(("replaces", tr("换机"), tr("入网后，原来的那台停用")))
        for name, label, value in facts:
            rows.addWidget(FactRow(self._look, label, value, name=f"first_told_{name}"))
        return page
