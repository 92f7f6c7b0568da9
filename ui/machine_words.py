"""机器的毛病: what is said of a disk, a clock and a store that are not as they should be.

Each is "" where all is well, else a sentence like those of errors: what is wrong; what it does not
affect; what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.moment_words import span_words
from ui.text import tr

if TYPE_CHECKING:
    from core.ports import Health

MIB = 1 << 20
LITTLE_MIB, ALMOST_NONE_MIB = 1024, 100
SLOW_S, VERY_SLOW_S = 60, 15 * 60


def little_room(health: Health, alone: int = 0) -> str:
    """The disk: below a gibibyte backups become uncertain, below a hundred mebibytes sales.

    `alone` records are here and nowhere else: whoever makes room should not begin with them.
    """
    free = health.free_bytes // MIB
    if free < LITTLE_MIB and alone:
        words = (
            "磁盘只剩 {free} MB，还有 {count} 条记录没有传到总部，只在这台电脑上。"
            "已有的账都在；请接通网络传完，再腾出空间，别动数据文件夹。"
        )
        return tr(words, free=f"{free:,}", count=f"{alone:,}")
    if free < LITTLE_MIB and health.has_freed:
        words = (
            "磁盘满过了，留着应急的空间已经放出来，现在有 {free} MB。"
            "已有的账都在，再满就记不了账；请马上腾出空间。"
        )
        return tr(words, free=f"{free:,}")
    if free < ALMOST_NONE_MIB:
        return tr(
            "磁盘快满了，只剩 {free} MB。已有的账都在，再满就记不了账；请马上腾出空间。",
            free=f"{free:,}",
        )
    if free < LITTLE_MIB:
        return tr("磁盘只剩 {free} MB。收款照常；请腾出空间，或告诉维护的人。", free=f"{free:,}")
    return ""


def late_clock(health: Health) -> str:
    """时间被调回: from a minute on it is said; selling goes on (sync.md 7)."""
    if health.clock_behind_s < SLOW_S:
        return ""
    return tr(
        "电脑时间比上一笔早 {span}。收款照常，时间从上一笔往后记；请校对。",
        span=span_words(health.clock_behind_s),
    )


def old_file(health: Health) -> str:
    """旧文件: somebody put an older store file back; both branches are kept (sync.md 7)."""
    if not health.was_put_back:
        return ""
    return tr(
        "数据文件比这台收银台走过的要旧，多半是从别处抄回来的。收款照常，单号另起一代；"
        "请查一查缺了哪些单，较新的备份可以恢复。"
    )


def half_import(health: Health) -> str:
    """撤回导入: an import was killed, or somebody takes one back; the till goes on with it."""
    if not health.is_undoing:
        return ""
    return tr("有一次导入正在撤回。收款照常；要再导入，请等它撤完。")


def sudden_end(health: Health) -> str:
    """意外结束: the power went, somebody ended the program, or it made a mistake."""
    if not health.ended:
        return ""
    return tr(
        "上次程序没有正常结束。经过在 {file}，常常这样就交给维护的人。"
        "结了账的都在，没结的那一单也留着；请看一看本单再继续。",
        file=health.ended,
    )
