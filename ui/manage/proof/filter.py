"""审计的筛选: which group or kind, which days, who, and a text. `changed` where any of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.trust.audit_kinds import Group
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.pick import PickSheet
from ui.manage.proof.kinds import group_words, kind_words, kinds_by_words
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.segments import Segment, Segments

ALL = "all"
PAUSE_MS = 250
DAY_WIDTH = 132


class ProofFilter(QWidget):
    """What is asked for; typing waits for a pause."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.staff_no: int | None = None
        self.kind = ""
        self._people: Sequence[Staff] = ()
        self._groups = QHBoxLayout()
        self._groups.setContentsMargins(0, 0, 0, 0)
        self.groups = self._segments({})
        example = "2026-11-01"
        self.since = Field(look, tr("从"), placeholder=example, name="proof_since")
        self.until = Field(look, tr("到"), placeholder=example, name="proof_until")
        self.text = Field(
            look, tr("单号、卡号或别的字"), placeholder=tr("单号、卡号"), name="proof_text"
        )
        self.who = Button(look, name="proof_who", icon="user")
        self.what = Button(look, name="proof_what", icon="search")
        self.who.clicked.connect(self._pick_who)
        self.what.clicked.connect(self._pick_what)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        for field in (self.since, self.until, self.text):
            field.changed.connect(lambda _text: self._pause.start())
        self._arrange()
        self._label()

    def _arrange(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(self._look.space[3])
        for field in (self.since, self.until):
            field.setFixedWidth(DAY_WIDTH)
            days.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        days.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        bottom = QHBoxLayout()
        bottom.setSpacing(self._look.space[3])
        bottom.addWidget(self.who)
        bottom.addWidget(self.what)
        beside = QVBoxLayout()
        beside.addStretch(1)
        beside.addLayout(bottom)
        days.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[2])
        column.addLayout(self._groups)
        column.addLayout(days)

    def show_people(self, people: Sequence[Staff]) -> None:
        """Who may be asked for."""
        self._people = people
        self._label()

    def show_counts(self, counts: Mapping[Group, int]) -> None:
        """How many there are of each group."""
        now = self.group
        had_focus = self.groups.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.groups = self._segments(counts)
        self.groups.set_current(now)
        if had_focus:
            self.groups.focus()

    @property
    def group(self) -> str:
        """The name of the group that holds, or ALL."""
        return self.groups.current()

    def days(self) -> tuple[date | None, date | None] | None:
        """The first and the last day; None where what stands there is no day."""
        found: list[date | None] = []
        for field in (self.since, self.until):
            text = field.text()
            try:
                found.append(date.fromisoformat(text) if text else None)
            except ValueError:
                return None
        return found[0], found[1]

    def _segments(self, counts: Mapping[Group, int]) -> Segments:
        while (item := self._groups.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        parts = [Segment(ALL, tr("全部"))]
        parts += [
            Segment(group.value, group_words(group), f"{counts[group]:,}" if counts else "")
            for group in Group
        ]
        made = Segments(self._look, parts, name="proof_groups", spoken=tr("先看哪些"))
        made.chosen.connect(self._on_group)
        self._groups.addWidget(made)
        self._groups.addStretch(1)
        return made

    def _on_group(self, _name: str) -> None:
        """A group is kinds: one that was chosen before is none of them any more."""
        self.kind = ""
        self._label()
        self.changed.emit()

    def _label(self) -> None:
        names = {person.no: person.name for person in self._people}
        who = tr("所有人") if self.staff_no is None else names.get(self.staff_no, "")
        self.who.set_label(who)
        self.what.set_label(kind_words(self.kind) if self.kind else tr("所有的事"))

    def _pick_who(self) -> None:
        rows = [Choice(None, tr("所有人"), icon="people")]
        rows += [
            Choice(person.no, person.name, sub=tr("工号 {no}", no=person.no), icon="user")
            for person in self._people
        ]
        PickSheet(self._look, self.window(), tr("谁"), rows, self._set_who).open()

    def _pick_what(self) -> None:
        rows = [Choice("", tr("所有的事"), icon="search")]
        rows += [Choice(what, words, icon="flag") for what, words in kinds_by_words()]
        PickSheet(self._look, self.window(), tr("做了什么"), rows, self._set_what).open()

    def _set_who(self, key: object) -> None:
        self.staff_no = key if isinstance(key, int) else None
        self._label()
        self.changed.emit()

    def _set_what(self, key: object) -> None:
        self.kind = str(key)
        self.groups.set_current(ALL)
        self._label()
        self.changed.emit()
