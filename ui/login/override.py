"""授权: somebody who has the right types their PIN, and one step of another person is allowed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.login.pin_sheet import PinSheet
from ui.look import Look
from ui.text import tr


class OverrideSheet(PinSheet):
    """Who may allow it."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(
            look,
            window,
            title=tr("请授权"),
            hint=tr("选有权限的人，由本人输 PIN。只管这一步。"),
            verb=tr("授权"),
            name="override",
        )
