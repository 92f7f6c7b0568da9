"""变得最多的小票: the receipts that change most under the draft; each opens with both prices."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.preview_draft import ByBoth, Previewed, receipt_by_both
from core.actions.reports import Reported
from ui.manage.insight import state as reports
from ui.manage.room import Room
from ui.manage.rules.past_state import span_words
from ui.manage.rules.why import WhySheet
from ui.report_words import title_of
from ui.text import sentence, tr
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (980, 660)


class ReceiptsSheet(Sheet):
    """The largest change first."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, found: Previewed, table: Reported) -> None:
        look = room.look
        super().__init__(
            look,
            window,
            title_of(table.found.question),
            subtitle=span_words(table),
            size=SIZE,
            name="rule_receipts",
        )
        self._room = room
        self._sales = found.preview.most_changed
        columns, rows = reports.table(look, table)
        name = title_of(table.found.question)
        self.table = RowTable(look, columns, name="rule_receipts_table", spoken=name)
        self.table.show_rows(ListedRows(rows))
        self.table.view.clicked.connect(lambda index: self._ask(index.row()))
        self.table.opened.connect(self._ask)
        self.said = Said(look, name="rule_receipts_said")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 8)
        column.addWidget(self.said)
        if rows:
            column.addWidget(self.table, 1)
        else:
            self.table.hide()
            column.addWidget(Words(look, tr("没有小票会变。"), "item", "ink_2", wraps=True))
            column.addStretch(1)
        self.set_body(body)
        self.closed.connect(self.deleteLater)

    def _ask(self, at: int) -> None:
        sale = self._sales[at]
        self._room.work.ask(
            receipt_by_both,
            sale.event,
            staff=self._room.staff,
            topic="receipt_by_both",
            then=partial(self._open_why, sale.no),
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    def _open_why(self, no: str, both: ByBoth) -> None:
        heads = tr("第 {version} 版", version=both.before.rulebook.version), tr("草稿")
        window = self.window()
        WhySheet(self._look, window, both.before, both.after, heads=heads, subtitle=no).open()
