"""命令行: the words after `main.py`, and their help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from core.values.settings import LANGUAGES, PAPERS_MM
from ui.console.cards_line import card_words, tag_words
from ui.console.coupon_line import coupon_words
from ui.console.hands_line import label_words, trace_words
from ui.console.papers_line import papers_words
from ui.console.points_line import points_words
from ui.console.staff_line import by_words, staff_words
from ui.console.tiers_line import tiers_words
from ui.text import quoted, tr


class Parser(argparse.ArgumentParser):
    """Says in Chinese how a command is written, where it was written otherwise."""

    def error(self, message: str) -> NoReturn:
        """One sentence, which names what is wrong, and the usage; exit code 2."""
        self.exit(2, f"{_wrong(message)}\n{self.format_usage()}")


def _wrong(message: str) -> str:
    """What argparse complains of, in our words."""
    if bad := re.match(r"argument ([^:]+): invalid .*?: '?([^']*?)'?(?: \(choose|$)", message):
        words = "“{word}”不能作 {place}，什么都没有做。要这样写："
        return tr(words, word=quoted(bad[2]), place=bad[1])
    if bad := re.match(r"argument ([^:]+): ", message):
        return tr("{place} 写得不对，什么都没有做。要这样写：", place=bad[1])
    if bad := re.search(r"arguments are required: (.*)", message):
        return tr("还缺 {words}，什么都没有做。要这样写：", words=bad[1])
    if bad := re.match(r"unrecognized arguments: (.*)", message):
        return tr("不认识“{words}”，什么都没有做。要这样写：", words=quoted(bad[1]))
    return tr("命令写得不对，什么都没有做。要这样写：")


def spoken_to(words: Sequence[str] | None, default_home: Path) -> tuple[Path, str | None]:
    """The home and the language that these words ask for, also where the rest is wrong.

    Help and complaints are then said in it.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home", type=Path, default=default_home)
    parser.add_argument("--language", choices=LANGUAGES)
    try:
        given, _ = parser.parse_known_args(words)
    except argparse.ArgumentError:
        return default_home, None
    return given.home, given.language


def command_line(default_home: Path) -> argparse.ArgumentParser:
    """The parser; every command takes `--home`, where store, key, settings and logs live."""
    parser = Parser(prog="main.py", description=tr("熟客：会员收银台"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=tr("命令"))
    home = Parser(add_help=False)
    home.add_argument(
        "--home", type=Path, default=default_home, metavar="DIR", help=tr("数据所在的文件夹")
    )

    def command(name: str, words: str) -> Parser:
        return commands.add_parser(name, parents=[home], help=words, description=words)

    _set_up(command("setup", tr("准备一台收银台，不提问题")))
    _till(command("till", tr("打开收银台")))
    _table(command("import", tr("从 CSV 或 XLSX 导入商品或会员")))
    demo = command("demo", tr("打开一家演示门店"))
    demo.add_argument("--pictures", type=Path, metavar="DIR", help=tr("不开窗口，把画面存到这里"))
    staff_words(commands.add_parser("staff", help=tr("管理员工")), home)
    rulebook_words(commands.add_parser("rulebook", help=tr("检查、发布规则册")), home)
    tiers_words(commands.add_parser("tiers", help=tr("等级：复核、快到期、授予、怎么来的")), home)
    coupon_words(commands.add_parser("coupons", help=tr("券码：发券、异业账")), home)
    points_words(commands.add_parser("points", help=tr("积分：到期、提醒、未兑")), home)
    label_words(commands.add_parser("labels", help=tr("店内码：秤打的价签怎么读")), home)
    trace_words(commands.add_parser("trace", help=tr("追溯码：导出")), home)
    card_words(command("cards", tr("印会员卡：有会员的，或空白编号的")))
    tag_words(command("tags", tr("印标价签：按条码、分类、改过价的")))
    papers_words(
        commands.add_parser("papers", help=tr("票据样式：查看、检查、换上、会员对账单")), home
    )
    printer = command("printer", tr("设定小票打印机"))
    printer.add_argument("setting", metavar="PRINTER", help=PRINTERS)
    printer.add_argument("--paper", type=int, choices=PAPERS_MM, default=80, help=tr("纸宽，毫米"))
    printer.add_argument(
        "--profile", default="gb18030", metavar="NAME", help=tr("型号：{names}", names=_profiles())
    )
    printer.add_argument(
        "--ladder", action="store_true", help=tr("打印测试：打几行字，问读得懂哪几行，自己设好")
    )
    scanner = command("scanner", tr("设定串口扫码枪；键盘口的不用设"))
    scanner.add_argument("settings", nargs="+", metavar="serial:DEVICE:BAUD")
    backup = command("backup", tr("做一份加密备份并核对"))
    backup.add_argument("--to", type=Path, metavar="FILE", help=tr("再抄一份到这里"))
    restore = command("restore", tr("用备份恢复；现在的文件留在一边"))
    restore.add_argument("backup", type=Path, metavar="FILE")
    restore.add_argument(
        "--recovery", type=Path, metavar="FILE", help=tr("换了电脑时：恢复文件，钥匙在里面")
    )
    _quote(command("quote", tr("按规则册算一单的价：从标准输入读 JSON，不用门店数据")))
    command("verify", tr("核对账、链和每一笔销售"))
    _doctor(command("doctor", tr("检查这台电脑：数据、钥匙、设备、字体、时钟、磁盘")))
    recover = command("recover", tr("用恢复文件找回钥匙"))
    recover.add_argument("recovery", type=Path, metavar="FILE")
    return parser


def rulebook_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `rulebook`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))
    check = tr("只检查：写错的地方说出行号")
    verbs.add_parser("check", help=check, description=check).add_argument(
        "file", type=Path, metavar="FILE"
    )
    schema = tr("打印规则册的 JSON Schema")
    verbs.add_parser("schema", help=schema, description=schema)
    words = tr("预演：把过去的销售按一份草稿重算一遍，不写任何东西")
    preview = verbs.add_parser("preview", parents=[home], help=words, description=words)
    preview.add_argument("file", type=Path, metavar="FILE")
    days = (("--from", True, tr("从哪一天起")), ("--to", False, tr("到哪一天为止")))
    for flag, is_required, help_words in days:
        preview.add_argument(
            flag,
            type=date.fromisoformat,
            dest="since" if is_required else "until",
            required=is_required,
            metavar="2026-01-01",
            help=help_words,
        )
    preview.add_argument("--json", action="store_true", help=tr("用 JSON 回答"))
    words = tr("发布：从下一单起按它计价")
    use = verbs.add_parser("use", parents=[home], help=words, description=words)
    use.add_argument("file", type=Path, metavar="FILE")
    by_words(use)


