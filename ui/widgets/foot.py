"""脚: the foot of a sheet: below a rule, what is said, and the buttons of its deeds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

SIDE, ABOVE, GAP = 24, 8, 12


class Foot(QWidget):
    """`left` stands at the left, `said` takes the room that the others leave, `deeds` are right."""

    def __init__(
        self,
        look: Look,
        *deeds: QWidget,
        left: Sequence[QWidget] = (),
        said: QWidget | None = None,
        above: int = ABOVE,
        gap: int = GAP,
    ) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, above, SIDE, above)
        row.setSpacing(gap)
        for widget in left:
            row.addWidget(widget)
        if said is None:
            row.addStretch(1)
        else:
            row.addWidget(said, 1)
        for deed in deeds:
            row.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        column.addLayout(row)
