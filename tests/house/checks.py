"""The checks, each from a module or a text to its breaches, as sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.sources import Module

LONGEST_FUNCTION = 70
LONGEST_FILE = 400
NAMELESS = re.compile(r"^(utils?|helpers?|commons?|misc|managers?)$")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|[\"']#[0-9a-fA-F]{3,8}[\"']|QColor\(\s*[\"'\d]")
HOST = re.compile(r"://|\b(index-url|find-links|trusted-host|file:)")
ONE_MACHINE = re.compile(r"(^|[^a-z.\w])/(work|tmp|root)/", re.MULTILINE)  # ours are relative
CUTS_LOOSE = re.compile(r"\.(nextInFocusChain|previousInFocusChain|focusProxy)\(")
NAME = re.compile(r"`((?:core|storage|ui)(?:\.\w+)+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
# Loaded by Alembic or by pytest, or the place where a program begins.
BEGINNINGS = re.compile(r"(^main|\.__main__|\.conftest|^tools\..*|\.migrations\..*|\.test_\w+)$")


def inexact_money(module: Module) -> Iterator[str]:
    """A float or a true division in core, where every figure is fen or thousandths."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{module.path}:{node.lineno} float {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"{module.path}:{node.lineno} true division"
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in {"float", "round"}:
            yield f"{module.path}:{called.lineno} {called.id}()"


def long_parts(module: Module) -> Iterator[str]:
    """Files and functions that nobody reads to the end."""
    if (lines := module.text.count("\n")) > LONGEST_FILE:
        yield f"{module.path} has {lines} lines"
    for function in functions(module):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield f"{module.path}:{function.lineno} {function.name} has {lines} lines"


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, wherever it stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def silent(module: Module) -> Iterator[str]:
    """A module that does not say what it is."""
    if not ast.get_docstring(module.tree):
        yield f"{module.path} has no docstring"


def nameless(path: str) -> Iterator[str]:
    """A file or folder whose name could hold anything."""
    for part in path.split("/"):
        if NAMELESS.match(part.split(".")[0].casefold()):
            yield f"{path} could hold anything"


def unused(modules: Iterable[Module]) -> Iterator[str]:
    """A module that nobody imports; what only tests import is dead as well."""
    shipped, testing = split(modules)
    for group, importers in ((shipped, shipped), (testing, testing)):
        wanted = {name for module in importers for name in imported(module)}
        for module in group:
            if module.name not in wanted and not is_beginning(module):
                yield f"{module.path} is imported by nobody"


def is_beginning(module: Module) -> bool:
    """Whether something else than an import begins there, or it is a package."""
    is_program = module.room == "tests" and '\nif __name__ == "__main__":\n' in module.text
    is_package = module.path.endswith("__init__.py")
    return is_program or is_package or BEGINNINGS.search(module.name) is not None


def split(modules: Iterable[Module]) -> tuple[list[Module], list[Module]]:
    """What the program is made of, and what tests it."""
    every = list(modules)
    testing = [module for module in every if module.room == "tests"]
    return [module for module in every if module not in testing], testing


def imported(module: Module) -> Iterator[str]:
    """What it imports, and every text: importlib and `-m` take the name of a module as one."""
    yield from imported_modules(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def imported_modules(module: Module) -> set[str]:
    """Every name that an import may mean: `from a import b` is a and a.b."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def loose_colours(path: str, text: str) -> Iterator[str]:
    """A colour outside of resources/tokens.json: no theme would reach it."""
    yield from found(COLOUR, path, text)


def hosts(path: str, text: str) -> Iterator[str]:
    """A lock that names where it was made, and so cannot be used elsewhere."""
    yield from found(HOST, path, text)


def machine_paths(path: str, text: str) -> Iterator[str]:
    """A path that exists on one machine only."""
    yield from found(ONE_MACHINE, path, text)


def found(pattern: re.Pattern[str], path: str, text: str) -> Iterator[str]:
    """Each place where the pattern stands, with its line."""
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{path}:{line} {match.group().strip()}"


def cuts_loose(module: Module) -> Iterator[str]:
    """A call after which PySide thinks that a widget belongs to another one than it does."""
    yield from found(CUTS_LOOSE, module.path, module.text)


def links(text: str) -> list[str]:
    """The files that a page of Markdown points to; addresses of the world are left out."""
    return [link for link in LINK.findall(text) if "://" not in link and ":" not in link]


def unknown_names(page: str, modules: Iterable[Module]) -> Iterator[str]:
    """A name in code that a page speaks of, and that is not there."""
    known = {name for module in modules for name in (module.name, *defined(module))}
    yield from (name for name in NAME.findall(page) if name not in known)


def defined(module: Module) -> Iterator[str]:
    """The classes and functions of a module, with its name before them."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield f"{module.name}.{node.name}"
