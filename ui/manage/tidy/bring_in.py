"""导入: a table of members or products into the shop: columns, a dry run, then all or the good."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.actions.bring_in import begin_import, end_import
from core.errors import Cancelled, NoFileChosen
from core.ports.intake import Intake
from core.shop import Shop
from core.values.table import guarded
from ui.devices.files import write_file
from ui.file_dialog import ask_where
from ui.first_run.columns import Columns
from ui.first_run.import_pages import FilePage, ReportPage, WaitPage
from ui.first_run.table_run import MEMBERS, Came, Opening, Report, Seen, TableRun
from ui.labour import Labour
from ui.manage.room import Room
from ui.text import bad_row, sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Words

SIZE = (880, 640)
LOOK_MS = 100


class BringInSheet(Sheet):
    """File → columns → check → report → import. `brought` where something came in.

    Nothing changes before the last step; cancelled, it leaves nothing behind.
    """

    refuses_scans = True
    brought = Signal()

    def __init__(self, room: Room, window: QWidget) -> None:
        look = room.look
        super().__init__(look, window, tr("导入表格"), size=SIZE, name="bring_in")
        self._room = room
        self._labour = Labour(self)
        self._run: TableRun | None = None
        self._seen = Seen((), (), {})
        self._report: Report | None = None
        self.file, self.columns = FilePage(look), Columns(look)
        self.file.what.set_current(MEMBERS)
        self.file.show_hint()
        self.wait, self.report = WaitPage(look), ReportPage(look)
        self.family = Tile(look, "", height=look.sizes.control, name="bring_in_family")
        self.family.toggled.connect(lambda _on: self._check())
        self.family.hide()
        self.came = Words(look, "", "item", wraps=True, name="bring_in_came")
        self.came.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget()
        for page in (self.file, self.columns, self.wait, self.report, self.came):
            self.pages.addWidget(page)
        self.said = Said(look, name="bring_in_said")
        self.back = Button(look, tr("上一步"), name="bring_in_back")
        self.bad = Button(look, tr("有错的行存表格"), icon="export", name="bring_in_bad")
        self.go = Button(look, "", kind="primary", height=look.sizes.control, name="bring_in_go")
        self.back.clicked.connect(self._back)
        self.bad.clicked.connect(self._ask_where)
        self.go.clicked.connect(self._go)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self.pages, 1)
        column.addWidget(self.family)
        self.set_body(body, Foot(look, self.bad, self.back, self.go, said=self.said))
        self.file.submitted.connect(self._go)
        self.columns.changed.connect(self._turn)
        self.wait.cancelled.connect(self._cancel)
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(self._show_run)
        self.closed.connect(self._end)
        self._show(self.file)

    def _opening(self, *, shares_phones: bool) -> Opening:
        shop = self._room.work.hands.shop
        assert shop is not None

        @contextmanager
        def opened(file: Path, what: str) -> Iterator[tuple[Shop, Intake]]:
            yield shop, shop.store.intake(str(file), what, shares_phones=shares_phones)

        return opened

    # Steps

    def _go(self) -> None:
        page = self.pages.currentWidget()
        if page is self.file:
            self._look_into(self.file.file.text())
        elif page is self.columns and not self.columns.missing:
            self._check()
        elif page is self.report:
            self._apply()
        elif page is self.came:
            self._show(self.file)

    def _back(self) -> None:
        page = self.pages.currentWidget()
        self._show(self.columns if page is self.report else self.file)

    def _look_into(self, text: str) -> None:
        if not text:
            self.file.file.set_problem(sentence(NoFileChosen()))
            self.file.file.focus()
            return
        self._run = run = self._new_run(Path(text), self.file.what.current())
        self._long(run.look, then=self._on_seen)

    def _new_run(self, file: Path, what: str) -> TableRun:
        opening = self._opening(shares_phones=self.family.isChecked())
        return TableRun(opening, file, what, self._room.staff.no)

    def _on_seen(self, seen: Seen) -> None:
        assert self._run is not None
        self._seen = seen
        self.columns.show_table(self._run.what, seen)
        self._show(self.columns)

    def _check(self) -> None:
        if self._run is None or self._labour.is_busy:
            return
        self._run = run = self._new_run(self._run.file, self._run.what)
        seen, places = self._seen, dict(self.columns.places)
        self._long(lambda: run.check(seen, places), then=self._on_report)

    def _on_report(self, report: Report) -> None:
        self._report = report
        self.report.show_report(report)
        count = f"{report.shared_phones:,}"
        self.family.setText(tr("手机已有主的 {count} 行也导入：一家人共用", count=count))
        self._show(self.report)

    def _apply(self) -> None:
        run, seen, report = self._run, self._seen, self._report
        if run is None or report is None:
            return
        if not report.good:
            self._show(self.file)
            return
        shop, staff = self._room.work.hands.shop, self._room.staff
        places, takes = dict(self.columns.places), report.bad > 0
        assert shop is not None

        def bring() -> Came | Report:
            begin_import(shop, run.what, run.file.name, staff=staff)
            came = None
            try:
                outcome = run.apply(seen, places, takes_good_rows=takes)
                came = outcome if isinstance(outcome, Came) else None
                return outcome
            finally:
                end_import(shop, run.what, came, staff=staff)

        self._long(bring, then=self._on_applied)

    def _on_applied(self, outcome: Came | Report) -> None:
        """The file may have been changed since it was checked: then it is shown once more."""
        if isinstance(outcome, Report):
            self._on_report(outcome)
            return
        self.came.setText(
            tr(
                "导入好了：新增 {added}，更新 {changed}，没有变化 {unchanged}。收银台马上能用。",
                added=f"{outcome.added:,}",
                changed=f"{outcome.changed:,}",
                unchanged=f"{outcome.unchanged:,}",
            )
        )
        self._show(self.came)
        self.brought.emit()

    # Something long

    def _long(self, do: Callable[[], object], *, then: Callable[..., object]) -> None:
        before = self.pages.currentWidget() or self.file
        self.said.say("")
        self.wait.begin()
        self._show(self.wait)
        self._tick.start()

        def on_done(outcome: object) -> None:
            self._tick.stop()
            then(outcome)

        def on_failed(error: Exception) -> None:
            self._tick.stop()
            self._show(before)
            if isinstance(error, Cancelled):
                self.said.say(tr("已取消，什么都没有改。"))
            elif before is self.file:
                self.file.file.set_problem(sentence(error))
            else:
                self.said.say(sentence(error), is_wrong=True)

        self._labour.begin(do, then=on_done, failed=on_failed)

    def _show_run(self) -> None:
        if self._run is not None:
            self.wait.show_run(self._run)

    def _cancel(self) -> None:
        if self._run is not None and self._labour.is_busy:
            self._run.stop()

    # Bad rows

    def _ask_where(self) -> None:
        if self._run is not None:
            name = self._run.file.stem + tr("-有错的行") + ".csv"
            ask_where(self, name, lambda chosen: self._keep_bad(Path(chosen)))

    def _keep_bad(self, path: Path) -> None:
        run, report, headings = self._run, self._report, self._seen.headings
        if run is None or report is None or self._labour.is_busy:
            return
        opening = self._opening(shares_phones=False)

        def write() -> None:
            with opening(run.file, run.what) as (_, intake):
                write_file(path, bad_rows_bytes(intake, headings, report))

        self._labour.begin(
            write,
            then=lambda _none: self.said.say(tr("存到 {path}", path=path)),
            failed=lambda error: self.said.say(sentence(error), is_wrong=True),
        )

    # What shows

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._turn()
        if page is self.file:
            self.file.file.focus()
        elif page is self.columns:
            self.columns.focus()

    def _turn(self) -> None:
        page, report = self.pages.currentWidget(), self._report
        self.go.setVisible(page is not self.wait)
        self.back.setVisible(page in (self.columns, self.report))
        has_family = report is not None and (report.shared_phones > 0 or self.family.isChecked())
        self.family.setVisible(page is self.report and has_family)
        self.bad.setVisible(page is self.report and report is not None and report.bad > 0)
        self.go.setEnabled(page is not self.columns or not self.columns.missing)
        if page is self.file:
            self.go.set_label(tr("打开"))
        elif page is self.columns:
            self.go.set_label(tr("逐行核对"))
        elif page is self.report and report is not None:
            self.go.set_label(_deed(report))
        elif page is self.came:
            self.go.set_label(tr("再导入一个"))

    def _end(self) -> None:
        """Whoever closes it cancels: what was begun is undone first."""
        self._cancel()
        self._labour.wait()
        self._tick.stop()
        self.deleteLater()


def bad_rows_bytes(intake: Intake, headings: tuple[str, ...], report: Report) -> bytes:
    """The bad rows as they stand in the table, each with what is wrong with it: to be mended."""
    wrong = {row.line: bad_row(row) for row in report.rows}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*headings, tr("哪里不对")])
    with intake.open_table() as table:
        for line, cells in table.rows():
            if line in wrong:
                padded = [*cells, *[""] * (len(headings) - len(cells))]
                writer.writerow([*(guarded(cell) for cell in padded), wrong[line]])
    return text.getvalue().encode("utf-8-sig")


def _deed(report: Report) -> str:
    count = f"{report.good:,}"
    if not report.good:
        return tr("换一个文件")
    return (
        tr("只导入好的 {count} 行", count=count)
        if report.bad
        else tr("导入 {count} 行", count=count)
    )
