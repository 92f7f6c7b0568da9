"""核对积分: everything counted anew, one thing after the other; the result in words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.points_ledger import audit_points
from core.ports.points_desk import Audited
from ui.manage.points.part import PointsPart
from ui.manage.room import Room
from ui.text import capital, tr
from ui.widgets.button import Button
from ui.widgets.panel_row import FactRow
from ui.widgets.progress import Progress
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words


def audited_words(what: Audited) -> str:
    """What is counted, in one line."""
    return {
        Audited.SUM: tr("所有账户加起来是 0"),
        Audited.BALANCES: tr("每位会员的余额等于流水"),
        Audited.LOTS: tr("每一批积分用掉的不多于得到的"),
        Audited.EXPIRY: tr("该到期的到期了，没有早收的"),
        Audited.DEEDS: tr("每次行为和更正都在流水里"),
        Audited.REWARDS: tr("每次兑换和库存都对得上"),
    }[what]


class AuditPart(PointsPart):
    """A button, how far it is, and a line for each thing."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._wrong = 0
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        control = look.sizes.control
        self.start = Button(
            look, tr("开始核对"), kind="primary", height=control, name="audit_start"
        )
        self.start.clicked.connect(self._begin)
        self.result = Words(look, "", "item", wraps=True, name="audit_result")
        top = QHBoxLayout()
        top.setSpacing(look.space[4])
        top.addWidget(self.start)
        top.addWidget(self.result, 1)
        column.addLayout(top)
        column.addSpacing(look.space[4])
        self._bar = QVBoxLayout()
        self.progress = self._fresh()
        column.addLayout(self._bar)
        self.rows = {
            what: FactRow(look, audited_words(what), "–", keeps_value=True) for what in Audited
        }
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner, gap=look.space[3]))

    def _fresh(self) -> Progress:
        """A bar that is empty: none runs backwards."""
        bar = Progress(self.room.look, name="audit_progress")
        bar.hide()
        self._bar.addWidget(bar)
        return bar

    def refresh(self) -> None:
        """Nothing is counted before somebody asks for it."""

    def _begin(self) -> None:
        self._bar.removeWidget(self.progress)
        self.progress.deleteLater()
        self.progress = self._fresh()
        self._wrong = 0
        self.start.setEnabled(False)
        self.result.setText("")
        for row in self.rows.values():
            row.set_value("–")
        self._ask(0)

    def _ask(self, at: int) -> None:
        audits = list(Audited)
        if at == len(audits):
            self._end()
            return
        words = tr("正在核对：{what}", what=audited_words(audits[at]))
        self.progress.show()
        self.progress.show_progress(at * 1000 // len(audits), words)
        self.room.work.ask(
            audit_points,
            audits[at],
            staff=self.room.staff,
            topic="points_audit",
            then=lambda wrong: self._counted(at, wrong),
            failed=self._failed,
        )

    def _counted(self, at: int, wrong: int) -> None:
        self._wrong += wrong
        row = self.rows[list(Audited)[at]]
        if wrong:
            row.set_value(tr("{count} 处不对", count=f"{wrong:,}"), "danger_text", mark="alert")
        else:
            row.set_value(capital(tr("对")), "accent_text", mark="check")
        self._ask(at + 1)

    def _end(self) -> None:
        self.progress.hide()
        self.start.setEnabled(True)
        self.result.set_role("danger_text" if self._wrong else "accent_text")
        bad = tr(
            "积分账有 {count} 处不对。什么都没有改动；请备份，再运行 main.py verify 看是哪些。",
            count=self._wrong,
        )
        self.result.setText(bad if self._wrong else tr("积分账全部对得上。"))

    def _failed(self, error: Exception) -> None:
        self.progress.hide()
        self.start.setEnabled(True)
        self.room.say(error)
