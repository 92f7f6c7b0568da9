"""语言: the first question, in all the languages there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.catalogue import LANGUAGE_NAMES
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import tr
from ui.widgets.tile import Tile


class LanguageStep(Step):
    """`chosen`: another language, at once."""

    name = "language"
    chosen = Signal(str)

    def __init__(self, look: Look, course: Course) -> None:
        super().__init__(look, course, tr("用哪种语言？"), tr("以后随时可以在设置里换。"))
        self._tiles: dict[str, Tile] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        for language, label in LANGUAGE_NAMES.items():
            tile = Tile(look, label, name=f"first_language_{language}")
            tile.setMaximumWidth(440)
            tile.clicked.connect(lambda _=False, one=language: self._choose(one))
            self._tiles[language] = tile
            column.addWidget(tile)
        column.addStretch(1)
        self._show()
        self.put(body)

    def begin(self) -> None:
        self._tiles[self.course.run.language].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        for language, tile in self._tiles.items():
            tile.set_chosen(language == self.course.run.language)

    def _choose(self, language: str) -> None:
        is_other = language != self.course.run.language
        self.course.set(language=language)
        self._show()
        if is_other:
            self.chosen.emit(language)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._tiles)
        self._choose(names[(names.index(self.course.run.language) + step) % len(names)])
        self.begin()
