"""兑换目录，在话里: what rows say of rewards, of redemptions and of the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from core.actions.catalogue import Entry, Seen
from core.members.masks import mask_card, mask_name
from core.ports.catalogue import HadRow, ShelfMove
from core.values.moment import day_and_time
from ui.rule_sections import reward_sentence
from ui.text import tr
from ui.widgets.row_table import Cell, Column

Row = tuple[Cell, ...]


def chain_words(seen: Seen) -> str:
    """What a chain makes of it, "" in a shop alone."""
    words = "规则册由总部“{chain}”发布，能换什么由总部定。库存和图片在这里管。"
    whose = tr(words, chain=seen.chain) if seen.chain else ""
    has_figures = seen.is_in_chain and bool(seen.entries)
    alone = tr("换走的只算这台上换的，别的台上换的不在里面。") if has_figures else ""
    return "\n".join(filter(None, (whose, alone)))


def draft_words(entry: Entry, seen: Seen) -> str:
    """What the draft says of it otherwise than what holds; "" where it says the same."""
    if not seen.turn or entry.held == entry.drafted:
        return ""
    if entry.held is None:
        return tr("草稿里新加的，发布以后才能换")
    if entry.drafted is None:
        return tr("草稿里去掉了，发布以后不能换")
    said = reward_sentence(entry.drafted, seen.book)
    return tr("草稿里改成：{said}", said=said)


def changed_count(seen: Seen) -> int:
    """How many the draft says otherwise."""
    return sum(1 for each in seen.entries if draft_words(each, seen))


def stock_words(entry: Entry) -> tuple[str, str, str]:
    """The number on the shelf, the line below it, and its colour."""
    if entry.stock is None:
        return tr("不限"), tr("发券，不占库存"), "ink_2"
    number = f"{entry.stock:,}".replace("-", "−")
    if entry.held is None:
        return number, "", "ink_2"
    if entry.stock <= 0:
        return number, tr("换完了，请补货"), "danger_text"
    if entry.is_low:
        return number, tr("快没了，请补货"), "warn_text"
    return number, "", "ink_2"


def low_words(seen: Seen) -> str:
    """Which are nearly gone; "" for none."""
    low = [each for each in seen.entries if each.is_low and each.is_open]
    return tr("、").join(
        tr("{name} {count} 件", name=each.reward.name, count=f"{each.stock:,}") for each in low
    )


def had_columns() -> tuple[Column, ...]:
    """Of those who had a reward."""
    return (
        Column("on", tr("日期"), 120),
        Column("no", tr("单号"), 170, grows=True),
        Column("card", tr("卡号"), 130),
        Column("name", tr("姓名"), 90),
        Column("units", tr("件数"), 80, is_number=True),
        Column("points", tr("积分"), 100, is_number=True),
        Column("state", tr("状态"), 90),
    )


def had_rows(found: Iterable[HadRow]) -> list[Row]:
    """Whose it was is masked."""
    return [
        (
            Cell(each.on.isoformat(), "ink_2"),
            Cell(each.no),
            Cell(mask_card(each.card_no) if each.card_no else ""),
            Cell(mask_name(each.member_name) if each.member_name else ""),
            Cell(f"{each.units:,}"),
            Cell(f"{each.points:,}"),
            Cell(tr("撤销了") if each.is_undone else "", "ink_2"),
        )
        for each in found
    ]


def move_columns() -> tuple[Column, ...]:
    """Of what moved a shelf."""
    return (
        Column("at", tr("时间"), 170),
        Column("kind", tr("做了什么"), 100),
        Column("change", tr("变动"), 100, is_number=True),
        Column("after", tr("变成"), 100, is_number=True, is_strong=True),
        Column("no", tr("单号"), 170, grows=True),
        Column("staff", tr("员工"), 80, is_number=True),
    )


def move_rows(found: Iterable[ShelfMove], zone: tzinfo) -> list[Row]:
    """What lay there after each."""
    return [
        (
            Cell(day_and_time(each.at_us, zone), "ink_2"),
            Cell(_kind(each.kind)),
            Cell(f"{each.change:+,}".replace("-", "−")),
            Cell(f"{each.after:,}".replace("-", "−")),
            Cell(each.no),
            Cell(str(each.staff_no), "ink_2"),
        )
        for each in found
    ]


def _kind(kind: str) -> str:
    match kind:
        case "received":
            return tr("入库")
        case "redeemed":
            return tr("换走")
        case "undone":
            return tr("撤销退回")
    return tr("盘点")
