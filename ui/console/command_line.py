"""命令行: the words after `main.py`, and their help."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from core.values.settings import LANGUAGES, PAPERS_MM
from ui.text import quoted, tr

STAFF_VERBS = ("add", "list", "role", "pin", "badge", "remove", "back", "reset-manager")
Fill = Callable[["Parser"], object]


class Parser(argparse.ArgumentParser):
    """Says in Chinese how a command is written, where it was written otherwise.

    `fill` gives it its words, once it is asked: a start of the till makes up no other command.
    """

    def __init__(self, *, fill: Fill | None = None, **named: Any) -> None:
        super().__init__(**named)
        self._fill = fill

    def parse_known_args(self, *asked: Any, **named: Any) -> Any:
        """As argparse does, with the words that it takes."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
        return super().parse_known_args(*asked, **named)

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

    Help and complaints are then said in it: that of no shop in the language of the system.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home", type=Path, default=default_home)
    parser.add_argument("--language", choices=LANGUAGES)
    try:
        given, _ = parser.parse_known_args(words)
    except argparse.ArgumentError:
        return default_home, None
    asks = {"-h", "--help"} & set(sys.argv[1:] if words is None else words)
    if asks and given.language is None and not given.home.exists():
        return given.home, system_language()
    return given.home, given.language


def system_language() -> str | None:
    """The language of ours that the system speaks; None where it does not say one."""
    import locale

    spoken = locale.setlocale(locale.LC_CTYPE)  # zh_CN.UTF-8, Chinese (Traditional)_Taiwan.950
    if spoken in ("C", "POSIX") or spoken.startswith("C."):
        return None
    if not spoken.startswith(("zh", "Chinese")):
        return "en"
    is_traditional = any(each in spoken for each in ("TW", "HK", "MO", "Traditional"))
    return "zh_TW" if is_traditional else "zh_CN"


def whole(words: Sequence[str]) -> list[str]:
    """`staff NAME --pin PIN` is `staff add NAME --pin PIN`; other words stay as they are."""
    others = (*STAFF_VERBS, "-h", "--help")
    is_short = words[:1] == ["staff"] and words[1:2] and words[1] not in others
    return ["staff", "add", *words[1:]] if is_short else list(words)


