"""小票的行: tickets in words, the same wherever they are listed."""

from __future__ import annotations

from datetime import tzinfo

from core.actions.tickets import MOST_LISTED, Ticket, Tickets
from core.members.masks import mask_name
from core.values.moment import local_time
from core.values.money import format_money
from ui.found_text import goods_words
from ui.text import tr
from ui.widgets.row_table import Cell, Column


def columns() -> tuple[Column, ...]:
    """When, which, whose, by whom, of what, what became of it, and what it came to."""
    return (
        Column("time", tr("时间"), 160),
        Column("no", tr("单号"), 150),
        Column("member", tr("会员"), 112),
        Column("cashier", tr("收银员"), 104),
        Column("goods", tr("商品"), 140, grows=True),
        Column("state", tr("状态"), 132),
        Column("money", tr("金额"), 116, is_number=True, is_strong=True),
    )


def row_cells(row: Ticket, zone: tzinfo) -> tuple[Cell, ...]:
    """One ticket."""
    state, role = _state(row)
    return (
        Cell(f"{local_time(row.at_us, zone):%Y-%m-%d %H:%M}", "ink_2"),
        Cell(row.no),
        Cell(mask_name(row.member) if row.member else tr("散客"), "ink" if row.member else "ink_2"),
        Cell(row.cashier),
        Cell(goods_words(row.goods), "ink_2"),
        Cell(state, role),
        Cell(format_money(row.fen), "ink_3" if row.is_voided else _money_role(row)),
    )


def count_words(found: Tickets) -> str:
    """How many there are, and what there is to say of those that are not listed; "" for none."""
    if not found.rows and not found.sales.is_cut:
        return ""
    if found.sales.has_more:
        return tr("只列最近的 {count} 单，再写一个词就少了。", count=f"{MOST_LISTED:,}")
    if found.sales.is_cut:
        since = found.sales.since
        return tr("{since} 以来的都看过了；更早的请写日子，像 8-1~8-31。", since=since)
    return tr("{count} 张，新的在前。点一行，看小票。", count=f"{len(found.rows):,}")


def _state(row: Ticket) -> tuple[str, str]:
    if row.is_voided:
        return tr("已作废"), "danger_text"
    if row.fen < 0:
        return tr("退货"), "danger_text"
    if row.returned_fen:
        return tr("已退 {back}", back=format_money(row.returned_fen)), "warn_text"
    return "", "ink_2"


def _money_role(row: Ticket) -> str:
    return "danger_text" if row.fen < 0 else "ink"
