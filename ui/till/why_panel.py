"""为什么这个价: the ledger over the left column; input, member and pay zone stay live."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.why_state import Unused, WhyState
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.ledger import Ledger
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words

# So many are in sight at once, and a part of the next: the rest scrolls.
SEEN, SEEN_LOW = 3, 1
SCROLL_STEP = 40
LOW = 260


class WhyPanel(QWidget):
    """Lines × offers with sums both ways, then what was not used. `closed` folds it away."""

    closed = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._seen = SEEN
        self.setObjectName("why")
        self.setAccessibleName(tr("为什么这个价"))
        self.hint = Words(
            look,
            tr("横着看一件商品，竖着看一条优惠，两边都加得拢"),
            "small",
            "ink_2",
            align=paint.RIGHT,
            elides=True,
        )
        self.fold = Button(
            look, tr("收起"), kind="quiet", icon="close", key="F11", name="why_close"
        )
        self.fold.clicked.connect(self.closed)
        self.ledger = Ledger(look, name="why_ledger", spoken=tr("为什么这个价"))
        self.spoken = Words(look, "", "small", elides=True, name="why_spoken")
        self.proof = Words(look, "", "caption", "ink_2", elides=True, name="why_proof")
        self._say = Words(look, tr("可以这样说"), "body", bold=True)
        self._left = QWidget()
        self._heading = Words(look, "", "body", bold=True, name="why_unused")
        self._rows = QWidget()
        self._unused = QVBoxLayout(self._rows)
        self._unused.setContentsMargins(0, 0, 12, 0)
        self._unused.setSpacing(0)
        self.area = Scroll(self._rows)
        self._foot = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.ledger)
        column.addSpacing(12)
        column.addLayout(self._arrange_foot())
        column.addStretch(1)
        self.set_layout(layout)

    def _head(self) -> QHBoxLayout:
        self._top = QHBoxLayout()
        self._top.setSpacing(16)
        self._top.addWidget(Words(self._look, tr("为什么这个价"), "title"))
        self._top.addWidget(self.hint, 100)
        self._top.addStretch(1)
        self._top.addWidget(self.fold)
        return self._top

    def _arrange_foot(self) -> QHBoxLayout:
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._say)
        said.addWidget(self.spoken)
        said.addWidget(self.proof)
        said.addStretch(1)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._heading)
        left.addWidget(self.area)
        left.addStretch(1)
        self._foot.setSpacing(32)
        self._foot.addWidget(self._left, 1)
        self._foot.addLayout(said, 1)
        return self._foot

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        side = layout.left_padding
        self._top.setContentsMargins(side, 0, 0, 0)
        self._foot.setContentsMargins(side, 0, side, 0)
        self.hint.setVisible(layout.shows_second_clauses)
        self._seen = SEEN if layout.member_rows else SEEN_LOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the sums come first, with the one sentence to say."""
        super().resizeEvent(event)
        is_low = self.height() < LOW
        for part in (self._left, self._say, self.proof):
            part.setVisible(not is_low)

    def show_why(self, state: WhyState) -> None:
        """Show how the price came about."""
        self.ledger.show_rows(state.heads, state.rows, state.total)
        self.ledger.setMaximumHeight(self.ledger.sizeHint().height() + 8)
        self.spoken.setText(state.spoken)
        self.proof.setText(state.proof)
        self._show_unused(state.unused)

    def scroll_by(self, steps: int) -> None:
        """Go up (−) or down (+) by so many lines: the ledger first, then what was not used."""
        bars = [area.verticalScrollBar() for area in (self.ledger.area, self.area)]
        for bar in bars if steps > 0 else reversed(bars):
            before = bar.value()
            bar.setValue(before + steps * SCROLL_STEP)
            if bar.value() != before:
                return

    def _show_unused(self, unused: tuple[Unused, ...]) -> None:
        while self._unused.count():
            widget = self._unused.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        look = self._look
        count = len(unused)
        heading = tr("没有用上的，{count} 条", count=count) if count else tr("没有用上的")
        self._heading.setText(heading)
        rows: list[QWidget] = [_UnusedRow(look, each) for each in unused]
        if not rows:
            rows = [Words(look, tr("能用的优惠都用上了。"), "small", "ink_2", elides=True)]
        for row in rows:
            self._unused.addWidget(row)
        high = [row.sizeHint().height() for row in rows[: self._seen + 1]]
        self.area.setFixedHeight(sum(high[: self._seen]) + sum(high[self._seen :]) // 2)
        self.area.verticalScrollBar().setValue(0)


class _UnusedRow(QWidget):
    def __init__(self, look: Look, unused: Unused) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(unused.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(Words(look, unused.title, "body", elides=True))
        if unused.reason:
            column.addWidget(Words(look, unused.reason, "small", "ink_2", elides=True))
        column.addSpacing(4)
        column.addWidget(Rule(look))
