"""数字后面: the rows behind the figures of today; a row opens its receipt or its member's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from core.actions import today as todays
from core.actions.today import AHEAD_DAYS, Today, Waiting
from core.members.segment import Segment as Conditions
from core.ports.figures import SoldRow
from ui.manage.listed import NOTHING_SORTS, ListedSheet
from ui.manage.room import Room
from ui.manage.today import state
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.row_table import Cell, Column

Table = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]
Wants = Callable[[SoldRow], bool]


class Behind:
    """What a figure of a page counted, in a sheet over it."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def sold(self, shown: Today, title: str, wanted: Wants) -> None:
        """The tickets of today that are wanted; other days are a press away."""
        room = self._room
        days = Button(room.look, tr("看别的日子"), icon="calendar", name="listed_days")

        def show(found: Iterable[SoldRow]) -> None:
            rows = [row for row in found if wanted(row)]
            table = state.sold_table(rows, shown)
            values: dict[str, Sequence[Any]] = {
                "time": [row.at_us for row in rows],
                "no": [row.no for row in rows],
                "member": [row.member or None for row in rows],
                "staff": [row.cashier for row in rows],
                "points": [row.points for row in rows],
                "money": [row.taken_fen for row in rows],
            }
            sheet = self._open(title, table, tr("今天还没有。"), days, values)
            sheet.opened_row.connect(lambda at: room.open_paper(rows[at].no))
            days.clicked.connect(lambda: self._leave(sheet, "proof/tickets"))

        room.work.ask(todays.sold, staff=room.staff, topic="listed", then=show, failed=room.say)

    def joined(self, shown: Today) -> None:
        """Who joined this month."""
        conditions = Conditions(joined_from=shown.now.business_on.replace(day=1))
        self._members(
            todays.joined,
            tr("本月新会员"),
            state.joined_table,
            tr("本月还没有。"),
            conditions,
            lambda row: row.member_id,
            {"joined": lambda row: row.joined_on, "tier": lambda row: row.tier},
        )

    def birthdays(self) -> None:
        """Who celebrates within 30 days."""
        self._members(
            todays.all_birthdays,
            tr("30 天内生日"),
            state.birthday_table,
            tr("30 天内没有会员过生日。"),
            Conditions(born_within=AHEAD_DAYS),
            lambda row: row.member.member_id,
            {
                "day": lambda row: row.on,
                "tier": lambda row: row.tier_name,
                "spent": lambda row: row.member.spent_fen,
            },
        )

    def expiring(self) -> None:
        """Whose points expire within 30 days."""
        self._members(
            todays.all_expiring,
            tr("30 天内到期"),
            state.expiring_table,
            tr("30 天内没有会员的积分到期。"),
            Conditions(expiring_within=AHEAD_DAYS),
            lambda row: row.member_id,
            {
                "day": lambda row: row.expires_on,
                "soon": lambda row: row.soon_points,
                "points": lambda row: row.points,
            },
        )

    def gifts(self, found: Waiting) -> None:
        """All gifts that are counted."""
        nothing = tr("规则册里没有要数的兑换品。")
        table = state.gift_table(found)
        stock = Button(self._room.look, tr("去改库存"), icon="points", name="listed_stock")
        sheet = self._open(tr("兑换品库存"), table, nothing, stock)
        stock.clicked.connect(lambda: self._leave(sheet, state.REWARDS))

    def _members(
        self,
        question: Callable[..., Any],
        title: str,
        table: Callable[[Any], Table],
        nothing: str,
        conditions: Conditions,
        who: Callable[[Any], UUID],
        sorts: Mapping[str, Callable[[Any], Any]],
    ) -> None:
        """Members, who are filtered and taken out on their own page."""
        room = self._room
        export = Button(room.look, tr("到会员里导出"), icon="export", name="listed_export")

        def show(found: Sequence[Any]) -> None:
            values = {name: [of(row) for row in found] for name, of in sorts.items()}
            sheet = self._open(title, table(found), nothing, export, values)
            sheet.opened_row.connect(partial(self._open_member, sheet, found, who))
            export.setEnabled(bool(found))
            export.clicked.connect(lambda: self._seek(sheet, conditions, title))

        room.work.ask(question, staff=room.staff, topic="listed", then=show, failed=room.say)

    def _open(
        self,
        title: str,
        table: Table,
        nothing: str,
        deed: Button,
        values: Mapping[str, Sequence[Any]] = NOTHING_SORTS,
    ) -> ListedSheet:
        columns, rows = table
        room, count = self._room, tr("{count} 条", count=f"{len(rows):,}")
        sheet = ListedSheet(
            room.look,
            room.window(),
            title,
            columns,
            rows,
            subtitle=count,
            nothing=nothing,
            values=values,
            deeds=(deed,),
        )
        sheet.open()
        return sheet

    def _open_member(
        self, sheet: ListedSheet, found: Sequence[Any], who: Callable[[Any], UUID], at: int
    ) -> None:
        sheet.shut()
        self._room.member_sought.emit(who(found[at]))

    def _seek(self, sheet: ListedSheet, conditions: Conditions, called: str) -> None:
        sheet.shut()
        self._room.sought.emit(conditions, called)

    def _leave(self, sheet: ListedSheet, page: str) -> None:
        sheet.shut()
        self._room.went.emit(page)
