"""手工优惠, right side: how much, and what the customer would pay then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.amount_entry import AmountEntry
from ui.till.by_hand_state import ByHandState, Preview, Way
from ui.till.figure_zone import FigureZone
from ui.widgets.button import Button
from ui.widgets.digit_pad import DigitPad


class ByHandAmount(QWidget):
    """`changed` with each stroke, `finished` when it is to be given."""

    changed = Signal()
    finished = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.entry = AmountEntry(look, "", name="by_hand_amount", has_keyboard=False)
        # letters and signs are choices here: an input method would swallow them
        self.entry.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.pad = DigitPad(look, self.entry.edit, name="by_hand_pad")
        self.zone = FigureZone(look, name="by_hand_payable")
        self.done = Button(look, tr("确定优惠"), kind="primary", key="Enter", name="by_hand_done")
        self.entry.changed.connect(lambda _text: self.changed.emit())
        self.entry.entered.connect(self.finished)
        self.done.clicked.connect(self.finished)
        self._arrange()

    def ask(self, way: Way) -> None:
        """Say what the number means."""
        labels = {
            Way.AMOUNT: tr("减多少元"),
            Way.RATE: tr("打几折"),
            Way.PRICE: tr("每件改成"),
        }
        self.entry.set_label(labels[way])

    def show_now(self, state: ByHandState, way: Way) -> None:
        """Nothing is typed yet: what is to pay now."""
        hints = {
            Way.AMOUNT: tr("减多少，写多少"),
            Way.RATE: tr("9 是 9折，95 是 95折"),
            Way.PRICE: tr("改了价的商品不再参加别的优惠"),
        }
        self.zone.show_figure(tr("现在应收"), state.payable, before=hints[way])
        self.done.set_label(tr("确定优惠"))

    def show_preview(self, preview: Preview) -> None:
        """What the customer would pay."""
        after = tr("超过限额，要店长授权") if preview.needs_approval else ""
        self.zone.show_figure(tr("优惠后应收"), preview.payable, before=preview.before, after=after)
        self.zone.after.set_role("warn_text")
        self.done.set_label(tr("请店长授权") if preview.needs_approval else tr("确定优惠"))

    def show_problem(self, text: str) -> None:
        """One sentence in place of the payable; what was typed stays."""
        self.entry.set_wrong(True, text)
        self.zone.show_problem(text)

    def set_busy(self, is_busy: bool) -> None:
        """While it is on its way nothing can be pressed twice."""
        self.done.setEnabled(not is_busy)

    def set_compact(self, is_compact: bool) -> None:
        """A step smaller for a low window."""
        sizes = self._look.sizes
        self.entry.setFixedHeight(52 if is_compact else sizes.input)
        self.zone.set_compact(is_compact)
        self.done.setFixedHeight(sizes.choice if is_compact else sizes.primary)
        self._above.setContentsMargins(24, 8 if is_compact else 17, 24, 8 if is_compact else 12)
        self._below.setContentsMargins(24, *((8, 24, 8) if is_compact else (16, 24, 16)))

    def _arrange(self) -> None:
        look = self._look
        self._above = QVBoxLayout()
        self._above.setSpacing(look.space[2])
        self._above.addWidget(self.entry)
        self._above.addWidget(self.pad, 1)
        self._below = QVBoxLayout()
        self._below.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above, 1)
        column.addWidget(self.zone)
        column.addLayout(self._below)
