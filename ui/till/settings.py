"""设置: language, theme and scale for whoever stands here; below, what concerns everybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.values.settings import (
    AS_THE_SCREEN,
    AS_THE_SYSTEM,
    LANGUAGES,
    LOCK_MINUTES,
    SCALES,
    THEMES,
    Settings,
)
from ui.catalogue import LANGUAGE_NAMES
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.words import Rule, Words

SIZE = (760, 632)
SIDE = 24
Choices = Sequence[tuple[object, str]]


class SettingsSheet(Sheet):
    """Each choice holds at once: `chosen(name, value)` with the names of `Settings`."""

    chosen = Signal(str, object)
    pin_asked = Signal()
    devices_asked = Signal()
    papers_asked = Signal()
    chores_asked = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("设置"), size=SIZE, name="settings", leave=tr("好"))
        self._rows: dict[str, tuple[Segments, Choices]] = {}
        self._last = "language"
        self._grid = QGridLayout()
        self._grid.setContentsMargins(SIDE, 16, SIDE, 8)
        self._grid.setHorizontalSpacing(SIDE)
        self._grid.setVerticalSpacing(look.space[3])
        self._grid.setColumnStretch(1, 1)
        self.too_large = Words(look, "", "small", "ink_2", wraps=True, name="settings_too_large")
        for name, label, choices in _appearance():
            self._add(name, label, choices)
        self._add_heading(tr("下面的对所有人有效"))
        for name, label, choices in _shared():
            self._add(name, label, choices)
        self.said = Words(look, "", "small", "danger_text", wraps=True, name="settings_problem")
        self.said.hide()
        self.set_body(self._arranged(), self._foot())

    def show_settings(
        self,
        settings: Settings,
        problem: str = "",
        *,
        has_person: bool = True,
        scales: Collection[int] = SCALES,
    ) -> None:
        """Show what holds; `problem` says why something was not changed.

        Of the scales only those are offered that the screen can show, with a word on the others.
        Only who is logged in (`has_person`) has a PIN to change.
        """
        self.pin.setVisible(has_person)
        self.papers.setVisible(has_person)
        self.chores.setVisible(has_person)
        for name, (segments, choices) in self._rows.items():
            held = getattr(settings, name)
            at = next((at for at, (value, _) in enumerate(choices) if value == held), 0)
            segments.set_current(str(at))
        self._offer(scales)
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        if self.isHidden():
            self.open(self._rows[self._last][0])
        self._rows[self._last][0].focus()

    def _offer(self, scales: Collection[int]) -> None:
        segments, choices = self._rows["scale"]
        segments.show_only([str(at) for at, (each, _) in enumerate(choices) if each in scales])
        missing = tr("、").join(words for each, words in choices if each not in scales)
        self.too_large.setText(tr("这块屏幕放不下 {scales}", scales=missing) if missing else "")

    def _fit(self) -> None:
        """In a low window the rows stand closer, so that none is out of sight."""
        is_low = self.height() < LOW_WINDOW
        self._grid.setVerticalSpacing(self._look.space[2 if is_low else 3])

    def _add(self, name: str, label: str, choices: Choices) -> None:
        segments = Segments(
            self._look,
            [Segment(str(at), words) for at, (_, words) in enumerate(choices)],
            name=f"settings_{name}",
            spoken=label,
        )
        segments.chosen.connect(lambda at, name=name: self._on_chosen(name, int(at)))
        row = self._grid.rowCount()
        words = Words(self._look, label, "body")
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if name == "scale":
            beside = QHBoxLayout()
            beside.setSpacing(self._look.space[3])
            beside.addWidget(segments)
            beside.addWidget(self.too_large, 1)
            self._grid.addLayout(beside, row, 1)
        else:
            self._grid.addWidget(segments, row, 1, Qt.AlignmentFlag.AlignLeft)
        self._rows[name] = segments, choices

    def _add_heading(self, text: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Rule(self._look), row, 0, 1, 2)
        self._grid.addWidget(Words(self._look, text, "small", "ink_2"), row + 1, 0, 1, 2)

    def _arranged(self) -> QWidget:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        foot = QVBoxLayout()
        foot.setContentsMargins(SIDE, 0, SIDE, 12)
        foot.addWidget(self.said)
        column.addLayout(foot)
        column.addStretch(1)
        return Scroll(rows)

    def _foot(self) -> QWidget:
        """What opens something of its own, always in sight."""
        look = self._look
        self.pin = Button(look, tr("改我的 PIN"), icon="lock", name="settings_pin")
        self.pin.clicked.connect(self.pin_asked)
        words = tr("扫码枪、打印机、钱箱、客显")
        self.devices = Button(look, words, icon="device", name="settings_devices")
        self.devices.clicked.connect(self.devices_asked)
        self.papers = Button(look, tr("票据样式"), icon="receipt", name="settings_papers")
        self.papers.clicked.connect(self.papers_asked)
        self.chores = Button(look, tr("店务"), name="settings_chores")
        self.chores.clicked.connect(self.chores_asked)
        left = (self.devices, self.papers, self.chores)
        return Foot(look, self.pin, left=left, gap=look.space[2])

    def _on_chosen(self, name: str, at: int) -> None:
        self._last = name
        self.chosen.emit(name, self._rows[name][1][at][0])


def _appearance() -> list[tuple[str, str, Choices]]:
    themes = {
        AS_THE_SYSTEM: tr("跟随系统"),
        "light": tr("浅色"),
        "dark": tr("深色"),
        "high_contrast": tr("高对比"),
    }
    return [
        ("language", tr("语言"), [(each, LANGUAGE_NAMES[each]) for each in LANGUAGES]),
        ("theme", tr("外观"), [(each, themes[each]) for each in THEMES]),
        ("scale", tr("大小"), [(each, f"{each}%") for each in SCALES]),
    ]


def _shared() -> list[tuple[str, str, Choices]]:
    papers = [(AS_THE_SCREEN, tr("和屏幕一样"))]
    papers += [(each, LANGUAGE_NAMES[each]) for each in LANGUAGES]
    locks = [
        (minutes, tr("{minutes} 分钟", minutes=minutes) if minutes else tr("不锁"))
        for minutes in LOCK_MINUTES
    ]
    return [
        ("receipt_language", tr("小票语言"), papers),
        ("has_sounds", tr("提示音"), [(True, tr("响")), (False, tr("不响"))]),
        ("lock_minutes", tr("没人动就锁屏"), locks),
        ("prints_hold_slips", tr("挂单打条子"), [(True, tr("打")), (False, tr("不打"))]),
    ]
