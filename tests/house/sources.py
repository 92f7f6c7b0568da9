"""What the project consists of: its files as a clone has them, and its modules as trees."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {"build", "dist", "demo"}
TEXTS = {".py", ".md", ".toml", ".txt", ".qss", ".json", ".bat", ".sh", ".ini", ".mako", ""}


@dataclass(frozen=True)
class Module:
    """A Python file: `name` with dots, `path` from the project's root."""

    name: str
    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return parsed(self.text)

    @property
    def room(self) -> str:
        """The top-level package, or the module itself."""
        return self.name.split(".")[0]


@cache
def parsed(text: str) -> ast.Module:
    """The tree of a text, parsed once for all checks."""
    return ast.parse(text)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project; no hidden folders but that of CI, nothing that was built."""
    tops = [top for top in HOUSE.iterdir() if top.name not in NOT_OURS]
    rooms = [top for top in tops if top.is_dir() and (top.name[0] != "." or top.name == ".ci")]
    within = [file for room in rooms for file in room.rglob("*") if file.is_file()]
    loose = [top for top in tops if top.is_file() and top.name != ".git"]
    return tuple(sorted(file for file in loose + within if "__pycache__" not in file.parts))


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Path and content of every file that is text."""
    chosen = [file for file in files() if file.suffix in TEXTS]
    return tuple((where(file), file.read_text(encoding="utf-8")) for file in chosen)


@cache
def modules() -> tuple[Module, ...]:
    """Every Python module of the project."""
    found = [(path, text) for path, text in texts() if path.endswith(".py")]
    return tuple(Module(dotted(path), path, text) for path, text in found)


def where(file: Path) -> str:
    """The path from the project's root, with slashes on every system."""
    return file.relative_to(HOUSE).as_posix()


def dotted(path: str) -> str:
    """`core/values/money.py` is `core.values.money`; a package is its folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
