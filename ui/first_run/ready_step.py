"""开始: what was set up, in a few lines; then the counter opens."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.values.first_run import CHAIN, RESTORE
from ui.customer.place import NONE
from ui.first_run.course import Course
from ui.first_run.only import Only
from ui.first_run.step import Step
from ui.look import Look
from ui.text import tr
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

ROW, LOW_ROW = 44, 30


class ReadyStep(Step):
    """The end of the way."""

    name = "ready"

    def __init__(self, look: Look, course: Course) -> None:
        super().__init__(look, course, tr("可以开店了"), tr("店长登录，点好备用金，就能收款。"))
        self.deed = tr("去收银")
        self._place, self._rows = Only(), list[FactRow]()
        self._row_height = ROW
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._place)
        column.addSpacing(look.space[2])
        later = tr("跳过的以后在“设置”的“设备”里补上；F1 有所有的键。")
        column.addWidget(Words(look, later, "small", "ink_2", wraps=True))
        column.addStretch(1)
        self.put(body)

    def begin(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._rows = [
            FactRow(self._look, label, value, name=f"first_fact_{name}", height=self._row_height)
            for name, (label, value) in self._facts().items()
        ]
        for row in self._rows:
            rows.addWidget(row)
        self._place.put(page)

    def set_low(self, is_low: bool) -> None:
        """All that was set up is seen at once, and what to do with the rest."""
        super().set_low(is_low)
        self._row_height = LOW_ROW if is_low else ROW
        for row in self._rows:
            row.setFixedHeight(self._row_height)

    def _facts(self) -> dict[str, tuple[str, str]]:
        run, settings, later = self.course.run, self.course.settings, tr("以后再设")
        till = tr("{store} {till} 号台", store=run.store_name, till=run.till_no)
        has_printer = "printer" not in run.skipped and settings.printer != "none"
        facts = {"store": (tr("门店和收银台"), till)}
        if run.way == CHAIN:
            joined = run.chain_name if run.is_joined else tr("还没有入网，以后在“上传”里扫码")
            facts["chain"] = (tr("连锁"), joined)
        if run.way != RESTORE:
            facts["manager"] = (tr("负责的店长"), run.manager)
            facts["recovery"] = (tr("恢复文件"), run.recovery)
        devices = {
            "scanner": (tr("扫码枪"), later if "scanner" in run.skipped else tr("试过了")),
            "printer": (tr("打印机"), settings.printer if has_printer else later),
            "display": (
                tr("客显"),
                later if "display" in run.skipped or settings.display == NONE else tr("设好了"),
            ),
        }
        if run.way == RESTORE:
            return facts | devices
        words = tr(
            "商品 {products}，会员 {members}",
            products=f"{run.products:,}",
            members=f"{run.members:,}",
        )
        brought = later if "goods" in run.skipped else words
        return facts | devices | {"brought": (tr("导入了"), brought)}
