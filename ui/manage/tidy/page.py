"""整理: who may be one person, whose data is to be looked at, and tables brought in."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.roll import fill_roll
from core.actions.tidy import (
    AlikeLine,
    AlikeLines,
    Listed,
    alike_members,
    lists_to_tidy,
    tell_apart,
)
from core.errors import Cancelled
from core.ports.roll import Filling
from core.trust.staff import Staff
from ui.labour import Labour
from ui.look import Look
from ui.manage.asking import hearing
from ui.manage.room import Room
from ui.manage.tidy import words
from ui.text import sentence, tr
from ui.time_left import with_time_left
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.progress import Progress
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.words import Rule, Words
from ui.work import Work

LISTS, LESS_LISTS, ROOMY = 320, 304, 940


class TidyPage(Room):
    """Lists open in the page of members; pairs are merged, or told apart, from here."""

    name, icon = "tidy", "check"
    _told = Signal(int, int, int)

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("整理"))
        self._labour = Labour(self)
        self._stopped = Event()
        self._lines: list[AlikeLine] = []
        self._count = 0
        self._build()
        self._told.connect(self._show_progress)

    def refresh(self) -> None:
        """Count what is to be looked at; pairs are looked for when somebody says so."""
        self._ask_lists()
        self._fill()

    def end(self) -> None:
        """Stop looking."""
        self._stopped.set()
        self._labour.wait()

    def say(self, error: Exception) -> None:
        """One sentence; what is shown stays."""
        self.said.say(sentence(error), is_wrong=True)

    # Parts

    def _build(self) -> None:
        look = self.look
        self.said = Said(look, style="body", name="tidy_said")
        self.lists = ChoiceList(look, name="tidy_lists", spoken=tr("要看一看的资料"))
        self.lists.chosen.connect(self._open_list)
        self.bring = Button(look, tr("导入表格…"), name="tidy_bring_in")
        self.bring.clicked.connect(self._bring_in)
        self.past = Button(look, tr("导入记录"), name="tidy_imported")
        self.past.clicked.connect(self._show_imports)
        self.seek = Button(
            look,
            tr("找一遍"),
            kind="primary",
            icon="search",
            height=look.sizes.control,
            name="tidy_find",
        )
        self.seek.clicked.connect(self._find)
        self.stop = Button(look, tr("停下"), icon="close", name="tidy_stop")
        self.stop.clicked.connect(self._stopped.set)
        self.stop.hide()
        self.progress = Progress(look, name="tidy_progress")
        self.progress.hide()
        self.count = Words(look, "", "body", "ink_2", wraps=True, name="tidy_count")
        self.count.setText(tr("同手机、同卡号、同名同生日，或读音一样、手机只差一位的，列在这里。"))
        self.table = RowTable(look, words.columns(), name="tidy_pairs", spoken=tr("可能是同一位"))
        self.table.current_changed.connect(lambda _at: self._show_current())
        self.table.opened.connect(lambda _at: self._merge())
        self.table.hide()
        self.pair = Words(look, "", "body", elides=True, name="tidy_pair")
        self.apart = Button(look, tr("不是同一位"), name="tidy_apart")
        self.apart.clicked.connect(self._tell_apart)
        self.merge = Button(look, tr("对照与合并"), kind="inverse", name="tidy_merge")
        self.merge.clicked.connect(self._merge)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_lists())
        row.addWidget(Rule(look, upright=True))
        row.addLayout(self._build_pairs(), 1)
        self._show_current()

    def _build_lists(self) -> QWidget:
        look, space = self.look, self.look.space
        self._left = left = QWidget()
        left.setFixedWidth(LISTS)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, space[4], 0, space[3])
        column.setSpacing(space[2])
        head = QHBoxLayout()
        head.setContentsMargins(space[4], 0, space[4], 0)
        head.addWidget(Words(look, tr("要看一看的资料"), "item", bold=True))
        column.addLayout(head)
        column.addWidget(self.lists, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(space[4], 0, space[4], 0)
        foot.setSpacing(space[3])
        foot.addWidget(self.bring)
        foot.addWidget(self.past)
        foot.addStretch(1)
        column.addLayout(foot)
        return left

    def _build_pairs(self) -> QVBoxLayout:
        look, space = self.look, self.look.space
        column = QVBoxLayout()
        column.setContentsMargins(0, space[3], 0, 0)
        column.setSpacing(space[2])
        head = QVBoxLayout()
        head.setContentsMargins(space[4], 0, space[4], 0)
        head.setSpacing(space[2])
        top = QHBoxLayout()
        top.addWidget(Words(look, tr("可能是同一位"), "item", bold=True), 1)
        top.addWidget(self.stop)
        top.addWidget(self.seek)
        head.addLayout(top)
        for widget in (self.count, self.progress, self.said):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(space[4], space[2], space[4], space[2])
        foot.setSpacing(space[3])
        foot.addWidget(self.pair, 1)
        foot.addWidget(self.apart)
        foot.addWidget(self.merge)
        column.addWidget(self._foot)
        return column

    # Lists

    def _fill(self) -> None:
        self.work.ask(
            fill_roll,
            staff=self.staff,
            topic="tidy_roll",
            then=self._on_filled,
            failed=self.say,
        )

    def _on_filled(self, filling: Filling) -> None:
        if filling.is_done:
            self._ask_lists()
        elif self.isVisible():
            self._fill()

    def _ask_lists(self) -> None:
        self.work.ask(
            lists_to_tidy,
            staff=self.staff,
            topic="tidy_lists",
            then=self._show_lists,
            failed=self.say,
        )

    def _show_lists(self, found: Sequence[tuple[Listed, int]]) -> None:
        rows = []
        for listed, count in found:
            title, line = words.list_words(listed)
            icon = "alert" if count else "check"
            rows.append(Choice(listed, title, line, f"{count:,}", icon))
        at = self.lists.currentIndex().row()
        self.lists.show_rows(rows, current=at if at >= 0 else None)

    def _open_list(self, listed: object) -> None:
        assert isinstance(listed, Listed)
        self.sought.emit(listed.conditions, words.list_words(listed)[0])

    # Pairs

    def _find(self) -> None:
        shop, staff = self.work.hands.shop, self.staff
        if shop is None or self._labour.is_busy:
            return
        self.said.say("")
        self._stopped.clear()
        hear = hearing(self._stopped, self._told.emit)
        self.progress.restart()
        self.progress.show_progress(0, tr("正在对照…"))
        self._be_busy(is_busy=True)
        self._labour.begin(
            lambda: alike_members(shop, hear, staff=staff), then=self._show, failed=self._fail
        )

    def _be_busy(self, *, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        self.seek.setEnabled(not is_busy)

    def _show_progress(self, done: int, whole: int, left_s: int) -> None:
        said = tr("{done} / {whole} 位", done=f"{done:,}", whole=f"{whole:,}")
        permille = done * 1000 // max(whole, 1)
        self.progress.show_progress(permille, with_time_left(said, left_s))

    def _fail(self, error: Exception) -> None:
        self._be_busy(is_busy=False)
        if isinstance(error, Cancelled):
            self.said.say(tr("停下了。没有列出来的，下次再找。"))
        else:
            self.say(error)

    def _show(self, found: AlikeLines) -> None:
        self._be_busy(is_busy=False)
        self._lines, self._count = list(found.lines), found.count
        self._show_lines()

    def _show_lines(self) -> None:
        at = max(0, self.table.view.current)
        self.table.setVisible(bool(self._lines))
        self.table.show_rows(ListedRows([words.cells(line) for line in self._lines]))
        if self._lines:
            self.table.choose(min(at, len(self._lines) - 1))
        self._show_current()
        if not self._count:
            self.count.setText(tr("没有像是同一位的。"))
        elif self._count > len(self._lines):
            most = f"{len(self._lines):,}"
            count = f"{self._count:,}"
            self.count.setText(tr("{count} 对，先列最像的 {most} 对。", count=count, most=most))
        else:
            self.count.setText(tr("{count} 对", count=f"{self._count:,}"))

    @property
    def current(self) -> AlikeLine | None:
        """The pair that is chosen."""
        at = self.table.view.current
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _show_current(self) -> None:
        line = self.current
        self._foot.setVisible(line is not None)
        self.pair.setText(words.pair_words(line) if line is not None else "")

    def _merge(self) -> None:
        from ui.manage.members.merge import MergeSheet

        line = self.current
        if line is None:
            return
        pair = (line.one.member_id, line.other.member_id)
        sheet = MergeSheet(self.look, self.window(), self.work, self.staff, *pair)
        sheet.done.connect(lambda into: self._on_merged(line, into))
        sheet.begin()

    def _on_merged(self, line: AlikeLine, into: UUID) -> None:
        """Whoever is gone is in no other pair, either."""
        pair = {line.one.member_id, line.other.member_id}
        gone = pair - {into}
        self._leave_out([each for each in self._lines if gone & _ids(each)])

    def _tell_apart(self) -> None:
        line = self.current
        if line is not None:
            self.work.act(
                tell_apart,
                line.one.member_id,
                line.other.member_id,
                staff=self.staff,
                then=lambda _none: self._leave_out([line]),
                failed=self.say,
            )

    def _leave_out(self, lines: Sequence[AlikeLine]) -> None:
        self._lines = [each for each in self._lines if each not in lines]
        self._count -= len(lines)
        self._show_lines()

    # Tables

    def _bring_in(self) -> None:
        from ui.manage.tidy.bring_in import BringInSheet

        sheet = BringInSheet(self, self.window())
        sheet.brought.connect(self.refresh)
        sheet.open()

    def _show_imports(self) -> None:
        from ui.manage.tidy.imported import ImportedSheet

        sheet = ImportedSheet(self, self.window())
        sheet.changed.connect(self.refresh)
        sheet.open()

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(LISTS if self.width() >= ROOMY else LESS_LISTS)


def _ids(line: AlikeLine) -> set[UUID]:
    return {line.one.member_id, line.other.member_id}
