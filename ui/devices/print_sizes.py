"""尺寸: the measures of cards and price tags, as files; a shop's own stand before ours.

A shop's file says only what is otherwise.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from core.errors import BadPrintSize
from core.members.printed_card import Named
from ui.devices.marks import Box, Leaf, Mark, moved

OURS = Path(__file__).resolve().parents[2] / "resources"
CARD = "card"
_LARGEST = 64_000
_WIDEST = 450.0
_CUT, _THIN, _AWAY = 4.0, 0.2, 1.5
S = TypeVar("S", bound=Struct)


class Grid(Struct, frozen=True, forbid_unknown_fields=True):
    """A page with many of the same on it, in the middle of the page."""

    width_mm: float
    height_mm: float
    columns: int
    rows: int
    has_cut_marks: bool = False

    @property
    def count(self) -> int:
        """How many find room."""
        return self.columns * self.rows


class CardSize(Struct, frozen=True, forbid_unknown_fields=True):
    """会员卡: measures, and what a shop chooses."""

    name: Named
    code: str
    words: str
    width_mm: float
    height_mm: float
    margin_mm: float
    head_mm: float
    head_pt: float
    name_mm: float
    name_pt: float
    code_mm: float
    square_mm: float
    number_mm: float
    number_pt: float
    words_mm: float
    words_pt: float
    module_mm: tuple[float, ...]
    page: Grid


def card_size(own: Path | None = None) -> CardSize:
    """The card of a shop, from the folder `own` of its home; raises BadPrintSize."""
    size = read_size("cards", CARD, own, CardSize)
    path = _path("cards", CARD, own)
    if size.code not in ("bars", "qr"):
        raise BadPrintSize(str(path), f"code = {size.code}")
    return _sound(size, size.page, path)


def read_size(folder: str, name: str, own: Path | None, kind: type[S]) -> S:
    """The measures of a name; the shop's own file stands over ours, value by value."""
    path = _path(folder, name, own)
    ours = OURS / folder / f"{name}.toml"
    values = _values(ours) if ours.exists() else {}
    if path != ours:
        given = _values(path)
        page = values.get("page", {}) | given.get("page", {})
        values = values | given | ({"page": page} if page else {})
    try:
        return convert(values, kind)
    except ValidationError as error:
        what, _, place = str(error).partition(" - at `$.")
        raise BadPrintSize(str(path), f"{place.rstrip('`')}: {what}" if place else what) from error


def laid_out(
    cells: list[tuple[Mark, ...]], grid: Grid | None, width: float, height: float, skip: int = 0
) -> list[Leaf]:
    """Each on a page of its own, or as many on a page as its grid says, the first `skip` empty."""
    if grid is None:
        return [Leaf(width, height, marks) for marks in cells]
    padded: list[tuple[Mark, ...]] = [()] * (skip % grid.count) + cells
    pages = [padded[at : at + grid.count] for at in range(0, len(padded), grid.count)]
    return [_page(page, grid, width, height) for page in pages]


def _page(cells: list[tuple[Mark, ...]], grid: Grid, width: float, height: float) -> Leaf:
    left = (grid.width_mm - grid.columns * width) / 2
    top = (grid.height_mm - grid.rows * height) / 2
    marks: list[Mark] = []
    for at, cell in enumerate(cells):
        row, column = divmod(at, grid.columns)
        marks += moved(cell, left + column * width, top + row * height)
    if grid.has_cut_marks:
        marks += _cut_marks(grid, left, top, width, height)
    return Leaf(grid.width_mm, grid.height_mm, tuple(marks))


def _cut_marks(grid: Grid, left: float, top: float, width: float, height: float) -> list[Mark]:
    """Short lines in the margins, where a ruler is laid from one to the other."""
    right, bottom = left + grid.columns * width, top + grid.rows * height
    marks: list[Mark] = []
    for column in range(grid.columns + 1):
        x = left + column * width - _THIN / 2
        marks += [Box(x, top - _AWAY - _CUT, _THIN, _CUT), Box(x, bottom + _AWAY, _THIN, _CUT)]
    for row in range(grid.rows + 1):
        y = top + row * height - _THIN / 2
        marks += [Box(left - _AWAY - _CUT, y, _CUT, _THIN), Box(right + _AWAY, y, _CUT, _THIN)]
    return marks


def _sound(size: S, grid: Grid | None, path: Path) -> S:
    """The measures, where each is one that paper can have and everything fits."""
    for name in size.__struct_fields__:
        value = getattr(size, name)
        parts = value if isinstance(value, tuple) else (value,)
        if name.endswith(("_mm", "_pt")) and not all(0 < part <= _WIDEST for part in parts):
            raise BadPrintSize(str(path), f"{name} = {value}")
    if grid is not None:
        wide = grid.columns * getattr(size, "width_mm", 0.0)
        high = grid.rows * getattr(size, "height_mm", 0.0)
        if min(grid.columns, grid.rows) < 1 or wide > grid.width_mm or high > grid.height_mm:
            raise BadPrintSize(str(path), "page")
    return size


def _path(folder: str, name: str, own: Path | None) -> Path:
    if own is not None and (path := own / f"{name}.toml").is_file():
        return path
    return OURS / folder / f"{name}.toml"


def _values(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise BadPrintSize(str(path), f"> {_LARGEST}")
        return tomllib.loads(text.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadPrintSize(str(path), str(error)) from error
