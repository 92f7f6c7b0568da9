"""名单: the rows behind a figure, in a sheet over the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.manage.sorting import SortedRows
from ui.widgets.button import Button
from ui.widgets.row_table import Cell, Column, RowTable
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 620)
NOTHING_SORTS: Mapping[str, Sequence[Any]] = {}


class ListedSheet(Sheet):
    """A table with a heading; made for one figure, gone when it is closed.

    `opened_row` gives the place among `rows` of one that is pressed; `values` are what columns sort
    by (`SortedRows`); `deeds` stand below the rows.
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
        values: Mapping[str, Sequence[Any]] = NOTHING_SORTS,
        deeds: Sequence[Button] = (),
    ) -> None:
        super().__init__(look, window, title, subtitle=subtitle, size=SIZE, name="listed")
        shown = [replace(column, sorts=column.name in values) for column in columns]
        table = RowTable(look, shown, name="listed_table", spoken=title)
        self._sorted = SortedRows(table, rows, values)
        table.opened.connect(self._open_row)
        table.view.clicked.connect(lambda index: self._open_row(index.row()))
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
            foot.setContentsMargins(8, 8, 8, 8)
            foot.addStretch(1)
            for deed in deeds:
                foot.addWidget(deed)
            column.addLayout(foot)
        self.set_body(body)
        self.closed.connect(self.deleteLater)

    def _open_row(self, at: int) -> None:
        self.opened_row.emit(self._sorted.place(at))
