"""一样兑换品: its picture, what it costs, the shelf, what was had, and what may be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.actions.catalogue import Entry, Seen
from core.rulebook.rewards import COUPON
from ui.look import Look
from ui.manage.benefits import reward_words as words
from ui.rule_sections import reward_sentence
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.key_figure import KeyFigure
from ui.widgets.picture import Picture
from ui.widgets.words import Words

SIDE = 72
FIGURE = 132
DEEDS = 128
ABOVE = 10


class RewardRow(QWidget):
    """`acted` gives what is wanted: "edit", "stock", "moves" or "had"."""

    acted = Signal(str)

    def __init__(self, look: Look, entry: Entry, seen: Seen, *, can_change: bool) -> None:
        super().__init__()
        self._look = look
        reward = entry.reward
        self.setObjectName(f"reward_{entry.code}")
        self.setAccessibleName(reward.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        icon = "coupon" if reward.kind == COUPON else "points"
        self.picture = Picture(
            look, SIDE, icon=icon, name=f"reward_{entry.code}_picture", spoken=reward.name
        )
        self.stock = KeyFigure(look, tr("库存"), name=f"reward_{entry.code}_stock")
        number, line, role = words.stock_words(entry)
        self.stock.show_figure(number, line, role=role)
        self.stock.opened.connect(lambda: self.acted.emit("moves"))
        self.had = KeyFigure(look, tr("换走"), name=f"reward_{entry.code}_had")
        points = tr("{points} 分", points=f"{entry.had.points:,}")
        self.had.show_figure(f"{entry.had.units:,}", points)
        self.had.opened.connect(lambda: self.acted.emit("had"))
        for figure in (self.stock, self.had):
            figure.setFixedWidth(FIGURE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, ABOVE, 0, ABOVE + 1)
        row.setSpacing(look.space[4])
        row.addWidget(self.picture)
        row.addLayout(self._words(entry, seen), 1)
        row.addWidget(self.stock)
        row.addWidget(self.had)
        deeds = QWidget()
        deeds.setLayout(self._deeds(entry, can_change=can_change))
        deeds.setFixedWidth(DEEDS)
        row.addWidget(deeds)

    def _words(self, entry: Entry, seen: Seen) -> QVBoxLayout:
        look, reward = self._look, entry.reward
        book = seen.book
        column = QVBoxLayout()
        column.setSpacing(look.space[0])
        column.addStretch(1)
        column.addWidget(Words(look, reward.name, "item", bold=True, elides=True))
        says = reward_sentence(reward, book)
        column.addWidget(Words(look, says, "body", "ink_2", elides=True))
        drafted = words.draft_words(entry, seen)
        if not entry.is_open and not drafted:
            drafted = tr("今天不能换")
        if drafted:
            column.addWidget(Words(look, drafted, "small", "warn_text", elides=True))
        column.addStretch(1)
        return column

    def _deeds(self, entry: Entry, *, can_change: bool) -> QVBoxLayout:
        look, name = self._look, entry.reward.name
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        deeds = []
        if entry.stock is not None and entry.held is not None:
            deeds.append(("stock", tr("入库、盘点"), tr("{name} 入库、盘点", name=name)))
        if can_change:
            deeds.append(("edit", tr("改"), tr("改{name}", name=name)))
        for deed, label, spoken in deeds:
            button = Button(
                look, label, kind="text", name=f"reward_{entry.code}_{deed}", spoken=spoken
            )
            button.clicked.connect(lambda _on=False, deed=deed: self.acted.emit(deed))
            column.addWidget(button)
        return column

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rule = QPainter(self), self._look, self._look.borders.rule
        line = QRectF(0, self.height() - rule, self.width(), rule)
        painter.fillRect(line, look.colour("line"))
