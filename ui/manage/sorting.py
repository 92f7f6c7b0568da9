"""排序: rows of a table in the order of a column, which the press of its head chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.widgets.row_table import Cell, ListedRows, RowTable


class SortedRows:
    """As they came, until a head is pressed; pressed again it turns them round.

    `values` are those of each column that sorts, by its name; None stands last either way. Whoever
    opens a row asks with `place` which one it was as they came.
    """

    def __init__(
        self,
        table: RowTable,
        rows: Sequence[Sequence[Cell]],
        values: Mapping[str, Sequence[Any]],
    ) -> None:
        self._table = table
        self._rows = rows
        self._values = values
        self._order = list(range(len(rows)))
        self._by = ""
        self._is_down = False
        table.sort_asked.connect(self._sort)
        table.show_rows(ListedRows(rows))

    def place(self, at: int) -> int:
        """Where the row that stands there was as they came."""
        return self._order[at]

    def _sort(self, name: str) -> None:
        values = self._values[name]
        there = [at for at in range(len(self._rows)) if values[at] is not None]
        is_number = all(isinstance(values[at], int) for at in there)
        self._is_down = not self._is_down if name == self._by else is_number
        self._by = name
        there.sort(key=values.__getitem__, reverse=self._is_down)
        missing = [at for at in range(len(self._rows)) if values[at] is None]
        self._order = [*there, *missing]
        self._table.show_rows(ListedRows([self._rows[at] for at in self._order]))
        self._table.show_sorted(name, is_down=self._is_down)
