"""客显设置: where customers see what they pay, and what the QR code beside it holds.

submitted   Enter in a line: take what is shown
pole_tried(port, profile)   let go of the port; two lines are shown there now
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import BadDisplaySetting
from core.values.settings import Settings
from ui.customer.place import NONE, SCREEN, SECOND, WINDOW, check_display, check_link
from ui.devices.pole import pole_port, try_out
from ui.devices.pole_profile import pole_names, pole_profile
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.tile import Tile
from ui.widgets.words import Words

_COLUMNS, _SERIAL = 2, "serial:"


def bad_port_words() -> str:
    """What is said where no port is written."""
    return tr("串口写成 COM4 或 COM4:9600 这样。")


class DisplayChoice(QWidget):
    """Fills its place; `values` is what would be set now."""

    submitted = Signal()
    pole_tried = Signal(object, str)
    _told = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._place = NONE
        self._tiles: dict[str, Tile] = {}
        self.setObjectName("display_choice")
        self.setAccessibleName(tr("客显"))
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        self.link = Field(
            look, tr("二维码里的内容，不要就空着"), placeholder="https://…", name="display_link"
        )
        self.words = Field(look, tr("二维码旁边的话"), name="display_words")
        self.words.edit.setPlaceholderText(tr("请扫码"))
        self.try_pole = Button(look, tr("显示两行试试"), name="display_pole_try")
        self.pole = Field(
            look,
            tr("杆式客显的串口，没有就空着"),
            placeholder="COM4 · /dev/ttyUSB1:9600",
            name="display_pole",
            beside=self.try_pole,
        )
        segments = [Segment(each, each) for each in pole_names()]
        self.kind = Segments(look, segments, name="display_pole_kind", spoken=tr("杆式客显的型号"))
        self.slides = Words(look, "", "small", "ink_2", wraps=True, name="display_slides")
        self.problem = Words(look, "", "body", "danger_text", wraps=True, name="display_problem")
        code = QHBoxLayout()
        code.setSpacing(look.space[3])
        code.addWidget(self.link, 1)
        code.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(self.problem)
        column.addWidget(Words(look, tr("顾客看哪里"), "body", bold=True))
        column.addLayout(self._grid)
        column.addLayout(code)
        column.addWidget(self.slides)
        column.addWidget(self.pole)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for field in (self.link, self.words, self.pole):
            field.submitted.connect(self.submitted)
        self.try_pole.clicked.connect(self._try)
        self._told.connect(self._on_told)

    def show_settings(self, settings: Settings, screens: Sequence[str]) -> None:
        """What holds, and the screens beside the till's own."""
        self.link.set_text(settings.display_link)
        self.words.set_text(settings.display_words)
        self.pole.set_text(settings.pole.removeprefix(_SERIAL) if settings.pole != NONE else "")
        self.kind.set_current(settings.pole_profile)
        self._place = settings.display
        named = settings.display.removeprefix(SCREEN)
        if settings.display.startswith(SCREEN) and named not in screens:
            screens = (*screens, named)
        choices = [(NONE, tr("不用客显"), "")]
        choices.append((SECOND, tr("第二块屏幕"), tr("接上哪块用哪块")))
        choices += [(SCREEN + name, tr("屏幕 {name}", name=name), "") for name in screens]
        choices.append((WINDOW, tr("一个窗口"), tr("只有一块屏幕时")))
        self._show(choices)
        self.say("")

    def show_slides(self, folder: str, count: int) -> None:
        """Where pictures for the time between two customers lie; "" for nowhere."""
        words = tr(
            "没有顾客时轮流放 {folder} 里的图片（PNG、JPG），现在 {count} 张；没有就是店名和时间。",
            folder=folder,
            count=count,
        )
        self.slides.setText(words if folder else "")
        self.slides.setVisible(bool(folder))

    def values(self) -> dict[str, str]:
        """By the names of `Settings`."""
        port = self.pole.text()
        return {
            "display": self._place,
            "display_link": self.link.text(),
            "display_words": self.words.text(),
            "pole": _SERIAL + port if port else NONE,
            "pole_profile": self.kind.current(),
        }

    def checked(self) -> dict[str, str] | None:
        """The values; None where one cannot be set, which is said beside it."""
        values = self.values()
        for name, check, say in (
            ("display", check_display, self.say),
            ("display_link", check_link, partial(self._blame, self.link)),
            ("pole", pole_port, lambda _words: self._blame(self.pole, bad_port_words())),
        ):
            try:
                check(values[name])
            except BadDisplaySetting as wrong:
                say(sentence(wrong))
                return None
        return values

    def _blame(self, field: Field, words: str) -> None:
        field.set_problem(words)
        field.focus()

    def _try(self) -> None:
        """Two lines on the pole display that is written here, before it is kept."""
        values = self.values()
        try:
            port = pole_port(values["pole"])
        except BadDisplaySetting:
            port = None
        if port is None:
            self._blame(self.pole, bad_port_words())
            return
        self.try_pole.setEnabled(False)
        self.pole_tried.emit(port, values["pole_profile"])
        profile = pole_profile(values["pole_profile"])
        welcome = "WELCOME" if profile.is_ascii else tr("欢迎光临")
        try_out(port, profile, ((welcome, ""), ("12345", "67.89")), self._tell)

    def _tell(self, error: Exception | None) -> None:
        if isValid(self):  # whoever asked may be gone meanwhile
            self._told.emit(error)

    def _on_told(self, error: Exception | None) -> None:
        self.try_pole.setEnabled(True)
        self.say(tr("两行送出去了。没看到就换一个型号再试。") if error is None else sentence(error))
        self.problem.set_role("ink" if error is None else "danger_text")

    def say(self, problem: str) -> None:
        """Why it was not taken."""
        self.problem.set_role("danger_text")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def focus(self) -> None:
        """On the choice that holds."""
        tile = self._tiles.get(self._place) or next(iter(self._tiles.values()))
        tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, choices: Sequence[tuple[str, str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self._tiles = {}
        for at, (place, label, sub) in enumerate(choices):
            name, high = f"display_{place.replace(':', '_')}", self._look.sizes.control
            tile = Tile(self._look, label, sub=sub, height=high, name=name)
            tile.clicked.connect(lambda _=False, place=place: self._choose(place))
            self._tiles[place] = tile
            self._grid.addWidget(tile, at // _COLUMNS, at % _COLUMNS)
        self._choose(self._place)

    def _choose(self, place: str) -> None:
        self._place = place
        for name, tile in self._tiles.items():
            tile.setChecked(name == place)
