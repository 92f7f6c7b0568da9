"""积分兑换: the sheet of rewards: what a member can have for points, and what they had.

Nothing takes points without a clear yes: what is chosen is asked for once, and after each deed the
sheet says what was taken and waits.

redeemed(code, units, points)   undone(no)   answer with `show_rewards` or `show_error`
pictured(code)   answer with `show_picture`
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.redeem import Offered
from ui.look import Look
from ui.text import tr
from ui.till.reward_state import RewardState
from ui.widgets.button import Button
from ui.widgets.choices import ChoiceList
from ui.widgets.key_hint import ENTER
from ui.widgets.list_body import ListBody
from ui.widgets.picture import Picture
from ui.widgets.sheet import Sheet
from ui.widgets.stepper import Stepper
from ui.widgets.words import Rule, Words

SIZE = (920, 560)
SIDE = 24
PICTURE = 144
LEAVES = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_LESS = (Qt.Key.Key_Minus, Qt.Key.Key_Left)
_MORE = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Right)


class RewardSheet(Sheet):
    """Rewards at the left; what was had at the right, each to be taken back by a manager."""

    redeemed = Signal(str, int, int)
    undone = Signal(str)
    pictured = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("积分兑换"), size=SIZE, name="rewards")
        self._state: RewardState | None = None
        self._units = 0
        self._is_asked = self._is_asking = False
        self.list = ChoiceList(look, name="reward_list", spoken=tr("能换的"))
        self.had = ChoiceList(look, name="reward_had", spoken=tr("换过的"))
        self.picture = Picture(
            look, PICTURE, icon="points", name="reward_picture", spoken=tr("图片")
        )
        self.picture.hide()
        self.stepper = Stepper(look, name="reward_units")
        self.said = Words(look, "", "body", "ink_2", wraps=True, name="reward_said")
        self.said.setContentsMargins(SIDE, 12, SIDE, 0)
        self.said.hide()
        self.undo = Button(look, tr("撤销兑换"), name="reward_undo")
        self.take = Button(
            look, "", kind="primary", key="Enter", height=look.sizes.choice, name="reward_take"
        )
        self.take.setMinimumWidth(232)
        self._build_body()
        for each in (self.list, self.had):
            each.installEventFilter(self)
        self.list.moved.connect(self._on_moved)
        self.had.moved.connect(self._on_had)
        self.stepper.stepped.connect(self._step)
        self.take.clicked.connect(self._take)
        self.undo.clicked.connect(self._undo)

    def _build_body(self) -> None:
        body, halves, below = QWidget(), QHBoxLayout(), QWidget()
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        self._bodies: dict[str, ListBody] = {}
        nothing = {
            "list": tr("规则册里没有兑换品。"),
            "had": tr("还没有换过。"),
        }
        titles = {"list": tr("能换的"), "had": tr("换过的")}
        for name, stretch in (("list", 3), ("had", 2)):
            halves.addLayout(self._column(name, titles[name], nothing[name]), stretch)
            if name == "list":
                halves.addWidget(Rule(self._look, upright=True))
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 12)
        foot.setSpacing(12)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(self.stepper)
        foot.addWidget(self.take)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(halves, 1)
        edge = QVBoxLayout(below)
        edge.setContentsMargins(0, 0, 0, 0)
        edge.setSpacing(0)
        edge.addWidget(Rule(self._look))
        edge.addWidget(self.said)
        edge.addLayout(foot)
        self.set_body(body, below)

    def _column(self, name: str, title: str, nothing: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(self._look.space[2])
        if name == "had":
            column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 16, 0)
        head.addWidget(Words(self._look, title, "body", "ink_2"))
        column.addLayout(head)
        empty = Words(self._look, nothing, "body", "ink_2", name=f"reward_no_{name}")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setMinimumHeight(160)
        self._bodies[name] = ListBody(self._look, getattr(self, name), empty)
        column.addWidget(self._bodies[name], 1)
        return column

    # What is shown

    def show_rewards(self, state: RewardState, said: str = "") -> None:
        """Show what the member can have now, and open; `said` is what was just done."""
        at = self.list.current_key() if self.isVisible() else None
        keys = [row.key for row in state.rewards]
        here = keys.index(at) if at in keys else 0
        self._state = state
        self._units = 0
        self._set_asking(False)
        self.set_titles(tr("积分兑换　{name}", name=state.name), state.facts)
        for name, rows in (("list", state.rewards), ("had", state.had)):
            self._bodies[name].show_list(bool(rows))
        self.had.show_rows(state.had)
        self.list.show_rows(state.rewards, current=here)
        self._say(said)
        self._on_had(self.had.current_key())
        if self.isHidden():
            self.open(self.list if state.rewards else None)

    def show_waiting(self, points: int) -> None:
        """The server is asked; leaving takes the wish back."""
        self._say(tr("正在向总部预留 {points} 分…", points=f"{points:,}"))
        self._set_asking(True)

    def show_error(self, sentence: str) -> None:
        """Why it could not be done."""
        self._say(sentence, is_wrong=True)
        self.set_waiting()

    def set_waiting(self) -> None:
        """Somebody is asked to allow it; afterwards it can be pressed again."""
        self._set_asking(False)
        self._show_units(self._offered(self.list.current_key()))
        self._on_had(self.had.current_key())

    def _set_asking(self, is_asking: bool) -> None:
        """Nothing else is chosen while an answer is on its way."""
        self._is_asking = is_asking
        for each in (self.list, self.had):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, is_asking)
        self.stepper.setEnabled(not is_asking)
        if is_asking:
            self.take.setEnabled(False)
            self.undo.setEnabled(False)

    def _say(self, text: str, *, is_wrong: bool = False, asks: bool = False) -> None:
        """One line at the foot; only a question that stands there can be answered."""
        self._is_asked = asks
        self.said.set_role("danger_text" if is_wrong else "ink" if asks else "ink_2")
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _on_moved(self, code: object) -> None:
        """Another reward: as many units as its points are for."""
        offered = self._offered(code)
        self._units = min(offered.reward.units, offered.most) if offered else 0
        self._say("")
        self._show_units(offered)
        self.picture.hide()
        if offered is not None:
            self.pictured.emit(offered.reward.code)

    def show_picture(self, code: str, data: bytes | None) -> None:
        """What a reward looks like, where it is still the one that is chosen."""
        if code == self.list.current_key():
            self.picture.show_picture(data)
            self.picture.setVisible(data is not None)

    def _offered(self, code: object) -> Offered | None:
        return self._state.offered.get(str(code)) if self._state else None

    def _show_units(self, offered: Offered | None) -> None:
        most = offered.most if offered else 0
        self.stepper.set_number(str(self._units))
        self.stepper.set_limits(can_less=self._units > 1, can_more=self._units < most)
        self.stepper.setVisible(most > 1)
        self.take.setEnabled(most > 0)
        points = offered.reward.cost(self._units) if offered else 0
        label = tr("换 {units} 件，{points} 分", units=f"{self._units:,}", points=f"{points:,}")
        if self._is_asked:
            label = tr("确定换")
        self.take.set_label(label if most else tr("不能换"))

    def _on_had(self, no: object) -> None:
        is_undone = self._state is None or no in self._state.undone
        self.undo.setEnabled(no is not None and not is_undone)

    # What the person does

    def _step(self, step: int) -> None:
        offered = self._offered(self.list.current_key())
        if offered is None or not offered.most:
            return
        self._units = max(1, min(self._units + step * offered.reward.units, offered.most))
        self._say("")
        self._show_units(offered)

    def _take(self) -> None:
        """Ask once; the same again is the yes."""
        offered = self._offered(self.list.current_key())
        if offered is None or not self.take.isEnabled():
            return
        if not self._is_asked:
            self._ask(offered)
            return
        self._is_asked = False
        self.take.setEnabled(False)
        reward = offered.reward
        self.redeemed.emit(reward.code, self._units, reward.cost(self._units))

    def _ask(self, offered: Offered) -> None:
        reward = offered.reward
        question = tr(
            "用 {points} 分换{name} {units} 件？再按一次 Enter",
            points=f"{reward.cost(self._units):,}",
            name=reward.name,
            units=f"{self._units:,}",
        )
        self._say(question, asks=True)
        self._show_units(offered)

    def _undo(self) -> None:
        no = self.had.current_key()
        if no is not None and self.undo.isEnabled():
            self.undo.setEnabled(False)
            self.undone.emit(str(no))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the lists: how many, the deed itself; only what was had is taken back there."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        key = event.key()
        if self._is_asking and key not in LEAVES:
            return True
        if watched is self.list and key in ENTER:
            if not event.isAutoRepeat():  # a key that is held down is no yes
                self._take()
        elif watched is self.had and key == Qt.Key.Key_Delete:
            self._undo()
        elif watched is self.list and key in (*_LESS, *_MORE):
            self._step(1 if key in _MORE else -1)
        else:
            return super().eventFilter(watched, event)
        return True
