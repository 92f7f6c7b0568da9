"""等级命令: the words after `main.py tiers` (docs/till.md)."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.actions.look_at_tiers import ENDING_DAYS
from ui.console.points_line import days
from ui.console.staff_line import by_words
from ui.text import tr


def tiers_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `tiers`; every verb takes those of `home` too."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[home], help=words, description=words)

    verb("review", tr("复核到期的等级；每天开店时自动做，一直开着的收银台用它；连锁里由总部做"))
    ending = verb("ending", tr("等级快到期、还没达标的会员；写了 --by 才有姓名和手机"))
    ending.add_argument("--days", type=days, default=ENDING_DAYS, help=tr("多少天以内"))
    ending.add_argument("--to", type=Path, metavar="FILE", help=tr("存成 CSV"))
    by_words(ending, is_required=False)
    history = verb("history", tr("一位会员的等级是怎么来的，每次变化的依据"))
    history.add_argument("card", metavar=tr("卡号"))
    grant = verb("grant", tr("授予等级到某一天，写明理由"))
    grant.add_argument("card", metavar=tr("卡号"))
    grant.add_argument("tier", metavar=tr("等级"))
    grant.add_argument("--until", required=True, metavar="DATE", help=tr("最后一天"))
    grant.add_argument("--reason", required=True, metavar=tr("理由"), help=tr("为什么"))
    by_words(grant)
    withdraw = verb("withdraw", tr("收回授予的等级"))
    withdraw.add_argument("card", metavar=tr("卡号"))
    by_words(withdraw)
