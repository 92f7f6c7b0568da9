"""脚: the foot of a sheet: below a rule, what is said, and the buttons of its deeds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

SIDE, ABOVE, GAP = 24, 8, 12
LEAST_SAID = 160


class Foot(QWidget):
    """`left` stands at the left, `said` takes the room that the others leave, `deeds` are right.

    Where they leave too little, what is said has a line of its own above them.
    """

    def __init__(
        self,
        look: Look,
        *deeds: QWidget,
        left: Sequence[QWidget] = (),
        said: QWidget | None = None,
        above: int = ABOVE,
        gap: int = GAP,
        least_said: int = LEAST_SAID,
    ) -> None:
        super().__init__()
        self._said, self._least_said = said, least_said
        self._beside = [*left, *deeds]
        self._at = len(left)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(SIDE, above, SIDE, above)
        row.setSpacing(gap)
        for widget in left:
            row.addWidget(widget)
        if said is not None:
            row.addWidget(said, 1)
        row.addStretch(0)
        for deed in deeds:
            row.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        self._line = QHBoxLayout()
        self._line.setContentsMargins(SIDE, 0, SIDE, 0)
        column.addLayout(self._line)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._said is None:
            return
        shown = [each for each in self._beside if not each.isHidden()]
        taken = sum(each.sizeHint().width() + self._row.spacing() for each in shown) + 2 * SIDE
        is_apart = self.width() < taken + self._least_said
        if is_apart and not self._line.count():
            self._line.addWidget(self._said)
            self._said.setContentsMargins(0, ABOVE, 0, 0)
        elif not is_apart and self._line.count():
            self._row.insertWidget(self._at, self._said, 1)
            self._said.setContentsMargins(0, 0, 0, 0)
