"""低窗口的脚: in a window as low as 1366 × 768 at 200 %, what a sheet does is kept in sight.

The widgets given to it stand in columns of the body; in such a window they stand at the foot.
"""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

TINY_WINDOW = 500
EDGE = 8
# The figure, which has more to say, and the deed.
STRETCHES = 6, 5


class LowFoot(QWidget):
    """Give it to `Sheet.set_body` as the foot, with widgets that stand in the body already.

    `side`: px left of the first of them; 0 where it fills its place to the edge.
    """

    def __init__(self, look: Look, *parts: QWidget, side: int = 24) -> None:
        super().__init__()
        self._parts = parts
        self._homes: list[tuple[QBoxLayout, int, int]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        self._row = QHBoxLayout()
        edge = EDGE if side else 0
        self._row.setContentsMargins(side, edge, 24, edge)
        self._row.setSpacing(look.space[3])
        column.addLayout(self._row)
        self.hide()

    def set_tiny(self, is_tiny: bool) -> None:
        """Take them down to the foot, or put each of them back where it stood."""
        if is_tiny == bool(self._homes):
            return
        if is_tiny:
            for part in self._parts:
                home = _home_of(part)
                at = home.indexOf(part)
                stretch = home.stretch(at)
                self._row.addWidget(part, STRETCHES[bool(self._homes)])
                self._homes.append((home, at, stretch))
        else:
            while self._homes:
                home, at, stretch = self._homes.pop()
                home.insertWidget(at, self._parts[len(self._homes)], stretch)
        self.setVisible(is_tiny)


def _home_of(part: QWidget) -> QBoxLayout:
    """The column in which a widget stands."""
    layout = part.parentWidget().layout()
    home = None if layout is None else _within(layout, part)
    assert home is not None, f"{part.objectName()} stands in no column"
    return home


def _within(layout: QLayout, part: QWidget) -> QBoxLayout | None:
    if layout.indexOf(part) >= 0:
        return layout if isinstance(layout, QBoxLayout) else None
    for at in range(layout.count()):
        inner = layout.itemAt(at).layout()
        if inner is not None and (found := _within(inner, part)) is not None:
            return found
    return None
