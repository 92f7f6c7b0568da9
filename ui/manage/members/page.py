"""会员: all members: filtered as one types, sorted by the heads, the file of one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import roll
from core.actions.roll import Found, Lines
from core.members.segment import Segment as Conditions
from core.ports.roll import Filling, Matched, Sort, Wanted
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.members import words
from ui.manage.members.choosing import Choosing
from ui.manage.members.panel import MemberPanel
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets import paint
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.row_table import Cell, RowTable
from ui.widgets.said import Said
from ui.widgets.words import Rule, Words
from ui.work import Work

AT_ONCE = 60
BEAT_MS = 60_000
PANEL = 448
BESIDE = 1100
"""From this width of the window on the file stands beside the table, which it covers below it."""
ROOMY, TIGHT = 700, 560
UP_FIRST = (Sort.BIRTHDAY,)


class FoundRows:
    """Rows of the table: those that are here, by their place."""

    def __init__(self, matched: Matched, lines: Lines, today: date) -> None:
        self._count = matched.members
        self._today = today
        self.lines = dict(enumerate(lines))
        self._cells: dict[int, Sequence[Cell]] = {}

    def __len__(self) -> int:
        return self._count

    def cells(self, at: int) -> Sequence[Cell]:
        """Those of a row; none until it has come."""
        if at in self.lines and at not in self._cells:
            self._cells[at] = words.cells(self.lines[at], self._today)
        return self._cells.get(at, ())

    def take(self, at: int, lines: Lines) -> None:
        """These are here now."""
        self.lines.update(enumerate(lines, at))

    def missing(self, first: int, last: int) -> int | None:
        """The place of the first that is in sight and not here."""
        return next((at for at in range(first, last + 1) if at not in self.lines), None)


class MembersPage(Room):
    """Asks the roll for each key that is typed; only the newest answer is shown."""

    name, icon = "members", "people"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("{all:会员|会员}", all=""))
        self._wanted = Wanted()
        self._rows: FoundRows | None = None
        self._found: Found | None = None
        self._filling = Filling(0, 0, is_usable=False, is_done=False)
        self._build()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._look_again)

    def refresh(self) -> None:
        """Ask for the rows, and bring the roll to what the store is."""
        self.choosing.begin()
        self._find()
        self._fill()
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_meant(self, conditions: Conditions, called: str) -> None:
        """Show whom conditions mean, under what they are called."""
        self._close_panel()
        self.search.edit.clear()
        self._wanted = replace(self._wanted, text="")
        self.choosing.choose_own(conditions, called)
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_member(self, member_id: UUID) -> None:
        """The file of one, beside the rows that are there."""
        self.panel.open(member_id)
        self.panel.show()
        self._arrange()

    def say(self, error: Exception) -> None:
        """One sentence above the rows, which stay as they were."""
        self.said.say(sentence(error), is_wrong=True)

    # Parts

    def _build(self) -> None:
        look = self.look
        self.search = BigInput(
            look,
            tr("姓名、拼音、手机、卡号"),
            icon="search",
            height=look.sizes.control + look.space[1],
            name="members_search",
        )
        self.search.edited.connect(self._on_typed)
        self.search.submitted.connect(self._on_entered)
        self.choosing = Choosing(self)
        self.choosing.chosen.connect(self._on_conditions)
        self.said = Said(look, style="body", name="members_said")
        self.table = RowTable(look, words.columns(), name="members_table", spoken=tr("会员"))
        self.table.show_sorted(self._wanted.sort, is_down=self._wanted.is_down)
        self.table.sort_asked.connect(self._on_sort)
        self.table.seen_changed.connect(self._ask_missing)
        self.table.current_changed.connect(self._open)
        self.nothing = Words(look, "", "item", "ink_2", wraps=True, name="members_nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(look.space[3], look.space[3], look.space[3], 0)
        self.nothing.hide()
        self.count = Words(look, "", "small", "ink_2", elides=True, name="members_count")
        self.place = Words(look, "", "small", "ink_2", align=paint.RIGHT, name="members_place")
        self.export = Button(look, tr("导出"), kind="text", icon="export", name="members_export")
        self.export.setEnabled(False)
        self.export.clicked.connect(self._ask_export)
        self.panel = MemberPanel(look, self.work, self.staff)
        self.panel.setFixedWidth(PANEL)
        self.panel.hide()
        self.panel.closed.connect(self._close_panel)
        self.panel.paper_asked.connect(lambda no: self.open_paper(no))
        self.panel.went.connect(self.went)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._build_head())
        left.addWidget(self.nothing, 1)
        left.addWidget(self.table, 1)
        left.addWidget(Rule(look))
        left.addWidget(self._build_foot())
        self._left = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setLayout(left)
        self._edge = Rule(look, upright=True)
        self._edge.hide()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._left, 1)
        outer.addWidget(self._edge)
        outer.addWidget(self.panel)

    def _build_head(self) -> QVBoxLayout:
        space = self.look.space
        head = QVBoxLayout()
        head.setContentsMargins(space[3], space[3], space[3], space[2])
        head.setSpacing(space[2])
        top = QHBoxLayout()
        top.setSpacing(space[3])
        top.addWidget(self.search, 1)
        top.addWidget(self.choosing.more)
        top.addWidget(self.choosing.saved)
        head.addLayout(top)
        head.addWidget(self.choosing)
        head.addWidget(self.said)
        return head

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(self.look.sizes.control)
        row = QHBoxLayout(foot)
        row.setContentsMargins(self.look.space[3], 0, self.look.space[3], 0)
        row.addWidget(self.count, 1)
        row.addWidget(self.place)
        row.addSpacing(self.look.space[3])
        row.addWidget(self.export)
        return foot

    # Asking

    def _find(self, *, keeps_place: bool = False, opens_first: bool = False) -> None:
        def show(found: Found) -> None:
            self._show(found, keeps_place=keeps_place)
            if opens_first and len(found.lines):
                self.table.choose(0)

        self.work.ask(
            roll.find_members,
            self._wanted,
            staff=self.staff,
            topic="members",
            then=show,
            failed=self.say,
        )

    def _fill(self) -> None:
        self.work.ask(
            roll.fill_roll, staff=self.staff, topic="roll", then=self._on_filled, failed=self.say
        )

    def _on_filled(self, filling: Filling) -> None:
        self._filling = filling
        self.choosing.show_filling(filling)
        self.export.setEnabled(filling.is_usable and self._rows is not None)
        # whoever made the roll anew, it may be another page: what shows is to be of this one
        if self._found is not None and self._found.matched.made != filling.made:
            self._find(keeps_place=True)
        else:
            self._fit_order()
            self._say_count()
        if not filling.is_done:
            self._fill()

    def _ask_missing(self, first: int, last: int) -> None:
        rows = self._rows
        self._say_place(first, last)
        if rows is None or (missing := rows.missing(first, last)) is None:
            return
        # whoever scrolls up finds rows above, too
        at = missing if missing > first else max(0, missing - AT_ONCE // 2)

        def show(lines: Lines) -> None:
            if rows is self._rows:
                rows.take(at, lines)
                self.table.rows_arrived(at, at + len(lines) - 1)

        self.work.ask(
            roll.member_lines, at, AT_ONCE, topic="members_rows", then=show, failed=self.say
        )

    # What arrived

    def _show(self, found: Found, *, keeps_place: bool) -> None:
        self.said.hide()
        self._found = found
        self._rows = FoundRows(found.matched, found.lines, found.today)
        keeps_place = keeps_place and self._is_still_current(found)
        self.table.show_rows(self._rows, keeps_place=keeps_place)
        is_empty = not found.matched.members
        self.table.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self.nothing.setText(self._nothing_words())
        self._fit_order()
        self._say_count()

    def _fit_order(self) -> None:
        """Until the roll is there rows stand in no order: none is pressed that jumps away."""
        found, wanted, filling = self._found, self._wanted, self._filling
        made = None if found is None else found.matched.made
        is_ordered = bool(wanted.text) or (filling.is_usable and made == filling.made)
        self.table.setEnabled(is_ordered)
        self.table.show_sorted(wanted.sort if is_ordered else "", is_down=wanted.is_down)

    def _is_still_current(self, found: Found) -> bool:
        """Whether the row that was chosen is that of the same member still."""
        at = self.table.view.current
        line = found.lines[at] if 0 <= at < len(found.lines) else None
        return at < 0 or (line is not None and line.member_id == self.panel.member_id)

    def _nothing_words(self) -> str:
        if self._wanted == replace(Wanted(), sort=self._wanted.sort, is_down=self._wanted.is_down):
            return tr("这家店还没有会员。请在收银台按 F2 入会，或导入会员名单。")
        if self._wanted.text:
            return tr("没有找到“{text}”。请换一种写法，或选“全部”再找。", text=self._wanted.text)
        return tr("没有符合的会员。")

    def _say_count(self) -> None:
        filling = self._filling
        if not filling.is_usable:
            self.count.setText(
                tr(
                    "正在整理名册：{done} / {all}，先看到的是其中一些",
                    done=f"{filling.done:,}",
                    all=f"{filling.all:,}",
                )
            )
        elif self._found is not None:
            self.count.setText(
                tr(
                    "{members} 位，共 {points} 分",
                    members=f"{self._found.matched.members:,}",
                    points=f"{self._found.matched.points:,}".replace("-", "−"),
                )
            )

    def _say_place(self, first: int, last: int) -> None:
        text = tr("第 {first}–{last} 位", first=f"{first + 1:,}", last=f"{last + 1:,}")
        self.place.setText(text if last >= first and self._rows is not None else "")

    # What people do

    def _on_typed(self, text: str) -> None:
        self._wanted = replace(self._wanted, text=text.strip())
        self._find()

    def _on_entered(self, text: str) -> None:
        # asked anew: a scanner sends its Enter before those that fit the card have come
        if text.strip():
            self._find(opens_first=True)

    def _on_conditions(self, conditions: Conditions) -> None:
        self._wanted = replace(self._wanted, segment=conditions)
        self._find()

    def _ask_export(self) -> None:
        from ui.manage.members.export import ExportSheet

        who = self._who_words()
        assert self._found is not None
        members = self._found.matched.members
        ExportSheet(self, self.window(), self._wanted, members, who).open()

    def _who_words(self) -> str:
        """Whom the rows are, in words."""
        called = self.choosing.called or tr("全部会员")
        text = self._wanted.text
        return tr("{called}，找“{text}”", called=called, text=text) if text else called

    def _on_sort(self, name: str) -> None:
        sort, now = Sort(name), self._wanted
        is_down = not now.is_down if sort is now.sort else sort not in UP_FIRST
        self._wanted = replace(now, sort=sort, is_down=is_down)
        self.table.show_sorted(name, is_down=is_down)
        self._find()

    def _open(self, at: int) -> None:
        line = self._rows.lines.get(at) if self._rows is not None else None
        if line is None:
            return
        self.show_member(line.member_id)

    def _close_panel(self) -> None:
        self.panel.hide()
        self._arrange()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self) -> None:
        if self.isVisible():
            self._fill()

    def _arrange(self) -> None:
        is_open, is_beside = not self.panel.isHidden(), self.window().width() >= BESIDE
        self._left.setVisible(not is_open or is_beside)
        self._edge.setVisible(is_open and is_beside)
        room = self.width() - (PANEL if is_open and is_beside else 0)
        if is_open and not is_beside:
            self.panel.setMaximumWidth(self.width())
            self.panel.setMinimumWidth(self.width())
        else:
            self.panel.setFixedWidth(PANEL)
        hidden = [] if room >= ROOMY else ["phone"] if room >= TIGHT else ["phone", Sort.BIRTHDAY]
        self.table.hide_columns(hidden)

    # Of Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.panel.isHidden():
            self._close_panel()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.edit.clear()
            self._on_typed("")
        elif event.key() == Qt.Key.Key_Down and self.search.edit.hasFocus():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._rows is not None and len(self._rows) and self.table.isEnabled():
                self.table.choose(0)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
