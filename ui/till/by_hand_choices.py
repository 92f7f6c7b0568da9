"""手工优惠, left side: of what, how, and why; and what is given there already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.by_hand_state import ByHandState, Place, Way
from ui.widgets.button import Button
from ui.widgets.tile import Tile
from ui.widgets.words import Words

WAY_KEYS = {Way.AMOUNT: "-", Way.RATE: "*", Way.PRICE: "="}
OFFERS_KEY = "/"
LETTERS = "ABCDEFGHI"
FEW = 6


class ByHandChoices(QWidget):
    """`place_chosen` line or not, `way_chosen`, `reason_chosen`, `take_back`, `offers_asked`."""

    place_chosen = Signal(bool)
    way_chosen = Signal(object)
    reason_chosen = Signal(str)
    take_back = Signal()
    offers_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.line = Tile(look, "", icon="offer", key="F4", name="by_hand_line")
        self.basket = Tile(look, "", icon="receipt", key="F4", name="by_hand_basket")
        self.ways = {
            way: Tile(look, label, key=WAY_KEYS[way], height=look.sizes.choice, name=f"by_{way}")
            for way, label in (
                (Way.AMOUNT, tr("减金额")),
                (Way.RATE, tr("打折")),
                (Way.PRICE, tr("改价")),
            )
        }
        self.reasons: dict[str, Tile] = {}
        self.given = Words(look, "", "body", halves=True, name="by_hand_given")
        self.back = Button(look, tr("撤销"), kind="text", key="Del", name="by_hand_take_back")
        self.offers = Button(
            look, tr("关优惠"), kind="text", icon="offer", key=OFFERS_KEY, name="by_hand_offers"
        )
        self._headings = [
            Words(look, text, "body", bold=True)
            for text in (tr("优惠范围"), tr("优惠方式"), tr("理由"))
        ]
        self.line.clicked.connect(lambda: self.place_chosen.emit(True))
        self.basket.clicked.connect(lambda: self.place_chosen.emit(False))
        for way, tile in self.ways.items():
            tile.clicked.connect(lambda _on=True, way=way: self.way_chosen.emit(way))
        self.back.clicked.connect(self.take_back)
        self.offers.clicked.connect(self.offers_asked)
        self._arrange()

    def show_state(self, state: ByHandState) -> None:
        """Both places, and the reasons of the rulebook."""
        for tile, place in ((self.line, state.line), (self.basket, state.basket)):
            tile.setVisible(place is not None)
            if place is not None:
                tile.setEnabled(not place.blocked)
                tile.set_words(place.name, sub=place.blocked or place.words, amount=place.net)
        if tuple(self.reasons) != state.reasons:
            self._make_reasons(state.reasons)

    def choose(self, place: Place, way: Way, reason: str) -> None:
        """Mark what is chosen; the whole basket has no price of its own."""
        is_line = place.no is not None
        self.line.set_chosen(is_line)
        self.basket.set_chosen(not is_line)
        for each, tile in self.ways.items():
            tile.setEnabled(is_line or each is not Way.PRICE)
            tile.set_chosen(each is way)
        for name, tile in self.reasons.items():
            tile.set_chosen(name == reason)
        self.given.setText(tr("现在：{given}", given=place.given) if place.given else "")
        self.back.setVisible(bool(place.given))

    def set_compact(self, is_compact: bool) -> None:
        """A step smaller for a low window."""
        sizes = self._look.sizes
        for tile in (self.line, self.basket):
            tile.setFixedHeight(sizes.control if is_compact else sizes.choice)
        for tile in self.ways.values():
            tile.setFixedHeight(sizes.control if is_compact else sizes.choice)
        for heading in self._headings:
            heading.setVisible(not is_compact)
        self._column.setContentsMargins(*((16, 12, 16, 8) if is_compact else (24, 17, 24, 12)))

    def _arrange(self) -> None:
        look = self._look
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.space[2])
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        ways = QHBoxLayout()
        ways.setSpacing(look.space[2])
        for tile in self.ways.values():
            ways.addWidget(tile, 1)
        places = QVBoxLayout()
        places.setSpacing(look.space[2])
        places.addWidget(self.line)
        places.addWidget(self.basket)
        for heading, part in zip(self._headings, (places, ways, self._grid), strict=True):
            self._column.addWidget(heading)
            self._column.addLayout(part)
            self._column.addSpacing(look.space[2])
        self._column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.offers)
        foot.addWidget(self.given, 1)
        foot.addWidget(self.back)
        self._column.addLayout(foot)

    def _make_reasons(self, reasons: Sequence[str]) -> None:
        for tile in self.reasons.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        columns = 2 if len(reasons) <= FEW else 3
        self.reasons = {}
        for at, (letter, reason) in enumerate(zip(LETTERS, reasons, strict=False)):
            tile = Tile(
                self._look,
                reason,
                key=letter,
                height=self._look.sizes.control,
                name=f"by_hand_reason_{at}",
            )
            tile.clicked.connect(lambda _on=True, reason=reason: self.reason_chosen.emit(reason))
            self.reasons[reason] = tile
            self._grid.addWidget(tile, at // columns, at % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
