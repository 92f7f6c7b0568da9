"""权限: who may do what, and where each has it from: of the role, given alone, taken away."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from core.actions import proof
from core.actions import staff as people
from core.shop import Shop
from core.trust.rights import Right, Source, may, source
from core.trust.staff import Staff
from ui.manage.listed import ListedSheet
from ui.manage.parts import Part
from ui.manage.proof.rights_words import ORDER, names_by, right_words, source_words
from ui.manage.room import Room
from ui.text import right_name, role_name, sentence, tr
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.words import Words

TOPIC = "rights"


def _working(shop: Shop, *, staff: Staff) -> tuple[Staff, ...]:
    """Who works here now, for who may read the log."""
    proof.audit_end(shop, staff=staff)
    return tuple(each for each in people.everybody(shop) if each.is_active)


class ProofRights(Part):
    """A row a right; opened, it says of everybody whether they may."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._people: tuple[Staff, ...] = ()
        about = tr("按回车看每个人；给一个人加权限、收权限在“员工”里。")
        self.about = Words(look, about, "small", "ink_2", wraps=True, name="rights_about")
        columns = (
            Column("right", tr("权限"), 340, grows=True, is_strong=True),
            Column("role", tr("角色带来"), 180, grows=True),
            Column("given", tr("单独给的"), 128),
            Column("taken", tr("单独收走"), 128),
        )
        self.table = RowTable(look, columns, name="rights", spoken=tr("谁能做什么"))
        self.said = Said(look, name="rights_said")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        for widget, share in ((self.about, 0), (self.said, 0), (self.table, 1)):
            column.addWidget(widget, share)
        self.table.opened.connect(lambda at: self._open(ORDER[at]))

    def refresh(self) -> None:
        """As it is now."""
        self.room.work.ask(
            _working, staff=self.room.staff, topic=TOPIC, then=self._show, failed=self.fail
        )

    def fail(self, error: Exception) -> None:
        """Why it is not shown."""
        self.said.say(sentence(error), is_wrong=True)

    def _show(self, found: tuple[Staff, ...]) -> None:
        self._people = found
        self.said.say("")
        self.table.show_rows(ListedRows([*map(self._row, ORDER)]), keeps_place=True)

    def _row(self, right: Right) -> list[Cell]:
        given = names_by(self._people, right, Source.GIVEN)
        taken = names_by(self._people, right, Source.TAKEN)
        return [
            Cell(right_words(right)),
            Cell(names_by(self._people, right, Source.ROLE), "ink_2"),
            Cell(given, "accent_text"),
            Cell(taken, "warn_text"),
        ]

    def _open(self, right: Right) -> None:
        columns = (
            Column("name", tr("姓名"), 200, grows=True, is_strong=True),
            Column("role", tr("角色"), 140),
            Column("may", tr("能做吗"), 120),
            Column("source", tr("从哪来"), 160),
        )
        rows = [
            [
                Cell(each.name),
                Cell(role_name(each.role), "ink_2"),
                Cell(tr("可以"), "accent_text")
                if may(each, right)
                else Cell(tr("不可以"), "ink_3"),
                Cell(source_words(source(each, right)), "ink_2"),
            ]
            for each in sorted(self._people, key=lambda each: not may(each, right))
        ]
        title = tr("谁能：{right}", right=right_name(right))
        ListedSheet(self.room.look, self.window(), title, columns, rows).open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small goes on
            self.room.work.forget(TOPIC)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
