"""改价: a file of prices, tried first, that holds from a day on."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.actions.plan_prices import (
    PriceChange,
    PricesPlanned,
    PricesSeen,
    look_at_prices,
    plan_prices,
)
from core.values.money import format_money
from ui.here import day_words
from ui.manage.listed import ListedSheet
from ui.manage.room import Room
from ui.manage.running.part import RunningPart
from ui.manage.section import Section
from ui.text import bad_row, tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.words import Words

MOST_SHOWN = 500
TABLE_HEIGHT = 360
DAY_WIDTH = 200
Row = tuple[Cell, ...]


class PricesPart(RunningPart):
    """Choose a file, look at what it would change, say from which day."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, "prices")
        self._path = ""
        self._seen: PricesSeen | None = None
        look = self.look
        self.about = Words(look, _about(), "body", "ink_2", wraps=True, name="prices_about")
        self.column.addWidget(self.about)
        self.column.addWidget(self._build_choice())
        self.changes = Section(
            look, tr("会改的"), name="prices_changes", more=tr("有错的行"), icon="alert"
        )
        self.changes.more.connect(self._open_bad)
        self.table = RowTable(look, _columns(), name="prices_table", spoken=tr("会改的"))
        self.changes.body.insertWidget(0, self.table)
        self.changes.hide()
        self.column.addWidget(self.changes)
        self.column.addWidget(self._build_deed())
        self.column.addStretch(1)

    def _build_choice(self) -> QWidget:
        look, whole = self.look, QWidget()
        self.pick = Button(look, tr("选价格表"), icon="search", name="prices_pick")
        self.pick.clicked.connect(self._pick)
        self.file = Words(look, "", "body", elides=True, name="prices_file")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        row.addWidget(self.pick)
        row.addWidget(self.file, 1)
        return whole

    def _build_deed(self) -> QWidget:
        look, self.deed = self.look, QWidget()
        self.day = Field(look, tr("从哪个营业日起"), placeholder="2026-12-01", name="prices_day")
        self.day.setFixedWidth(DAY_WIDTH)
        self.done = Button(
            look, tr("定下"), kind="primary", height=look.sizes.control, name="prices_done"
        )
        self.done.clicked.connect(self._plan)
        row = QHBoxLayout(self.deed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        row.addWidget(self.day)
        low = QHBoxLayout()
        low.setContentsMargins(0, look.line("small") + look.space[1], 0, 0)
        low.addWidget(self.done)
        row.addLayout(low)
        row.addStretch(1)
        self.deed.hide()
        return self.deed

    def refresh(self) -> None:
        """What was looked at is looked at again: the store may have changed."""
        if self._path:
            self.look_at(self._path)

    def look_at(self, path: str) -> None:
        """A dry run of this file."""
        self._path = path
        self.room.work.ask(
            look_at_prices,
            path,
            staff=self.room.staff,
            topic="prices",
            then=self._show,
            failed=self._refused,
        )

    def _pick(self) -> None:
        from ui.file_dialog import ask_for_table

        ask_for_table(self, self.look_at)

    def _refused(self, error: Exception) -> None:
        self._path, self._seen = "", None
        self.changes.hide()
        self.deed.hide()
        self.fail(error)

    def _show(self, found: PricesSeen) -> None:
        if self._seen is None:
            self.day.set_text((found.today + timedelta(days=1)).isoformat())
            self.said.say("")
        self._seen = found
        self.file.setText(self._path)
        self.changes.count.setText(_count_words(found))
        self.changes.button.setVisible(bool(found.bad))
        rows = [_row(each) for each in found.prices[:MOST_SHOWN]]
        self.table.show_rows(ListedRows(rows))
        sizes = self.look.sizes
        high = sizes.office_head + max(1, len(rows)) * sizes.office_row + 2
        self.table.setFixedHeight(min(high, TABLE_HEIGHT))
        self.changes.show()
        self.deed.setVisible(bool(found.prices))
        words = tr("只定下好的行") if found.bad else tr("定下")
        self.done.set_label(words)

    def _open_bad(self) -> None:
        if self._seen is None:
            return
        columns = (Column("row", tr("哪里不对"), 400, grows=True),)
        rows = [(Cell(bad_row(row)),) for row in self._seen.bad[:MOST_SHOWN]]
        count = tr("{count} 行", count=f"{len(self._seen.bad):,}")
        title = tr("有错的行")
        ListedSheet(self.look, self.window(), title, columns, rows, subtitle=count).open()

    def _plan(self) -> None:
        try:
            begins_on = date.fromisoformat(self.day.text())
        except ValueError:
            self.day.set_problem(bad_day_words())
            self.day.focus()
            return
        self.room.work.act(
            plan_prices,
            self._path,
            begins_on=begins_on,
            staff=self.room.staff,
            takes_good_rows=self._seen is not None and bool(self._seen.bad),
            then=self._planned,
            failed=self.fail,
        )

    def _planned(self, found: PricesPlanned) -> None:
        self._path, self._seen = "", None
        self.file.setText("")
        self.changes.hide()
        self.deed.hide()
        day = day_words(found.begins_on)
        self.said.say(tr("定下了：{count} 种商品，{day}起。", count=f"{found.count:,}", day=day))


def _about() -> str:
    return tr(
        "CSV 或 XLSX，要有条码、名称、售价三列；会员价、特价可以有。没有的列照旧。"
        "先试算，什么都不改；定下以后，到那个营业日开店时生效。"
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", tr("条码"), 150),
        Column("name", tr("商品"), 200, grows=True, is_strong=True),
        Column("price", tr("售价"), 172, is_number=True),
        Column("member_price", tr("会员价"), 160, is_number=True),
        Column("special_price", tr("特价"), 140, is_number=True),
    )


def _row(change: PriceChange) -> Row:
    before, after = change.before, change.after
    return (
        Cell(change.code, "ink_2"),
        Cell(after.name),
        _price(None if before is None else before.price_fen, after.price_fen),
        _price(None if before is None else before.member_price_fen, after.member_price_fen),
        _price(None if before is None else before.special_price_fen, after.special_price_fen),
    )


def _price(before: int | None, after: int | None) -> Cell:
    """39.00 → 41.00, in the colour of ink where it changes."""
    words = ["–" if each is None else format_money(each) for each in (before, after)]
    if before == after:
        return Cell(words[1], "ink_3")
    return Cell(f"{words[0]} → {words[1]}")


def _count_words(found: PricesSeen) -> str:
    new = sum(change.before is None for change in found.prices)
    words = tr(
        "改 {changed}，新 {new}，不变 {unchanged}",
        changed=f"{len(found.prices) - new:,}",
        new=f"{new:,}",
        unchanged=f"{found.unchanged:,}",
    )
    return words + tr("，有错 {bad}", bad=f"{len(found.bad):,}") if found.bad else words
