"""应收: what the test basket comes to by both rulebooks, the draft's as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.words import Words


class TryTotal(QWidget):
    """`held` and `draft` are the words of both."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._label = Words(look, tr("应收"), "item")
        self.held = Words(look, "", "title", "ink_2", bold=False, name="try_held_total")
        self.draft = Words(look, "", "hero", name="try_draft_total")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[4])
        row.addWidget(self._label)
        row.addStretch(1)
        for words in (self.held, self.draft):
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignBottom)

    def show_total(self, held: str, draft: str) -> None:
        """Other sums, already in words."""
        self.held.setText(held)
        self.draft.setText(draft)
        self._fit()

    def _fit(self) -> None:
        look, beside = self._look, (self._label, self.held)
        taken = sum(paint.advance(each.font(), each.text()) + look.space[4] for each in beside)
        room = self.width() - taken - look.space[4]
        hero = look.font("hero")
        is_long = paint.advance(hero, self.draft.text()) > room
        self.draft.setFont(look.font("title") if is_long else hero)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
