"""扫码命令行: the words after `main.py labels` and `main.py trace` (README.md)."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from core.rulebook.labels import HELD, USUAL
from ui.console.staff_line import by_words
from ui.text import tr


def label_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `labels`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[home], help=words, description=words)

    verb("list", tr("现在怎么读：门店自己设的，和规则册里的"))
    one = verb("set", tr("设一种前缀的版式，从下一次扫码起"))
    one.add_argument("prefix", metavar="PREFIX", help=tr("前两位，20 到 29"))
    one.add_argument("holds", choices=HELD, help=tr("里面是价钱，还是重量"))
    one.add_argument("--item", type=int, default=5, metavar="N", help=tr("商品号几位"))
    one.add_argument("--value", type=int, default=5, metavar="N", help=tr("价钱或重量几位"))
    one.add_argument(
        "--decimals",
        type=int,
        default=USUAL,
        metavar="N",
        help=tr("元或公斤几位小数；不写就到分、克"),
    )
    one.add_argument("--value-check", action="store_true", help=tr("价钱前面另有一位校验"))
    one.add_argument("--no-check", action="store_true", help=tr("最后一位不是校验位"))
    by_words(one)
    gone = verb("remove", tr("不再用门店自己的，照规则册读"))
    gone.add_argument("prefix", metavar="PREFIX")
    by_words(gone)


def trace_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `trace`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))
    words = tr("导出：哪天到哪天卖出、退回了哪些追溯码")
    export = verbs.add_parser("export", parents=[home], help=words, description=words)
    day = date.fromisoformat
    export.add_argument(
        "--from", dest="since", type=day, required=True, metavar="DATE", help=tr("从哪一天起")
    )
    export.add_argument(
        "--to", dest="until", type=day, required=True, metavar="DATE", help=tr("到哪一天为止")
    )
    export.add_argument("file", type=Path, metavar="FILE", help=tr("存成 CSV"))
    by_words(export)