def command_line(default_home: Path, asked: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser; every command takes `--home`, where store, key, settings and logs live.

    Where the first word of `asked` is a command, only that one is made up: two dozen others would
    be a hundredth of a start.
    """
    parser = Parser(prog="main.py", description=tr("熟客：会员收银台"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=tr("命令"))
    home = Parser(add_help=False)
    home.add_argument(
        "--home", type=Path, default=default_home, metavar="DIR", help=tr("数据所在的文件夹")
    )

    makers: dict[str, Callable[[], object]] = {}

    def command(name: str, words: str, fill: Fill | None = None) -> None:
        makers[name] = lambda: commands.add_parser(
            name, parents=[home], help=words, description=words, fill=fill
        )

    def verbs(name: str, words: str, fill: Callable[[Parser, Parser], object]) -> None:
        makers[name] = lambda: commands.add_parser(
            name, help=words, fill=lambda parser: fill(parser, home)
        )

    def alone(name: str, words: str, fill: Fill) -> None:
        makers[name] = lambda: commands.add_parser(name, help=words, description=words, fill=fill)

    command("setup", tr("准备一台收银台，不提问题"), _set_up)
    command("till", tr("打开收银台"), _till)
    command("manage", tr("打开店长的后台：今天的数、会员"))
    command("import", tr("从 CSV 或 XLSX 导入商品或会员"), _table)
    command("demo", tr("打开一家演示门店"), _demo)
    verbs("staff", tr("管理员工"), _staff)
    verbs("rulebook", tr("检查、发布规则册"), _rulebook)
    verbs("tiers", tr("等级：复核、快到期、授予、怎么来的"), _tiers)
    verbs("coupons", tr("券码：发券、异业账"), _coupons)
    verbs("points", tr("积分：到期、提醒、未兑"), _points)
    command("report", tr("报表：看有哪些，算一份，存成文件"), _report)
    command("cases", tr("案件：先找一遍，再列出没有结的"), _cases)
    verbs("chain", tr("连锁：入网、退网、传得怎么样、马上传"), _chain)
    verbs("labels", tr("店内码：秤打的价签怎么读"), _labels)
    verbs("trace", tr("追溯码：导出"), _trace)
    command("cards", tr("印会员卡：有会员的，或空白编号的"), _cards)
    command("tags", tr("印标价签：按条码、分类、改过价的"), _tags)
    verbs("papers", tr("票据样式：查看、检查、换上、会员对账单"), _papers)
    command("printer", tr("设定小票打印机"), _printer)
    command("scanner", tr("设定串口扫码枪；键盘口的不用设"), _scanner)
    command("backup", tr("做一份加密备份并核对"), _backup)
    command("restore", tr("用备份恢复；现在的文件留在一边"), _restore)
    command("quote", tr("按规则册算一单的价：从标准输入读 JSON，不用门店数据"), _quote)
    command("draw", tr("抽奖：按证书重抽一遍，看对不对；不用门店数据"), _draw)
    command("verify", tr("核对账、链和每一笔销售"))
    alone("serve", tr("开连锁总部的服务器"), _serve)
    alone("office", tr("总部：门店、入网码、收银台、案件"), _office)
    command("doctor", tr("检查这台电脑：数据、钥匙、设备、字体、时钟、磁盘"), _doctor)
    command("recover", tr("用恢复文件找回钥匙"), _recover)
    first = asked[0] if asked else ""
    for make in [makers[first]] if first in makers else makers.values():
        make()
    return parser


PRINTERS = "none | file:PATH | tcp:HOST:PORT | serial:DEVICE:BAUD | queue:NAME"


def _profiles() -> str:
    from ui.devices.profile_files import profile_names

    return " | ".join(profile_names())


def _set_up(parser: Parser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--store", help=tr("门店名称；要一起写 --till"))
    which.add_argument(
        "--chain",
        nargs="+",
        metavar="URL#CODE",
        help=tr("加入连锁：总部发的入网码；店名、编号和台号从总部来"),
    )
    parser.add_argument("--store-code", default="S01", help=tr("门店编号，印在单号上"))
    parser.add_argument("--till", type=int, choices=range(1, 100), metavar="1-99")
    parser.add_argument("--manager", required=True, help=tr("店长姓名"))
    parser.add_argument("--pin", required=True, help=tr("店长的 PIN，六到十二位数字"))
    parser.add_argument("--zone", default="Asia/Shanghai", help=tr("时区"))
    parser.add_argument("--recovery", type=Path, metavar="FILE", help=tr("恢复文件存到哪里"))
    parser.add_argument(
        "--rulebook", type=Path, metavar="FILE", help=tr("一开始用的规则册；不写就用药店的")
    )
    parser.add_argument("--printer", default="none", metavar="PRINTER", help=PRINTERS)


def _till(parser: Parser) -> None:
    parser.add_argument("--headless", action="store_true", help=tr("不开窗口，从标准输入读命令"))
    parser.add_argument(
        "--language", choices=LANGUAGES, help=tr("这一次用的语言；不写就用设置里的")
    )
    parser.add_argument("--json", action="store_true", help=tr("每个回答是一行 JSON"))


def _doctor(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("用 JSON 回答"))
    # Said by this command to itself: the window is tried in a process that may break.
    parser.add_argument("--screen", action="store_true", help=argparse.SUPPRESS)


def _report(parser: Parser) -> None:
    from ui.console.report_line import report_words

    report_words(parser)


def _cases(parser: Parser) -> None:
    parser.add_argument("--decided", action="store_true", help=tr("列出已经结了的"))


def _quote(parser: Parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--rulebook", type=Path, metavar="FILE", help=tr("规则册文件"))
    what.add_argument(
        "--schema", action="store_true", help=tr("只打印 JSON Schema：问什么，答什么")
    )


def _draw(parser: Parser) -> None:
    parser.add_argument("verb", choices=("verify",), metavar="verify")
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("抽奖证书，.json"))
    parser.add_argument("--commitment", metavar="HASH", help=tr("抽奖前公布的承诺值"))


def _named(text: str) -> Path:
    """A file that is named; no word at all names none."""
    if not text.strip():
        raise argparse.ArgumentTypeError(text)
    return Path(text)


def _table(parser: Parser) -> None:
    parser.add_argument("what", choices=("products", "members"), metavar="products|members")
    parser.add_argument("file", type=_named, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help=tr("只检查，列出每一行错误"))
    parser.add_argument("--good-rows-only", action="store_true", help=tr("有错的行跳过，其余导入"))
    parser.add_argument(
        "--shared-phones", action="store_true", help=tr("几位会员可以共用一个手机号，像一家人")
    )


def _demo(parser: Parser) -> None:
    parser.add_argument("--pictures", type=Path, metavar="DIR", help=tr("不开窗口，把画面存到这里"))


def _printer(parser: Parser) -> None:
    parser.add_argument("setting", metavar="PRINTER", help=PRINTERS)
    parser.add_argument("--paper", type=int, choices=PAPERS_MM, default=80, help=tr("纸宽，毫米"))
    parser.add_argument(
        "--profile", default="gb18030", metavar="NAME", help=tr("型号：{names}", names=_profiles())
    )
    parser.add_argument(
        "--ladder", action="store_true", help=tr("打印测试：打几行字，问读得懂哪几行，自己设好")
    )


def _scanner(parser: Parser) -> None:
    parser.add_argument("settings", nargs="+", metavar="serial:DEVICE:BAUD")


def _backup(parser: Parser) -> None:
    parser.add_argument("--to", type=Path, metavar="FILE", help=tr("再抄一份到这里"))


def _restore(parser: Parser) -> None:
    parser.add_argument("backup", type=Path, metavar="FILE")
    parser.add_argument(
        "--recovery", type=Path, metavar="FILE", help=tr("换了电脑时：恢复文件，钥匙在里面")
    )


def _recover(parser: Parser) -> None:
    parser.add_argument("recovery", type=Path, metavar="FILE")


# Commands with a file of their own.


def _staff(parser: Parser, home: Parser) -> None:
    from ui.console.staff_line import staff_words

    staff_words(parser, home)


def _rulebook(parser: Parser, home: Parser) -> None:
    from ui.console.rulebook_line import rulebook_words

    rulebook_words(parser, home)


def _tiers(parser: Parser, home: Parser) -> None:
    from ui.console.tiers_line import tiers_words

    tiers_words(parser, home)


def _coupons(parser: Parser, home: Parser) -> None:
    from ui.console.coupon_line import coupon_words

    coupon_words(parser, home)


def _points(parser: Parser, home: Parser) -> None:
    from ui.console.points_line import points_words

    points_words(parser, home)


def _chain(parser: Parser, home: Parser) -> None:
    from ui.console.chain_line import chain_words

    chain_words(parser, home)


def _labels(parser: Parser, home: Parser) -> None:
    from ui.console.hands_line import label_words

    label_words(parser, home)


def _trace(parser: Parser, home: Parser) -> None:
    from ui.console.hands_line import trace_words

    trace_words(parser, home)


def _papers(parser: Parser, home: Parser) -> None:
    from ui.console.papers_line import papers_words

    papers_words(parser, home)


def _serve(parser: Parser) -> None:
    from ui.console.office_line import serve_words

    serve_words(parser)


def _office(parser: Parser) -> None:
    from ui.console.office_line import office_words

    office_words(parser)


def _cards(parser: Parser) -> None:
    from ui.console.cards_line import card_words

    card_words(parser)


def _tags(parser: Parser) -> None:
    from ui.console.cards_line import tag_words

    tag_words(parser)
