"""说一声: at the foot of a sheet, what became of the last thing that somebody did there."""

from __future__ import annotations

from ui.look import Look
from ui.widgets.words import Words


class Said(Words):
    """Small, in as many lines as it needs, or in one that is cut where it `elides`.

    Without a sentence it takes no room.
    """

    def __init__(self, look: Look, *, elides: bool = False, name: str) -> None:
        super().__init__(look, "", "small", "ink_2", wraps=not elides, elides=elides, name=name)
        self.hide()

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Another sentence; red where it is a problem."""
        self.set_role("danger_text" if is_wrong else "ink_2")
        self.setText(sentence)
        self.setVisible(bool(sentence))
