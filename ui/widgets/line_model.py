"""明细行的表: the rows of a LineTable, changed in place instead of built anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.line_row import LineRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class LineModel(QAbstractTableModel):
    """One column of LineRow; `show_rows` inserts, removes and changes only what differs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LineRow] = []

    def show_rows(self, rows: Sequence[LineRow]) -> None:
        """Become these rows; what is the same at both ends is left alone."""
        old, new = self.rows, list(rows)
        head = _common([row.identity for row in old], [row.identity for row in new])
        tail = _common(
            [row.identity for row in reversed(old[head:])],
            [row.identity for row in reversed(new[head:])],
        )
        self._replace(head, len(old) - tail, new[head : len(new) - tail])
        for at, row in enumerate(new):
            if self.rows[at] is not row and self.rows[at] != row:
                self.rows[at] = row
                index = self.index(at, 0)
                self.dataChanged.emit(index, index)

    def _replace(self, start: int, stop: int, rows: list[LineRow]) -> None:
        if stop > start:
            self.beginRemoveRows(NOWHERE, start, stop - 1)
            del self.rows[start:stop]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(NOWHERE, start, start + len(rows) - 1)
            self.rows[start:start] = rows
            self.endInsertRows()

    def row_of(self, identity: str) -> int:
        """Where the row of this identity stands; −1 where it does not."""
        places = (at for at, row in enumerate(self.rows) if row.identity == identity)
        return next(places, -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].kind != "line":
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return row if role == Qt.ItemDataRole.UserRole else None


def _common(left: list[str], right: list[str]) -> int:
    """How many are the same at the start of both."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
