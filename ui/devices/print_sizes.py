"""尺寸: the measures of cards and price tags, as files; a shop's own stand before ours.

A shop's file says only what is otherwise.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from core.errors import BadPrintSize, NoSuchSize
from core.members.printed_card import Named
from ui.devices.files import open_file

OURS = Path(__file__).resolve().parents[2] / "resources"
CARD, TAGS = "card", "tags"
_LARGEST = 64_000
_WIDEST = 450.0
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


class TagSize(Struct, frozen=True, forbid_unknown_fields=True):
    """标价签: measures, from the upper edge down; `page` where many stand on one."""

    width_mm: float
    height_mm: float
    margin_mm: float
    name_mm: float
    name_pt: float
    facts_mm: float
    facts_pt: float
    price_mm: float
    price_pt: float
    second_pt: float
    note_pt: float
    code_mm: float
    foot_mm: float
    foot_pt: float
    module_mm: tuple[float, ...]
    page: Grid | None = None

    @property
    def used_mm(self) -> float:
        """How high all its parts are together."""
        parts = self.name_mm + self.facts_mm + self.price_mm + self.code_mm + self.foot_mm
        return parts + 2 * self.margin_mm


def tag_size(name: str, own: Path | None = None) -> TagSize:
    """The tags of a name, of ours or of the folder `own`; raises NoSuchSize, BadPrintSize."""
    if name not in tag_sizes(own):
        raise NoSuchSize(name, ", ".join(tag_sizes(own)))
    size, path = read_size(TAGS, name, own, TagSize), _path(TAGS, name, own)
    if size.used_mm > size.height_mm:
        raise BadPrintSize(str(path), f"height_mm < {size.used_mm:g}")
    return _sound(size, size.page, path)


def tag_sizes(own: Path | None = None) -> tuple[str, ...]:
    """The names of all tags, ours first."""
    folders = [OURS / TAGS] if own is None else [OURS / TAGS, own]
    found = [path.stem for folder in folders for path in sorted(folder.glob("*.toml"))]
    return tuple(dict.fromkeys(found))


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
        with open_file(path) as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise BadPrintSize(str(path), f"> {_LARGEST}")
        return tomllib.loads(text.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadPrintSize(str(path), str(error)) from error
