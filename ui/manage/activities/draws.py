"""抽奖一览: all draws, the newest first; a row opens its draw."""

from __future__ import annotations

from datetime import tzinfo
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.draws import DrawSeen, look_at_draws
from core.ports.draws import Draw
from core.shop import Shop
from core.trust.rights import Right, may
from ui.manage.activities import draw_state as state
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.words import Words

ROOMY = 900


class DrawsPart(QWidget):
    """`opened` gives the id of a draw."""

    opened = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._draws: tuple[Draw, ...] = ()
        look = room.look
        explained = tr(
            "先公布承诺值，再封名单，最后开奖：每一步定下后面改不了的东西，谁都能重抽一遍。"
        )
        self.how = Words(look, explained, "body", "ink_2", wraps=True, name="draws_how")
        self.begin = Button(look, tr("办抽奖"), icon="plus", name="draws_begin")
        self.begin.setEnabled(may(room.staff, Right.RUN_DRAWS))
        self.begin.clicked.connect(self._begin)
        self.table = RowTable(look, state.board_columns(), name="draws_table", spoken=tr("抽奖"))
        self.table.opened.connect(self._open)
        self.table.view.clicked.connect(lambda index: self._open(index.row()))
        self.nothing = Words(look, tr("还没有办过抽奖。"), "item", "ink_2", name="draws_nothing")
        self.nothing.hide()
        head = QHBoxLayout()
        head.setSpacing(look.space[3])
        head.addWidget(self.how, 1)
        head.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def refresh(self) -> None:
        """Ask for what there is."""
        self._room.work.ask(_all, topic="draws", then=self._show, failed=self._room.say)

    def fit(self, width: int) -> None:
        """Leave out what has no room."""
        self.table.hide_columns([] if width >= ROOMY else ["prizes"])

    def _show(self, found: tuple[tuple[Draw, ...], tzinfo]) -> None:
        self._draws, zone = found
        rows = [state.board_row(each, zone) for each in self._draws]
        self.table.show_rows(ListedRows(rows))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._draws):
            self.opened.emit(self._draws[at].plan.id)

    def _begin(self) -> None:
        shop = self._room.work.hands.shop
        if shop is not None:
            self._open_commit(shop.new_id())

    def _open_commit(self, draw_id: UUID) -> None:
        from ui.manage.activities.draw_sheets import CommitSheet

        sheet = CommitSheet(self._room, self.window(), draw_id)
        sheet.done.connect(self._committed)
        sheet.open(sheet.what.edit)

    def _committed(self, seen: DrawSeen) -> None:
        self.opened.emit(seen.draw.plan.id)


def _all(shop: Shop) -> tuple[tuple[Draw, ...], tzinfo]:
    with shop.store.read() as reading:
        zone = reading.till.zone
    return look_at_draws(shop), zone
