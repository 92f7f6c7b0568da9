"""票据样式命令行: the words after `main.py papers`, and their help."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from core.sales.design import PAPERS
from ui.console.staff_line import by_words
from ui.text import tr


def papers_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `papers`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[home], help=words, description=words)

    verb("list", tr("有哪些票据，用的是谁的样式，有没有错"))
    show = verb("show", tr("打印一种票据的样式，存成文件就可以改"))
    show.add_argument("paper", choices=tuple(PAPERS), metavar="NAME", help=", ".join(PAPERS))
    show.add_argument("--shipped", action="store_true", help=tr("随程序来的那一份"))
    preview = verb("preview", tr("用样张看样式：打成文字，或存成 PDF"))
    preview.add_argument("paper", choices=tuple(PAPERS), metavar="NAME")
    preview.add_argument("--to", type=Path, metavar="DIR", help=tr("存到这个文件夹"))
    check = verb("check", tr("只检查：写错的地方说出行号"))
    check.add_argument("file", type=Path, metavar="FILE", help=tr("文件名就是票据名"))
    use = verb("use", tr("检查后用上，店标一起抄过去"))
    use.add_argument("file", type=Path, metavar="FILE")
    reset = verb("reset", tr("改回随程序来的样式；自己的那一份留着，名字加 .old"))
    reset.add_argument("paper", choices=tuple(PAPERS), metavar="NAME")
    _statement(verb("statement", tr("会员对账单：一段日子的积分和购物，存成 PDF")))


def _statement(parser: argparse.ArgumentParser) -> None:
    day = date.fromisoformat
    parser.add_argument("card", metavar="CARD", help=tr("会员卡号"))
    parser.add_argument("--from", dest="since", type=day, required=True, metavar="DATE")
    parser.add_argument("--until", type=day, metavar="DATE", help=tr("不写就是今天"))
    parser.add_argument("--to", type=Path, metavar="DIR", help=tr("存到这个文件夹"))
    by_words(parser)
