"""备份: where the last one lies, when the next makes itself, and whether it can be brought back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from core.actions.keep_running import (
    RoutineChanged,
    Running,
    back_up_now,
    change_routine,
    drill_now,
    look_at_running,
)
from core.errors import BadRoutine, RoutineElsewhere
from core.ports.keeping import Drilled
from core.shop import Shop
from core.values.routine import Routine
from ui.labour import Labour
from ui.manage.listed import ListedSheet
from ui.manage.room import Room
from ui.manage.running import state
from ui.manage.running.part import RunningPart
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.key_figure import KeyFigure
from ui.widgets.panel_row import PanelRow
from ui.widgets.progress import Progress
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words

LABEL_WIDTH, KEPT_WIDTH = 112, 120
CHECKED = 600
NOWHERE = Qt.AlignmentFlag(0)


class BackupsPart(RunningPart):
    """Figures, what is wrong, the form of the routine, and both deeds at once."""

    told = Signal(int)

    def __init__(self, room: Room) -> None:
        super().__init__(room, "backups")
        self._held: Running | None = None
        self._labour = Labour(self)
        self.told.connect(self._on_progress)
        self.column.addLayout(self._build_figures())
        self.column.addWidget(self._build_doing())
        self.wrong = Section(self.look, tr("没有做成"), name="running_wrong")
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.form = Section(self.look, tr("每天自己做"), name="running_backup_form")
        self.form.body.insertLayout(0, self._build_form())
        self.form.hide()  # until it is known what is kept
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def _build_figures(self) -> QHBoxLayout:
        look, row = self.look, QHBoxLayout()
        row.setSpacing(look.space[4])
        self.last = KeyFigure(look, tr("最近的备份"), name="backup_last", style="figure")
        self.next = KeyFigure(look, tr("下一份"), name="backup_next", style="figure")
        self.drill = KeyFigure(look, tr("恢复演练"), name="backup_drill", style="figure")
        for figure in (self.last, self.next, self.drill):
            if figure is not self.last:
                row.addWidget(Rule(look, upright=True))
            row.addWidget(figure, 1)
        self.last.opened.connect(self._open_backups)
        self.next.opened.connect(lambda: self.folder.focus())
        self.drill.opened.connect(self._try_now)
        return row

    def _build_doing(self) -> QWidget:
        look = self.look
        self.now = Button(look, tr("现在备份"), icon="shield", name="backup_now")
        self.now.clicked.connect(self._back_up)
        self.try_now = Button(look, tr("现在演练恢复"), icon="return", name="backup_try")
        self.try_now.clicked.connect(self._try_now)
        self.progress = Progress(look, name="backup_progress")
        self.progress.hide()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        row.addWidget(self.now)
        row.addWidget(self.try_now)
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        return whole

    def _build_form(self) -> QGridLayout:
        look, grid = self.look, QGridLayout()
        grid.setContentsMargins(0, look.space[4], 0, 0)
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[4])
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        segments = [Segment(name, words) for name, words in state.hours()]
        self.hour = Segments(look, segments, name="backup_hour", spoken=tr("几点"))
        self.folder = Field(
            look, tr("再抄一份到这个文件夹（U 盘或网络盘，空着就不抄）"), name="backup_folder"
        )
        pick = Button(look, tr("选文件夹"), name="backup_pick")
        pick.clicked.connect(self._pick)
        self.kept = Field(look, tr("留最新的几份"), name="backup_kept")
        self.kept.setFixedWidth(KEPT_WIDTH)
        drills = [Segment("yes", tr("每月一次")), Segment("no", tr("不自己做"))]
        self.drills = Segments(look, drills, name="backup_drills", spoken=tr("恢复演练"))
        self.save = Button(
            look, tr("保存"), kind="primary", height=look.sizes.control, name="backup_save"
        )
        self.save.clicked.connect(self._save)
        self._add(grid, tr("几点"), self.hour)
        self._add(grid, tr("抄到哪里"), self.folder, pick, grows=self.folder)
        self._add(grid, tr("留几份"), self.kept)
        self._add(grid, tr("恢复演练"), self.drills)
        self._add(grid, "", self.save)
        return grid

    def _add(
        self, grid: QGridLayout, label: str, *widgets: QWidget, grows: QWidget | None = None
    ) -> None:
        row, at = QHBoxLayout(), grid.rowCount()
        row.setSpacing(self.look.space[3])
        for widget in widgets:
            low = Qt.AlignmentFlag.AlignBottom
            row.addWidget(widget, int(widget is grows), low if widget is not grows else NOWHERE)
        if grows is None:
            row.addStretch(1)
        grid.addWidget(Words(self.look, label, "body", "ink_2"), at, 0)
        grid.addLayout(row, at, 1)

    # What arrived

    def refresh(self) -> None:
        """As it is now; what is typed in the form stays."""
        ask, failed = self.room.work.ask, self.room.say
        staff = self.room.staff
        ask(look_at_running, staff=staff, topic="running", then=self._show, failed=failed)

    def end(self) -> None:
        """A backup that was begun comes to its end."""
        self._labour.wait()

    def _show(self, found: Running) -> None:
        is_typed = self._held is not None and self._wish() != self._held.routine
        before, self._held = self._held, found
        for figure, words in (
            (self.last, state.backup_figure(found)),
            (self.next, state.next_figure(found)),
            (self.drill, state.drill_figure(found)),
        ):
            number, line, role = words
            figure.show_figure(number, line, role=role)
        wrong = state.troubles(found)
        self.wrong.setVisible(bool(wrong))
        rows = [
            PanelRow(self.look, what, icon="alert", icon_role="danger_text", line=why, grows=True)
            for what, why in wrong
        ]
        self.wrong.show_rows(rows, "")
        if found.broken is not None:
            self.fail(found.broken)
        if before is None or (not is_typed and before.routine != found.routine):
            self._fill(found.routine)

    def _fill(self, routine: Routine) -> None:
        self.form.show()
        hour = "" if routine.backup_hour is None else str(routine.backup_hour)
        self.hour.set_current(hour)
        self.folder.set_text(routine.backup_folder)
        self.kept.set_text(str(routine.backups_kept))
        self.drills.set_current("yes" if routine.drills else "no")

    # What is wanted

    def _wish(self) -> Routine | None:
        """What the form says; None where it says what cannot be."""
        assert self._held is not None
        hour, kept = self.hour.current(), self.kept.text()
        wished = replace(
            self._held.routine,
            backup_hour=int(hour) if hour else None,
            backup_folder=self.folder.text(),
            backups_kept=int(kept) if kept.isascii() and kept.isdecimal() else 0,
            drills=self.drills.current() == "yes",
        )
        return wished if wished.is_sound else None

    def _save(self) -> None:
        if self._held is None:
            return
        wished = self._wish()
        if wished is None:
            self.kept.set_problem(tr("写 1 到 365。"))
            self.kept.focus()
            return
        self.room.work.act(
            change_routine,
            self._held.routine,
            wished,
            staff=self.room.staff,
            then=self._saved,
            failed=self._refused,
        )

    def _saved(self, made: RoutineChanged) -> None:
        self._done(tr("保存好了。"))
        if made.is_out_of_reach:
            words = "保存好了，但是文件夹 {path} 现在写不进去。请插好 U 盘，或换一个文件夹。"
            self.said.say(tr(words, path=made.routine.backup_folder), is_wrong=True)

    def _refused(self, error: Exception) -> None:
        """What is typed stays; what somebody else wants instead shows above it."""
        self.fail(error)
        if isinstance(error, RoutineElsewhere | BadRoutine):
            self.refresh()

    def _done(self, words: str) -> None:
        self.said.say(words)
        self.refresh()

    def _pick(self) -> None:
        from ui.file_dialog import ask_for_folder

        ask_for_folder(self, self.folder.set_text)

    # Done at once

    def _back_up(self) -> None:
        def do(shop: Shop) -> str:
            return back_up_now(shop, staff=self.room.staff, on_progress=self.told.emit)

        self._begin(do, tr("正在备份……"), lambda path: tr("备份已加密、已核对：{path}", path=path))

    def _try_now(self) -> None:
        def words(found: object) -> str:
            assert isinstance(found, Drilled)
            return state.drilled_words(found)

        do = partial(drill_now, staff=self.room.staff)
        self._begin(do, tr("正在把备份恢复到临时文件夹，逐笔核对……"), words)

    def _begin(self, do: Callable[[Shop], object], doing: str, words: Callable[[Any], str]) -> None:
        shop = self.shop
        if shop is None or self._labour.is_busy:
            return
        for button in (self.now, self.try_now):
            button.setEnabled(False)
        self.said.say("")
        self.progress.restart()
        self.progress.show_progress(0, doing)
        self.progress.show()
        self._labour.begin(
            lambda: do(shop),
            then=lambda found: self._ended(words(found)),
            failed=self._not_done,
        )

    def _on_progress(self, permille: int) -> None:
        words = tr("正在核对……") if permille >= CHECKED else tr("正在备份……")
        self.progress.show_progress(permille, words)

    def _rest(self) -> None:
        self.progress.hide()
        for button in (self.now, self.try_now):
            button.setEnabled(True)

    def _ended(self, words: str) -> None:
        self._rest()
        self._done(words)

    def _not_done(self, error: Exception) -> None:
        self._rest()
        self.fail(error)
        self.room.work.refused.emit(error)
        self.refresh()

    def _open_backups(self) -> None:
        if self._held is None:
            return
        columns, rows = state.kept_table(self._held)
        count, nothing = tr("{count} 份", count=len(rows)), tr("还没有备份。")
        sheet = ListedSheet(
            self.look, self.window(), tr("备份"), columns, rows, subtitle=count, nothing=nothing
        )
        sheet.open()
