"""入库、盘点: so many came in, or so many lie there; what that makes is said before."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.reward_shelf import count_rewards, receive_rewards
from core.errors import StockMoved
from core.rulebook.rewards import Reward
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (560, 0)
SIDE = 24
RECEIVE, COUNT = "receive", "count"


class StockSheet(Sheet):
    """Made for one reward, gone when it is closed."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, reward: Reward, stock: int) -> None:
        look = room.look
        title = tr("入库、盘点")
        super().__init__(look, window, title, subtitle=reward.name, size=SIZE, name="stock")
        self._room, self._reward, self._stock = room, reward, stock
        what = [Segment(RECEIVE, tr("入库")), Segment(COUNT, tr("盘点"))]
        self.what = Segments(look, what, name="stock_what", spoken=tr("做什么"))
        self.what.chosen.connect(lambda _what: self._on_what())
        self.units = Field(look, tr("进了几件"), name="stock_units")
        self.units.changed.connect(lambda _text: self._tell())
        self.units.submitted.connect(self._on_done)
        self.shown = Words(look, "", "item", elides=True, name="stock_shown")
        self.said = Said(look, name="stock_said")
        high = look.sizes.control
        self.press = Button(look, tr("入库"), kind="primary", height=high, name="stock_done")
        self.press.clicked.connect(self._on_done)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        row = QHBoxLayout()
        row.addWidget(self.what)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.units)
        column.addWidget(self.shown)
        self.set_body(body, Foot(look, self.press, said=self.said))
        self.closed.connect(self.deleteLater)
        self._tell()

    def _on_what(self) -> None:
        is_received = self.what.current() == RECEIVE
        self.units.label.setText(tr("进了几件") if is_received else tr("数出来几件"))
        self.press.set_label(tr("入库") if is_received else tr("盘点"))
        self.units.focus()
        self._tell()

    def _number(self) -> int | None:
        text = self.units.text()
        return int(text) if text.isascii() and text.isdigit() else None

    def _tell(self) -> None:
        number, stock = self._number(), f"{self._stock:,}".replace("-", "−")
        is_received = self.what.current() == RECEIVE
        self.press.setEnabled(number is not None and (number > 0 or not is_received))
        self.said.say("")
        if number is None:
            self.shown.setText(tr("现在 {now} 件", now=stock))
            return
        after = self._stock + number if is_received else number
        told = tr("现在 {now} 件，之后 {after} 件", now=stock, after=f"{after:,}")
        self.shown.setText(told)

    def _on_done(self) -> None:
        number = self._number()
        if number is None or not self.press.isEnabled():
            return
        self.press.setEnabled(False)
        work, staff, code = self._room.work, self._room.staff, self._reward.code
        told = {"then": lambda _reward: self.shut(), "failed": self._fail}
        if self.what.current() == RECEIVE:
            work.act(receive_rewards, code, number, seen=self._stock, staff=staff, **told)
        else:
            work.act(count_rewards, code, number, staff=staff, **told)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, StockMoved):
            self._stock = error.left
        self._tell()
        self.said.say(sentence(error), is_wrong=True)
