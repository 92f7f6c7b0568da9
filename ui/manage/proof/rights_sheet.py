"""一个人的权限: each right with where it comes from; given or taken away, and kept at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.trust.rights import Right, may, source, with_rights
from core.trust.staff import Staff
from ui.look import Look
from ui.manage.proof.rights_words import ORDER, right_words, source_words
from ui.text import role_name, sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (760, 640)


class RightsSheet(Sheet):
    """Made for one person; `done` gives what is to change. It stays open where that is refused."""

    done = Signal(object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget, person: Staff) -> None:
        title = tr("{name} 的权限", name=person.name)
        role = tr("角色：{role}", role=role_name(person.role))
        super().__init__(look, window, title, subtitle=role, size=SIZE, name="person_rights")
        self._person = self._wished = person
        columns = (
            Column("right", tr("权限"), 240, grows=True, is_strong=True),
            Column("source", tr("从哪来"), 160),
            Column("may", tr("能做吗"), 120),
        )
        self.table = RowTable(look, columns, name="person_rights_table", spoken=title)
        self.said = Said(look, name="person_rights_said")
        height = look.sizes.control
        self.turn = Button(look, tr("给这一项"), height=height, name="person_rights_turn")
        self.save = Button(
            look, tr("保存"), kind="primary", key="Ctrl+S", height=height, name="person_rights_save"
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self.table)
        self.set_body(body, Foot(look, self.turn, self.save, said=self.said))
        self.table.current_changed.connect(lambda _at: self._show_turn())
        self.table.opened.connect(lambda _at: self._on_turn())
        self.turn.clicked.connect(self._on_turn)
        self.save.clicked.connect(self._on_save)
        self.closed.connect(self.deleteLater)
        self._show()
        self.table.choose(0)

    def begin(self) -> None:
        """Open it."""
        self.open(self.table.view)

    @property
    def wanted(self) -> dict[Right, bool]:
        """What is to be otherwise than it is."""
        return {
            right: may(self._wished, right)
            for right in ORDER
            if may(self._wished, right) != may(self._person, right)
        }

    def fail(self, error: Exception) -> None:
        """Why nothing was changed; what was chosen stays."""
        self.save.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def _show(self) -> None:
        self.table.show_rows(ListedRows([*map(self._row, ORDER)]), keeps_place=True)
        self._show_turn()
        count = len(self.wanted)
        self.save.setEnabled(bool(count))
        self.said.say(tr("改了 {count} 项，还没有保存。", count=count) if count else "")

    def _row(self, right: Right) -> list[Cell]:
        has, is_new = may(self._wished, right), right in self.wanted
        ink = "warn_text" if is_new else "ink_2" if has else "ink_3"
        return [
            Cell(right_words(right), "ink" if has else "ink_3"),
            Cell(source_words(source(self._wished, right)), ink),
            Cell(tr("可以") if has else tr("不可以"), ink),
        ]

    def _show_turn(self) -> None:
        has = may(self._wished, ORDER[max(0, self.table.view.current)])
        self.turn.set_label(tr("收走这一项") if has else tr("给这一项"))

    def _on_turn(self) -> None:
        right = ORDER[max(0, self.table.view.current)]
        self._wished = with_rights(self._wished, {right: not may(self._wished, right)})
        self._show()

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.done.emit(self.wanted)
