"""断掉前放着的码: what was scanned before a crash and is in no basket is taken in, or asked about.

An empty basket takes it in: it was scanned for the next customer. Beside a basket that came back it
waits for the next one: that one was priced, and maybe paid in part, without it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.kept_codes import KeptCodes
from ui.left_over_text import lost_words, names_of
from ui.text import halves, tr
from ui.till.flow import TillFlow
from ui.till.notices import LEFT_OVER, NEWS
from ui.widgets.banner import Action

TAKE, LET_GO = "take", "let_go"


class LeftOver(QObject):
    """One notice with two buttons, in the place of its own."""

    def __init__(self, flow: TillFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._notices = flow.page.basket.notices
        self._notices.answered.connect(self._on_answered)

    def show(self, kept: KeptCodes) -> None:
        """Take them in where nothing stands at the counter, else ask."""
        counter = self._flow.counter
        if not kept.codes:
            self._end(lost_words(kept.lost))
        elif counter is None or counter.basket.is_nothing:
            self._take(kept)
        else:
            title = tr("上次断掉前先放着 {count} 个码", count=len(kept.codes))
            line = tr("{names}。收完这一单，就收进下一单。", names=names_of(kept))
            actions = (Action(TAKE, tr("收进这一单")), Action(LET_GO, tr("不要了")))
            self._notices.put(LEFT_OVER, title, line, actions=actions, icon="scan")

    def _on_answered(self, place: str, action: str) -> None:
        if place == LEFT_OVER and action == TAKE:
            self._take(self._flow.keeping.left_over)
        elif place == LEFT_OVER:
            self._end(lost_words(self._flow.keeping.left_over.lost))

    def _take(self, kept: KeptCodes) -> None:
        count = len(kept.codes)
        taken = tr("上次断掉前先放着的 {count} 个码收进来了。请和顾客对一下。", count=count)
        for code in kept.codes:
            self._flow.scan(code)
        self._end(f"{taken} {lost_words(kept.lost)}".strip())

    def _end(self, words: str) -> None:
        self._notices.take(LEFT_OVER)
        self._flow.keeping.leave_over(KeptCodes())
        if words:
            title, line = halves(words)
            actions = (Action("close", tr("知道了"), "Esc"),)
            self._notices.put(NEWS, title, line, actions=actions, tone="good", icon="scan")
