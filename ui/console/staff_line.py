"""员工命令: the words after `main.py staff` (README.md)."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import UUID

from core.trust.staff import Role
from ui.text import tr


def staff_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `staff`; every verb takes those of `home` too."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))

    def verb(name: str, words: str, *, has_name: bool = True) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, parents=[home], help=words, description=words)
        if has_name:
            made.add_argument("name", metavar=tr("姓名"))
        return made

    roles = [role.value for role in Role]
    add = verb("add", tr("增加一位员工；收银员以外的角色要 --by"))
    add.add_argument("--pin", required=True)
    add.add_argument("--role", choices=roles, default=Role.CASHIER.value)
    add.add_argument(
        "--manager", action="store_const", dest="role", const=Role.MANAGER.value, help=tr("店长")
    )
    by_words(add, is_required=False)
    verb("list", tr("列出全部员工"), has_name=False)
    role = verb("role", tr("换角色"))
    role.add_argument("role", choices=roles)
    by_words(role)
    pin = verb("pin", tr("换 PIN：自己用 --old，别人要 --by"))
    pin.add_argument("--pin", required=True, help=tr("新的 PIN"))
    pin.add_argument("--old", help=tr("原来的 PIN"))
    by_words(pin, is_required=False)
    badge = verb("badge", tr("发工牌：锁屏时扫它就选好人，PIN 照样要输；写 none 收回"))
    badge.add_argument("code", nargs="?", default="", metavar="CODE", help=tr("不写就发一个新的"))
    badge.add_argument("--pdf", type=Path, metavar="FILE", help=tr("存成 PDF，去打印"))
    by_words(badge)
    by_words(verb("remove", tr("停用：不能再登录，账上的名字留着")))
    by_words(verb("back", tr("停用的人复职")))
    reset = verb("reset-manager", tr("最后一位店长忘了 PIN：用恢复文件重设"), has_name=False)
    reset.add_argument("--recovery", type=Path, required=True, metavar="FILE")
    reset.add_argument("--name", required=True, help=tr("店长姓名"))
    reset.add_argument("--pin", required=True, help=tr("新的 PIN"))


def by_words(parser: argparse.ArgumentParser, *, is_required: bool = True) -> None:
    """Who does it, and the PIN that proves it."""
    parser.add_argument("--by", required=is_required, metavar=tr("姓名"), help=tr("谁在操作"))
    parser.add_argument("--by-pin", required=is_required, metavar="PIN", help=tr("这个人的 PIN"))


def once_words(parser: argparse.ArgumentParser) -> None:
    """The id of a wish: who says it again after an interruption gets it once."""
    words = tr("同一件事的编号：中断后用同一个再说一次，只做一次")
    parser.add_argument("--id", type=UUID, metavar="UUID", help=words)
