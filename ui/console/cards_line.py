"""印卡、标价签命令行: the words after `main.py cards` and `main.py tags` (README.md)."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from core.members.printed_card import Named
from ui.console.staff_line import by_words
from ui.text import tr

A4 = "a4"


def card_words(parser: argparse.ArgumentParser) -> None:
    """Which cards, how they look, and where the PDF goes."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--card", nargs="+", metavar="CARD", help=tr("这几张卡的会员"))
    whose.add_argument(
        "--from-card", dest="first", metavar="CARD", help=tr("从这个卡号起的会员，配 --to")
    )
    whose.add_argument("--file", type=Path, metavar="FILE", help=tr("文件里的卡号，一行一个"))
    whose.add_argument(
        "--new", type=int, metavar="N", help=tr("N 张空白卡：带号码和校验位，入会时再扫")
    )
    parser.add_argument("--to", dest="last", metavar="CARD", help=tr("到这个卡号为止，含它"))
    parser.add_argument("--sheet", choices=(A4,), help=tr("一张 A4 印十张，有裁切线；不写一页一张"))
    names = [each.value for each in Named]
    parser.add_argument(
        "--name", choices=names, help=tr("姓名：遮住、完整、不印；不写就用 card.toml 的")
    )
    parser.add_argument(
        "--code", choices=("bars", "qr"), help=tr("条码或二维码；不写就用 card.toml 的")
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.pdf")
    by_words(parser)


def tag_words(parser: argparse.ArgumentParser) -> None:
    """Which tags, on what, and where the PDF goes."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--code", nargs="+", metavar="CODE", help=tr("这几个条码的商品"))
    which.add_argument("--category", metavar="NAME", help=tr("这个分类的商品"))
    which.add_argument(
        "--changed-since",
        dest="since",
        type=date.fromisoformat,
        metavar="DATE",
        help=tr("从这一天起新增的、改过价的"),
    )
    which.add_argument("--file", type=Path, metavar="FILE", help=tr("文件里的条码，一行一个"))
    parser.add_argument(
        "--size",
        default="40x30",
        metavar="NAME",
        help=tr("尺寸：40x30、60x40、70x38、a4-3x8，或自己的；不写就是 40x30"),
    )
    parser.add_argument(
        "--skip", type=int, default=0, metavar="N", help=tr("不干胶第一页前 N 张已经用掉了")
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.pdf")
