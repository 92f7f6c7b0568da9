"""积分命令: the words after `main.py points` (docs/till.md)."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.points.reminders import REMINDED_DAYS
from ui.console.staff_line import by_words, once_words
from ui.text import tr


def points_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `points`; every verb takes those of `home` too."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[home], help=words, description=words)

    verb("expire", tr("收回过期的积分；每天开店时自动做，一直开着的收银台用它"))
    remind = verb("reminders", tr("积分快到期的会员；写了 --by 才有姓名和手机"))
    remind.add_argument("--days", type=days, default=REMINDED_DAYS, help=tr("多少天以内"))
    remind.add_argument("--to", type=Path, metavar="FILE", help=tr("存成 CSV"))
    by_words(remind, is_required=False)
    correct = verb("correct", tr("更正一位会员的积分，写理由"))
    correct.add_argument("card", metavar="CARD")
    correct.add_argument("points", metavar="POINTS", help=tr("像 +50 或 -50"))
    correct.add_argument("reason", metavar="REASON")
    once_words(correct)
    by_words(correct)
    stock = verb("stock", tr("兑换品现在有几件"))
    stock.add_argument("code", metavar="CODE")
    stock.add_argument("units", metavar="N")
    by_words(stock)
    verb("liability", tr("还没有用的积分，按到期月份，合多少钱"))


def days(text: str) -> int:
    """How many, of a word; ValueError for what is none."""
    count = int(text)
    if not 0 <= count <= 3660:
        raise ValueError(text)
    return count
