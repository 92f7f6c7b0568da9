"""同意: what a member agreed to, and the step they ask for: taken back, or given.

    chosen(is_chosen)    a step was chosen, or none again

Who was never asked here may say either; who answered before may only change their answer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.consent_text import ConsentState
from ui.look import Look
from ui.text import tr
from ui.widgets.tile import Tile
from ui.widgets.words import Words

NEXT_KEY = Qt.Key.Key_F4


class MemberConsent(QWidget):
    """The steps in words, and a tile for each that can be done now."""

    chosen = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        height = look.sizes.control
        self.words = Words(look, "", "body", wraps=True, name="member_consent")
        words = tr("念给顾客听了，顾客同意")
        self.agree = Tile(look, words, key="F4", height=height, name="member_consent_agree")
        words = tr("顾客本人要撤回：不再积分、享优惠")
        self.withdraw = Tile(look, words, key="F4", height=height, name="member_consent_withdraw")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        for each in (self.words, self.agree, self.withdraw):
            column.addWidget(each)
        self.agree.toggled.connect(lambda is_on: self._on_toggled(self.withdraw, is_on))
        self.withdraw.toggled.connect(lambda is_on: self._on_toggled(self.agree, is_on))

    def show_state(self, state: ConsentState, problem: str = "") -> None:
        """Only what was said to be so is done: no step is chosen yet."""
        self.words.setText(problem or "\n".join(state.lines))
        for tile, can_be in ((self.agree, state.can_agree), (self.withdraw, state.can_withdraw)):
            tile.set_chosen(False)
            tile.setVisible(can_be)

    @property
    def is_withdrawal(self) -> bool:
        """Whether the chosen step takes consent back; where none is, the only one there is."""
        return self.withdraw.isChecked() or self.agree.isHidden()

    def focus(self) -> None:
        """To the first step that can be chosen."""
        tile = self.withdraw if self.agree.isHidden() else self.agree
        tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        """F4 goes from one step to the next, and to none."""
        if event.key() != NEXT_KEY or not self.isVisible():
            return False
        steps = [tile for tile in (self.agree, self.withdraw) if not tile.isHidden()]
        on = next((at for at, tile in enumerate(steps) if tile.isChecked()), -1)
        steps[min(on + 1, len(steps) - 1)].toggle()
        return True

    def _on_toggled(self, other: Tile, is_on: bool) -> None:
        if is_on:
            other.set_chosen(False)
        self.chosen.emit(is_on)
