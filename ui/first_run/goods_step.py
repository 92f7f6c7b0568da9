"""商品和会员: something to try with, tables of one's own, or nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.errors import Cancelled, DiskFull, NoFileChosen, ReadOnly
from ui.first_run.columns import Columns
from ui.first_run.course import Course
from ui.first_run.import_pages import FilePage, ReportPage, WaitPage
from ui.first_run.step import Step
from ui.first_run.table_run import MEMBERS, PRODUCTS, Came, Report, Seen, TableRun
from ui.labour import Labour
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.tile import Tile
from ui.widgets.words import Words

DEMO, TABLE, EMPTY = "demo", "table", "empty"
LOOK_MS = 100


class GoodsStep(Step):
    """Choose → file → columns → check → report → import; 上一步 goes back along the same way."""

    name = "goods"

    def __init__(self, look: Look, course: Course) -> None:
        title, line = tr("卖什么，谁来买？"), tr("以后也可以导入；新商品在柜台扫到也能加。")
        super().__init__(look, course, title, line)
        self._labour = Labour(self)
        self._run: TableRun | None = None
        self._seen = Seen((), (), {})
        self._report: Report | None = None
        self._choice = TABLE
        self._tiles: dict[str, Tile] = {}
        self.choose = self._choose_page()
        self.file, self.columns = FilePage(look), Columns(look)
        self.wait, self.report = WaitPage(look), ReportPage(look)
        self.came = Words(look, "", "item", wraps=True, name="first_came")
        self.came.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget()
        for page in (self.choose, self.file, self.columns, self.wait, self.report, self.came):
            self.pages.addWidget(page)
        self.put(self.pages, fills=True)
        self.file.submitted.connect(self.go)
        self.columns.changed.connect(self._turn)
        self.wait.cancelled.connect(self._cancel)
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(self._show_run)

    def _choose_page(self) -> QWidget:
        look, page = self._look, QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        choices = [
            (TABLE, tr("导入我的表格"), tr("CSV 或 XLSX")),
            (DEMO, tr("演示数据"), tr("先试用；不要拿来真开店")),
            (EMPTY, tr("先空着"), tr("以后再说")),
        ]
        for name, label, sub in choices:
            tile = Tile(look, label, sub=sub, name=f"first_goods_{name}")
            tile.setMaximumWidth(560)
            tile.clicked.connect(lambda _=False, one=name: self._pick(one))
            self._tiles[name] = tile
            column.addWidget(tile)
        kind = self.course.run.kind
        self._tiles[DEMO].setVisible(self.course.founding.sample(kind, PRODUCTS) is not None)
        column.addStretch(1)
        return page

    # What the foot asks

    def begin(self) -> None:
        self._pick(self._choice)

    def leave(self) -> None:
        self._cancel()
        self._labour.wait()
        self._tick.stop()

    @property
    def is_inside(self) -> bool:
        return self.pages.currentWidget() not in (self.choose, self.wait)

    def back(self) -> bool:
        page = self.pages.currentWidget()
        if page is self.wait:
            self._cancel()
        elif page in (self.file, self.came):
            self._show(self.choose)
        elif page is self.columns:
            self._show(self.file)
        elif page is self.report:
            self._show(self.columns)
        return page is not self.choose

    def go(self) -> None:
        page = self.pages.currentWidget()
        if page is self.choose:
            self._go_chosen()
        elif page is self.file:
            self._look_into(Path(self.file.file.text()))
        elif page is self.columns and not self.columns.missing:
            self._check()
        elif page is self.report:
            self._apply()
        elif page is self.came:
            super().go()

    def _go_chosen(self) -> None:
        if self._choice == EMPTY:
            super().go()
            self.course.skip(self.name, is_skipped=True)
        elif self._choice == TABLE:
            self._show(self.file)
        else:
            self._bring_sample(PRODUCTS)

    def _pick(self, choice: str) -> None:
        self._choice = choice
        for name, tile in self._tiles.items():
            tile.set_chosen(name == choice)
        self._show(self.choose)
        self._tiles[choice].setFocus(Qt.FocusReason.OtherFocusReason)

    # A table of one's own

    def _look_into(self, file: Path) -> None:
        if not self.file.file.text():
            self.file.file.set_problem(sentence(NoFileChosen()))
            self.file.file.focus()
            return
        self._run = run = TableRun(self.course.founding.intake, file, self.file.what.current())
        self._labour_on(run.look, then=self._on_seen)

    def _on_seen(self, seen: Seen) -> None:
        assert self._run is not None
        self._seen = seen
        self.columns.show_table(self._run.what, seen)
        self._show(self.columns)

    def _check(self) -> None:
        run, seen, places = self._run, self._seen, dict(self.columns.places)
        assert run is not None
        self._labour_on(lambda: run.check(seen, places), then=self._on_report)

    def _on_report(self, report: Report) -> None:
        self._report = report
        self.report.show_report(report)
        self._show(self.report)

    def _apply(self) -> None:
        run, seen, report = self._run, self._seen, self._report
        assert run is not None
        assert report is not None
        if not report.good:
            self._show(self.file)
            return
        places, takes = dict(self.columns.places), report.bad > 0
        self._labour_on(
            lambda: run.apply(seen, places, takes_good_rows=takes), then=self._on_applied
        )

    def _on_applied(self, outcome: Came | Report) -> None:
        """The file may have been changed since it was checked: then it is shown once more."""
        if isinstance(outcome, Report):
            self._on_report(outcome)
            return
        assert self._run is not None
        self._count(self._run.what, outcome)
        self._show_came()

    # Something to try with

    def _bring_sample(self, what: str) -> None:
        file = self.course.founding.sample(self.course.run.kind, what)
        assert file is not None
        self._run = run = TableRun(self.course.founding.intake, file, what)

        def bring() -> Came | Report:
            seen = run.look()
            return run.apply(seen, seen.places, takes_good_rows=True)

        self._labour_on(bring, then=lambda came: self._on_sample(what, came))

    def _on_sample(self, what: str, came: Came) -> None:
        self._count(what, came)
        if what == PRODUCTS:
            self._bring_sample(MEMBERS)
        else:
            self._show_came()

    def _count(self, what: str, came: Came) -> None:
        count = getattr(self.course.run, what) + came.added
        self.course.set(**{what: count})
        try:
            self.course.keep()  # whoever is closed or killed here has them all the same
        except (DiskFull, ReadOnly) as error:
            self.refused.emit(error)

    def _show_came(self) -> None:
        run = self.course.run
        products, members = f"{run.products:,}", f"{run.members:,}"
        words = tr(
            "导入好了：新增商品 {products} 种，会员 {members} 位。还有表格就点“上一步”。",
            products=products,
            members=members,
        )
        self.came.setText(words)
        self._show(self.came)

    # Something long

    def _labour_on(self, do: Callable[[], object], *, then: Callable[..., object]) -> None:
        self.is_busy = True
        self.wait.begin()
        self._show(self.wait)
        self._tick.start()
        before = self.file if self._choice == TABLE else self.choose

        def on_done(outcome: object) -> None:
            self._rest()
            then(outcome)

        def on_failed(error: Exception) -> None:
            self._rest()
            self._show(before)
            if before is self.file and not isinstance(error, Cancelled):
                self.file.file.set_problem(sentence(error))
            else:
                self.refused.emit(error)

        self._labour.begin(do, then=on_done, failed=on_failed)

    def _rest(self) -> None:
        self.is_busy = False
        self._tick.stop()

    def _show_run(self) -> None:
        if self._run is not None:
            self.wait.show_run(self._run)

    def _cancel(self) -> None:
        if self._run is not None and self.is_busy:
            self._run.stop()

    # What shows

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._turn()
        if page is self.file:
            self.file.file.focus()
        elif page is self.columns:
            self.columns.focus()
        elif page is self.report:
            self.report.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is self.wait:
            self.wait.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        page = self.pages.currentWidget()
        self.deed, self.skip, self.key = "", "", "Enter"
        self.is_ready = True
        if page is self.file:
            self.deed = tr("打开")
        elif page is self.columns:
            self.deed, self.key = tr("逐行核对"), "F9"
            self.is_ready = not self.columns.missing
        elif page is self.report and self._report is not None:
            self.deed, self.key = _report_deed(self._report), "F9"
        elif page is self.wait:
            self.is_ready = False
        elif page is self.choose and self._choice != EMPTY:
            self.deed = tr("放进演示数据") if self._choice == DEMO else tr("选文件")
        self.turned.emit()


def _report_deed(report: Report) -> str:
    count = f"{report.good:,}"
    if not report.good:
        return tr("换一个文件")
    if report.bad:
        return tr("只导入好的 {count} 行", count=count)
    return tr("导入 {count} 行", count=count)
