"""兑换目录: rewards with picture, shelf and what was had; a form for what they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.catalogue import (
    Entry,
    Seen,
    look_at_catalogue,
    reward_picture,
    reward_rows,
    shelf_moves,
)
from core.ports.catalogue import HadRow, ShelfMove
from core.shop import Shop
from core.trust.staff import Staff
from ui.manage.benefits import reward_words as words
from ui.manage.benefits.reward_row import RewardRow
from ui.manage.listed import ListedSheet
from ui.manage.parts import Part
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.banner import Action, Banner
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words

Found = tuple[Seen, dict[str, bytes], Any]


def catalogue_with_pictures(shop: Shop, *, staff: Staff) -> Found:
    """The catalogue, the pictures that there are, and the zone of the store."""
    seen = look_at_catalogue(shop, staff=staff)
    pictures = {
        each.code: data
        for each in seen.entries
        if each.has_picture and (data := reward_picture(shop, each.code)) is not None
    }
    with shop.store.read() as reading:
        return seen, pictures, reading.till.zone


class RewardsPart(Part):
    """A warning for what is nearly gone, a word on the draft, and the rewards."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._seen: Seen | None = None
        self._pictures: dict[str, bytes] = {}
        self._zone: Any = None
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space[4])
        self.said = QVBoxLayout()
        self.said.setSpacing(look.space[2])
        self._column.addLayout(self.said)
        self.list = Section(
            look, tr("积分能换什么"), name="reward_list", more=tr("加一样"), icon="plus"
        )
        self.list.more.connect(lambda: self._edit(None))
        self.list.button.hide()  # until it is known who may change it
        self._column.addWidget(self.list)
        self.chain = Words(look, "", "body", "ink_2", wraps=True, name="reward_chain")
        self.chain.hide()
        self._column.addWidget(self.chain)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner, gap=look.space[3]))

    def refresh(self) -> None:
        """Ask anew."""
        room = self.room
        room.work.ask(
            catalogue_with_pictures,
            staff=room.staff,
            topic="rewards",
            then=self._show,
            failed=room.say,
        )

    def _show(self, found: Found) -> None:
        self._seen, self._pictures, self._zone = seen, pictures, _ = found
        look, can_change = self.room.look, not seen.chain
        self.list.button.setVisible(can_change)
        said = words.chain_words(seen)
        self.chain.setVisible(bool(said))
        self.chain.setText(said)
        rows = []
        for entry in seen.entries:
            row = RewardRow(look, entry, seen, can_change=can_change)
            row.picture.show_picture(pictures.get(entry.code))
            row.acted.connect(partial(self._act, entry))
            rows.append(row)
        self.list.count.setText(tr("{count} 样", count=len(rows)) if rows else "")
        self.list.show_rows(rows, tr("还没有兑换品。按“加一样”写进草稿，发布以后收银台就能换。"))
        self._show_banners(seen)

    def _show_banners(self, seen: Seen) -> None:
        while (item := self.said.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        look = self.room.look
        if low := words.low_words(seen):
            title = tr("快没了，请补货")
            self.said.addWidget(Banner(look, title, low, tone="warn", name="reward_low"))
        if changed := words.changed_count(seen):
            title = tr("草稿里改了 {count} 样", count=changed)
            line = tr("收银台还按正在用的换，发布以后才换成新的。")
            go = Action("rules", tr("去发布"))
            banner = Banner(
                look, title, line, tone="warn", icon="offer", action=go, name="reward_draft"
            )
            banner.answered.connect(self.room.went.emit)
            self.said.addWidget(banner)

    # What people do

    def _act(self, entry: Entry, deed: str) -> None:
        match deed:
            case "edit":
                self._edit(entry)
            case "stock":
                self._open_stock(entry)
            case "moves":
                self._ask_moves(entry)
            case "had":
                self._ask_had(entry)

    def _edit(self, entry: Entry | None) -> None:
        from ui.manage.benefits.reward_form import RewardForm

        if self._seen is not None:
            picture = self._pictures.get(entry.code) if entry else None
            sheet = RewardForm(self.room, self.window(), self._seen, entry, picture)
            sheet.closed.connect(self.refresh)
            sheet.open()

    def _open_stock(self, entry: Entry) -> None:
        from ui.manage.benefits.stock import StockSheet

        sheet = StockSheet(self.room, self.window(), entry.reward, entry.stock or 0)
        sheet.closed.connect(self.refresh)
        sheet.open(sheet.units.edit)

    def _ask_moves(self, entry: Entry) -> None:
        def show(found: Sequence[ShelfMove]) -> None:
            title = tr("{name}的库存", name=entry.reward.name)
            rows = words.move_rows(found, self._zone)
            self._list(title, words.move_columns(), rows, tr("这台收银台上还没有动过库存。"))

        self._ask(shelf_moves, entry, show)

    def _ask_had(self, entry: Entry) -> None:
        def show(found: Sequence[HadRow]) -> None:
            title = tr("换过{name}的", name=entry.reward.name)
            self._list(title, words.had_columns(), words.had_rows(found), tr("还没有人换过。"))

        self._ask(reward_rows, entry, show)

    def _ask(self, question: Any, entry: Entry, show: Any) -> None:
        room = self.room
        room.work.ask(
            question,
            entry.code,
            staff=room.staff,
            topic="reward_rows",
            then=show,
            failed=room.say,
        )

    def _list(self, title: str, columns: Any, rows: Sequence[Any], nothing: str) -> None:
        count = tr("{count} 条", count=f"{len(rows):,}")
        look, window = self.room.look, self.window()
        ListedSheet(look, window, title, columns, rows, subtitle=count, nothing=nothing).open()
