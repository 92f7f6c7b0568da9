"""Where a source can be changed, and its functions with one thing changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from msgspec import Struct

ROOT = Path(__file__).parents[2]
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Site(Struct, frozen=True):
    """One change: the `index`-th of the function `name` of a file, and what stands there."""

    path: Path
    name: str
    index: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}: {self.what}"


def sites_of(path: Path) -> Iterator[Site]:
    """Every change that this file allows, within its functions and methods."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    for name, function in _functions(tree):
        for index, (node, other) in enumerate(_changes(function)):
            what = f"{_words(node)}  →  {_words(other)}"
            yield Site(path, name, index, node.lineno, what)


def _words(node: ast.AST) -> str:
    return ast.unparse(node.test if isinstance(node, ast.If) else node)


def changed(site: Site) -> CodeType:
    """The code of its function with the change made."""
    tree = ast.parse((ROOT / site.path).read_text("utf-8"))
    function = dict(_functions(tree))[site.name]
    node, other = list(_changes(function))[site.index]
    _Put(node, other).visit(function)
    code = compile(ast.fix_missing_locations(tree), str(site.path), "exec")
    return next(each for each in _codes(code) if each.co_qualname == site.name)


class _Put(ast.NodeTransformer):
    def __init__(self, node: ast.AST, other: ast.AST) -> None:
        self._node, self._other = node, other

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._node:
            return ast.copy_location(self._other, node)
        return self.generic_visit(node)


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Function):
                    yield f"{node.name}.{inner.name}", inner


def _changes(function: Function) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    for statement in function.body:
        annotations = {
            id(a.annotation) for a in ast.walk(statement) if isinstance(a, ast.AnnAssign)
        }
        for node in ast.walk(statement):
            if id(node) in annotations or isinstance(node, ast.Assert):
                continue
            if isinstance(statement, ast.Expr) and node is statement.value:
                continue  # a docstring
            for other in _others(node):
                yield node, other  # type: ignore[misc]


def _others(node: ast.AST) -> Iterator[ast.AST]:
    other = copy.copy(node)
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other.ops = [_COMPARED[type(op)]()]  # type: ignore[attr-defined]
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _COUNTED:
            other.op = _COUNTED[type(op)]()  # type: ignore[attr-defined]
        case ast.BoolOp(op=op):
            other.op = ast.Or() if isinstance(op, ast.And) else ast.And()  # type: ignore[attr-defined]
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            other = node.operand
        case ast.Constant(value=bool()):
            other = ast.Constant(not node.value)
        case ast.Constant(value=int()):
            other = ast.Constant(node.value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            other.func = ast.Name(_NAMES[name], ast.Load())  # type: ignore[attr-defined]
        case (
            ast.If(test=ast.Name() | ast.Attribute() | ast.Call() as test)
            | ast.IfExp(test=ast.Name() | ast.Attribute() | ast.Call() as test)
        ):
            other.test = ast.UnaryOp(ast.Not(), test)  # type: ignore[attr-defined]
        case _:
            return
    yield other


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)
