"""运行页的一部分: what each part has: a column that scrolls, and what is said there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import Shortfall
from core.shop import Shop
from core.values.settings import Settings
from ui.manage.parts import Part
from ui.text import sentence
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from ui.manage.room import Room

WIDEST = 960


class RunningPart(Part):
    """One part; `said` is the sentence on top of it, `column` what stands below."""

    def __init__(self, room: Room, name: str) -> None:
        super().__init__(room)
        self.look = room.look
        self.setObjectName(f"running_{name}")
        self.said = Said(room.look, style="body", name=f"running_{name}_said")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(
            0, room.look.space[2], room.look.space[3], room.look.space[4]
        )
        self.column.setSpacing(room.look.space[4])
        self.column.addWidget(self.said)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))

    @property
    def shop(self) -> Shop | None:
        """None until it is open."""
        return self.room.work.hands.shop

    def fail(self, error: Exception) -> None:
        """One sentence; what stands there stays."""
        self.said.say(sentence(error), is_wrong=True)


def settings_kept(shop: Shop) -> Settings:
    """Those of this machine; raises what tells that nobody can read the file."""
    return shop.store.keeping.settings()


def settings_here(shop: Shop) -> Settings:
    """Those that hold: the usual ones where nobody can read the file."""
    try:
        return settings_kept(shop)
    except Shortfall:
        return Settings()
