"""第二读数区: one large figure with a line below; a sentence instead if input is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.amount import Amount
from ui.widgets.words import Words

ICON = 24
SIDE = 24


class FigureZone(QWidget):
    """The sunken zone; its height never changes, so that nothing moves."""

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self._look = look
        self.figure = Amount(look, size=56, slot=72, yuan=False, name=f"{name}_figure")
        self.before = Words(look, "", "small", "ink_2", elides=True, name=f"{name}_before")
        self.after = Words(
            look, "", "small", "ink_2", elides=True, align=paint.RIGHT, name=f"{name}_after"
        )
        self.problem = Words(look, "", "body", "danger_text", wraps=True, name=f"{name}_problem")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._figures())
        self._stack.addWidget(self._wrong())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.borders.rule, 0, 0)
        column.addWidget(self._stack)
        self.set_compact(False)

    def show_figure(
        self, label: str, text: str, *, before: str = "", after: str = "", role: str = "ink"
    ) -> None:
        """A figure, already in words, with what stands below it at the left and the right."""
        self._stack.setCurrentIndex(0)
        self.figure.set_amount(text, role, label=label)
        self.before.setText(before)
        self.after.setText(after)
        self._fit()
        self.problem.setText("")
        self.update()

    def show_problem(self, text: str) -> None:
        """One sentence instead; the figure comes back with the next stroke."""
        self.problem.setText(text)
        self._stack.setCurrentIndex(1)
        self.update()

    def show_note(self, text: str) -> None:
        """What goes on, in the place of the line below; the figure stays."""
        self._stack.setCurrentIndex(0)
        self.before.setText(text)
        self.after.setText("")
        self._fit()
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        """A step smaller for a low window."""
        self.setFixedHeight(78 if is_compact else 110)
        self.problem.setFont(self._look.font("small" if is_compact else "body"))
        self.figure.set_measures(size=40 if is_compact else 56, slot=48 if is_compact else 72)
        for note in (self.before, self.after):
            note.setFont(self._look.font("caption" if is_compact else "small"))
        self._fit()
        top, bottom = (2, 6) if is_compact else (6, 10)
        self._column.setContentsMargins(SIDE, top, SIDE, bottom)

    def _fit(self) -> None:
        """Where both do not fit, what must be done now stands there alone: the notes of change."""
        room = self.width() - 2 * SIDE - self._look.space[3]
        taken = sum(paint.advance(each.font(), each.text()) for each in (self.before, self.after))
        fits = taken <= room or not self.after.text()
        self.before.setVisible(bool(self.before.text()) and fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _figures(self) -> QWidget:
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setSpacing(0)
        self._column.addWidget(self.figure)
        line = QHBoxLayout()
        line.setSpacing(self._look.space[3])
        # what stands at the left takes what it needs; the notes of the change have all the rest
        self.before.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line.addWidget(self.before)
        line.addWidget(self.after, 1)
        self._column.addLayout(line)
        return page

    def _wrong(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(SIDE + ICON + 12, 0, SIDE, 0)
        row.addWidget(self.problem, 1)
        return page

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        is_wrong = self._stack.currentIndex() == 1
        if is_wrong:
            paint.tinted(painter, look, self.rect(), "danger_tint", edge="danger")
        else:
            painter.fillRect(self.rect(), look.colour("sunken"))
        painter.fillRect(0, 0, self.width(), look.borders.rule, look.colour("line"))
        if is_wrong:
            square = QRectF(SIDE, (self.height() - ICON) / 2, ICON, ICON)
            paint.icon(painter, look, square, "alert", "danger_text")
