"""给谁: a group of members by conditions, a list of card numbers, or nobody by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import roll
from core.actions.handouts import Meant, meant_by_cards, meant_by_segment
from core.errors import RollNotReady, Shortfall
from core.members.segment import SavedSegment
from core.members.segment import Segment as Conditions
from core.ports.roll import Filling
from ui.file_dialog import ask_for_list
from ui.manage.members.words import presets
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile

MEMBERS, CARDS, NOBODY = "members", "cards", "nobody"
OWN = "own"


class Whom(QWidget):
    """`changed` where it is for others; `meant` is whom then, None while nobody knows.

    `proposed` says what such a wish may be called.
    """

    changed = Signal()
    proposed = Signal(str)
    failed = Signal(object)

    def __init__(self, room: Room, sheet: Sheet, offer_id: str) -> None:
        super().__init__()
        self._room, self._sheet, self._offer_id = room, sheet, offer_id
        self._presets: dict[str, Conditions] = {}
        self._labels: dict[str, str] = {}
        self._tiers: Sequence[tuple[str, str]] = ()
        self._cards: tuple[str, ...] | None = None
        self.meant: Meant | None = None
        self.waits_for = ""
        look = room.look
        kinds = [
            Segment(MEMBERS, tr("一群会员")),
            Segment(CARDS, tr("卡号清单")),
            Segment(NOBODY, tr("不记名")),
        ]
        self.kind = Segments(look, kinds, name="issue_whom", spoken=tr("给谁"))
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.more = Button(look, tr("条件"), kind="text", icon="settings", name="issue_conditions")
        self.more.clicked.connect(self._ask_conditions)
        self.saved = Button(look, tr("存下的"), kind="text", icon="flag", name="issue_saved")
        self.saved.clicked.connect(self._ask_saved)
        self.list = Button(look, tr("选卡号清单…"), icon="export", name="issue_list")
        self.list.clicked.connect(lambda: ask_for_list(sheet, self.take_list))
        self.again = Tile(
            look, tr("手里还有没用的，也再发一张"), height=look.sizes.control, name="issue_again"
        )
        self.again.toggled.connect(lambda _on: self.weigh())
        self._groups = QHBoxLayout()
        self._groups.setSpacing(look.space[2])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        for widget in (self.kind, self.list):
            row = QHBoxLayout()
            row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
            if widget is self.kind:
                column.addLayout(self._groups)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self) -> None:
        """Ask which groups of members there are."""
        self._show_kind()
        self._room.work.ask(
            roll.tiers_of, topic="issue_tiers", then=self._show_tiers, failed=self.failed.emit
        )

    @property
    def is_nobody(self) -> bool:
        """Whether codes are wanted that anybody may use."""
        return self.kind.current() == NOBODY

    def take_list(self, chosen: str) -> None:
        """The card numbers of a file, the first of each line."""
        from ui.devices.files import read_lines

        try:
            lines = read_lines(Path(chosen))
        except Shortfall as error:
            self.failed.emit(error)
            return
        self.take_cards([line.split(",")[0].strip() for line in lines], Path(chosen).stem)

    def take_cards(self, cards: Sequence[str], label: str) -> None:
        """The members of these cards, called so."""
        self._cards = tuple(cards)
        self.kind.set_current(CARDS)
        self.proposed.emit(label)
        self._show_kind()

    def weigh(self) -> None:
        """Ask whom it would be for."""
        self.meant, kind = None, self.kind.current()
        self.waits_for = tr("正在数…")
        if kind == MEMBERS and self._presets:
            name = self.groups.current()
            self.proposed.emit(self._labels[name])
            self._ask(meant_by_segment, self._presets[name])
        elif kind == CARDS and self._cards is not None:
            self._ask(meant_by_cards, self._cards)
        elif kind == CARDS:
            self.waits_for = tr("请选一份清单：文本或 CSV，一行一个卡号。")
        self.changed.emit()

    def _ask(self, question: Callable[..., Meant], of: object) -> None:
        self._room.work.ask(
            question,
            self._offer_id,
            of,
            to_holders=self.again.isChecked(),
            staff=self._room.staff,
            topic="issue_meant",
            then=self._take,
            failed=self._not_meant,
        )

    def _take(self, meant: Meant) -> None:
        self.meant = meant
        self.changed.emit()

    def _not_meant(self, error: Exception) -> None:
        if not isinstance(error, RollNotReady):
            self.failed.emit(error)
            return
        self._room.work.ask(
            roll.fill_roll,
            staff=self._room.staff,
            topic="issue_roll",
            then=self._on_filled,
            failed=self.failed.emit,
        )

    def _on_filled(self, filling: Filling) -> None:
        if self.kind.current() != MEMBERS:
            return
        if filling.is_usable:
            self.weigh()
            return
        done, whole = f"{filling.done:,}", f"{filling.all:,}"
        self.waits_for = tr("正在整理名册：{done} / {whole}", done=done, whole=whole)
        self.changed.emit()
        self._not_meant(RollNotReady())

    # What is shown

    def _show_tiers(self, tiers: Sequence[tuple[str, str]]) -> None:
        self._tiers = tiers
        found = presets(tiers)
        self._presets = {name: conditions for name, _, conditions in found}
        self._labels = {name: label for name, label, _ in found} | {"all": tr("全部会员")}
        shown = [Segment(name, label) for name, label, _ in found]
        self.groups = Segments(self._room.look, shown, name="issue_groups", spoken=tr("哪些会员"))
        self.groups.show_only([name for name in self._presets if name != OWN])
        self.groups.chosen.connect(lambda _name: self.weigh())
        for widget in (self.groups, self.more, self.saved):
            self._groups.addWidget(widget)
        self._groups.addStretch(1)
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self.kind.current()
        has_groups = kind == MEMBERS and bool(self._presets)
        if self._presets:
            self.groups.setVisible(has_groups)
        self.more.setVisible(has_groups)
        self.saved.setVisible(has_groups)
        self.list.setVisible(kind == CARDS)
        self.again.setVisible(kind != NOBODY)
        self.weigh()

    def _ask_conditions(self) -> None:
        from ui.manage.members.conditions import ConditionsSheet

        sheet = ConditionsSheet(self._room, self._room.window(), self._tiers)
        sheet.show_conditions(self._presets[OWN])
        sheet.chosen.connect(self._on_conditions)
        sheet.kept.connect(self._on_saved)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def _ask_saved(self) -> None:
        from ui.manage.members.saved import ask_saved

        ask_saved(self._room, self._room.window(), self._tiers, self._on_saved)

    def _on_saved(self, saved: SavedSegment) -> None:
        self._on_conditions(saved.conditions, saved.name)

    def _on_conditions(self, conditions: Conditions, label: str = "") -> None:
        self._presets[OWN] = conditions
        self._labels[OWN] = label or tr("自选条件")
        self.groups.rename(OWN, self._labels[OWN])
        self.groups.show_only(self._presets)
        self.groups.set_current(OWN)
        self.weigh()
