"""登录: who stands at the till: a name, a PIN, Enter.

login(name, pin)   answer by showing the next page, or with `show_error`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.trust.pins import MOST
from core.values.money import FULL_WIDTH
from ui.look import Look
from ui.text import tr
from ui.till.amount_entry import ENTER, STEPS
from ui.till.digit_pad import DigitPad
from ui.till.door import Door
from ui.widgets.field import Field
from ui.widgets.tile import Tile

COLUMNS = 2
COMPACT = 950


class LoginPage(Door):
    """Names at the left, the PIN and its keys at the right; ↑ and ↓ go through the names."""

    login = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            title=tr("谁来收银？"),
            line=tr("选名字，输 PIN。"),
            done=tr("登录"),
            name="login",
        )
        self._people: dict[str, Tile] = {}
        self._pins: dict[str, str] = {}
        self._is_busy = False
        self.pin = Field(look, tr("PIN"), secret=True, name="login_pin")
        self.pin.edit.setFont(look.font("title"))
        self.pin.edit.setMaxLength(MOST)
        self.pin.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._names = QWidget()
        self._names.setObjectName("login_names")
        self._grid = QGridLayout(self._names)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(look.space[2])
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._names)
        self.left_column.addWidget(area, 1)
        self.right_column.addWidget(self._steady(self.pin))
        self.pad = DigitPad(look, self.pin.edit, money=False, name="login_pad")
        self.right_column.addWidget(self.pad)
        self.finish_keys()
        self.pin.submitted.connect(self._on_enter)
        self.done.clicked.connect(self._on_enter)
        self.pad.pressed.connect(self.pin.edit.setFocus)

    def show_people(self, names: Sequence[str], chosen: str = "") -> None:
        """Everybody who may log in; one alone is chosen already."""
        for tile in self._people.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._people = {}
        for at, name in enumerate(names):
            tile = Tile(self._look, name, icon="user", name=f"staff_{at + 1}")
            tile.clicked.connect(lambda _on=True, name=name: self.choose(name))
            self._people[name] = tile
        self._place_people()
        self.show_demo_pins(tuple(self._pins.items()))
        if len(names) == 1:
            chosen = names[0]
        self.choose(chosen)

    def show_demo_pins(self, pairs: Sequence[tuple[str, str]]) -> None:
        """演示店: a demo shop's PINs stand beside the names; a real shop shows none."""
        self._pins = dict(pairs)
        for name, tile in self._people.items():
            pin = self._pins.get(name)
            tile.set_words(name, amount=tr("PIN {pin}", pin=pin) if pin else "")
        is_demo = bool(self._pins)
        self.line.setText(
            tr("这是演示店，PIN 就写在名字旁边。") if is_demo else tr("选名字，输 PIN。")
        )

    def choose(self, name: str) -> None:
        """This person is logging in; the PIN comes next."""
        for each, tile in self._people.items():
            tile.set_chosen(each == name)
        self.pin.set_problem("")
        self.pin.focus()

    def chosen(self) -> str:
        """The name that is chosen, or ""."""
        return next((name for name, tile in self._people.items() if tile.isChecked()), "")

    def show_error(self, text: str) -> None:
        """A wrong PIN is typed anew; the name stays."""
        self._busy(False)
        self.pin.set_text("")
        self.pin.set_problem(text)
        self.pin.focus()

    def _place_people(self) -> None:
        columns = 1 if self.width() < COMPACT else COLUMNS
        for at, tile in enumerate(self._people.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))

    def _steady(self, field: Field) -> QWidget:
        """Room for the sentence below the field, so that no key moves under a finger."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        column.addStretch(1)
        holder.setFixedHeight(field.sizeHint().height() + 2 * self._look.line("small") + 4)
        return holder

    def _on_enter(self) -> None:
        pin = self.pin.text().translate(FULL_WIDTH)
        if self._is_busy:
            return
        if not self.chosen():
            self.pin.set_problem(tr("请先选名字。"))
        elif not pin:
            self.pin.set_problem(tr("请输入 PIN。"))
        else:
            self._busy(True)
            self.login.emit(self.chosen(), pin)
            return
        self.pin.edit.setFocus()

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.done.setEnabled(not is_busy)

    def _step(self, step: int) -> None:
        names = list(self._people)
        if names:
            at = names.index(self.chosen()) + step if self.chosen() else 0
            self.choose(names[at % len(names)])

    def set_low(self, is_low: bool) -> None:
        super().set_low(is_low)
        self._place_people()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._busy(False)
        self.pin.set_text("")
        self.pin.set_problem("")
        self.pin.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() in ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)
