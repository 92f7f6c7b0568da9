"""运行，在话里: what the page says of backups, drills and ordered reports."""

from __future__ import annotations

from pathlib import Path

from core.actions.keep_running import Running
from core.actions.order_reports import name_of
from core.ports.keeping import BACKUP, DRILL, Done, Drilled
from core.values.moment import local_time
from core.values.routine import Every, ReportOrder
from ui.finding_text import finding_words
from ui.moment_words import when
from ui.report_words import title_of
from ui.text import tr
from ui.widgets.row_table import Cell, Column

MOST_FINDINGS = 3
MIB = 1 << 20
OLD_US = 3 * 86_400_000_000
Row = tuple[Cell, ...]
Figure = tuple[str, str, str]
"""A number, the line below it, and the colour of the line."""


def backup_figure(found: Running) -> Figure:
    """最近的备份: when the newest was made, and how many there are."""
    newest = max((kept.made_us for kept in (*found.here, *found.there)), default=0)
    if not newest:
        return tr("没有"), tr("请现在做一份"), "danger_text"
    trouble = found.done.get(BACKUP, Done()).trouble
    count = tr("本机 {count} 份", count=len(found.here))
    if found.routine.backup_folder:
        count += tr("，文件夹里 {count} 份", count=len(found.there))
    is_old = found.now_us - newest > OLD_US
    role = "danger_text" if trouble else "warn_text" if is_old else "ink_2"
    return when(newest, found.now_us, found.zone), count, role


def next_figure(found: Running) -> Figure:
    """下一份: when the next backup makes itself."""
    hour = found.routine.backup_hour
    if hour is None:
        return tr("不自己做"), tr("日结时照做"), "ink_2"
    is_ahead, at = local_time(found.now_us, found.zone).hour < hour, f"{hour:02d}"
    words = tr("今天 {hour}:00", hour=at) if is_ahead else tr("明天 {hour}:00", hour=at)
    line = tr("收银台或后台开着时做；错过的，打开就补")
    return words, line, "ink_2"


def drill_figure(found: Running) -> Figure:
    """恢复演练: how the last one ended."""
    last = found.done.get(DRILL, Done())
    if last.trouble and last.failed_us > last.done_us:
        return tr("没通过"), when(last.failed_us, found.now_us, found.zone), "danger_text"
    if not last.done_us:
        return tr("还没做过"), tr("做过才知道备份用得上"), "warn_text"
    at = when(last.done_us, found.now_us, found.zone)
    if last.facts.get("findings"):
        words = tr("{at}，{count} 处对不上", at=at, count=last.facts["findings"])
        return tr("没通过"), words, "danger_text"
    words = tr("{at}，{seconds} 秒能收款", at=at, seconds=last.facts.get("seconds", 0))
    return tr("通过"), words, "ink_2"


def drilled_words(found: Drilled) -> str:
    """What was tried, in one sentence."""
    told = {
        "backup": found.backup,
        "seconds": found.seconds,
        "sales": f"{found.sales:,}",
        "members": f"{found.members:,}",
    }
    if found.findings:
        first = "\n".join(map(finding_words, found.findings[:MOST_FINDINGS]))
        words = "{backup} 恢复得了，有 {count} 处对不上。请再做一份备份，并告诉维护的人。"
        return tr(words, count=len(found.findings), **told) + "\n" + first
    words = (
        "{backup} 恢复得了：{seconds} 秒后能收款，{sales} 笔销售、{members} 位会员，"
        "每一页、账、链和价都核对过。临时文件夹已清掉。"
    )
    return tr(words, **told)


def troubles(found: Running) -> list[tuple[str, str]]:
    """What did not happen, and why."""
    names = {BACKUP: tr("备份没有做成"), DRILL: tr("恢复演练没有做成")}
    names |= {name_of(order): order_words(order) for order in found.routine.reports}
    return [
        (names[what], done.trouble)
        for what, done in found.done.items()
        if done.trouble and what in names
    ]


def kept_table(found: Running) -> tuple[tuple[Column, ...], list[Row]]:
    """Backups, one a row."""
    rows = sorted((*found.there, *found.here), key=lambda kept: -kept.made_us)
    columns: tuple[Column, ...] = (
        Column("made", tr("什么时候"), 140, is_strong=True),
        Column("size", tr("大小"), 100, is_number=True),
        Column("folder", tr("在哪里"), 260, grows=True),
    )
    made: list[Row] = [
        (
            Cell(when(kept.made_us, found.now_us, found.zone)),
            Cell(tr("{size} MB", size=f"{kept.size / MIB:,.1f}")),
            Cell(str(Path(kept.path).parent), "ink_2"),
        )
        for kept in rows
    ]
    return columns, made


# Ordered reports


def every_words(every: Every) -> str:
    """每天 · 每周 · 每月."""
    return {Every.DAY: tr("每一天"), Every.WEEK: tr("每周一"), Every.MONTH: tr("每月 1 日")}[every]


def days_words(order: ReportOrder) -> str:
    """Of which days it tells."""
    if order.back_days:
        return tr("近 {days} 天", days=order.back_days)
    return {Every.DAY: tr("前一天"), Every.WEEK: tr("上一周"), Every.MONTH: tr("上个月")}[
        order.every
    ]


def order_words(order: ReportOrder) -> str:
    """商品，每周一，XLSX."""
    return tr("，").join((title_of(order.question), every_words(order.every), order.kind.upper()))


def order_columns() -> tuple[Column, ...]:
    """Those of the table of orders."""
    return (
        Column("report", tr("报表"), 220, is_strong=True),
        Column("every", tr("多久"), 130),
        Column("days", tr("哪些天"), 130),
        Column("kind", tr("文件"), 70),
        Column("through", tr("写到"), 110),
        Column("folder", tr("文件夹"), 150, grows=True),
    )


def order_rows(found: Running) -> list[Row]:
    """One a row; what went wrong with it stands in the place of its folder."""
    rows: list[Row] = []
    for order in found.routine.reports:
        done = found.done.get(name_of(order), Done())
        through = done.through.isoformat() if done.through else tr("还没写过")
        place = Cell(done.trouble, "danger_text") if done.trouble else Cell(order.folder, "ink_2")
        rows.append(
            (
                Cell(title_of(order.question)),
                Cell(every_words(order.every)),
                Cell(days_words(order)),
                Cell(order.kind.upper()),
                Cell(through, "ink" if done.through else "ink_2"),
                place,
            )
        )
    return rows


def hours() -> list[tuple[str, str]]:
    """Hours that a backup is usually made at, by name."""
    return [("", tr("不自己做")), *((str(hour), f"{hour}:00") for hour in (3, 7, 13, 20, 22, 23))]
