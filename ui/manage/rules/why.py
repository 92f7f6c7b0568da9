"""两个价为什么: one basket by two rulebooks, each as a ledger with what was not used."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.counter import Counter
from ui.look import Look
from ui.text import tr
from ui.why_state import Unused, WhyState
from ui.widgets.ledger import Ledger
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

HELD, DRAFT = "held", "draft"
SIZE = (980, 660)
LEDGER = 300


class WhySheet(Sheet):
    """The one by the draft shows first."""

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        held: Counter,
        draft: Counter,
        *,
        heads: tuple[str, str],
        subtitle: str = "",
    ) -> None:
        title = tr("为什么这个价")
        super().__init__(look, window, title, subtitle=subtitle, size=SIZE, name="rule_why")
        self._states = {HELD: WhyState.of(held), DRAFT: WhyState.of(draft)}
        self.which = Segments(
            look,
            (Segment(HELD, heads[0]), Segment(DRAFT, heads[1])),
            name="rule_why_which",
            spoken=tr("看哪一份"),
        )
        self.which.set_current(DRAFT)
        self.which.chosen.connect(lambda _name: self._show())
        self.ledger = Ledger(look, name="rule_why_ledger", spoken=title)
        self.heading = Words(look, "", "body", bold=True, name="rule_why_unused")
        self._unused = QWidget()
        self._rows = QVBoxLayout(self._unused)
        self._rows.setContentsMargins(0, 0, look.space[3], 0)
        self._rows.setSpacing(0)
        self.proof = Words(look, "", "caption", "ink_2", elides=True)
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(look.space[3])
        column.addLayout(top)
        column.addWidget(self.ledger, 1)
        column.addWidget(self.heading)
        column.addWidget(Scroll(self._unused), 1)
        column.addWidget(self.proof)
        self.set_body(body)
        self.closed.connect(self.deleteLater)
        self._show()

    def _show(self) -> None:
        state = self._states[self.which.current()]
        self.ledger.show_rows(state.heads, state.rows, state.total)
        self.proof.setText(state.proof)
        count = len(state.unused)
        self.heading.setText(
            tr("没有用上的，{count} 条", count=count) if count else tr("能用的优惠都用上了。")
        )
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in state.unused:
            self._rows.addWidget(_unused_row(self._look, each))
        self._rows.addStretch(1)


def _unused_row(look: Look, unused: Unused) -> QWidget:
    row = QWidget()
    row.setAccessibleName(" ".join(word for word in (unused.title, unused.reason) if word))
    column = QVBoxLayout(row)
    column.setContentsMargins(0, look.space[2], 0, 0)
    column.setSpacing(look.space[0])
    column.addWidget(Words(look, unused.title, "body", wraps=True))
    if unused.reason:
        column.addWidget(Words(look, unused.reason, "small", "ink_2", wraps=True))
    column.addSpacing(look.space[1])
    column.addWidget(Rule(look))
    return row
