"""清单: the body of a sheet that lists things: the list, or why it is empty; buttons below.

A list scrolls by itself: while it is shown, what stands in its place when it is empty asks for no
room, so that a low window does not scroll the list's own place besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.foot import Foot
from ui.widgets.said import Said

ABOVE, LEAST_SAID = 12, 240


class ListBody(QWidget):
    """A list; where there is something to do with a row, `said` and the `deeds` stand below."""

    def __init__(
        self,
        look: Look,
        listed: QWidget,
        none: QWidget,
        deeds: Sequence[QWidget] = (),
        *,
        said: Said | None = None,
    ) -> None:
        super().__init__()
        self._none = none
        self._stack = QStackedLayout()
        for page in (listed, none):
            page.setParent(self)  # a stack shows its first page: never as a window of its own
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        if deeds:
            foot = Foot(look, *deeds, said=said, above=ABOVE, least_said=LEAST_SAID)
            column.addWidget(foot)
        self.show_list(has_rows=True)

    def show_list(self, has_rows: bool) -> None:
        """The list, or why there is nothing in it."""
        policy = self._none.sizePolicy()
        vertical = QSizePolicy.Policy.Ignored if has_rows else QSizePolicy.Policy.Preferred
        policy.setVerticalPolicy(vertical)
        self._none.setSizePolicy(policy)
        self._stack.setCurrentIndex(0 if has_rows else 1)
