"""积分页的一部分: what each part of the page of points has: rows in a sheet, pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ui.manage.listed import ListedSheet
from ui.manage.parts import Part
from ui.manage.points.state import Row, Table
from ui.text import tr
from ui.widgets.bar_chart import BarChart
from ui.widgets.row_table import ListedRows, RowTable


class PointsPart(Part):
    """One part; what goes wrong is said on the page."""

    def show_whole(self, table: RowTable, rows: Sequence[Row]) -> None:
        """Rows in a table as high as all of them: the page scrolls, and not the table."""
        table.show_rows(ListedRows(rows))
        sizes = self.room.look.sizes
        table.setFixedHeight(sizes.office_head + max(1, len(rows)) * sizes.office_row + 2)

    def open_rows(
        self,
        question: Callable[..., Any],
        title: str,
        table: Callable[[Any], Table],
        nothing: str,
        **named: Any,
    ) -> None:
        """Ask for the members behind a figure, and show them in a sheet; one opens their file."""

        def show(rows: Any) -> None:
            columns, cells = table(rows)
            count = tr("{count} 条", count=f"{len(cells):,}")
            look, window = self.room.look, self.window()
            sheet = ListedSheet(
                look, window, title, columns, cells, subtitle=count, nothing=nothing
            )

            def open_member(at: int) -> None:
                sheet.shut()
                self.room.member_sought.emit(rows[at].member_id)

            sheet.opened_row.connect(open_member)
            sheet.open()

        room, named = self.room, {"staff": self.room.staff, **named}
        room.work.ask(question, topic="listed", then=show, failed=room.say, **named)

    def keep_picture(self, chart: BarChart, title: str) -> None:
        """The chart as a picture, where a person chooses."""
        from ui.file_dialog import ask_where
        from ui.manage.pictures import keep_picture

        picture = chart.picture()
        ask_where(self, title + ".png", lambda chosen: keep_picture(picture, chosen, self.room.say))
