"""行为: a line of buttons for what a member gets points for without buying: 签到, 建议, 分享 …

done(code)   the member did it once more
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from core.actions.deeds import Chance
from core.points.deeds import DAY
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.words import Words

SIDE, HIGH = 24, 8
FEW = 3


class BehaviourBar(QWidget):
    """One button for each; what is used up cannot be pressed and says so. Ctrl with a digit too.

    Where they do not fit beside each other they stand in rows of a few: no name is cut.
    """

    done = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._codes: list[str] = []
        self._buttons: list[Button] = []
        self.setObjectName("behaviours")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, HIGH, SIDE, HIGH)
        row.setSpacing(look.space[2])
        self._title = Words(look, tr("行为积分"), "small", "ink_2")
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        row.addWidget(self._title)
        row.addLayout(self._grid)
        row.addStretch(1)

    def show_chances(self, chances: Sequence[Chance]) -> None:
        """Show these; the same ones only take other words."""
        self.setVisible(bool(chances))
        codes = [chance.behaviour.code for chance in chances]
        if codes != self._codes:
            self._rebuild(codes)
        for button, chance in zip(self._buttons, chances, strict=True):
            button.set_label(_label(chance))
            button.set_spoken(_spoken(chance))
            button.setEnabled(not chance.stopped_by)
        self._arrange()

    def _rebuild(self, codes: list[str]) -> None:
        self._codes = codes
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        for place, code in enumerate(codes, 1):
            button = Button(self._look, "", key=f"Ctrl+{place}", name=f"behaviour_{place}")
            button.clicked.connect(partial(self.done.emit, code))
            self._buttons.append(button)

    def _arrange(self) -> None:
        """In one row where it fits, with title and keys where they do; else in rows of a few."""
        is_wordy = len(self._buttons) <= FEW and self._fits(with_keys=True)
        self._title.setVisible(is_wordy)
        columns = len(self._buttons) if is_wordy or self._fits(with_keys=False) else FEW
        for button in self._buttons:
            button.set_key_shown(is_wordy)
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def _fits(self, *, with_keys: bool) -> bool:
        gap = self._look.space[2]
        wide = self._title.sizeHint().width() + gap if with_keys else 0
        for button in self._buttons:
            button.set_key_shown(with_keys)
            wide += button.sizeHint().width() + gap
        return wide <= self.width() - 2 * SIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether it was Ctrl with the digit of one that can be pressed."""
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier or not self.isVisible():
            return False
        place = event.key() - int(Qt.Key.Key_1)
        if not 0 <= place < len(self._buttons):
            return False
        self._buttons[place].click()
        return True


def _label(chance: Chance) -> str:
    each = chance.behaviour
    if chance.stopped_by == DAY:
        return tr("{name} 今天已记", name=each.name)
    if chance.stopped_by:
        return tr("{name} 已记满", name=each.name)
    if chance.times.day:
        return tr(
            "{name} +{points}（{count}）",
            name=each.name,
            points=f"{each.points:,}",
            count=chance.times.day,
        )
    return tr("{name} +{points}", name=each.name, points=f"{each.points:,}")


def _spoken(chance: Chance) -> str:
    each, times = chance.behaviour, chance.times
    return tr(
        "{name}，加 {points} 分，今天 {day} 次，今年 {year} 次",
        name=each.name,
        points=f"{each.points:,}",
        day=times.day,
        year=times.year,
    )
