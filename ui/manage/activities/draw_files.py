"""抽奖的纸: what was fixed so far, with its hashes, to hang up; once drawn, the certificate."""

from __future__ import annotations

from datetime import tzinfo

from core.actions.draws import DrawSeen
from core.trust.draw_record import certificate_hash
from core.values.moment import day_and_time
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.devices.symbols import square_marks
from ui.devices.table_pages import MARGIN_MM, PAGE_MM, Printed, page_mark, table_leaves
from ui.draw_words import hash_words
from ui.manage.activities import draw_state as state
from ui.text import tr
from ui.widgets.row_table import Cell, Column

SQUARE_MM = 36.0
TITLE_PT, HEAD_PT, BODY_PT = 20.0, 11.0, 9.5
PART_MM = 21.0


def draw_pdf(seen: DrawSeen, store: str, zone: tzinfo, record: dict[str, object] | None) -> bytes:
    """A4: the facts, then whoever won and whoever takes part; `record` once it is drawn."""
    tables: list[Printed] = []
    promised = tr("承诺值 {hash}", hash=hash_words(seen.commitment))
    name = seen.draw.plan.name
    if seen.won:
        rows = [state.won_row(each, seen, zone) for each in seen.won]
        tables.append(_table(tr("{name}·中奖", name=name), promised, state.won_columns(), rows))
    if seen.listed:
        won = state.prizes_by_number(seen)
        listed = tr("名单值 {hash}", hash=hash_words(seen.list_sha256))
        rows = [state.listed_row(each, won) for each in seen.listed]
        tables.append(_table(tr("{name}·名单", name=name), listed, state.listed_columns(), rows))
    more = table_leaves(tables, before=1)
    facts = (*_facts(seen, store, zone, record), page_mark(1, 1 + len(more)))
    return leaves_pdf([Leaf(*PAGE_MM, facts), *more], name)


def _table(title: str, note: str, columns: list[Column], rows: list[list[Cell]]) -> Printed:
    return Printed(
        title,
        tr("{count} 行", count=f"{len(rows):,}"),
        note,
        [column.title for column in columns],
        [[cell.text for cell in row] for row in rows],
        [column.is_number for column in columns],
        "",
    )


def _facts(
    seen: DrawSeen, store: str, zone: tzinfo, record: dict[str, object] | None
) -> list[Mark]:
    draw, left, wide = seen.draw, MARGIN_MM, PAGE_MM[0] - 2 * MARGIN_MM
    title = tr("抽奖证书") if draw.drawn else tr("抽奖公告")
    marks: list[Mark] = [
        Text(left, left + 8, title, TITLE_PT, is_bold=True),
        Text(left, left + 17, tr("{store}　{name}", store=store, name=draw.plan.name), HEAD_PT),
        Box(left, left + 21, wide, 0.3),
    ]
    y = left + 24
    for head, lines in _parts(seen, zone):
        marks.append(Text(left, y + 5, head, HEAD_PT, is_bold=True))
        marks += fitted(lines, Frame(left, y + 6.5, wide, PART_MM - 11), BODY_PT)
        y += PART_MM
    if record is not None:
        signs = certificate_hash(record)
        marks += square_marks(signs, left, y, SQUARE_MM)
        words = tr("证书值 {hash}", hash=hash_words(signs))
        beside = left + SQUARE_MM + 5
        how = tr(
            "谁都可以重抽一遍：拿 .json 证书，用 main.py draw verify 文件 --commitment 承诺值。"
            "抽法写在程序的 docs/draws.md 里。"
        )
        frame = Frame(beside, y, wide - SQUARE_MM - 5, SQUARE_MM / 2)
        marks += fitted(words, frame, BODY_PT, is_bold=True)
        frame = Frame(beside, y + SQUARE_MM / 2, wide - SQUARE_MM - 5, SQUARE_MM / 2)
        marks += fitted(how, frame, BODY_PT)
    return marks


def _parts(seen: DrawSeen, zone: tzinfo) -> list[tuple[str, str]]:
    draw, plan = seen.draw, seen.draw.plan
    again = tr("可以重复中奖") if plan.may_repeat else tr("一人最多中一次")
    prizes = tr("，").join((state.prizes_words(plan.prizes), again))
    committed = day_and_time(draw.committed.at_us, zone)
    parts = [
        (tr("奖品"), prizes),
        (tr("承诺值　{time}", time=committed), hash_words(seen.commitment)),
    ]
    if draw.closed is not None:
        closed = day_and_time(draw.closed.at_us, zone)
        words = tr("{source}，{count} 人", source=draw.closed.source, count=f"{len(seen.listed):,}")
        parts.append((tr("名单值　{time}　{words}", time=closed, words=words),
                      hash_words(seen.list_sha256)))  # fmt: skip
    if draw.drawn is not None:
        drawn = day_and_time(draw.drawn.at_us, zone)
        word = draw.drawn.word or tr("现场没有人说话")
        parts.append((tr("种子　{time}", time=drawn), hash_words(seen.seed)))
        parts.append((tr("现场的话"), word))
        if any(each.is_gone for each in seen.listed):
            gone = tr("、").join(f"{each.no:,}" for each in seen.listed if each.is_gone)
            parts.append((tr("退出的号"), gone))
    return parts
