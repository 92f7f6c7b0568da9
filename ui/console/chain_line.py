"""连锁命令行: the words after `main.py chain` (README.md)."""

from __future__ import annotations

import argparse

from ui.console.staff_line import by_words
from ui.text import tr


def chain_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `chain`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[home], help=words, description=words)

    join = verb("join", tr("入网：用总部发的入网码"))
    words = tr("总部发的整行，或地址和码两个词；只能用一次")
    join.add_argument("invitation", nargs="+", metavar="URL#CODE", help=words)
    by_words(join)
    by_words(verb("leave", tr("退网：不再上传，账都留在这台上")))
    verb("status", tr("在哪个连锁，还有多少没有传，总部有没有回应"))
    verb("send", tr("马上传，传到没有剩的"))
    verb("snapshot", tr("重新收一份会员名录：全连锁的会员，姓名遮着，电话和卡号只能对上"))
