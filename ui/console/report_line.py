"""报表命令: the words after `main.py report`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ui.text import tr


def report_words(parser: argparse.ArgumentParser) -> None:
    """Which report, over which days, and into which file."""
    parser.add_argument(
        "name", nargs="?", default="", metavar="NAME", help=tr("哪一份；不写就列出有哪些")
    )
    parser.add_argument(
        "--due",
        action="store_true",
        help=tr("把到时候的定时报表写进各自的文件夹；给系统的定时任务用"),
    )
    parser.add_argument("--list", action="store_true", help=tr("列出有哪些报表"))
    parser.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help=tr("从哪个营业日起；不写就是这个月 1 日"),
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help=tr("到哪个营业日为止；不写就是今天"),
    )
    parser.add_argument("--against", action="store_true", help=tr("旁边写上前面同样多天的数"))
    parser.add_argument("--last-year", action="store_true", help=tr("旁边写上去年同期的数"))
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=tr("存成文件：.xlsx、.pdf 或 .csv")
    )
    parser.add_argument("--rebuild", action="store_true", help=tr("先把列存的一份从头做起"))
