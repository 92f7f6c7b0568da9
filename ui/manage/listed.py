"""名单: the rows behind a figure, in a sheet over the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 620)


class ListedSheet(Sheet):
    """A table with a heading; made for one figure, gone when it is closed.

    `opened_row` gives the place of a row that is pressed; `deeds` stand below the rows.
    """

    refuses_scans = True
    opened_row = Signal(int)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        subtitle: str = "",
        nothing: str = "",
        deeds: Sequence[Button] = (),
    ) -> None:
        super().__init__(look, window, title, subtitle=subtitle, size=SIZE, name="listed")
        table = RowTable(look, columns, name="listed_table", spoken=title)
        table.show_rows(ListedRows(rows))
        table.opened.connect(self.opened_row)
        table.view.clicked.connect(lambda index: self.opened_row.emit(index.row()))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 8)
        if rows:
            column.addWidget(table, 1)
        else:
            table.deleteLater()
            column.addWidget(Words(look, nothing, "item", "ink_2", wraps=True))
            column.addStretch(1)
        if deeds:
            foot = QHBoxLayout()
            foot.addStretch(1)
            for deed in deeds:
                foot.addWidget(deed)
            column.addLayout(foot)
        self.set_body(body)
        self.closed.connect(self.deleteLater)
