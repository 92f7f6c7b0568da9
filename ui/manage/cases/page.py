"""案件: those that are open and those that are decided, one at the right."""

from __future__ import annotations

from datetime import UTC, tzinfo
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.cases import CaseLine, CaseList, list_cases
from core.ports.cases import CaseKey
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.cases import state
from ui.manage.cases.looking import Looking
from ui.manage.cases.panel import CasePanel
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.row_table import Cell, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words
from ui.work import Work

OPEN, DECIDED = "open", "decided"
AHEAD = 60
"""Rows below those in sight, when the next are asked for."""
PANEL = 448
BESIDE = 1100
"""From this width of the window on a case stands beside the list, which it covers below it."""
ROOMY, TIGHT = 800, 560


class CaseRows:
    """Cases as far as they were asked for."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.lines: list[CaseLine] = []
        self.zone = zone

    def __len__(self) -> int:
        return len(self.lines)

    def cells(self, at: int) -> tuple[Cell, ...]:
        """Those of one row."""
        return state.cells(self.lines[at], self.zone)

    def place(self, case_id: UUID | None) -> int:
        """Where a case stands; -1 where it is not among them."""
        found = (at for at, line in enumerate(self.lines) if line.file.case.id == case_id)
        return next(found, -1)


class CasesPage(Room):
    """Asks anew when it is opened, and when something was found or decided."""

    name, icon = "cases", "shield"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("案件"))
        self._rows = CaseRows()
        self._rest: CaseKey | None = None
        self._is_asking = False
        self._build()
        self.looking = Looking(work, self)
        self.looking.found.connect(self._look_again)
        self.looking.failed.connect(self.say)

    def refresh(self) -> None:
        """The list as it is now; and look for what happened just now."""
        self._list()
        self.looking.look()

    def end(self) -> None:
        """Look no more."""
        self.looking.end()

    def say(self, error: Exception) -> None:
        """One sentence above the rows, which stay as they were."""
        self.said.say(sentence(error), is_wrong=True)

    # Parts

    def _build(self) -> None:
        look, space = self.look, self.look.space
        segments = [Segment(OPEN, tr("未结")), Segment(DECIDED, tr("已结"))]
        self.choice = Segments(look, segments, name="cases_choice", spoken=tr("案件"))
        self.choice.chosen.connect(lambda _name: self._switch())
        self.said = Said(look, style="body", name="cases_said")
        self.table = RowTable(look, state.columns(), name="cases_table", spoken=tr("案件"))
        self.table.current_changed.connect(self._open)
        self.table.seen_changed.connect(self._on_seen)
        self.nothing = Words(look, "", "item", "ink_2", wraps=True, name="cases_nothing")
        self.nothing.hide()
        head = QHBoxLayout()
        head.addWidget(self.choice)
        head.addStretch(1)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(space[3], space[3], space[3], 0)
        column.setSpacing(space[3])
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing)
        column.addStretch(0)
        self.panel = CasePanel(self)
        self.panel.closed.connect(self._close_panel)
        self.panel.done.connect(self._list)
        self.panel.hide()
        self._edge = Rule(look, upright=True)
        self._edge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._edge)
        row.addWidget(self.panel)
        self._arrange()

    # Rows

    @property
    def _is_open(self) -> bool:
        return self.choice.current() == OPEN

    def _switch(self) -> None:
        self._close_panel()
        self._list()

    def _look_again(self) -> None:
        if self.isVisible():
            self._list()

    def _list(self) -> None:
        self._ask(None)

    def _ask(self, behind: CaseKey | None) -> None:
        self._is_asking = True
        self.work.ask(
            list_cases,
            staff=self.staff,
            is_open=self._is_open,
            behind=behind,
            topic="cases_list",
            then=self._more if behind else self._show,
            failed=self._not_listed,
        )

    def _not_listed(self, error: Exception) -> None:
        self._is_asking = False
        self.say(error)

    def _show(self, found: CaseList) -> None:
        self.said.hide()
        self._is_asking, self._rest = False, found.rest
        self._rows = CaseRows(found.zone)
        self._rows.lines.extend(found.lines)
        self.table.show_rows(self._rows)
        self.table.view.current = self._rows.place(self.panel.case_id)
        self.choice.show_counts({OPEN: f"{found.open:,}", DECIDED: f"{found.decided:,}"})
        is_empty = not found.lines
        self.table.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self.nothing.setText(
            tr("没有未结的案件。有不寻常的积分、退货和更正，会列在这里。")
            if self._is_open
            else tr("还没有结过案件。")
        )
        self._arrange()

    def _more(self, found: CaseList) -> None:
        self._is_asking, self._rest = False, found.rest
        self._rows.lines.extend(found.lines)
        self.table.show_rows(self._rows, keeps_place=True)

    def _on_seen(self, _first: int, last: int) -> None:
        if self._rest is not None and not self._is_asking and last >= len(self._rows) - AHEAD:
            self._ask(self._rest)

    # One case

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._rows):
            self.panel.open(self._rows.lines[at].file.case.id)
            self.panel.show()
            self._arrange()

    def _close_panel(self) -> None:
        self.panel.hide()
        self.panel.case_id = None
        self._arrange()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        is_shown, is_beside = not self.panel.isHidden(), self.window().width() >= BESIDE
        self._left.setVisible(not is_shown or is_beside)
        self._edge.setVisible(is_shown and is_beside)
        room = self.width() - (PANEL if is_shown and is_beside else 0)
        if is_shown and not is_beside:
            self.panel.setMaximumWidth(self.width())
            self.panel.setMinimumWidth(self.width())
        else:
            self.panel.setFixedWidth(PANEL)
        hidden = [state.DECIDED] if self._is_open else [state.PIECES]
        hidden += [] if room >= ROOMY else [state.PIECES]
        hidden += [] if room >= (TIGHT if self._is_open else ROOMY) else [state.POINTS]
        self.table.hide_columns(hidden)

    # Of Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.panel.isHidden():
            self._close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
