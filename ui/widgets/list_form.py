"""左列右表: the body of a sheet that has a list at the left, and at the right what is done with
the row that is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

SIDE, LIST_EDGE = 24, 8


class ListForm(QWidget):
    """What is done goes into `form`, from above; its sheet calls `fit`.

    `widths`: how wide the list is in a window of at least so many pixels, the widest first.
    `edges`, in pixels, and `gaps`, steps of the look: in a low window, and in any other.
    """

    def __init__(
        self,
        look: Look,
        listed: QWidget,
        *,
        widths: Sequence[tuple[int, int]],
        edges: tuple[int, int] = (8, 16),
        gaps: tuple[int, int] = (2, 3),
    ) -> None:
        super().__init__()
        self._look = look
        self._widths, self._edges, self._gaps = widths, edges, gaps
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, LIST_EDGE, 0, LIST_EDGE)
        column.addWidget(listed)
        self.form = QVBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        self._rule = Rule(look, upright=True)
        row.addWidget(self._rule)
        row.addLayout(self.form, 1)

    def show_list(self, is_shown: bool) -> None:
        """What is done is done with a row, or with none of them."""
        self._left.setVisible(is_shown)
        self._rule.setVisible(is_shown)

    def fit(self, room: int, *, is_low: bool) -> None:
        """Take the measures for a window that is so wide, in pixels."""
        edge = self._edges[not is_low]
        self.form.setContentsMargins(SIDE, edge, SIDE, edge)
        self.form.setSpacing(self._look.space[self._gaps[not is_low]])
        self._left.setFixedWidth(next(wide for least, wide in self._widths if room >= least))
