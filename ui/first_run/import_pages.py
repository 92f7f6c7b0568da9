"""导入的几页: which file, how far it is, what is wrong with which row."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.bring_in import CHECKING
from ui.first_run.only import Only
from ui.first_run.sticks import documents
from ui.first_run.table_run import MEMBERS, PRODUCTS, Report, TableRun
from ui.look import Look
from ui.table_words import coming_words
from ui.text import bad_row, tr
from ui.time_left import with_time_left
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.file_icons import open_no_file
from ui.widgets.progress import Progress
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

MOST_SHOWN = 500
LEAST_S = 5.0
"""Before that nobody can say how long it takes still."""


class FilePage(QWidget):
    """Products or members, and where their table lies."""

    submitted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        segments = [Segment(PRODUCTS, tr("商品表")), Segment(MEMBERS, tr("会员表"))]
        self.what = Segments(look, segments, name="first_what", spoken=tr("导入什么"))
        self.choose = Button(look, tr("选文件…"), name="first_table_choose")
        self.file = Field(
            look,
            tr("CSV 或 XLSX 文件"),
            name="first_table",
            beside=self.choose,
        )
        self.choose.clicked.connect(self._choose)
        self.file.submitted.connect(self.submitted)
        self.hint = Words(look, "", "small", "ink_2", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        row = QHBoxLayout()
        row.addWidget(self.what)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.file)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.what.chosen.connect(lambda _: self.show_hint())
        self.show_hint()

    def show_hint(self) -> None:
        """Which columns there must be."""
        if self.what.current() == PRODUCTS:
            words = tr("要有条码、名称、售价三列；会员价、规格、分类等有就一起导入。")
        else:
            words = tr(
                "要有会员卡号、姓名两列；手机、生日、等级、积分和积分有效期等有就一起导入。"
                "一张卡有几批积分就写几行，只有积分和有效期不同。"
            )
        self.hint.setText(words)

    def _choose(self) -> None:
        folder = str(Path(self.file.text()).parent) if self.file.text() else str(documents())
        tables = tr("表格 ({kinds})", kinds="*.csv *.xlsx *.txt")
        dialog = QFileDialog(self.window(), tr("选文件"), folder, tables)
        open_no_file(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file.set_text)
        dialog.open()


class WaitPage(QWidget):
    """How far it is; `cancelled` leaves nothing behind."""

    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.cancel = Button(look, tr("取消"), icon="close", name="first_import_cancel")
        self.cancel.clicked.connect(self.cancelled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space[4])
        self._place = Only()
        self._column.addLayout(self._place)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)

    def begin(self) -> None:
        """Another bar: one never runs backwards."""
        self.bar = Progress(self._look, name="first_import_progress")
        self._place.put(self.bar)
        self._doing, self._begun = "", time.monotonic()
        self.bar.show_progress(0, tr("正在打开…"))

    def show_run(self, run: TableRun) -> None:
        """So far."""
        if not run.doing:
            return
        if run.doing != self._doing:
            self.begin()
            self._doing = run.doing
        permille = run.done * 1000 // max(run.total, 1)
        percent = permille // 10
        if run.doing == CHECKING:
            words = tr("正在核对：{percent}%", percent=percent)
        else:
            count, total = f"{run.done:,}", f"{run.total:,}"
            words = tr("正在导入：{count} / {total} 行", count=count, total=total)
        self.bar.show_progress(permille, self._with_time(words, run))

    def _with_time(self, words: str, run: TableRun) -> str:
        took = time.monotonic() - self._begun
        if took < LEAST_S or not run.done:
            return words
        left = round(took * (run.total - run.done) / run.done)
        return with_time_left(words, left)


class ReportPage(QWidget):
    """What can be imported, and each row that cannot, with its line and its reason."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = Words(look, "", "item", bold=True, wraps=True, name="first_report")
        self.coming = Words(look, "", "body", wraps=True, name="first_report_coming")
        self.more = Words(look, "", "small", "ink_2", wraps=True, name="first_report_more")
        self.rows = ChoiceList(look, name="first_bad_rows", spoken=tr("有错的行"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addWidget(self.words)
        column.addWidget(self.coming)
        column.addWidget(self.more)
        column.addWidget(self.rows, 1)

    def show_report(self, report: Report) -> None:
        """Show it."""
        good, bad = f"{report.good:,}", f"{report.bad:,}"
        self.words.setText(tr("{good} 行可以导入，{bad} 行有错。", good=good, bad=bad))
        self.coming.setText("" if report.coming is None else coming_words(report.coming))
        self.coming.setVisible(report.coming is not None and report.good > 0)
        more = ""
        if report.bad > MOST_SHOWN:
            more = tr("下面是前 {count} 行。", count=MOST_SHOWN)
        elif report.bad:
            more = tr("可以只导入好的；要一行不差，就改好表格，再点“上一步”打开它。")
        else:
            more = tr("还什么都没有改动；点下面的按钮就导入。")
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.rows.show_rows(
            [Choice(row.line, bad_row(row), icon="alert") for row in report.rows[:MOST_SHOWN]]
        )
