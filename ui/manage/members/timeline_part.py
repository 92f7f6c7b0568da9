"""动态的页: rows of what happened, so many at once; some lead to what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.timeline import Timeline, timeline
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.members.timeline_words import PAPER, TAB, Happened, happened
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.panel_row import PanelRow
from ui.widgets.segments import Segment, Segments
from ui.work import Work

AT_ONCE = 50
ALL, SERVICE = "all", "service"


class TimelinePart(QWidget):
    """Asks when it is made; `tab` gives a tab of the file, `went` a part of another room.

    `paper_asked` gives the number of a paper that is to be shown.
    """

    tab = Signal(str)
    paper_asked = Signal(str)
    went = Signal(str)
    failed = Signal(object)

    def __init__(self, look: Look, work: Work, staff: Staff, member_id: UUID) -> None:
        super().__init__()
        self._look, self._work, self._staff = look, work, staff
        self._found: Sequence[Happened] | None = None
        self._shown = AT_ONCE
        self.kinds = Segments(
            look,
            [Segment(ALL, tr("全部")), Segment(SERVICE, tr("服务记录"))],
            name="timeline_kinds",
            spoken=tr("动态"),
        )
        self.kinds.chosen.connect(self._on_kind)
        self.section = Section(look, tr("动态"), name="member_section")
        self.more = Button(look, tr("更早的"), name="timeline_more")
        self.more.clicked.connect(self._on_more)
        self.more.hide()
        top = QHBoxLayout()
        top.addWidget(self.kinds)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addLayout(top)
        column.addWidget(self.section)
        column.addWidget(self.more)
        self._work.ask(
            timeline,
            member_id,
            staff=staff,
            topic="member_timeline",
            then=self._take,
            failed=self.failed.emit,
        )

    def _take(self, told: Timeline) -> None:
        self._found = happened(told)
        self._show()

    def _show(self) -> None:
        only = self.kinds.current() == SERVICE
        rows = [each for each in self._found or () if each.is_service or not only]
        self.section.count.setText(tr("{count} 条", count=f"{len(rows):,}") if rows else "")
        nothing = tr("还没有服务记录。") if only else tr("什么都没有发生过。")
        self.section.show_rows([self._row(each) for each in rows[: self._shown]], nothing)
        self.more.setVisible(len(rows) > self._shown)

    def _row(self, each: Happened) -> PanelRow:
        kind, which = each.leads
        row = PanelRow(
            self._look,
            each.line.title,
            line=each.line.line,
            amount=each.line.amount,
            action=tr("看单") if kind == PAPER else tr("打开") if kind else "",
            grows=True,
            name="timeline_row",
        )
        row.acted.connect(partial(self._lead, kind, which))
        return row

    def _lead(self, kind: str, which: str) -> None:
        if kind == TAB:
            self.tab.emit(which)
        elif kind == PAPER:
            self.paper_asked.emit(which)
        else:
            self.went.emit(which)

    def _on_kind(self, _name: str) -> None:
        self._shown = AT_ONCE
        if self._found is not None:
            self._show()

    def _on_more(self) -> None:
        self._shown += AT_ONCE
        self._show()
