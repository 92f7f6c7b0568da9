"""页的一部分: what each part of the page has: `refresh`, and a sentence where it was not done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.manage.room import Room


class Part(QWidget):
    """One part; what goes wrong is said on the page."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    def refresh(self) -> None:
        """Ask for what is shown."""
        raise NotImplementedError
