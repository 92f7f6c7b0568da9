"""放到过去，在话里: what past sales would have come to under the draft."""

from __future__ import annotations

from msgspec import Struct

from core.actions.preview_draft import Previewed
from core.actions.reports import Reported
from core.values.money import format_money
from ui.report_words import span_words as span_of
from ui.text import tr
from ui.time_left import with_time_left


class Figures(Struct, frozen=True):
    """The three numbers with what stands below each, and what else is to be known."""

    receipts: str
    receipts_line: str
    cost: str
    cost_line: str
    members: str
    members_line: str
    note: str


def figures(found: Previewed) -> Figures:
    """Of a draft that gives more, or less."""
    preview = found.preview
    every, tiers = preview.all, preview.by_tier([tier.code for tier in found.draft.scheme.tiers])
    changed = every.sales - preview.unchanged
    losers = sum(row.losers for row in tiers if row.tier)
    less = every.before_fen - every.after_fen
    more_points = every.after_points - every.before_points
    return Figures(
        receipts=f"{changed:,}",
        receipts_line=tr("一共 {count} 张", count=f"{every.sales:,}"),
        cost=format_money(every.cost(preview.rate)),
        cost_line=tr("，").join((_money_words(less), _points_words(more_points))),
        members=f"{preview.winners:,}",
        members_line=tr("{count} 位吃亏", count=f"{losers:,}"),
        note=_note(found),
    )


def _money_words(less_fen: int) -> str:
    words = tr("少收 {money}") if less_fen >= 0 else tr("多收 {money}")
    return words.format(money=format_money(abs(less_fen)))


def _points_words(more: int) -> str:
    words = tr("多给 {points} 分") if more >= 0 else tr("少给 {points} 分")
    return words.format(points=f"{abs(more):,}")


def _note(found: Previewed) -> str:
    preview, told = found.preview, []
    if not preview.all.sales:
        told.append(tr("这些天没有小票，没有可算的。"))
    if preview.unreadable:
        told.append(tr("{count} 笔的记录读不出来，没有算。", count=f"{preview.unreadable:,}"))
    if preview.parted:
        told.append(tr("其中 {count} 笔退过一部分，只算留下的。", count=f"{preview.parted:,}"))
    if preview.returned:
        told.append(tr("另有 {count} 笔后来全退了，没有算。", count=f"{preview.returned:,}"))
    return "".join(told)


def left_words(done: int, whole: int, left_s: int) -> str:
    """How far it is, and how long it takes still."""
    words = tr("已算 {done} / {whole} 张", done=f"{done:,}", whole=f"{whole:,}")
    return with_time_left(words, left_s)


def span_words(table: Reported) -> str:
    """The days, and how many rows there are."""
    count = tr("{count} 条", count=f"{len(table.found.rows):,}")
    return f"{span_of(table)}　{count}"
