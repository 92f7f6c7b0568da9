"""杆式客显的对话: one that shows nothing is told by a notice once, and nobody waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import DisplayUnavailable
from ui.devices.pole import PoleDesk
from ui.text import halves, sentence, tr
from ui.till.notices import DISPLAY
from ui.till.page import TillPage
from ui.widgets.banner import Action


class PoleFlow(QObject):
    """From `begin` to `end`."""

    _reported = Signal(object)

    def __init__(self, pole: PoleDesk, page: TillPage, parent: QObject) -> None:
        super().__init__(parent)
        self._pole = pole
        self._page = page
        self._is_told = False
        self._reported.connect(self._on_reported)
        pole.report_to(self._reported.emit)

    def begin(self) -> None:
        """What another window was told is told again."""
        self._on_reported(self._pole.trouble)

    def end(self) -> None:
        """Look no more."""
        self._pole.report_to(None)

    @Slot(object)
    def _on_reported(self, error: DisplayUnavailable | None) -> None:
        if error is not None:
            self._is_told = True
            title, line = halves(sentence(error))
            read = (Action("read", tr("知道了")),)
            self._page.basket.notices.put(DISPLAY, title, line, icon="device", actions=read)
        elif self._is_told:
            self._is_told = False
            self._page.basket.notices.take(DISPLAY)
