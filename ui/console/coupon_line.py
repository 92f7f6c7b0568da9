"""券码命令行: the words after `main.py coupons`, and their help."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from uuid import UUID

from ui.console.staff_line import by_words, once_words
from ui.text import tr


def coupon_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `coupons`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))
    words = tr("给一种券发一次用的券码")
    issue = verbs.add_parser("issue", parents=[home], help=words, description=words)
    issue.add_argument("offer", metavar="OFFER", help=tr("规则册里这种券的 id"))
    issue.add_argument("--count", type=int, default=1, help=tr("几张"))
    issue.add_argument("--member", default="", metavar="CARD", help=tr("只给这张卡的会员"))
    _days(issue, tr("从哪天起能用"), tr("用到哪天"))
    _files(issue)
    once_words(issue)
    by_words(issue)
    words = tr("收回发出去的券：一张，或和它同一次发的全部")
    withdraw = verbs.add_parser("withdraw", parents=[home], help=words, description=words)
    withdraw.add_argument("code", metavar="CODE", help=tr("券码"))
    withdraw.add_argument("--batch", action="store_true", help=tr("和这张同一次发的全部"))
    by_words(withdraw)
    words = tr("发过的券码：每一批发了、用了、收回、还剩几张，新的在前")
    by_words(verbs.add_parser("batches", parents=[home], help=words, description=words))
    words = tr("一批券码里还能用的，再列一次")
    codes = verbs.add_parser("codes", parents=[home], help=words, description=words)
    codes.add_argument("batch_id", type=UUID, metavar="ID", help=tr("批次，batches 里列的"))
    _files(codes)
    by_words(codes)
    words = tr("异业券：各家承担了几张、多少钱")
    partners = verbs.add_parser("partners", parents=[home], help=words, description=words)
    _days(partners, tr("从哪天起，不写就是今天"), tr("到哪天为止，不写就是今天"))
    by_words(partners)


def _files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pdf", type=Path, metavar="DIR", help=tr("每张券存成一个 PDF"))
    parser.add_argument("--to", type=Path, metavar="FILE", help=tr("存成 CSV"))


def _days(parser: argparse.ArgumentParser, since: str, until: str) -> None:
    day = date.fromisoformat
    parser.add_argument("--from", dest="since", type=day, metavar="DATE", help=since)
    parser.add_argument("--until", type=day, metavar="DATE", help=until)
