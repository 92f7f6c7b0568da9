"""拼版: cards and tags each on a page, or many on one, with marks for the knife."""

from __future__ import annotations

from ui.devices.marks import Box, Leaf, Mark, moved
from ui.devices.print_sizes import Grid

_CUT, _THIN, _AWAY = 4.0, 0.2, 1.5


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
