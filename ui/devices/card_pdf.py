"""会员卡、工牌 PDF: cards of CR80 size, one to a page or ten to an A4 page with cut marks.

Code 128 with the number as it is; or, where the shop wants one or a long number finds no room in
bars, the QR code that a member's telephone shows too (`core.members.member_code`).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from core.actions.badges import PrintedBadge
from core.errors import BadPicture
from core.members.member_code import member_code
from core.members.printed_card import CardRun, PrintedCard
from ui.devices.faces import CENTRE
from ui.devices.fitting import Frame, fitted
from ui.devices.logo import check_logo
from ui.devices.marks import PALE, Image, Leaf, Mark, leaves_pdf
from ui.devices.page_grid import laid_out
from ui.devices.print_sizes import CardSize
from ui.devices.symbols import bar_marks, bars_of, module_of, square_marks
from ui.text import role_name, tr

_GAP = 3.0
_GROUP = 4
_TITLE_MM, _TITLE_PT = 18.0, 8.0


def cards_pdf(
    run: CardRun, size: CardSize, *, on_pages: bool = False, logo: Path | None = None
) -> bytes:
    """The PDF of these cards; `on_pages` puts many on a page, as the size says."""
    cells = [card_marks(card, run.store, size, logo) for card in run.cards]
    grid = size.page if on_pages else None
    leaves = laid_out(cells, grid, size.width_mm, size.height_mm)
    return leaves_pdf(leaves, tr("会员卡"))


def card_marks(
    card: PrintedCard, store: str, size: CardSize, logo: Path | None = None
) -> tuple[Mark, ...]:
    """One card."""
    face = _Face(
        store=store,
        title=tr("会员卡"),
        name=card.name,
        code=card.card_no,
        square=member_code(card.card_no),
    )
    return _marks(face, size, logo)


def badge_leaf(badge: PrintedBadge, size: CardSize, logo: Path | None = None) -> Leaf:
    """工牌: as large as a card, with name, role and the code that is scanned at the lock screen."""
    face = _Face(
        store=badge.store,
        title=tr("工牌"),
        name=f"{badge.name}　{role_name(badge.role)}",
        code=badge.code,
        square=badge.code,
    )
    return Leaf(size.width_mm, size.height_mm, _marks(face, replace(size, words=""), logo))


class _Face(Struct, frozen=True):
    """What stands on a card; `square` is what its QR code says."""

    store: str
    title: str
    name: str
    code: str
    square: str


def _marks(card: _Face, size: CardSize, logo: Path | None) -> tuple[Mark, ...]:
    bars = bars_of(card.code)
    room = size.width_mm - 2 * size.margin_mm
    module = module_of(bars, room, size.module_mm) if size.code == "bars" else None
    marks = _head(card, size, logo)
    if size.words:
        top = size.height_mm - size.margin_mm / 2 - size.words_mm
        frame = Frame(size.margin_mm, top, room, size.words_mm)
        marks += fitted(size.words, frame, size.words_pt, grey=PALE, side=CENTRE)
    if module is None:
        return (*marks, *_with_square(card, size))
    top = _below(size) - size.number_mm - size.code_mm
    left = (size.width_mm - bars.width * module) / 2
    marks += bar_marks(bars, left, top, module, size.code_mm)
    below = Frame(size.margin_mm, top + size.code_mm, room, size.number_mm)
    marks += fitted(grouped(card.code), below, size.number_pt, side=CENTRE)
    middle = Frame(size.margin_mm, top - _GAP - size.name_mm, room, size.name_mm)
    marks += fitted(card.name, middle, size.name_pt, is_bold=True)
    return tuple(marks)


def grouped(card_no: str) -> str:
    """Digits in fours, as people read them out; other numbers as they are."""
    if not card_no.isdigit():
        return card_no
    return " ".join(card_no[at : at + _GROUP] for at in range(0, len(card_no), _GROUP))


def _below(size: CardSize) -> float:
    """Where the number ends."""
    return size.height_mm - size.margin_mm - (size.words_mm if size.words else 0.0)


def _head(card: _Face, size: CardSize, logo: Path | None) -> list[Mark]:
    """Logo and name of the shop, and what this is."""
    marks: list[Mark] = []
    x, room = size.margin_mm, size.width_mm - 2 * size.margin_mm - _TITLE_MM
    if logo is not None and (picture := _picture(logo, size)) is not None:
        marks.append(picture)
        x, room = x + picture.width + _GAP, room - picture.width - _GAP
    title = Frame(
        size.width_mm - size.margin_mm - _TITLE_MM, size.margin_mm, _TITLE_MM, size.head_mm
    )
    marks += fitted(
        card.store, Frame(x, size.margin_mm, room, size.head_mm), size.head_pt, is_bold=True
    )
    marks += fitted(card.title, title, _TITLE_PT, grey=PALE, side=1.0)
    return marks


def _picture(logo: Path, size: CardSize) -> Image | None:
    """At most a third of the card wide; nothing for a picture that went bad since it was chosen."""
    try:
        wide, high = check_logo(logo)
    except BadPicture:
        return None
    times = min(size.head_mm / high, size.width_mm / 3 / wide)
    top = size.margin_mm + (size.head_mm - high * times) / 2
    return Image(size.margin_mm, top, str(logo), wide * times, high * times)


def _with_square(card: _Face, size: CardSize) -> list[Mark]:
    """The square at the right, name and number at its left."""
    side = size.square_mm
    x, top = size.width_mm - size.margin_mm - side, _below(size) - side
    room = x - _GAP - size.margin_mm
    high = size.number_mm * (2 if len(card.code) > 3 * _GROUP + 4 else 1)
    number = Frame(size.margin_mm, _below(size) - high, room, high)
    name = Frame(size.margin_mm, number.y - size.name_mm - 1, room, size.name_mm)
    return [
        *square_marks(card.square, x, top, side),
        *fitted(card.name, name, size.name_pt, is_bold=True),
        *fitted(grouped(card.code), number, size.number_pt),
    ]
