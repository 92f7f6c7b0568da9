"""通知: what needs a look, above the summary: it pushes the list up and never takes the focus.

There is one place for each kind of thing: a question, an error, and each trouble of the machine;
a new one takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import halves, tr
from ui.till.gift_state import GiftNotice
from ui.till.keys import GIFTS
from ui.widgets.banner import Action, Notice

QUESTION, ERROR, NEWS, DONE, GIFT = "question", "error", "news", "done", "gift"
EXCHANGE, LEFT_OVER = "exchange", "left_over"
(
    STORE,
    DISK,
    SCANNER,
    PRINTER,
    CLOCK,
    IMPORT,
    ENDED,
    PAPERS,
    DISPLAY,
    DRAWER,
    QUEUE,
    MISSING,
    CHAIN,
) = TROUBLES = (
    "store",
    "disk",
    "scanner",
    "printer",
    "clock",
    "import",
    "ended",
    "papers",
    "display",
    "drawer",
    "queue",
    "missing",
    "chain",
)
ASKS = frozenset({QUESTION})
"""What wants an answer before anything else is done: it is never folded."""
ORDER = (QUESTION, ERROR, NEWS, EXCHANGE, LEFT_OVER, *TROUBLES, DONE, GIFT)


class Notices(QWidget):
    """The notices of the page; `answered(place, action)` says which button was pressed."""

    answered = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: dict[str, Notice] = {}
        self._texts: dict[str, str] = {}
        self._gift: GiftNotice | None = None
        self._exchange: tuple[str, str] | None = None
        self._is_low = self._is_explaining = self._is_tight = False
        self.setObjectName("notices")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space[0])
        self.hide()

    def put(
        self,
        place: str,
        title: str,
        line: str = "",
        *,
        actions: Sequence[Action] = (),
        tone: str = "warn",
        icon: str = "alert",
        more: str = "",
    ) -> None:
        """Show a notice in its place; `more` is read by whoever rests on it."""
        self.take(place)
        notice = Notice(
            self._look, title, line, tone=tone, icon=icon, actions=actions, name=f"notice_{place}"
        )
        notice.setToolTip("\n".join(text for text in (title, line, more) if text))
        notice.answered.connect(lambda action: self.answered.emit(place, action))
        above = sum(1 for each in ORDER[: ORDER.index(place)] if each in self._shown)
        self._column.insertWidget(above, notice)
        self._shown[place] = notice
        notice.set_folded(self._is_tight and place not in ASKS)
        self._texts[place] = title + tr("。") + line if line else title
        self._show()

    def take(self, place: str) -> None:
        """Take a notice away."""
        notice = self._shown.pop(place, None)
        self._texts.pop(place, None)
        if notice is not None:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self._show()

    def set_layout(self, layout: Layout) -> None:
        """In a low window one notice is shown at a time, the next when it is answered."""
        self._is_low = not layout.member_rows
        self._show()

    def set_tight(self, is_tight: bool) -> None:
        """Where it would cover the lines of the basket, what can wait is one line."""
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self.fold()

    def fold(self) -> None:
        """What somebody unfolded is one line again, where there is no room for more."""
        for place, notice in self._shown.items():
            notice.set_folded(self._is_tight and place not in ASKS)

    def set_explaining(self, is_explaining: bool) -> None:
        """Beside the ledger of a low window there is room for what is urgent only."""
        self._is_explaining = is_explaining
        self._show()

    def _show(self) -> None:
        shown = [place for place in ORDER if place in self._shown]
        if self._is_low:
            shown = shown[:1]
            if self._is_explaining and shown == [GIFT]:
                shown = []
        for place, notice in self._shown.items():
            notice.setVisible(place in shown)
        self.setVisible(bool(shown))

    def text(self, place: str) -> str:
        """What a notice says, "" where there is none."""
        return self._texts.get(place, "")

    def say_error(self, sentence: str, *, can_add: bool = False, mend: str = "") -> None:
        """An error's sentence: the first part bold, what it does not affect and what to do below.

        `can_add` offers to add the product that was not found, `mend` names another next step.
        """
        title, line = halves(sentence)
        actions = [Action("close", tr("知道了"), "Esc")]
        if mend:
            actions.insert(0, Action("mend", mend))
        if can_add:
            actions.insert(0, Action("add", tr("新增商品"), "Ctrl+N"))
        self.put(ERROR, title, line, actions=actions)

    def show_gift(self, gift: GiftNotice | None) -> None:
        """What may be chosen, is near, or is not had any more; as long as it is so."""
        if gift == self._gift:
            return
        self._gift = gift
        self.take(GIFT)
        if gift is not None:
            actions = (Action("choose", gift.asks, GIFTS),) if gift.asks else ()
            tone, icon = ("warn", "alert") if gift.is_urgent else ("good", "offer")
            self.put(GIFT, gift.title, gift.line, actions=actions, tone=tone, icon=icon)

    def show_exchange(self, said: tuple[str, str] | None) -> None:
        """换货: what waits to come back with this basket; as long as it waits."""
        if said == self._exchange:
            return
        self._exchange = said
        self.take(EXCHANGE)
        if said is not None:
            actions = (Action("drop", tr("不换了")),)
            self.put(EXCHANGE, *said, actions=actions, tone="good", icon="return")

    def say_news(self, sentence: str, action: Action | None = None) -> None:
        """What somebody must still write down: it stays until it is answered, or until the next.

        `action` does it for them.
        """
        title, line = halves(sentence)
        actions = [] if action is None else [action]
        actions.append(Action("close", tr("知道了"), "Esc"))
        self.put(NEWS, title, line, actions=actions, tone="good", icon="people")

    def say_warning(self, sentence: str) -> None:
        """What whoever sells should know; it stays until it is read, or until the next."""
        title, line = halves(sentence)
        self.put(NEWS, title, line, actions=(Action("close", tr("知道了"), "Esc"),))

    def say_done(self, sentence: str, *, icon: str, action: Action | None = None) -> None:
        """A sign that something was done; it stays until the next thing, and asks for nothing."""
        title, line = halves(sentence)
        actions = [] if action is None else [action]
        self.put(DONE, title, line, actions=actions, tone="good", icon=icon)
