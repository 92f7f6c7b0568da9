"""设置: one field finds every setting by its words; what can be changed here is, at once."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.change_settings import SettingsChanged, change_settings
from core.values.settings import Settings
from ui.look import Look
from ui.manage.room import Room
from ui.manage.running.entries import Entry, entries, found
from ui.manage.running.part import RunningPart, settings_kept
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words

FIND_WIDTH = 420


class SettingsPart(RunningPart):
    """`went` gives the page and the part where a setting is changed that is not changed here."""

    went = Signal(str, str)

    def __init__(self, room: Room) -> None:
        super().__init__(room, "settings")
        self._held: Settings | None = None
        look = self.look
        self.sought = Field(
            look, tr("找设置"), placeholder=tr("例如 锁屏、备份、bf"), name="settings_find"
        )
        self.sought.setMaximumWidth(FIND_WIDTH)
        self.sought.changed.connect(lambda _text: self._filter())
        self.column.addWidget(self.sought)
        again = tr(
            "语言、外观和大小在后台马上换，有页面没写完就等写完；别的，下次打开收银台和后台起用。"
        )
        self.again = Words(look, again, "small", "ink_2", wraps=True, name="settings_again")
        self.column.addWidget(self.again)
        self._entries = entries()
        self.rows: dict[str, SettingRow] = {}
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for entry in self._entries:
            row = SettingRow(look, entry)
            row.chosen.connect(self._choose)
            row.went.connect(self.went)
            self.rows[entry.name] = row
            rows.addWidget(row)
        self.nothing = Words(look, tr("没有这样的设置。"), "item", "ink_2", name="settings_nothing")
        self.nothing.hide()
        self.column.addLayout(rows)
        self.column.addWidget(self.nothing)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """What holds now."""
        self.room.work.ask(
            settings_kept, topic="running_settings", then=self._show, failed=self._unread
        )

    def _unread(self, error: Exception) -> None:
        """The usual ones hold, then: whoever chooses one of them writes the file anew."""
        self.fail(error)
        self._show(Settings())

    def _show(self, settings: Settings) -> None:
        self._held = settings
        for row in self.rows.values():
            row.show_settings(settings)

    def _filter(self) -> None:
        names = {entry.name for entry in found(self._entries, self.sought.text())}
        for name, row in self.rows.items():
            row.setVisible(name in names)
        self.nothing.setVisible(not names)

    def _choose(self, name: str, value: object) -> None:
        shop, held = self.shop, self._held
        if shop is None or held is None:
            return
        keeping = shop.store.keeping
        self.room.work.act(
            change_settings,
            held,
            replace(held, **{name: value}),
            keep=lambda after: keeping.keep_settings(held, after),
            staff=self.room.staff,
            then=self._changed,
            failed=self._refused,
        )

    def _changed(self, outcome: SettingsChanged) -> None:
        self.said.say(tr("改好了。"))
        self.sought.edit.setModified(False)  # what is looked for holds nothing up
        self._show(outcome.settings)
        self.room.settled.emit(outcome.settings)

    def _refused(self, error: Exception) -> None:
        """What holds shows again."""
        self.fail(error)
        if self._held is not None:
            self._show(self._held)


class SettingRow(QWidget):
    """Title and line at the left; choices, or the way to where it is changed, at the right."""

    chosen = Signal(str, object)
    went = Signal(str, str)

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self.setObjectName(f"setting_{entry.name}")
        self.setAccessibleName(f"{entry.title} {entry.line}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(look, entry.title, "body", bold=True))
        words.addWidget(Words(look, entry.line, "small", "ink_2", elides=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, look.space[2], 0, look.space[2])
        row.setSpacing(look.space[4])
        row.addLayout(words, 1)
        self.segments: Segments | None = None
        if entry.choices:
            self.segments = Segments(
                look,
                [Segment(str(at), label) for at, (_, label) in enumerate(entry.choices)],
                name=f"running_{entry.name}",
                spoken=entry.title,
            )
            self.segments.chosen.connect(self._on_chosen)
            self.segments.setEnabled(False)  # until it is known what holds
            row.addWidget(self.segments)
        elif entry.goes[0]:
            go = Button(look, tr("去改"), kind="text", icon="right", name=f"go_{entry.name}")
            go.set_spoken(tr("去改{what}", what=entry.title))
            go.clicked.connect(lambda: self.went.emit(*entry.goes))
            row.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule(look))

    def show_settings(self, settings: Settings) -> None:
        """The choice that holds."""
        if self.segments is None:
            return
        self.segments.setEnabled(True)
        held = getattr(settings, self._entry.name)
        for at, (value, _) in enumerate(self._entry.choices):
            if value == held:
                self.segments.set_current(str(at))

    def _on_chosen(self, at: str) -> None:
        self.chosen.emit(self._entry.name, self._entry.choices[int(at)][0])
