"""一份记录的 PDF: pages of A4 with a title and sections of labels and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct
from reportlab.lib.units import mm

from ui.devices.faces import RIGHT, Face, faces
from ui.devices.marks import Box, Leaf, Mark, Text, leaves_pdf
from ui.devices.wrapping import wrap
from ui.text import tr

PAGE_MM = (210.0, 297.0)
MARGIN_MM = 18.0
LABEL_MM = 48.0
LINE_MM, GAP_MM = 5.0, 2.2
TITLE_PT, HEAD_PT, BODY_PT, SMALL_PT = 16.0, 11.0, 9.0, 8.0
LOWEST_MM = PAGE_MM[1] - MARGIN_MM - 8
LIGHT = 0.7


class RecordSection(Struct, frozen=True):
    """A heading, and rows of a label and a value; a row without a label has the whole width."""

    title: str
    rows: Sequence[tuple[str, str]]


def record_pdf(title: str, subtitle: str, sections: Sequence[RecordSection]) -> bytes:
    """The same record gives the same bytes."""
    pages = list(_pages(title, subtitle, sections))
    leaves = []
    for at, marks in enumerate(pages, 1):
        words = tr("第 {page} 页，共 {pages} 页", page=at, pages=len(pages))
        foot = Text(PAGE_MM[0] - MARGIN_MM, PAGE_MM[1] - MARGIN_MM, words, SMALL_PT, side=RIGHT)
        leaves.append(Leaf(*PAGE_MM, (*marks, foot)))
    return leaves_pdf(leaves, title)


def _pages(title: str, subtitle: str, sections: Sequence[RecordSection]) -> Iterator[list[Mark]]:
    marks: list[Mark] = [
        Text(MARGIN_MM, MARGIN_MM + 6, title, TITLE_PT, is_bold=True),
        Text(MARGIN_MM, MARGIN_MM + 14, subtitle, BODY_PT),
    ]
    y = MARGIN_MM + 22
    for section in sections:
        if y > LOWEST_MM - 3 * LINE_MM:
            yield marks
            marks, y = [], MARGIN_MM
        y += HEAD_PT / 2
        marks.append(Text(MARGIN_MM, y, section.title, HEAD_PT, is_bold=True))
        marks.append(Box(MARGIN_MM, y + 2, PAGE_MM[0] - 2 * MARGIN_MM, 0.3))
        y += LINE_MM + GAP_MM
        for label, value in section.rows:
            names, lines = _lines(label, LABEL_MM - GAP_MM), _lines(value, _room(label))
            high = max(len(names), len(lines)) * LINE_MM
            if y + high > LOWEST_MM:
                yield marks
                marks, y = [], MARGIN_MM + LINE_MM
            x = PAGE_MM[0] - MARGIN_MM - _room(label)
            for left, said in ((MARGIN_MM, names), (x, lines)):
                marks += [
                    Text(left, y + at * LINE_MM, each, BODY_PT) for at, each in enumerate(said)
                ]
            y += high + GAP_MM
            wide = PAGE_MM[0] - 2 * MARGIN_MM
            marks.append(Box(MARGIN_MM, y - LINE_MM - GAP_MM / 2 + 1, wide, 0.1, grey=LIGHT))
    yield marks


def _room(label: str) -> float:
    """How wide a value may be, beside its label."""
    return PAGE_MM[0] - 2 * MARGIN_MM - (LABEL_MM if label else 0)


def _lines(text: str, wide: float) -> list[str]:
    face = faces()[0]
    return wrap(face.shown(text), wide * mm, partial(_width, face)) if text else []


def _width(face: Face, text: str) -> float:
    return face.width(text, BODY_PT)
