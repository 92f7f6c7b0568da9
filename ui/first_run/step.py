"""一步: what all steps of the first run have in common: a title, a line, a body.

passed   the step is done: go on
turned   `deed`, `skip` or what may be pressed has changed
refused  an error of the whole step, to be said above the foot
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.first_run.course import Course
from ui.look import Look
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words

BESIDE_BAR = 8
WIDEST = 960
LOW = 600


class Step(QWidget):
    """`deed` is what the primary button says, "" for 下一步; `key` its key.

    `skip` is what it says where the step may wait for another day.
    """

    passed = Signal()
    turned = Signal()
    refused = Signal(object)

    name = ""
    takes_scans = False
    is_line_needed = False

    def __init__(self, look: Look, course: Course, title: str, line: str) -> None:
        super().__init__()
        self._look = look
        self.course = course
        self.deed = ""
        self.skip = ""
        self.key = "Enter"
        self.is_ready = True
        self.is_busy = False
        self.body: Scroll | None = None
        self.setObjectName(f"first_{self.name}")
        self.setAccessibleName(title)
        self.title = Words(look, title, "hero", wraps=True, name=f"first_{self.name}_title")
        self.line = Words(look, line, "item", "ink_2", wraps=True, name=f"first_{self.name}_line")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[2])
        self._column.addWidget(self.title)
        self._column.addWidget(self.line)
        self._column.addSpacing(look.space[3])
        self.set_margins(64, 40)

    def put(self, body: QWidget, *, fills: bool = False) -> None:
        """The body below the title; it scrolls. What `fills` takes all the room there is."""
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, BESIDE_BAR, 0)
        row.addWidget(body, 1)
        if not fills:
            body.setMaximumWidth(WIDEST)
            row.addStretch(0)
        self.body = Scroll(page)
        self._column.addWidget(self.body, 1)

    def set_margins(self, side: int, top: int) -> None:
        """How much paper stays white around it."""
        # The bar of what scrolls stands in the margin: what is shown ends where the button does.
        self._column.setContentsMargins(side, top, side - BESIDE_BAR, min(top, 24))

    def set_low(self, is_low: bool) -> None:
        """In a low window the title is smaller."""
        style = "figure" if is_low else "hero"
        self.title.setFont(self._look.font(style))
        self.line.setFont(self._look.font("body" if is_low else "item"))
        self.line.setVisible(not is_low or self.is_line_needed)

    def begin(self) -> None:
        """The step is shown: put the caret where it belongs."""

    def take(self) -> None:
        """Put what is typed into the course, right or wrong."""

    def go(self) -> None:
        """The primary button: check, and say `passed`."""
        self.take()
        self.course.skip(self.name, is_skipped=False)
        self.passed.emit()

    @property
    def is_inside(self) -> bool:
        """Whether 上一步 stays within the step."""
        return False

    def back(self) -> bool:
        """上一步 within the step; False where it leads to the step before."""
        return False

    def leave(self) -> None:
        """Another step comes, or the window closes."""

    def takes(self, text: str) -> bool:
        """Whether a code that was scanned is for this step."""
        return self.takes_scans

    def take_scan(self, text: str) -> None:
        """A code came from a scanner that this step `takes`."""