PRINTERS = "none | file:PATH | tcp:HOST:PORT | serial:DEVICE:BAUD | queue:NAME"


def _profiles() -> str:
    from ui.devices.profile_files import profile_names

    return " | ".join(profile_names())


def _set_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", required=True, help=tr("门店名称"))
    parser.add_argument("--store-code", default="S01", help=tr("门店编号，印在单号上"))
    parser.add_argument("--till", required=True, type=int, choices=range(1, 100), metavar="1-99")
    parser.add_argument("--manager", required=True, help=tr("店长姓名"))
    parser.add_argument("--pin", required=True, help=tr("店长的 PIN，六到十二位数字"))
    parser.add_argument("--zone", default="Asia/Shanghai", help=tr("时区"))
    parser.add_argument("--recovery", type=Path, metavar="FILE", help=tr("恢复文件存到哪里"))
    parser.add_argument(
        "--rulebook", type=Path, metavar="FILE", help=tr("一开始用的规则册；不写就用药店的")
    )
    parser.add_argument("--printer", default="none", metavar="PRINTER", help=PRINTERS)


def _till(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help=tr("不开窗口，从标准输入读命令"))
    parser.add_argument(
        "--language", choices=LANGUAGES, help=tr("这一次用的语言；不写就用设置里的")
    )
    parser.add_argument("--json", action="store_true", help=tr("每个回答是一行 JSON"))


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("用 JSON 回答"))
    # Said by this command to itself: the window is tried in a process that may break.
    parser.add_argument("--screen", action="store_true", help=argparse.SUPPRESS)


def _quote(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--rulebook", type=Path, metavar="FILE", help=tr("规则册文件"))
    what.add_argument(
        "--schema", action="store_true", help=tr("只打印 JSON Schema：问什么，答什么")
    )


def _table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("products", "members"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help=tr("只检查，列出每一行错误"))
    parser.add_argument("--good-rows-only", action="store_true", help=tr("有错的行跳过，其余导入"))
    parser.add_argument(
        "--shared-phones", action="store_true", help=tr("几位会员可以共用一个手机号，像一家人")
    )
