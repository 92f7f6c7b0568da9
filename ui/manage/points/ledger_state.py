"""流水，在话里: transfers, what was behind each, and what is typed to find them."""

from __future__ import annotations

import unicodedata
from datetime import date

from core.actions.points_ledger import Moved
from core.members.masks import mask_card, mask_name
from core.members.member_table import MOST_POINTS
from core.points.ledger import Cause
from core.ports.points_desk import MovedRow
from ui.devices.slip_rows import CAUSES
from ui.text import tr
from ui.widgets.row_table import Cell, Column

DIGITS = 12
Row = tuple[Cell, ...]


def cause_words(cause: Cause) -> str:
    """Why points moved, as people say it."""
    return tr("预留") if cause is Cause.ESCROW else tr(CAUSES[cause])


def groups() -> tuple[tuple[str, str, tuple[Cause, ...]], ...]:
    """What a manager looks for: a name, its words, and the causes that are meant."""
    return (
        ("all", tr("全部"), ()),
        ("got", tr("得到"), (Cause.SALE, Cause.BEHAVIOUR)),
        ("used", tr("用掉"), (Cause.SPEND, Cause.REDEEM)),
        ("expired", tr("到期"), (Cause.EXPIRY,)),
        ("corrected", tr("更正"), (Cause.CORRECTION,)),
        ("back", tr("退回"), (Cause.VOID, Cause.RETURN, Cause.GIVE_BACK, Cause.UNREDEEM)),
        ("other", tr("其他"), (Cause.IMPORT, Cause.MERGE, Cause.ELSEWHERE, Cause.ESCROW)),
    )


def moved_columns() -> tuple[Column, ...]:
    """Of the ledger."""
    return (
        Column("on", tr("哪天"), 116),
        Column("cause", tr("事由"), 170),
        Column("points", tr("积分"), 104, is_number=True, is_strong=True),
        Column("name", tr("姓名"), 120, grows=True),
        Column("card", tr("卡号"), 120),
        Column("sale", tr("小票"), 172),
    )


def moved_row(row: MovedRow) -> Row:
    """One transfer."""
    return (
        Cell(row.on.isoformat()),
        Cell(why_words(row)),
        Cell(signed_words(row.points), "ink" if row.points > 0 else "danger_text"),
        Cell(mask_name(row.name) if row.name else ""),
        Cell(mask_card(row.card_no) if row.card_no else "", "ink_2"),
        Cell(row.sale_no, "ink_2"),
    )


def why_words(row: MovedRow) -> str:
    """What it was; the points of who was erased went with them."""
    is_erased = row.cause is Cause.ELSEWHERE and not row.name
    return tr("删除资料") if is_erased else cause_words(row.cause)


def signed_words(points: int) -> str:
    """+119 or −500."""
    return f"{points:+,}".replace("-", "−")


def moved_facts(found: Moved) -> list[tuple[str, str]]:
    """Label and value of what is known of a transfer."""
    row, facts = found.row, []
    facts.append((tr("哪天"), found.at or row.on.isoformat()))
    facts.append((tr("积分"), signed_words(row.points)))
    if row.name:
        facts.append((tr("会员"), f"{mask_name(row.name)}　{mask_card(row.card_no)}"))
    if row.other:
        facts.append((tr("原来是谁的"), mask_name(row.other)))
    if found.what:
        facts.append((tr("做了什么"), found.what))
    if found.by:
        facts.append((tr("谁做的"), found.by))
    if found.correction is not None:
        alone = found.approved_by == found.by
        facts.append((tr("谁授权的"), tr("本人") if alone else found.approved_by))
        facts.append((tr("理由"), found.correction.words))
    if row.sale_no:
        facts.append((tr("小票"), row.sale_no))
    return facts


def read_day(text: str, otherwise: date) -> date:
    """A day as it is written; where nothing is, the other one. Raises ValueError."""
    return date.fromisoformat(text.strip()) if text.strip() else otherwise


def read_amount(text: str) -> tuple[int, int]:
    """500: just that; 500-: at least; 500-800: from one to the other. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if not plain:
        return 1, MOST_POINTS
    least, dash, most = plain.partition("-")
    if not all(part.isascii() and len(part) <= DIGITS for part in (least, most)):
        raise ValueError(text)
    low = int(least)
    return low, int(most) if most else (MOST_POINTS if dash else low)
