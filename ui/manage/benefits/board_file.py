"""导出排行: who earned most as a file, masked or whole; that it was taken is written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.leaderboard import Placed, export_leaderboard
from core.actions.reports import Reported
from core.errors import BadReportFile
from core.ports.insight import Findings, Heading, Kind, Value
from core.trust.rights import Right, may
from ui.filing import Filing
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (620, 0)
SIDE = 24
MASKED, WHOLE = "masked", "whole"
_HEADINGS = (
    Heading("place", Kind.COUNT),
    Heading("member", Kind.WORDS),
    Heading("card", Kind.WORDS),
    Heading("earned", Kind.COUNT),
    Heading("prize", Kind.COUNT),
)


def board_report(placed: Iterable[Placed], days: tuple[date, date]) -> Reported:
    """The places as a table for a file; nothing is drawn of them."""
    rows: list[tuple[Value, ...]] = [
        (
            each.place,
            each.earned.name,
            each.earned.card_no,
            each.earned.points,
            each.prize or None,
        )
        for each in placed
    ]
    keys = len(_HEADINGS)
    return Reported(Findings("leaderboard", *days, _HEADINGS, tuple(rows), keys=keys))


class BoardFileSheet(Sheet):
    """Made for the days that are shown, gone when it is closed."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, days: tuple[date, date], members: int) -> None:
        look = room.look
        span = tr("{first} 到 {last}", first=days[0].isoformat(), last=days[1].isoformat())
        title = tr("把排行存成文件")
        super().__init__(look, window, title, subtitle=span, size=SIZE, name="board_file")
        self._room, self._days = room, days
        kinds = [Segment(MASKED, tr("遮盖")), Segment(WHOLE, tr("完整"))]
        self.whole = Segments(look, kinds, name="board_file_whole", spoken=tr("资料遮不遮"))
        self.whole.chosen.connect(lambda _kind: self._tell())
        self.about = Words(look, "", "small", "ink_2", wraps=True, name="board_file_about")
        self.said = Said(look, name="board_file_said")
        self.go = Button(
            look,
            tr("导出 {members} 位", members=f"{members:,}"),
            kind="primary",
            icon="export",
            height=look.sizes.control,
            name="board_file_go",
        )
        self.go.clicked.connect(self._ask_where)
        self._filing = Filing(self, self.said, self)
        row = QHBoxLayout()
        row.addWidget(Words(look, tr("姓名、卡号"), "body"), 1)
        row.addWidget(self.whole)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        column.addLayout(row)
        column.addWidget(self.about)
        self.set_body(body, Foot(look, self.go, said=self.said))
        self.closed.connect(self.deleteLater)
        self._tell()

    def _tell(self) -> None:
        if self.whole.current() == WHOLE and not may(self._room.staff, Right.SEE_PERSONAL):
            self.about.setText(tr("完整资料要有“看完整资料”的权限。"))
        else:
            self.about.setText(tr("谁导出了哪些天、遮没遮，都会记进审计。"))

    def _ask_where(self) -> None:
        from ui.file_dialog import ask_where

        name = tr("积分排行") + ".xlsx"
        ask_where(self, name, lambda path: self._begin(Path(path)), others=(".csv", ".pdf"))

    def _begin(self, path: Path) -> None:
        from ui.devices.report_files import KINDS, report_bytes

        shop, staff, days = self._room.work.hands.shop, self._room.staff, self._days
        is_whole = self.whole.current() == WHOLE
        if shop is None:
            return

        def make() -> bytes:
            if path.suffix.lower() not in KINDS:
                raise BadReportFile(path.name)
            placed = export_leaderboard(shop, *days, is_whole=is_whole, staff=staff)
            return report_bytes(board_report(placed, days), path)

        self._filing.write(path, make)
