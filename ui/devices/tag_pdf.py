"""标价签 PDF: a tag a page for rolls of labels, or many on a page of stickers.

From the upper edge: name, spec and unit, prices, bars, and below them code and date. A special
price takes the place of the list price, which stands beside it, struck through.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from core.catalog.price_tag import PriceTag
from core.values.money import format_money
from ui.devices.faces import LEFT, RIGHT
from ui.devices.fitting import LEADING, Frame, fitted
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.devices.page_grid import laid_out
from ui.devices.print_sizes import TagSize
from ui.devices.symbols import bar_marks, bars_of_product, module_of, square_marks
from ui.text import tr

_GAP = 1.2
_NOTE_SHARE, _MAIN_SHARE = 0.14, 0.5
_WIDE_NOTE_SHARE = 0.18
"""For a name of several words, which stand one below the other."""
_STRIKE = 0.22
_GONE = 0.6
_ABOVE = 0.6
_RISE = 0.36
"""Of the height of figures: where a line through them lies."""


def tags_pdf(tags: Sequence[PriceTag], size: TagSize, *, skip: int = 0) -> bytes:
    """The PDF of these tags; the first `skip` stickers of a page were used before."""
    return leaves_pdf(tag_leaves(tags, size, skip=skip), tr("标价签"))


def tag_leaves(tags: Sequence[PriceTag], size: TagSize, *, skip: int = 0) -> list[Leaf]:
    """The pages."""
    cells = [tag_marks(tag, size) for tag in tags]
    return laid_out(cells, size.page, size.width_mm, size.height_mm, skip)


def tag_marks(tag: PriceTag, size: TagSize) -> tuple[Mark, ...]:
    """One tag."""
    x, room = size.margin_mm, size.width_mm - 2 * size.margin_mm
    y = size.margin_mm
    marks: list[Mark] = [
        *fitted(tag.name, Frame(x, y, room, size.name_mm), size.name_pt, is_bold=True)
    ]
    y += size.name_mm
    marks += _facts(tag, Frame(x, y, room, size.facts_mm), size)
    y += size.facts_mm
    marks += _prices(tag, Frame(x, y, room, size.price_mm), size)
    y += size.price_mm
    return (*marks, *_code(tag, Frame(x, y, room, size.code_mm + size.foot_mm), size))


def _facts(tag: PriceTag, frame: Frame, size: TagSize) -> list[Text]:
    """Spec and unit: the unit has a quarter, and the spec what is left."""
    unit = tr("单位：{unit}", unit=tag.unit) if tag.unit else ""
    right = frame.width / 4 if unit else 0.0
    spec = Frame(frame.x, frame.y, frame.width - right - _GAP, frame.height)
    place = Frame(frame.x + frame.width - right, frame.y, right, frame.height)
    marks = fitted(tag.spec, spec, size.facts_pt)
    return marks + fitted(unit, place, size.facts_pt, side=RIGHT, is_whole=True)


def _prices(tag: PriceTag, frame: Frame, size: TagSize) -> list[Mark]:
    """What it is called, the figure, and at the right what members pay and what it was."""
    seconds = []
    if tag.special_fen is not None:
        seconds.append((tr("原价"), tag.list_fen, True))
    if tag.member_fen is not None:
        seconds.append((tr("会员价"), tag.member_fen, False))
    called = tr("零售价") if tag.special_fen is None else tr("特价")
    share = _WIDE_NOTE_SHARE if " " in called else _NOTE_SHARE
    note = Frame(frame.x, frame.y, frame.width * share, frame.height)
    main_width = frame.width * (_MAIN_SHARE if seconds else 1 - share) - _GAP
    main = Frame(note.x + note.width + _GAP, frame.y, main_width, frame.height)
    figure = fitted(
        f"¥{format_money(tag.price_fen)}", main, size.price_pt, is_bold=True, is_whole=True
    )
    marks: list[Mark] = [*_note(called, note, size.note_pt, is_bold=True), *figure]
    left = main.x + main.width + _GAP
    high = frame.height / max(1, len(seconds))
    for at, (words, fen, is_gone) in enumerate(seconds):
        place = Frame(left, frame.y + at * high, frame.x + frame.width - left, high)
        marks += _second(words, fen, place, size, is_gone=is_gone)
    return marks


def _note(
    words: str, frame: Frame, largest: float, *, is_bold: bool = False, side: float = LEFT
) -> list[Text]:
    """What a price is called, in one line, or each word in its own where they get larger so."""
    [line] = fitted(words, frame, largest, is_bold=is_bold, side=side, is_whole=True)
    parts = words.split()
    high = frame.height / len(parts)
    places = [Frame(frame.x, frame.y + at * high, frame.width, high) for at in range(len(parts))]
    marks = [
        mark
        for part, place in zip(parts, places, strict=True)
        for mark in fitted(part, place, largest, is_bold=is_bold, side=side, is_whole=True)
    ]
    size = min(mark.size for mark in marks)
    if size <= line.size:
        return [line]
    middle, step = frame.y + frame.height / 2, size * LEADING / mm
    top = middle - step * len(parts) / 2
    return [
        mark
        for at, part in enumerate(parts)
        for mark in fitted(
            part,
            Frame(frame.x, top + at * step, frame.width, step),
            size,
            is_bold=is_bold,
            side=side,
            is_whole=True,
        )
    ]


def _second(words: str, fen: int, frame: Frame, size: TagSize, *, is_gone: bool) -> list[Mark]:
    """Called so above the figure where there is height for both, else before it."""
    if frame.height > frame.width * 0.4:
        split = frame.height * 0.36
        note = Frame(frame.x, frame.y, frame.width, split)
        place = Frame(frame.x, frame.y + split, frame.width, frame.height - split)
        side = RIGHT
    else:
        split = frame.width * (0.46 if " " in words else 0.38)
        note = Frame(frame.x, frame.y, split - _GAP / 2, frame.height)
        place = Frame(frame.x + split, frame.y, frame.width - split, frame.height)
        side = LEFT
    largest = size.second_pt * (_GONE if is_gone else 1.0)
    text = format_money(fen)
    figure = fitted(text, place, largest, is_bold=not is_gone, side=RIGHT, is_whole=True)
    marks: list[Mark] = [*_note(words, note, size.note_pt, side=side), *figure]
    if is_gone:
        marks += [
            Box(each.x - each.width, each.y - each.size * _RISE / mm, each.width, _STRIKE)
            for each in figure
        ]
    return marks


def _code(tag: PriceTag, frame: Frame, size: TagSize) -> list[Mark]:
    """Bars with the code below; a code too long for bars is a square with the code beside it."""
    bars = bars_of_product(tag.code)
    module = module_of(bars, frame.width, size.module_mm)
    date = tag.on.isoformat()
    if module is None:
        side = frame.height
        beside = Frame(frame.x + side + _GAP, frame.y, frame.width - side - _GAP, size.code_mm)
        below = Frame(beside.x, frame.y + size.code_mm, beside.width, size.foot_mm)
        return [
            *square_marks(tag.code, frame.x, frame.y, side),
            *fitted(tag.code, beside, size.foot_pt),
            *fitted(date, below, size.foot_pt, side=RIGHT, is_whole=True),
        ]
    left = frame.x + (frame.width - bars.width * module) / 2
    split = frame.width * 0.64
    foot = frame.y + size.code_mm
    number = Frame(frame.x, foot, split, size.foot_mm)
    printed = Frame(frame.x + split + _GAP, foot, frame.width - split - _GAP, size.foot_mm)
    return [
        *bar_marks(bars, left, frame.y + _ABOVE, module, size.code_mm - _ABOVE),
        *fitted(tag.code, number, size.foot_pt),
        *fitted(date, printed, size.foot_pt, side=RIGHT, is_whole=True),
    ]
