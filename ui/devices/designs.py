"""票据样式的文件: the shipped designs, and those of the shop in `papers/` of its home instead.

What is wrong in a file of the shop is kept to be said; printing goes on with the shipped design.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct

from core.errors import BadDesign, BadPicture, BadRecord, NoSuchPaper, Shortfall, Why
from core.sales.design import PAPERS, Design
from core.sales.design_record import design_of, record_of
from core.values.place import error_line, line_of
from ui.devices.files import open_file
from ui.devices.logo import check_logo

SHIPPED_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "papers"
MOST_BYTES = 64 * 1024
"""More is no design: a person wrote it, or put something else under its name."""


class _Known(Struct, frozen=True):
    """What was read of a file as it was: its stamp, and its design or what is wrong in it."""

    stamp: tuple[int, int]
    design: Design | None
    problem: Shortfall | None = None


class Designs:
    """The designs of one home; `folder` None: the shipped ones alone.

    A file is looked at each time, and read where it has changed: a design that was put there while
    the till sells holds from the next paper on. Read by the screen and the printing thread.
    `is_training`: each paper says on top that it proves nothing.
    """

    def __init__(self, folder: Path | None = None, *, is_training: bool = False) -> None:
        self.is_training = is_training
        self._folder = folder
        self._known: dict[str, _Known] = {}

    def of(self, paper: str) -> Design:
        """The design that holds: the shop's own where it can be used."""
        return self._own(paper).design or shipped(paper)

    def problem(self, paper: str) -> Shortfall | None:
        """Why the shop's own design or its logo is not printed; None where all is well."""
        known = self._own(paper)
        if known.design is None or not known.design.logo:
            return known.problem
        try:
            check_logo(self.picture(known.design.logo))
        except BadPicture as bad:
            return bad
        return None

    def problems(self) -> dict[str, Shortfall]:
        """All papers whose own design cannot be used."""
        found = ((paper, self.problem(paper)) for paper in PAPERS)
        return {paper: problem for paper, problem in found if problem is not None}

    def is_own(self, paper: str) -> bool:
        """Whether the shop has a file of its own for it."""
        path = self.path(paper)
        return path is not None and path.exists()

    def path(self, paper: str) -> Path | None:
        """Where the shop's own design lies or would lie."""
        return None if self._folder is None else self._folder / f"{paper}.toml"

    def picture(self, name: str) -> Path:
        """Where a picture of the folder lies."""
        return (self._folder or SHIPPED_FOLDER) / name

    @property
    def folder(self) -> Path | None:
        """Where the shop's own designs and its logo lie."""
        return self._folder

    def _own(self, paper: str) -> _Known:
        path = self.path(paper)
        if path is None:
            return _NONE
        try:
            stat = path.stat()
        except FileNotFoundError:
            return _NONE
        except OSError as error:
            return _Known((0, 0), None, _unread(path, error))
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = self._known.get(paper)
        if known is None or known.stamp != stamp:
            self._known[paper] = known = _read(path, paper, stamp)
        return known


class Draft(Designs):
    """The designs of a home with one that is not kept yet: for a preview."""

    def __init__(self, designs: Designs, design: Design) -> None:
        super().__init__(designs.folder)
        self._design = design

    def of(self, paper: str) -> Design:
        """The draft for its paper."""
        return self._design if paper == self._design.paper else super().of(paper)


_NONE = _Known((0, 0), None)
SHIPPED = Designs()


@cache
def shipped(paper: str) -> Design:
    """The design that comes with the program."""
    return design_in(shipped_text(paper), paper, f"{paper}.toml")


def shipped_text(paper: str) -> str:
    """Its file as it came; raises NoSuchPaper."""
    if paper not in PAPERS:
        raise NoSuchPaper(paper, tuple(PAPERS))
    return (SHIPPED_FOLDER / f"{paper}.toml").read_text("utf-8")


def design_in(text: str, paper: str, file: str) -> Design:
    """The design that a TOML text holds; raises BadDesign with the line of what is wrong."""
    try:
        record = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = error_line(str(error)) or text.count("\n") + 1
        raise BadDesign(file, line, "", Why.of("not TOML")) from error
    try:
        return design_of(record, paper)
    except BadRecord as bad:
        raise BadDesign(file, line_of(text, bad.path), bad.path, bad.reason) from bad


def read_design(path: Path) -> Design:
    """The design of a file, for the paper that it is named after.

    Raises NoSuchPaper, BadDesign.
    """
    if path.stem not in PAPERS:
        raise NoSuchPaper(path.stem, tuple(PAPERS))
    try:
        with open_file(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unread(path, error) from error
    if len(data) > MOST_BYTES:
        raise BadDesign(path.name, 0, "", Why.of("more than {most} bytes", most=MOST_BYTES))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadDesign(path.name, line, "", Why.of("not UTF-8")) from error
    return design_in(text, path.stem, path.name)


def design_text(design: Design) -> str:
    """A design as TOML, to be read by people and by `design_in`."""
    record = record_of(design)
    parts = record.pop("part")
    head = [f"{name} = {_value(value)}" for name, value in record.items()]
    blocks = ["\n".join(head)] if head else []
    blocks += [
        "\n".join(["[[part]]", *(f"{name} = {_value(value)}" for name, value in part.items())])
        for part in parts
    ]
    return "\n\n".join(blocks) + "\n"


def _value(value: object) -> str:
    """JSON's texts, lists and flags are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path, paper: str, stamp: tuple[int, int]) -> _Known:
    try:
        return _Known(stamp, read_design(path))
    except Shortfall as problem:
        return _Known(stamp, None, problem)


def _unread(path: Path, error: OSError) -> BadDesign:
    return BadDesign(path.name, 0, "", Why.of("not to be read: {why}", why=error.strerror or ""))
