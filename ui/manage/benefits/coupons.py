"""发券: the kinds of coupon as sentences, what was issued of them, and what became of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.coupon_rounds import Followed, Kind, follow_coupons
from ui.manage.benefits import words
from ui.manage.parts import Part
from ui.manage.room import Room
from ui.manage.section import Section
from ui.rule_conditions import Names, dates_words
from ui.rule_lines import offer_dates
from ui.rule_words import offer_sentence
from ui.text import tr
from ui.widgets.panel_row import PanelRow
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words

NARROW = 900
HIDDEN = ("expired", "withdrawn")
"""Columns that have no room in a narrow window: the sheet of a round tells them."""


class CouponsPart(Part):
    """Above the kinds, below the rounds; a row of those opens its sheet."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._found: Followed | None = None
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        self.kinds = Section(
            look, tr("规则册里的券"), name="coupon_kinds", more=tr("去改规则"), icon="offer"
        )
        self.kinds.more.connect(lambda: room.went.emit("rules/coupons"))
        self.rounds = Section(look, tr("发过的券"), name="coupon_rounds")
        self.table = RowTable(
            look, words.round_columns(), name="coupon_rounds_table", spoken=tr("发过的券")
        )
        self.table.current_changed.connect(self._open_round)
        self.rounds.body.insertWidget(0, self.table)
        self.nothing = Words(look, "", "body", "ink_2", wraps=True, name="coupon_rounds_none")
        self.nothing.setContentsMargins(0, look.space[3], 0, 0)
        self.rounds.body.insertWidget(1, self.nothing)
        self.table.hide()
        column.addWidget(self.kinds)
        column.addWidget(self.rounds)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner, gap=look.space[3]))

    def refresh(self) -> None:
        """Count anew."""
        room = self.room
        room.work.ask(
            follow_coupons,
            staff=room.staff,
            topic="coupon_rounds",
            then=self._show,
            failed=room.say,
        )

    def _show(self, found: Followed) -> None:
        self._found = found
        rows = [self._kind_row(kind, found) for kind in found.kinds]
        self.kinds.count.setText(tr("{count} 种", count=len(rows)) if rows else "")
        self.kinds.show_rows(
            rows, tr("规则册里没有券。请先在“优惠规则”的草稿里加一种，发布以后再来发。")
        )
        cells = [words.round_row(name, each) for name, each in found.rounds]
        sizes = self.room.look.sizes
        self.table.show_rows(ListedRows(cells))
        self.table.setFixedHeight(sizes.office_head + len(cells) * sizes.office_row + 2)
        self.table.setVisible(bool(cells))
        self.nothing.setText("" if cells else tr("还没有发过券。发出去的，用了没有都在这里看。"))
        self.nothing.setVisible(not cells)
        note = words.counted_words(found)
        self.rounds.count.setText(note or (tr("{count} 批", count=len(cells)) if cells else ""))

    def _kind_row(self, kind: Kind, found: Followed) -> PanelRow:
        offer = kind.offer
        says = offer_sentence(offer, found.scheme, Names(found.names))
        line = tr("，").join((says, dates_words(*offer_dates(offer))))
        left = tr("外面还有 {count} 张", count=f"{kind.outstanding:,}") if kind.outstanding else ""
        common = tr("通用码 {code}，不用发", code=offer.code)
        row = PanelRow(
            self.room.look,
            offer.name,
            icon="coupon",
            line=line,
            amount=left if offer.is_single_use else common,
            action=tr("发券") if offer.is_single_use else "",
            grows=True,
            name=f"coupon_kind_{offer.id}",
            spoken=tr("发“{name}”", name=offer.name),
        )
        row.acted.connect(partial(self._issue, kind, line))
        return row

    def _issue(self, kind: Kind, line: str) -> None:
        from ui.manage.benefits.issue import IssueSheet

        shop = self.room.work.hands.shop
        if shop is not None:
            sheet = IssueSheet(self.room, self.window(), kind.offer, line, shop.new_id())
            sheet.closed.connect(self.refresh)
            sheet.begin()

    def _open_round(self, at: int) -> None:
        from ui.manage.benefits.round import RoundSheet

        if self._found is None:
            return
        name, found = self._found.rounds[at]
        sheet = RoundSheet(self.room, self.window(), name, found)
        sheet.closed.connect(self.refresh)
        sheet.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.hide_columns(HIDDEN if self.width() < NARROW else ())
