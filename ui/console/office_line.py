"""总部命令: the words after `main.py serve` and `main.py office` (README.md)."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from uuid import UUID

from ui.text import tr

DATABASE = "SHUKE_DATABASE"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def serve_words(parser: argparse.ArgumentParser) -> None:
    """The words after `serve`."""
    _database_words(parser)
    parser.add_argument("--host", default="127.0.0.1", help=tr("在哪个地址上听"))
    parser.add_argument("--port", type=_port, default=8377, help=tr("端口；0 是随便一个空着的"))
    parser.add_argument("--chain", default="", metavar="NAME", help=tr("连锁的名字；第一次要写"))
    words = tr("收下以后再重算价钱，一次收得更多；不写就边收边算")
    parser.add_argument("--price-behind", action="store_true", help=words)
    _address_words(parser)
    words = tr("连锁的时区：到期的积分在它的营业日结束时扣")
    parser.add_argument("--zone", default="Asia/Shanghai", metavar="ZONE", help=words)
    words = tr("营业日几点结束，0 到 12；不写是 4 点")
    parser.add_argument(
        "--day-ends", type=int, choices=range(13), default=4, metavar="0-12", help=words
    )
    parser.add_argument("--log-level", choices=LEVELS, default="INFO", help=tr("日志写多细"))


def office_words(parser: argparse.ArgumentParser) -> None:
    """The words after `office`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=words, description=words)
        _database_words(made)
        return made

    store = verb("store", tr("加一家门店，或给它换个名字"))
    store.add_argument("store", metavar="STORE", help=tr("门店编号"))
    store.add_argument("name", metavar=tr("名称"))
    _code_words(verb("code", tr("发一个入网码，让一台收银台入网；一天内用一次")))
    verb("admin-code", tr("发一个管理码，用它在网上管理半小时；十五分钟内用一次"))
    verb("tills", tr("列出门店和收银台"))
    _place_words(verb("revoke", tr("停用一台收银台：不再收它的记录")), tr("门店的后台电脑，全部"))
    issuing = verb("rulebook", tr("检查或下发规则册：每台收银台从那一天起用它"))
    issuing.add_argument("what", choices=("check", "publish"), metavar="check|publish")
    issuing.add_argument("file", type=Path, metavar="FILE", help=tr("规则册文件，TOML 或 JSON"))
    _from_word(issuing)
    prices = verb("prices", tr("下发商品和价格：每台收银台从那一天起照着卖"))
    prices.add_argument("file", type=Path, metavar="FILE", help=tr("商品表，CSV 或 XLSX"))
    _from_word(prices)
    prices.add_argument("--store", default="", metavar="STORE", help=tr("只给这家门店"))
    verb("rulebooks", tr("列出下发过的规则册，和各从哪天起用"))
    verb("cases", tr("列出未结的案件：要有人看一看的事"))
    closing = verb("close-case", tr("看过了，结掉一个案件"))
    closing.add_argument("case", type=UUID, metavar="ID")
    verb("verify", tr("核对：记录都在、没有改过，积分加起来都对；每天夜里自己也做"))
    erasing = verb("erase", tr("删除一位会员的个人资料，全连锁，永远；打印删除证明"))
    erasing.add_argument("member", metavar="MEMBER", help=tr("编号、卡号或手机号"))
    erasing.add_argument("--yes", action="store_true", help=tr("就是要删；不写只看看是谁"))
    parting = verb("part", tr("因为手机号或卡号合成了一个、其实是两个人：分开"))
    parting.add_argument("gone", metavar="GONE", help=tr("案件“说明”里的第一个编号，或者卡号"))
    into = tr("合进了谁：“记录”里的编号，同卡的是“说明”里的第二个；前面写卡号就不用")
    parting.add_argument("into", type=UUID, nargs="?", metavar="INTO", help=into)


def _code_words(code: argparse.ArgumentParser) -> None:
    _place_words(code, tr("给后台电脑，它没有台号"))
    words = tr("换机：原来的那台到新的入网时停用")
    code.add_argument("--replace", action="store_true", help=words)
    _address_words(code)
    words = tr("也存成文件：.png 是二维码，别的是一页 PDF")
    code.add_argument("-o", "--out", type=Path, metavar="FILE", help=words)


def _place_words(parser: argparse.ArgumentParser, words: str) -> None:
    """A till by its number, or an office PC, which has none: 0."""
    parser.add_argument("store", metavar="STORE", help=tr("门店编号"))
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("till", nargs="?", type=int, choices=range(1, 100), metavar="1-99")
    which.add_argument("--office", dest="till", action="store_const", const=0, help=words)


def _address_words(parser: argparse.ArgumentParser) -> None:
    words = tr("收银台用哪个地址找总部，印在入网码里；写一次就记住")
    parser.add_argument("--address", default="", metavar="URL", help=words)


def _from_word(parser: argparse.ArgumentParser) -> None:
    words = tr("从哪个营业日起用，YYYY-MM-DD；不写是今天")
    parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DATE", help=words)


def _database_words(parser: argparse.ArgumentParser) -> None:
    """The address may stand in the environment: there fewer see its password."""
    place = parser.add_mutually_exclusive_group(required=DATABASE not in os.environ)
    words = tr("数据库地址；也可以写在环境变量 {name} 里", name=DATABASE)
    place.add_argument("--database", metavar="URL", help=words)
    place.add_argument("--home", type=Path, metavar="DIR", help=tr("小店：数据存在这个文件夹里"))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 1 << 16:
        raise ValueError(text)
    return port
