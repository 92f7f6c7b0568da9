"""纸样: a whole paper as dots, as it comes out of a printer; for looking at it on a screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.errors import BadPicture
from ui.devices.codes import bar_dots, square_dots
from ui.devices.columns import Placed, TextRow, laid_out
from ui.devices.dots import Dots
from ui.devices.logo import logo_dots
from ui.devices.profile import Paper, Profile
from ui.devices.row import Bars, Picture, Row, Squares
from ui.devices.typeset import set_row


def strip(rows: Iterable[Row], width_mm: int, profile: Profile) -> Dots:
    """All rows one below the other; what has no room or is no picture is left out."""
    paper = profile.paper(width_mm)
    made = Dots(paper.dots, b"")
    for row in laid_out(rows, paper.columns, profile):
        drawn = _drawn(row, paper, profile)
        if drawn is not None:
            made = made.over(drawn)
    return made


def _drawn(row: Placed, paper: Paper, profile: Profile) -> Dots | None:
    match row:
        case TextRow(text):
            return set_row(text, paper.dots, profile, is_big=row.is_big, is_bold=row.is_bold)
        case Bars(code):
            return _with_words(bar_dots(code, paper.dots), code, paper, profile)
        case Squares(code):
            return _with_words(square_dots(code, paper.dots), code, paper, profile)
        case Picture(path):
            try:
                return logo_dots(Path(path), paper.dots)
            except BadPicture:
                return None


def _with_words(drawn: Dots | None, code: str, paper: Paper, profile: Profile) -> Dots:
    words = set_row(" " * ((paper.columns - len(code)) // 2) + code, paper.dots, profile)
    return words if drawn is None else drawn.over(words)
