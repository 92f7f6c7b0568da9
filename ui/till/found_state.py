"""找到的单: the rows of sales that were looked for, and what there is to say of them."""

from __future__ import annotations

from datetime import date, tzinfo

from msgspec import Struct

from core.actions.find_sales import SalesFound
from core.members.masks import mask_name
from core.sales.void import SoldRow
from core.values.moment import local_time
from core.values.money import format_money
from ui.found_text import goods_words, note_words
from ui.text import tender_name, tr
from ui.widgets.choices import Choice


class FoundState(Struct, frozen=True):
    """Rows, newest first, and a line above them."""

    rows: tuple[Choice, ...]
    note: str = ""

    @classmethod
    def of(cls, found: SalesFound) -> FoundState:
        """Of what the till found, in the store's own time."""
        rows = tuple(sold_choice(row, found.zone, found.today) for row in found.rows)
        return cls(rows, note_words(found))


def sold_choice(row: SoldRow, zone: tzinfo, today: date) -> Choice:
    """A row of the list: number and member, then time, tenders and goods; the amount at right."""
    at = local_time(row.at_us, zone)
    when = f"{at:%H:%M}" if row.business_on == today else f"{at:%Y-%m-%d %H:%M}"
    facts = [
        when,
        tr("、").join(map(tender_name, row.tenders)),
        *_marks(row),
        goods_words(row.goods),
    ]
    return Choice(
        key=row.no,
        text="　".join((row.no, mask_name(row.member_name))) if row.member_name else row.no,
        sub="　".join(fact for fact in facts if fact),
        right=format_money(row.payable_fen),
        icon="close" if row.is_voided else "return" if row.returned_fen else "receipt",
    )


def _marks(row: SoldRow) -> list[str]:
    """What became of it since."""
    marks = [tr("已作废")] if row.is_voided else []
    if row.returned_fen:
        marks.append(tr("已退 {back}", back=format_money(row.returned_fen)))
    return marks
