"""接班: whoever takes over the drawer proves who they are."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.login.pin_sheet import PinSheet
from ui.look import Look
from ui.text import tr


class TakeOverSheet(PinSheet):
    """Who may sell."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(
            look,
            window,
            title=tr("谁接班？"),
            hint=tr("接班的人输自己的 PIN；点到的现金就是接手的数。"),
            verb=tr("接班"),
            name="take_over",
        )
