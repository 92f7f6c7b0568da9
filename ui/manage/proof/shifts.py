"""班次: what each cashier's shifts of a period come to, or shift by shift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.actions import shift_reports
from core.actions.reports import Reported
from core.actions.shift_reports import CashierSum, Openings, ShiftRow, by_cashier
from core.actions.tickets import Asked
from core.sales.search import Among
from core.shop import Shop
from core.values.moment import time_of_day
from core.values.money import format_money
from ui.filing import Filing
from ui.manage.parts import Part
from ui.manage.proof.shift_report import people_report, shifts_report, span_of
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import DaySpan, bad_day_words
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments

PEOPLE, SHIFTS = "people", "shifts"
SPAN_WIDTH = 620
_FROM_THE_END = 1 << 62


class _Began(Struct, frozen=True):
    today: date
    zone: tzinfo
    sells: bool


def _began(shop: Shop) -> _Began:
    with shop.store.read() as reading:
        till = reading.till
        return _Began(shop.moment(reading).business_on, till.zone, bool(till.till_no))


class ProofShifts(Part):
    """This month until today, until somebody says otherwise."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look, work, staff = room.look, room.work, room.staff
        self._look, self._work, self._staff = look, work, staff
        self._zone: tzinfo | None = None
        self._sells = True
        self._rows: tuple[ShiftRow, ...] = ()
        self._openings: Counter[str] = Counter()
        self._days: tuple[date, date] | None = None
        self.span = DaySpan(look, name="shifts")
        self.by = Segments(
            look,
            [Segment(PEOPLE, tr("按收银员")), Segment(SHIFTS, tr("一班一班"))],
            name="shifts_by",
            spoken=tr("怎么看"),
        )
        self.people = RowTable(look, _people_columns(), name="shift_people", spoken=tr("按收银员"))
        self.shifts = RowTable(look, _shift_columns(), name="shift_rows", spoken=tr("一班一班"))
        self.said = Said(look, name="shifts_said")
        self.keep = Button(look, tr("存为表格"), icon="export", name="shifts_keep")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._keep)
        self._filing = Filing(self, self.said, self)
        self._tables = QStackedWidget()
        self._tables.addWidget(self.people)
        self._tables.addWidget(self.shifts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        head = QHBoxLayout()
        self.span.setMaximumWidth(SPAN_WIDTH)
        head.addWidget(self.span, 1)
        head.addStretch(0)
        head.addWidget(self.by, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self._tables, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.span.picked.connect(self._ask)
        self.span.typed.connect(self._ask)
        self.by.chosen.connect(self._show_by)
        for table, open_row in ((self.people, self._open_person), (self.shifts, self._open_shift)):
            table.opened.connect(open_row)
            table.view.clicked.connect(lambda index, each=open_row: each(index.row()))

    def refresh(self) -> None:
        """The period that stands there, as it is now."""
        if self._zone is None:
            self._work.ask(_began, topic="shifts", then=self._on_began, failed=self.fail)
        else:
            self._ask()

    def fail(self, error: Exception) -> None:
        """Why nothing is shown."""
        self.said.say(sentence(error), is_wrong=True)

    def _on_began(self, began: _Began) -> None:
        self._zone, self._sells = began.zone, began.sells
        self.span.begin(began.today)

    def _ask(self) -> None:
        days = self.span.days
        if days is None:
            self.said.say(bad_day_words(), is_wrong=True)
            return
        self._days = days
        self.keep.setEnabled(False)
        self._work.ask(
            shift_reports.shifts_between,
            *days,
            staff=self._staff,
            topic="shifts",
            then=self._on_rows,
            failed=self.fail,
        )

    def _on_rows(self, rows: tuple[ShiftRow, ...]) -> None:
        self._rows, self._openings = rows, Counter()
        self._show()
        words = tr("{count} 班。钱箱开了几次，从操作记录里数。", count=f"{len(rows):,}")
        self.said.say(words if rows else "")
        for table in (self.people, self.shifts):
            table.say_nothing(
                tr("这些天没有开过店。")
                if self._sells
                else tr("这台不收银：班次、点钱和开钱箱在各台收银台上看。")
            )
        if rows:
            self._count(min(row.shift.opened_us for row in rows), _FROM_THE_END)

    def _count(self, from_us: int, below: int) -> None:
        def counted(piece: Openings) -> None:
            self._openings.update(piece.counts)
            if piece.reached:
                self._count(from_us, piece.reached)
            else:
                self._show()
                self.keep.setEnabled(True)

        self._work.ask(
            shift_reports.drawer_openings,
            from_us,
            below,
            staff=self._staff,
            topic="shift_openings",
            then=counted,
            failed=self.fail,
        )

    def _show(self) -> None:
        sums = by_cashier(self._rows, self._openings)
        self.people.show_rows(ListedRows([*map(_sum_cells, sums)]), keeps_place=True)
        rows = [self._shift_cells(row) for row in self._rows]
        self.shifts.show_rows(ListedRows(rows), keeps_place=True)

    def _keep(self) -> None:
        """What is shown as a file, whole: the drawer's openings are counted."""
        from ui.file_dialog import ask_where
        from ui.report_words import title_of

        reported = self._reported()
        name = title_of(reported.found.question)
        ask_where(
            self, name + ".xlsx", lambda path: self.write(Path(path)), others=(".csv", ".pdf")
        )

    def write(self, path: Path) -> None:
        """The table that is shown, as the file that a name ends in."""
        from ui.devices.report_files import report_bytes

        reported = self._reported()
        self._filing.write(path, lambda: report_bytes(reported, path))

    def _reported(self) -> Reported:
        assert self._zone is not None
        assert self._days is not None
        if self.by.current() == PEOPLE:
            return people_report(by_cashier(self._rows, self._openings), self._days)
        return shifts_report(self._rows, self._openings, self._zone, self._days)

    def _show_by(self, name: str) -> None:
        self._tables.setCurrentWidget(self.shifts if name == SHIFTS else self.people)

    def _open_person(self, at: int) -> None:
        """A cashier's tickets of these days."""
        days, sums = self.span.days, by_cashier(self._rows, self._openings)
        if days is not None and 0 <= at < len(sums):
            asked = Asked(*days, among=Among(staff_no=sums[at].staff_no))
            self.room.tickets_sought.emit(asked, tr("收银员 {name}", name=sums[at].name))

    def _open_shift(self, at: int) -> None:
        """What was sold and came back in a shift."""
        if self._zone is None or not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        shift, on = row.shift, row.business_on
        until_us = shift.count.at_us if shift.count else None
        begun = time_of_day(shift.opened_us, self._zone)
        among = Among(from_us=shift.opened_us, until_us=until_us)
        called = tr("{name} {time} 的班", name=row.cashier, time=begun)
        self.room.tickets_sought.emit(Asked(on, on, among=among), called)

    def _shift_cells(self, row: ShiftRow) -> Sequence[Cell]:
        assert self._zone is not None
        shift, takings = row.shift, row.takings
        return [
            Cell(f"{row.business_on:%Y-%m-%d}"),
            Cell(span_of(shift, self._zone), "ink_2"),
            Cell(row.cashier),
            Cell(f"{takings.sales:,}"),
            Cell(format_money(takings.taken_fen)),
            _difference(row.difference_fen),
            Cell(_many(takings.voids)),
            Cell(_many(takings.returns)),
            Cell(_many(self._openings[shift.id.hex])),
        ]

    # Of Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small goes on
            self._work.forget("shifts", "shift_openings")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def _many(count: int) -> str:
    return f"{count:,}" if count else "–"


def _difference(fen: int | None) -> Cell:
    if fen is None:
        return Cell("")
    if not fen:
        return Cell(tr("正好"), "ink_2")
    over = tr("多 {amount}", amount=format_money(fen))
    return (
        Cell(over) if fen > 0 else Cell(tr("少 {amount}", amount=format_money(-fen)), "danger_text")
    )


def _sum_cells(each: CashierSum) -> Sequence[Cell]:
    short = format_money(each.short_fen) if each.short_fen else "–"
    return [
        Cell(each.name),
        Cell(f"{each.shifts:,}"),
        Cell(f"{each.sales:,}"),
        Cell(format_money(each.taken_fen)),
        Cell(short, "danger_text" if each.short_fen else "ink"),
        Cell(format_money(each.over_fen) if each.over_fen else "–"),
        Cell(_many(each.voids)),
        Cell(_many(each.returns)),
        Cell(_many(each.openings)),
    ]


def _people_columns() -> tuple[Column, ...]:
    return (
        Column("name", tr("收银员"), 120, grows=True, is_strong=True),
        Column("shifts", tr("班数"), 68, is_number=True),
        Column("sales", tr("笔数"), 76, is_number=True),
        Column("taken", tr("实收"), 128, is_number=True, is_strong=True),
        Column("short", tr("少钱"), 92, is_number=True),
        Column("over", tr("多钱"), 92, is_number=True),
        Column("voids", tr("作废"), 80, is_number=True),
        Column("returns", tr("退货"), 80, is_number=True),
        Column("openings", tr("开钱箱"), 92, is_number=True),
    )


def _shift_columns() -> tuple[Column, ...]:
    return (
        Column("day", tr("日期"), 120),
        Column("time", tr("时间"), 132),
        Column("name", tr("收银员"), 100, grows=True, is_strong=True),
        Column("sales", tr("笔数"), 68, is_number=True),
        Column("taken", tr("实收"), 108, is_number=True, is_strong=True),
        Column("difference", tr("差额"), 108, is_number=True),
        Column("voids", tr("作废"), 64, is_number=True),
        Column("returns", tr("退货"), 64, is_number=True),
        Column("openings", tr("开钱箱"), 92, is_number=True),
    )
