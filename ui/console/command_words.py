"""命令行的话: what the commands of `main.py` say; trouble goes to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from ui.machine_words import half_import, late_clock, little_room, old_file
from ui.text import tr

if TYPE_CHECKING:
    from core.ports import Health, Till

RECOVERY_WORDS = """熟客：收银台数据的恢复文件。请存到 U 盘或打印出来，锁好，不要留在这台电脑上。
电脑坏了、钥匙丢了的时候用：main.py recover 这个文件 --home 数据文件夹
谁有它和数据文件，谁就能打开数据。"""


def speak_utf8() -> None:
    """Whatever the machine's code page: no broken byte ends a till, and no sign is refused."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """A sentence for the person who typed the command."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Trouble, or what should not be missed."""
    print(text, file=sys.stderr, flush=True)


def warn_of_machine(health: Health) -> None:
    """What is wrong with the clock, the disk or the store; selling goes on."""
    for said in (late_clock(health), old_file(health), little_room(health), half_import(health)):
        if said:
            warn(said)


def warn_of_old_file(health: Health) -> None:
    """What an import found out about the file that it wrote to."""
    if said := old_file(health):
        warn(said)


def warn_of_key(is_in_file: bool, home: Path) -> None:
    """A machine without a keystore keeps the key in a file."""
    if is_in_file:
        warn(
            tr(
                "这台电脑没有系统钥匙串：钥匙存在 {path}，只有本用户能读。请不要把它抄给别人。",
                path=home / "store.key",
            )
        )


def say_prepared(store: str, till_no: int, home: Path, recovery: Path) -> None:
    """The end of `setup`."""
    say(tr("{store} {till} 号台准备好了，数据在 {home}", store=store, till=till_no, home=home))
    say(tr("恢复文件：{path}。请移到 U 盘或打印出来收好，不要留在这台电脑上。", path=recovery))


def say_printer(setting: str, paper_mm: int) -> None:
    """The end of `printer`."""
    say(tr("打印机：{setting}，纸宽 {mm} 毫米。下次打开收银台起用。", setting=setting, mm=paper_mm))


def say_backup(path: Path) -> None:
    """The end of `backup`."""
    say(tr("备份已加密、已核对：{path}", path=path))


def say_restored(till: Till) -> None:
    """The end of `restore`."""
    say(
        tr(
            "{store} {till} 号台已恢复，单号从第 {incarnation} 代继续；原来的文件在 aside 文件夹。",
            store=till.store_name,
            till=till.till_no,
            incarnation=till.incarnation,
        )
    )


def say_recovered(home: Path) -> None:
    """The end of `recover`."""
    say(tr("钥匙找回来了，{home} 的数据能打开。", home=home))


def say_findings(findings: Sequence[object], *, other_engines: int = 0) -> int:
    """The end of `verify`: 0 where all is well, else 1; sales of other engines are only named."""
    for finding in findings:
        say(str(finding))
    if other_engines:
        say(
            tr(
                "有 {count} 笔销售是别的版本的程序算的价：账和小票都核对了，价格没有重新计算。",
                count=other_engines,
            )
        )
    if findings:
        say(tr("发现 {count} 处不对。请不要删除任何文件，告诉维护的人。", count=len(findings)))
        return 1
    say(tr("核对完毕：链、账、余额和每一笔销售都对。"))
    return 0
