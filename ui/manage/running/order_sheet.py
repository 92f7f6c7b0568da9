"""加一份定时报表: which report, how often, of which days, as which file, into which folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.values.routine import BACK_DAYS, REPORT_KINDS, Every, ReportOrder
from ui.look import Look
from ui.manage.running import state
from ui.report_words import title_of
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 600)
LIST_WIDTH = 300
ITS_OWN = 0


class OrderSheet(Sheet):
    """`keep` gets the order; gone when it is closed."""

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        names: Sequence[str],
        keep: Callable[[ReportOrder], object],
    ) -> None:
        title = tr("加一份定时报表")
        super().__init__(look, window, title, size=SIZE, name="order", leave=tr("不加了"))
        self._keep = keep
        self.list = ChoiceList(look, name="order_reports", spoken=tr("报表"))
        rows = [Choice(name, title_of(name), icon="insight") for name in names]
        self.list.show_rows(rows, current=0)
        self.said = Said(look, name="order_said")
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(16, 16, 24, 16)
        row.setSpacing(look.space[5])
        self.list.setFixedWidth(LIST_WIDTH)
        row.addWidget(self.list)
        row.addLayout(self._build_form(), 1)
        high = look.sizes.control
        self.done = Button(look, tr("加上"), kind="primary", height=high, name="order_done")
        self.done.clicked.connect(self._on_done)
        self.set_body(body, foot=Foot(look, self.done, said=self.said))
        self.closed.connect(self.deleteLater)

    def _build_form(self) -> QVBoxLayout:
        look = self._look
        self.every = Segments(
            look,
            [Segment(every.value, state.every_words(every)) for every in Every],
            name="order_every",
            spoken=tr("多久"),
        )
        self.days = Segments(
            look,
            [Segment(str(days), _days_words(days)) for days in BACK_DAYS],
            name="order_days",
            spoken=tr("哪些天"),
        )
        self.kind = Segments(
            look,
            [Segment(kind, kind.upper()) for kind in REPORT_KINDS],
            name="order_kind",
            spoken=tr("文件"),
        )
        self.folder = Field(look, tr("写到哪个文件夹"), name="order_folder")
        pick = Button(look, tr("选文件夹"), name="order_pick")
        pick.clicked.connect(self._pick)
        column = QVBoxLayout()
        column.setSpacing(look.space[2])
        for label, choices in (
            (tr("多久写一次"), self.every),
            (tr("写哪些天的"), self.days),
            (tr("写成哪种文件"), self.kind),
        ):
            column.addWidget(Words(look, label, "small", "ink_2"))
            beside = QHBoxLayout()
            beside.addWidget(choices)
            beside.addStretch(1)
            column.addLayout(beside)
            column.addSpacing(look.space[3])
        column.addWidget(self.folder)
        low = QHBoxLayout()
        low.addWidget(pick)
        low.addStretch(1)
        column.addLayout(low)
        column.addStretch(1)
        return column

    def _pick(self) -> None:
        from ui.file_dialog import ask_for_folder

        ask_for_folder(self, self.folder.set_text)

    def order(self) -> ReportOrder:
        """What is filled in."""
        name = self.list.current_key()
        return ReportOrder(
            str(name),
            Every(self.every.current()),
            self.kind.current(),
            self.folder.text(),
            int(self.days.current()),
        )

    def _on_done(self) -> None:
        order = self.order()
        if not order.folder:
            self.folder.set_problem(tr("请选一个文件夹。"))
            self.folder.focus()
            return
        self._keep(order)
        self.shut()


def _days_words(days: int) -> str:
    return tr("刚过去的") if days == ITS_OWN else tr("近 {days} 天", days=days)
