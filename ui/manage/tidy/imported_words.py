"""导入记录，在话里: past imports as rows, and what taking one back comes to."""

from __future__ import annotations

from collections.abc import Iterator

from core.actions.past_imports import ImportLine
from core.ports.past_imports import DAYS_TO_TAKE_BACK, Outlook, PastImport, Stay, Stays
from ui.first_run.table_run import PRODUCTS
from ui.text import quoted, tr
from ui.widgets.choices import Choice
from ui.widgets.row_table import Cell, Column

_WHY = {
    Stays.BOUGHT: "买过东西，或单子里有",
    Stays.POINTS: "积分有过变动",
    Stays.MERGED: "和别的会员合并过",
    Stays.IMPORTED: "后来的导入又改过",
    Stays.EDITED: "资料后来改过",
    Stays.OTHER: "发过券、报过名，或已抹去",
}
_WHY_PRODUCT = {Stays.BOUGHT: "卖过", Stays.EDITED: "后来改过，或定了新价"}


def columns() -> tuple[Column, ...]:
    """Heads of the list."""
    return (
        Column("at", tr("时间"), 160),
        Column("file", tr("文件"), 200, grows=True, is_strong=True),
        Column("who", tr("谁"), 104),
        Column("added", tr("新增"), 80, is_number=True),
        Column("changed", tr("更新"), 90, is_number=True),
        Column("bad", tr("有错"), 70, is_number=True),
        Column("state", tr("现在"), 112),
    )


def cells(line: ImportLine) -> tuple[Cell, ...]:
    """One import."""
    past = line.past
    counts = (past.added, past.changed, past.bad)
    return (
        Cell(f"{line.at:%Y-%m-%d %H:%M}", "ink_2"),
        Cell(f"{kind_words(past)}　{quoted(past.file_name)}"),
        Cell(line.staff_name or tr("命令行"), "ink_2"),
        *(Cell(f"{count:,}" if count else "–", "ink" if count else "ink_2") for count in counts),
        Cell(*_state(line)),
    )


def kind_words(past: PastImport) -> str:
    """商品 · 会员."""
    return tr("{all:商品|商品}", all="") if past.what == PRODUCTS else tr("{all:会员|会员}", all="")


def line_words(line: ImportLine) -> str:
    """What can be done about the one that is chosen."""
    if line.past.is_under_way:
        return tr("撤了一半。收银台会接着撤，也可以现在撤完。")
    if line.past.taken_back_us:
        return tr("已经撤回了。")
    if not line.can_go_back:
        return tr("超过 {days} 天，不能撤回了。", days=DAYS_TO_TAKE_BACK)
    return tr("撤回之前先核对一遍，看会怎样。")


def deed_words(past: PastImport, told: Outlook) -> str:
    """What taking it back will do."""
    if past.what == PRODUCTS:
        gone = tr("新增的商品去掉 {count} 种", count=f"{told.gone:,}")
        restored = tr("改过的商品恢复 {count} 种", count=f"{told.restored:,}")
    else:
        gone = tr("新增的会员去掉 {count} 位", count=f"{told.gone:,}")
        restored = tr("改过的会员恢复 {count} 位", count=f"{told.restored:,}")
        if told.points:
            points = f"{told.points:,}"
            gone = tr("{gone}，连同带来的 {points} 积分", gone=gone, points=points)
    stays = sum(told.stays.values())
    if not stays:
        return tr("{gone}；{restored}。", gone=gone, restored=restored)
    return tr(
        "{gone}；{restored}；{count} 个留着。", gone=gone, restored=restored, count=f"{stays:,}"
    )


def done_words(past: PastImport, came: Outlook) -> str:
    """What taking it back has done."""
    return tr("撤回好了。{what}", what=deed_words(past, came))


def count_words(past: PastImport, told: Outlook) -> str:
    """How many stay for which reason."""
    found = [
        tr("{why} {count}", why=_why(past, why), count=f"{told.stays[why]:,}")
        for why in Stays
        if told.stays.get(why)
    ]
    if not found:
        return tr("没有一个要留着。撤回时柜台照常收款；谁这时来买了东西，就留着。")
    return tr("留着的：{counts}。", counts=tr("、").join(found))


def stay_rows(past: PastImport, told: Outlook) -> Iterator[Choice]:
    """Who or what stays, the first ones."""
    for at, each in enumerate(told.first):
        name = quoted(each.name) if each.number else tr("已抹去的会员")
        yield Choice(at, name, _stay(past, each), each.number, "hold")


def _stay(past: PastImport, stay: Stay) -> str:
    why = _why(past, stay.why)
    if stay.is_new:
        return why
    return tr("{why}：改过的地方不动", why=why)


def _why(past: PastImport, why: Stays) -> str:
    product = _WHY_PRODUCT.get(why) if past.what == PRODUCTS else None
    return tr(product or _WHY[why])


def _state(line: ImportLine) -> tuple[str, str]:
    if line.past.is_under_way:
        return tr("正在撤回"), "warn_text"
    if line.past.taken_back_us:
        return tr("已撤回"), "ink_2"
    return (tr("在用"), "ink") if line.can_go_back else (tr("撤不回了"), "ink_2")
