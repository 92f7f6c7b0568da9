"""Where a source can be changed, and its functions with one thing changed."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType

from msgspec import Struct

ROOT = Path(__file__).parents[2]
WIDE = 72
"""As much of a source's line as a change is shown within."""
SETTER = ".setter"
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
    for name, function in _functions(_tree(path)):
        over = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
        told = Counter[str]()
        for index, (node, other) in enumerate(_changes(function)):
            what = _told(node, other, over)
            told[what] += 1
            again = f" ({told[what]})" if told[what] > 1 else ""
            yield Site(path, name, index, node.lineno, what + again)


def _told(node: ast.AST, other: ast.AST, over: dict[ast.AST, ast.AST]) -> str:
    """Before and after, within as much of the expression around it as is short."""
    if isinstance(node, ast.If):
        return f"{ast.unparse(node.test)}  →  {ast.unparse(other.test)}"  # type: ignore[attr-defined]
    shown = node
    while isinstance(over.get(shown), ast.expr | ast.keyword | ast.Return | ast.Assign):
        if len(ast.unparse(over[shown])) > WIDE:
            break
        shown = over[shown]
    return f"{ast.unparse(shown)}  →  {ast.unparse(_with(shown, node, other))}"


def _with(shown: ast.AST, node: ast.AST, other: ast.AST) -> ast.AST:
    """`shown` once more, with the one within it in place of the other."""
    if shown is node:
        return other
    made = copy.copy(shown)
    for name, value in ast.iter_fields(shown):
        if isinstance(value, ast.AST):
            setattr(made, name, _with(value, node, other))
        elif isinstance(value, list):
            within = [_with(v, node, other) if isinstance(v, ast.AST) else v for v in value]
            setattr(made, name, within)
    return made


def changed(site: Site) -> CodeType:
    """The code of its function with the change made."""
    function = dict(_functions(_tree(site.path)))[site.name]
    node, other = list(_changes(function))[site.index]
    tree = _with(_tree(site.path), node, ast.copy_location(other, node))
    return _compiled(tree, site.path)[_first_line(function)]


def watched(path: Path, tell: str) -> Iterator[tuple[str, CodeType]]:
    """Each function of a file, and its code that calls `tell` with its name first."""
    tree = copy.deepcopy(_tree(path))
    functions = dict(_functions(tree))
    for name, function in functions.items():
        call = ast.Call(ast.Name(tell, ast.Load()), [ast.Constant(name)], [])
        function.body.insert(0, ast.copy_location(ast.Expr(call), function))
    by_line = _compiled(tree, path)
    for name, function in functions.items():
        yield name, by_line[_first_line(function)]


def _compiled(tree: ast.AST, path: Path) -> dict[int, CodeType]:
    """The code of each function by its first line."""
    code = compile(ast.fix_missing_locations(tree), str(path), "exec")  # type: ignore[arg-type]
    return {each.co_firstlineno: each for each in reversed([*_codes(code)])}


def _first_line(function: Function) -> int:
    return min(each.lineno for each in (function, *function.decorator_list))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Function):
                    setter = SETTER if _is_setter(inner) else ""
                    yield f"{node.name}.{inner.name}{setter}", inner


def _is_setter(function: Function) -> bool:
    return any(f".{ast.unparse(each)}".endswith(SETTER) for each in function.decorator_list)


def _changes(function: Function) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    for statement in function.body:
        kept = {id(node) for each in ast.walk(statement) for node in _kept(each)}
        for node in ast.walk(statement):
            if id(node) in kept:
                continue
            if isinstance(statement, ast.Expr) and node is statement.value:
                continue  # a docstring
            for other in _others(node):
                yield node, other  # type: ignore[misc]


def _kept(node: ast.AST) -> Iterator[ast.AST]:
    """What is no rule: types, and assertions, be it that two lists are as long as each other."""
    if isinstance(node, ast.AnnAssign):
        yield from ast.walk(node.annotation)
    elif isinstance(node, ast.Assert) or (isinstance(node, ast.keyword) and node.arg == "strict"):
        yield from ast.walk(node)


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
