"""删除的表: what would go and what stays, in numbers, before anybody presses; the certificate."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.forget_member import Forgotten, ToForget, forget_member, preview_forget
from core.members.certificate import Certificate, Why
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.here import Here, day_words
from ui.labour import Labour
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.look import Look
from ui.manage.privacy.papers import WHY
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.panel_row import FactRow
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words
from ui.work import Work

SIZE = (640, 600)
SIDE = 24


class ForgetSheet(Sheet):
    """`done` when somebody was erased, or head office was asked to. Gone when it is closed."""

    refuses_scans = True
    done = Signal()

    def __init__(
        self, look: Look, window: QWidget, work: Work, staff: Staff, member_id: UUID
    ) -> None:
        super().__init__(look, window, tr("删除个人资料"), size=SIZE, name="forget")
        self._work = work
        self.staff = staff
        self._member_id = member_id
        self._made: Certificate | None = None
        self._labour = Labour(self)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(0)
        self.why = Segments(
            look,
            [Segment(why, tr(words)) for why, words in WHY.items()],
            name="forget_why",
            spoken=tr("原因"),
        )
        self.told = Said(look, name="forget_said")
        self.press = Button(
            look, tr("删除"), kind="danger", height=look.sizes.control, name="forget_do"
        )
        self.press.setEnabled(False)
        self.press.clicked.connect(lambda: self._forget(None))
        self.paper = Button(
            look, tr("证明存 PDF"), kind="primary", height=look.sizes.control, name="forget_paper"
        )
        self.paper.clicked.connect(self._keep)
        self.paper.hide()
        self.set_body(self._body(), Foot(look, self.press, self.paper, said=self.told))
        self._override = OverrideSheet(look, window)
        self._flow = OverrideFlow(work, self, self._override, self)
        self.closed.connect(self._override.deleteLater)
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it, and ask what there is."""
        self.open()
        self._work.ask(
            preview_forget,
            self._member_id,
            staff=self.staff,
            topic="forget",
            then=self._show,
            failed=self.say,
        )

    def say(self, error: Exception) -> None:
        """Why it is not done."""
        self.told.say(sentence(error), is_wrong=True)

    def _body(self) -> QWidget:
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        self.sum = Words(look, "", "item", bold=True, wraps=True, name="forget_sum")
        column.addWidget(self.sum)
        column.addLayout(self.facts)
        column.addWidget(Words(look, tr("原因"), "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(self.why)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return body

    def _show(self, found: ToForget) -> None:
        kept = found.kept
        who = f"{found.name} {found.card}".strip()
        self.sum.setText(
            tr("{who}：{count} 项个人信息永远删除，不能恢复", who=who, count=kept.values)
        )
        lines = [
            (tr("作废的积分"), f"{kept.points:,}".replace("-", "−")),
            (tr("没用的券"), tr("{count} 张", count=kept.coupons)),
            (
                tr("备注、理由和修改记录"),
                tr("{count} 项", count=kept.notes + kept.words + kept.edits),
            ),
        ]
        if kept.sales:
            until = "" if kept.sales_until is None else day_words(kept.sales_until)
            stays = tr("{count} 张，不带姓名，留到 {until}", count=kept.sales, until=until)
            lines.append((tr("小票按会计规定保存"), stays))
        if kept.papers:
            stays = tr("{count} 条，写在单子上，和小票一样保存", count=kept.papers)
            lines.append((tr("退货和作废的原因"), stays))
        if found.in_chain:
            lines.append((tr("这家店在连锁里"), tr("请总部办，办完每台都删")))
        for label, value in lines:
            height = self._look.sizes.control
            self.facts.addWidget(FactRow(self._look, label, value, height=height))
        self.press.setEnabled(True)

    def _forget(self, approval: Approval | None) -> None:
        self.press.setEnabled(False)
        self._work.act(
            forget_member,
            self._member_id,
            Why(self.why.current()),
            staff=self.staff,
            approval=approval,
            then=self._forgotten,
            failed=self._not_done,
        )

    def _not_done(self, error: Exception) -> None:
        self.press.setEnabled(True)
        if not self._flow.mends(error, self._forget, words=tr("删除个人资料")):
            self.say(error)

    def _forgotten(self, done: Forgotten) -> None:
        made = done.certificate
        self.done.emit()
        if made.waits:
            self.told.say(tr("已请总部删除。总部办完，每台收银机都会删。"))
            return
        self._made = made
        self.told.say(tr("删除了。证明里没有姓名，可以给本人。"))
        self.press.hide()
        self.paper.show()
        self.paper.setFocus()

    def _keep(self) -> None:
        from ui.here import here

        self._work.ask(here, topic="forget_here", then=self._ask_where, failed=self.say)

    def _ask_where(self, place: Here) -> None:
        from ui.file_dialog import ask_where

        made = self._made
        if made is not None:
            name = tr("删除证明") + f"-{made.id.hex[:8]}.pdf"
            ask_where(self, name, lambda chosen: self._write(Path(chosen), made, place.store))

    def _write(self, path: Path, made: Certificate, store: str) -> None:
        from ui.devices.files import write_file
        from ui.manage.privacy.papers import certificate_pdf

        self._labour.begin(
            lambda: write_file(path, certificate_pdf(made, store, self.staff.name)),
            then=lambda _none: self.told.say(tr("存到 {path}", path=path)),
            failed=self.say,
        )
