"""选条件: above the rows: what is asked most, with its counts; one's own, and what was saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.actions import roll
from core.members.segment import SavedSegment
from core.members.segment import Segment as Conditions
from core.ports.roll import Filling
from ui.manage.members import words
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.segments import Segment, Segments

OWN = "own"
LONGEST = 12


class Choosing(QWidget):
    """`chosen` gives the conditions that hold now. `more` and `saved` stand where the page wants.

    Conditions are answered by the roll alone: until it can be asked, none can be chosen.
    """

    chosen = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._presets: dict[str, Conditions] = {}
        self._labels: dict[str, str] = {}
        self._is_usable = False
        self._made = 0
        self._waiting: tuple[Conditions, str] | None = None
        self._saved: SavedSegment | None = None
        self.tiers: Sequence[tuple[str, str]] = ()
        self.presets: Segments | None = None
        look = room.look
        self.more = Button(
            look, tr("条件"), kind="text", icon="settings", name="members_conditions"
        )
        self.saved = Button(look, tr("存下的"), kind="text", icon="flag", name="members_saved")
        self.more.clicked.connect(self._ask_conditions)
        self.saved.clicked.connect(self._ask_saved)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStrut(look.sizes.control)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._let_choose()

    @property
    def called(self) -> str:
        """What the conditions that hold are called; "" where everybody is meant."""
        name = self.presets.current() if self.presets is not None else ""
        return self._labels.get(name, "") if self._presets.get(name, Conditions()) else ""

    def begin(self) -> None:
        """Ask once which tiers there are; the conditions follow from them."""
        if self.presets is None:
            self._room.work.ask(
                roll.tiers_of,
                topic="roll_tiers",
                then=self._show_presets,
                failed=self._room.say,
            )

    def show_filling(self, filling: Filling) -> None:
        """Whether the roll can be asked; of one that was made anew the counts are others."""
        if filling.is_usable != self._is_usable:
            self._is_usable = filling.is_usable
            self._let_choose()
        if filling.made != self._made:
            self._made = filling.made
            self.ask_counts()

    def ask_counts(self) -> None:
        """How many each of them means."""
        if self.presets is None or not self._is_usable:
            return
        shown, names = self.presets, tuple(self._presets)

        def show(counts: tuple[int, ...]) -> None:
            pairs = zip(names, counts, strict=True)
            shown.show_counts({name: f"{count:,}" for name, count in pairs})

        self._room.work.ask(
            roll.count_segments,
            tuple(self._presets.values()),
            staff=self._room.staff,
            topic="roll_counts",
            then=show,
            failed=self._room.say,
        )

    def choose_own(self, conditions: Conditions, label: str = "") -> None:
        """Let these hold; `label` is what they are called."""
        if self.presets is None:  # as soon as they are there
            self._waiting = (conditions, label)
            return
        self._presets[OWN] = conditions
        self._labels[OWN] = label or tr("自选条件")
        short = self._labels[OWN]
        if len(short) > LONGEST:
            short = f"{short[: LONGEST - 1]}…"
        self.presets.rename(OWN, short)
        self.presets.show_only(self._presets)
        self.presets.set_current(OWN)
        self.presets.set_tips(
            {name: words.preset_tip(name) for name in self._presets}
            | {OWN: words.conditions_words(conditions, self.tiers)}
        )
        self.chosen.emit(conditions)
        self.ask_counts()

    def _show_presets(self, tiers: Sequence[tuple[str, str]]) -> None:
        presets = words.presets(tiers)
        self._presets = {name: conditions for name, _, conditions in presets}
        self._labels = {name: label for name, label, _ in presets}
        shown = [Segment(name, label) for name, label, _ in presets]
        self.presets = Segments(self._room.look, shown, name="members_segments", spoken=tr("条件"))
        self.presets.set_tips({name: words.preset_tip(name) for name in self._presets})
        self.presets.show_only([name for name in self._presets if name != OWN])
        self.presets.chosen.connect(lambda name: self.chosen.emit(self._presets[name]))
        self.tiers = tiers
        self._row.insertWidget(0, self.presets)
        self._let_choose()
        if self._waiting is not None:
            self.choose_own(*self._waiting)
        else:
            self.ask_counts()

    def _let_choose(self) -> None:
        is_ready = self._is_usable and self.presets is not None
        for widget in (self.presets, self.more, self.saved):
            if widget is not None:
                widget.setEnabled(is_ready)

    # Sheets

    def _ask_conditions(self) -> None:
        """Begin with what holds of one's own, under its name where it has one."""
        from ui.manage.members.conditions import ConditionsSheet

        sheet = ConditionsSheet(self._room, self.window(), self.tiers)
        sheet.show_conditions(self._presets[OWN], self._saved)
        sheet.chosen.connect(self._on_own)
        sheet.kept.connect(self._on_saved)
        sheet.removed.connect(self._on_removed)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def _ask_saved(self) -> None:
        from ui.manage.members.saved import ask_saved

        ask_saved(self._room, self.window(), self.tiers, self._on_saved)

    def _on_own(self, conditions: Conditions) -> None:
        self._saved = None
        self.choose_own(conditions)

    def _on_saved(self, saved: SavedSegment) -> None:
        self._saved = saved
        self.choose_own(saved.conditions, saved.name)

    def _on_removed(self) -> None:
        """The conditions hold on; no name stands for them."""
        self._saved = None
        self.choose_own(self._presets[OWN])
