"""Every text that the program can say, found in its source: what the tables must hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from tests.house.sources import Module, modules

HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Chinese that is read or drawn, but not said: each with the reason.
NOT_SAID = {
    "店长",  # also a text; here a person of the demo shop
    "王芳",
    "中山路店",
    "阿卜杜热合曼江·买买提吐尔逊江",  # who joins in the walk
    "熟",  # the seal
    "农历",  # typed by a person
    "闰",
    "闰腊",  # signs that are changed
    "閏臘",
    "折",  # taken off what core writes
    "￥",  # signs that a printer lacks
    "1 中文 GB18030 ￥88.00，会员价",  # lines of the printing test
    "3 中文 UTF-8 ￥88.00，会员价",
    "4 中文 𠮷㐂䶮 ￥88.00，会员价",
    "　",
    "[0-9０-９]{0,",  # what may be typed
    "汉",  # as wide as a sign of the paper
    "熟客会员收银积分优惠￥¥，。（）",  # drawn, to see whether a font has them
    "𠮷㐂䶮㛃燚",
}


class Said(Struct, frozen=True):
    """One text, and where it stands."""

    text: str
    where: str
    is_translated: bool
    is_glued: bool


@cache
def all_said() -> tuple[Said, ...]:
    """Texts of `ui` and `main.py`, whether they stand in `tr()` or in a table of it."""
    ours = [one for one in modules() if one.room in ("ui", "main")]
    return tuple([said for module in ours for said in said_in(module)])


def said_in(module: Module) -> Iterator[Said]:
    """The texts of one module: Chinese outside of docstrings, and whatever `tr` is given."""
    silent = {id(node) for node in docstrings(module.tree)}
    given = {id(call.args[0]) for call in translations(module.tree)}
    glued = {
        id(part)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        is_text = id(node) in given or HAN.search(node.value)
        if is_text and id(node) not in silent:
            where = f"{module.path}:{node.lineno}"
            yield Said(node.value, where, id(node) in given, id(node) in glued)


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that stand by themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def translations(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of `tr`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            yield node


def frozen_translations(module: Module) -> Iterator[str]:
    """`tr` that runs when its module is imported: it would keep the first language for ever."""
    for call in translations(_outside_of_functions(module.text)):
        yield f"{module.path}:{call.lineno}"


def _outside_of_functions(text: str) -> ast.Module:
    """What runs at once: defaults of parameters and decorators do, bodies do not."""

    class Strip(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
            node.body = [ast.Pass()]
            return node

        def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
            node.body = ast.Constant(None)
            return node

    return ast.fix_missing_locations(Strip().visit(ast.parse(text)))
