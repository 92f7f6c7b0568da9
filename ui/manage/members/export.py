"""导出: which columns, masked or whole, and where to; somebody else's say; how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.export_members import ALONE, ExportWish, MemberColumn, export_members
from core.actions.prove import Candidate, candidates
from core.errors import Cancelled
from core.ports.roll import Wanted
from core.trust.rights import Approval, Right, may
from ui.file_dialog import ask_where
from ui.labour import Labour
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.manage.asking import hearing
from ui.manage.members.export_file import KINDS, column_names, write_members
from ui.manage.room import Room
from ui.text import capital, sentence, tr
from ui.time_left import with_time_left
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.progress import Progress
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Words

WIDTH = 840
ROW = 6
USUAL = (
    MemberColumn.NAME,
    MemberColumn.PHONE,
    MemberColumn.CARD,
    MemberColumn.TIER,
    MemberColumn.POINTS,
    MemberColumn.SPENT,
    MemberColumn.LAST,
)
MASKED, WHOLE = "masked", "whole"


class ExportSheet(Sheet):
    """Made for one list; while a file is being written only cancelling leaves it."""

    refuses_scans = True
    _told = Signal(int, int, int)

    def __init__(self, room: Room, window: QWidget, wanted: Wanted, members: int, who: str) -> None:
        look = room.look
        title = tr("导出会员名单")
        super().__init__(look, window, title, subtitle=who, size=(WIDTH, 0), name="export")
        self._room = room
        self.staff = room.staff
        self._whom = wanted
        self._members = members
        self._has_other: bool | None = None
        self._labour = Labour(self)
        self._stopped = Event()
        self.columns = {
            column: Tile(look, capital(name), height=look.sizes.control, name=f"export_{column}")
            for column, name in column_names().items()
        }
        for column, tile in self.columns.items():
            tile.setChecked(column in USUAL)
            tile.toggled.connect(lambda _on: self._show_ready())
        kinds = [Segment(MASKED, tr("遮盖")), Segment(WHOLE, tr("完整"))]
        self.whole = Segments(look, kinds, name="export_whole", spoken=tr("资料遮不遮"))
        self.about = Words(look, "", "small", "ink_2", wraps=True, name="export_about")
        self.progress = Progress(look, name="export_progress")
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self.said = Said(look, name="export_said")
        self.go = Button(
            look, "", kind="primary", icon="export", height=look.sizes.control, name="export_go"
        )
        self.stop = Button(look, tr("取消导出"), icon="close", name="export_stop")
        self.stop.hide()
        self._override = OverrideSheet(look, window)
        self._flow = OverrideFlow(room.work, self, self._override, self, takes_two=True)
        self.set_body(self._body(), Foot(look, self.stop, self.go, said=self.said))
        self.whole.chosen.connect(lambda _kind: self._show_ready())
        self.go.clicked.connect(self._ask_where)
        self.stop.clicked.connect(self._stopped.set)
        self._told.connect(self._show_progress)
        self.closed.connect(self._end)
        self._show_ready()
        room.work.ask(
            candidates,
            Right.EXPORT_MEMBERS,
            topic="export_others",
            then=self._show_others,
            failed=self.say,
        )

    def _show_others(self, people: Sequence[Candidate]) -> None:
        self._has_other = any(each.no != self.staff.no for each in people)
        self._show_ready()

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("要哪些列"), "body", bold=True))
        grid = QGridLayout()
        grid.setSpacing(look.space[2])
        for at, tile in enumerate(self.columns.values()):
            grid.addWidget(tile, at // ROW, at % ROW)
            grid.setColumnStretch(at % ROW, 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(Words(look, tr("姓名、手机、卡号、生日、介绍人"), "body"), 1)
        row.addWidget(self.whole)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self.progress)
        return body

    @property
    def chosen(self) -> tuple[MemberColumn, ...]:
        """The columns, in their order."""
        return tuple(column for column, tile in self.columns.items() if tile.isChecked())

    def _show_ready(self) -> None:
        is_whole = self.whole.current() == WHOLE
        lines = [tr("谁导出了多少位、哪些列，都会记进审计。")]
        if self._has_other is not None and self._members > ALONE:
            words = (
                "超过 {most} 位，要另一位有权限的人授权。"
                if self._has_other
                else "超过 {most} 位本来要另一位授权；现在没有第二位能授权，会记进审计。"
            )
            lines.insert(0, tr(words, most=ALONE))
        if is_whole and not may(self.staff, Right.SEE_PERSONAL):
            lines = [tr("完整资料要有“看完整资料”的权限。")]
        if self.columns[MemberColumn.TAGS].isChecked() and not may(self.staff, Right.SEE_HEALTH):
            lines.append(tr("标签要有“看备注和健康信息”的权限，没有就空着。"))
        self.about.setText("\n".join(lines))
        self.go.set_label(tr("导出 {members} 位", members=f"{self._members:,}"))
        self.go.setEnabled(bool(self.chosen) and self._members > 0 and not self._labour.is_busy)

    # The file

    def _ask_where(self) -> None:
        name = tr("会员") + KINDS[0]
        ask_where(self, name, lambda path: self._begin(Path(path), None), others=KINDS[1:])

    def _begin(self, path: Path, approval: Approval | None) -> None:
        shop = self._room.work.hands.shop
        if shop is None or self._labour.is_busy:
            return
        wish = ExportWish(self._whom, self.chosen, is_whole=self.whole.current() == WHOLE)
        self._stopped.clear()
        hear = hearing(self._stopped, self._told.emit)
        self.said.say("")
        self.progress.restart()
        self.progress.show_progress(0, tr("正在写…"))
        self._be_busy(is_busy=True)

        def do() -> None:
            export_members(
                shop,
                wish,
                lambda members, lines: write_members(path, wish.columns, members, lines, hear),
                staff=self.staff,
                approval=approval,
            )

        self._labour.begin(
            do,
            then=lambda _none: self._on_done(path),
            failed=partial(self._on_failed, path),
        )

    def _be_busy(self, *, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        self.whole.setEnabled(not is_busy)
        for tile in self.columns.values():
            tile.setEnabled(not is_busy)
        if is_busy:
            self.go.setEnabled(False)
        else:
            self._show_ready()

    def _show_progress(self, done: int, whole: int, left_s: int) -> None:
        said = tr("{done} / {whole} 位", done=f"{done:,}", whole=f"{whole:,}")
        permille = done * 1000 // max(whole, 1)
        self.progress.show_progress(permille, with_time_left(said, left_s))

    def _on_done(self, path: Path) -> None:
        self._be_busy(is_busy=False)
        self.said.say(tr("存到 {path}", path=path))

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._be_busy(is_busy=False)
        words = tr("导出 {members} 位会员", members=f"{self._members:,}")
        if isinstance(error, Cancelled):
            self.said.say(tr("已取消，没有留下文件。"))
        elif not self._flow.mends(error, partial(self._begin, path), words=words):
            self.say(error)

    def say(self, error: Exception) -> None:
        """Why nothing was written."""
        self.said.say(sentence(error), is_wrong=True)

    def _end(self) -> None:
        self._stopped.set()
        self._labour.wait()
        self._override.deleteLater()
        self.deleteLater()
