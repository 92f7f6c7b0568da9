"""草稿: what a person does to a design, one change at a time; nothing is kept by it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from core.sales.design import LOGO, RULE, Design, Part, TextPart, can_be_off, lines_of_block
from ui.paper_words import line_name, part_name
from ui.text import tr
from ui.widgets.choices import Choice

STYLES = ("bold", "double", "centre")


class Line(Struct, frozen=True):
    """A line of a block that can be left away, and whether it is printed."""

    name: str
    words: str
    is_shown: bool


def choices(design: Design) -> list[Choice]:
    """Every part as a row: what it is, and whether it is printed."""
    return [
        Choice(
            at, part_name(part) or tr("（空行）"), _state(design, part), icon=_icon(design, part)
        )
        for at, part in enumerate(design.parts)
    ]


def _state(design: Design, part: Part) -> str:
    if part.off:
        return tr("不打印")
    if isinstance(part, TextPart):
        return tr("一行字")
    if part.block == LOGO and not design.logo:
        return tr("还没有图片")
    shown = [line.words for line in lines(design, part) if line.is_shown]
    if shown:
        return tr("、").join(shown)
    return "" if can_be_off(design.paper, part) else tr("一定打印")


def _icon(design: Design, part: Part) -> str:
    if part.off:
        return "minus"
    return "check" if can_be_off(design.paper, part) else "lock"


def lines(design: Design, part: Part) -> list[Line]:
    """The lines of a part that can be left away."""
    if isinstance(part, TextPart):
        return []
    known = lines_of_block(design.paper, part.block)
    return [Line(name, line_name(name), name not in part.hide) for name in known]


def with_part(design: Design, at: int, part: Part) -> Design:
    """The design with another part in this place."""
    parts = list(design.parts)
    parts[at] = part
    return replace(design, parts=tuple(parts))


def switched(design: Design, at: int) -> Design:
    """Printed or not; what must be printed stays as it is."""
    part = design.parts[at]
    if not can_be_off(design.paper, part):
        return design
    return with_part(design, at, replace(part, off=not part.off))


def line_switched(design: Design, at: int, line: str) -> Design:
    """A line of a block, printed or not."""
    part = design.parts[at]
    if isinstance(part, TextPart):
        return design
    hide = part.hide
    hide = tuple(each for each in hide if each != line) if line in hide else (*hide, line)
    return with_part(design, at, replace(part, hide=hide))


def styled(design: Design, at: int, style: str) -> Design:
    """Bold, double or centred, or not."""
    part = design.parts[at]
    return with_part(design, at, replace(part, **{style: not getattr(part, style)}))


def moved(design: Design, at: int, step: int) -> Design:
    """A part one place up (−1) or down (1)."""
    to = at + step
    if not 0 <= to < len(design.parts):
        return design
    parts = list(design.parts)
    parts[at], parts[to] = parts[to], parts[at]
    return replace(design, parts=tuple(parts))


def with_text(design: Design, at: int) -> Design:
    """A new line of words below this place, in the middle as most of them are."""
    parts = list(design.parts)
    parts.insert(at + 1, TextPart("", centre=True))
    return replace(design, parts=tuple(parts))


def without(design: Design, at: int) -> Design:
    """Less a line of words; blocks are switched off instead, so that they can come back."""
    if not can_be_taken(design, at):
        return design
    return replace(design, parts=(*design.parts[:at], *design.parts[at + 1 :]))


def can_be_taken(design: Design, at: int) -> bool:
    """Whether a part is one of which there can be any number."""
    part = design.parts[at]
    is_many = isinstance(part, TextPart) or part.block == RULE
    return is_many and len(design.parts) > 1
