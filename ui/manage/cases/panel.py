"""卷宗: one case at the right of the list: what it is, its evidence, what happened, what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.cases import (
    CaseDetail,
    EvidenceLine,
    case_detail,
    note_case,
    paper_of,
)
from core.actions.decide_case import reopen_case
from core.sales.receipt import Receipt
from core.trust.rights import Approval
from core.trust.signals import Evidence
from ui.case_text import case_advice, case_name, what_name
from ui.manage.cases import state
from ui.manage.cases.decide import DecideSheet, WordsSheet
from ui.manage.members.file_words import FileLine
from ui.manage.paper import PaperSheet
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.panel_row import FactRow, Figure, PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words


class CasePanel(QWidget):
    """Asks for its case anew each time; `closed` where somebody closes it, `done` after a deed."""

    closed = Signal()
    done = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.case_id: UUID | None = None
        self._detail: CaseDetail | None = None
        self.setObjectName("case_panel")
        self.setAccessibleName(tr("案件"))
        self._build()

    def open(self, case_id: UUID) -> None:
        """Show a case."""
        if case_id != self.case_id:
            self.said.say("")
        self.case_id = case_id
        self._ask(case_detail, case_id, topic="case_detail", then=self._show)

    # Parts

    def _build(self) -> None:
        look, space = self._room.look, self._room.look.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(space[4], space[3], space[4], space[3])
        head.setSpacing(space[1])
        self.title = Words(look, "", "title", bold=True, wraps=True, name="case_title")
        self.chip = Chip(look, kind="outline", name="case_chip", parent=self)
        close = Button(look, kind="quiet", icon="close", name="case_close", spoken=tr("关闭"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(space[2])
        row.addWidget(self.title, 1)
        row.addWidget(self.chip)
        row.addWidget(close)
        head.addLayout(row)
        self.about = Words(look, "", "small", "ink_2", wraps=True, name="case_about")
        head.addWidget(self.about)
        head.addSpacing(space[1])
        head.addLayout(self._build_figures())
        head.addSpacing(space[1])
        self.advice = Words(look, "", "body", wraps=True, name="case_advice")
        head.addWidget(self.advice)
        column.addLayout(head)
        column.addWidget(Rule(look))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(space[4], space[2], space[4], space[3])
        rows.setSpacing(space[3])
        self.evidence = Section(look, tr("证据"), name="case_evidence")
        self.steps = Section(look, tr("经过"), name="case_steps")
        rows.addWidget(self.evidence)
        rows.addWidget(self.steps)
        rows.addStretch(1)
        column.addWidget(Scroll(inner), 1)
        column.addWidget(Rule(look))
        column.addLayout(self._build_foot())

    def _build_figures(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        row.setSpacing(look.space[4])
        self.points = Figure(look, tr("值多少分"), name="case_points")
        self.has = Figure(look, tr("会员现有"), name="case_has")
        for figure in (self.points, self.has):
            row.addWidget(figure, 1)
        return row

    def _build_foot(self) -> QVBoxLayout:
        look, space = self._room.look, self._room.look.space
        self.said = Said(look, name="case_said")
        self.note = Button(look, tr("写备注"), name="case_note")
        self.note.clicked.connect(self._write)
        self.reopen = Button(look, tr("重开…"), name="case_reopen")
        self.reopen.clicked.connect(self._reopen)
        control = look.sizes.control
        self.decide = Button(look, tr("处理…"), kind="primary", height=control, name="case_decide")
        self.decide.clicked.connect(self._decide)
        row = QHBoxLayout()
        row.setSpacing(space[3])
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(self.reopen)
        row.addWidget(self.decide)
        foot = QVBoxLayout()
        foot.setContentsMargins(space[4], space[2], space[4], space[2])
        foot.addWidget(self.said)
        foot.addLayout(row)
        return foot

    # What arrived

    def _show(self, detail: CaseDetail) -> None:
        self._detail = detail
        file = detail.line.file
        self.title.setText(case_name(file.case.kind))
        self.chip.set_text(tr("未结") if file.is_open else state.decided_words(file))
        self.about.setText(state.about_words(detail.line, detail.zone))
        self.advice.setText(case_advice(file.case.kind))
        self.advice.setVisible(bool(self.advice.text()))
        for figure in (self.points, self.has):
            figure.setVisible(not file.is_of_chain)
        self.points.set_value(f"{file.points:,}", bold=True)
        has = f"{detail.points:,}" if file.member_id is not None else ""
        self.has.setVisible(bool(has) and not detail.line.is_erased and not file.is_of_chain)
        self.has.set_value(has)
        self._show_evidence(detail)
        self.steps.show_rows(
            [self._row(state.step_line(each, detail)) for each in detail.steps[::-1]],
            tr("还没有人看过。"),
        )
        self.decide.setVisible(file.is_open)
        stays = not detail.line.is_erased
        self.note.setVisible(stays)
        self.reopen.setVisible(stays and not file.is_open and not file.is_of_chain)
        for button in (self.note, self.decide, self.reopen):
            button.setEnabled(detail.may_decide)

    def _show_evidence(self, detail: CaseDetail) -> None:
        pieces, shown = detail.line.file.pieces, len(detail.evidence)
        count = tr("{count} 条", count=f"{pieces:,}") if pieces else ""
        if pieces > shown:
            count = tr("{count} 条，先看 {shown} 条", count=f"{pieces:,}", shown=f"{shown:,}")
        self.evidence.count.setText(count)
        rows = [self._evidence_row(each, detail) for each in detail.evidence]
        self.evidence.show_rows(rows or self._told(detail), tr("没有别的了。"))

    def _told(self, detail: CaseDetail) -> list[QWidget]:
        """What head office says of a case of its own, which has no rows here."""
        case, look = detail.line.file.case, self._room.look
        rows: list[QWidget] = [FactRow(look, tr("记录"), case.about)] if case.about else []
        if case.detail:  # several receipts are long, and are read in full
            rows.append(PanelRow(look, tr("说明"), line=case.detail, grows=True, name="case_told"))
        return rows

    def _evidence_row(self, each: EvidenceLine, detail: CaseDetail) -> QWidget:
        line, told = state.evidence_line(each, detail), each.evidence
        has_paper = told.what in state.PAPERS
        row = PanelRow(
            self._room.look,
            line.title,
            line=line.line,
            amount=line.amount,
            action=tr("看单") if has_paper else "",
            spoken=tr("看单 {no}", no=told.no),
            grows=True,
            name="case_piece",
        )
        row.acted.connect(partial(self._ask_paper, told))
        return row

    def _row(self, line: FileLine) -> PanelRow:
        return PanelRow(self._room.look, line.title, line=line.line, amount=line.amount, grows=True)

    def _ask_paper(self, evidence: Evidence) -> None:
        title = f"{what_name(evidence.what)} {evidence.no}".strip()
        self._ask(paper_of, evidence, topic="case_paper", then=partial(self._show_paper, title))

    def _show_paper(self, title: str, paper: Receipt | None) -> None:
        if paper is None:
            self.said.say(tr("这张单不在这台收银台。"), is_wrong=True)
        else:
            PaperSheet(self._room.look, self.window(), title, [(title, paper)]).open()

    # Deeds

    def _decide(self) -> None:
        if self._detail is not None:
            sheet = DecideSheet(self._room, self.window(), self._detail)
            sheet.done.connect(self._after)
            sheet.open(sheet.reason.edit if sheet.asks_why else sheet.press)

    def _write(self) -> None:
        title, verb = tr("给案件写备注"), tr("记下")
        self._ask_words(title, tr("备注"), verb, self._keep_note)

    def _keep_note(self, sheet: WordsSheet, _approval: Approval | None) -> None:
        self._room.work.act(
            note_case,
            self.case_id,
            sheet.words.text(),
            step_id=sheet.step_id,
            staff=self._room.staff,
            then=lambda _noted: self._close(sheet),
            failed=sheet.fail,
        )

    def _reopen(self) -> None:
        title, verb = tr("重开案件"), tr("重开")
        hint = tr("收回的积分退给会员，因为它冻结的解冻；经过都留着。")
        self._ask_words(title, tr("理由"), verb, self._do_reopen, hint=hint)

    def _do_reopen(self, sheet: WordsSheet, approval: Approval | None) -> None:
        again = partial(self._do_reopen, sheet)
        self._room.work.act(
            reopen_case,
            self.case_id,
            reason=sheet.words.text(),
            step_id=sheet.step_id,
            staff=self._room.staff,
            approval=approval,
            then=lambda _settled: self._close(sheet),
            failed=lambda error: sheet.mend(error, again),
        )

    def _ask_words(
        self,
        title: str,
        label: str,
        verb: str,
        do: Callable[[WordsSheet, Approval | None], None],
        *,
        hint: str = "",
    ) -> None:
        shop = self._room.work.hands.shop
        if shop is None:
            return
        sheet = WordsSheet(self._room, self.window(), title, step_id=shop.new_id())
        sheet.ask(label, verb, hint=hint)
        sheet.said_yes.connect(lambda: do(sheet, None))
        sheet.open(sheet.words.edit)

    def _close(self, sheet: WordsSheet) -> None:
        sheet.shut()
        self._after()

    def _after(self) -> None:
        self.done.emit()
        if self.case_id is not None:
            self.open(self.case_id)

    def fail(self, error: Exception) -> None:
        """Why something was not done, at the foot."""
        self.said.say(sentence(error), is_wrong=True)

    def _ask(
        self,
        question: Callable[..., object],
        about: object,
        *,
        topic: str,
        then: Callable[..., object],
    ) -> None:
        room = self._room
        room.work.ask(question, about, staff=room.staff, topic=topic, then=then, failed=self.fail)

    # Of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._room.look.colour("surface"))
