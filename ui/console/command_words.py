"""命令行的话: what the commands of `main.py` say, to people on standard output, trouble on error."""

from __future__ import annotations

import sys
from pathlib import Path

from ui.text import tr

RECOVERY_WORDS = """熟客：收银台数据的恢复文件。请存到 U 盘或打印出来，锁好，不要留在这台电脑上。
电脑坏了、钥匙丢了的时候用：main.py recover 这个文件 --home 数据文件夹
谁有它和数据文件，谁就能打开数据。"""
_WORTH_A_WORD_S = 60


def say(text: str) -> None:
    """A sentence for the person who typed the command."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Trouble, or what should not be missed."""
    print(text, file=sys.stderr, flush=True)


def warn_of_clock(behind_s: int) -> None:
    """时间被调回: from a minute on it is said; selling goes on (sync.md 7)."""
    if behind_s >= _WORTH_A_WORD_S:
        warn(
            tr(
                "电脑的时间比上一笔记录早 {minutes} 分钟。收款照常，时间按上一笔往后记；请校对电脑时间。",
                minutes=-(-behind_s // 60),
            )
        )


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
