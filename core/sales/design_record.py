"""样式的检查: a design out of plain records, as a TOML file gives them, and back."""

from __future__ import annotations

from string import Formatter
from typing import Any

from core.errors import BadRecord, Why
from core.sales.design import (
    LOGO,
    PAPERS,
    PLACES,
    RULE,
    BlockPart,
    Design,
    Part,
    TextPart,
    can_be_off,
    lines_of_block,
)
from core.values.fields import Fields

_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif")
_STYLES = ("bold", "double", "centre", "off")
MOST_PARTS = 60


def design_of(record: object, paper: str) -> Design:
    """The design of a record; raises BadRecord for whatever is wrong in it, by its place."""
    fields = Fields(record)
    logo = fields.text("logo", "")
    if logo and (set(logo) & set('/\\:"') or not logo.lower().endswith(_PICTURES)):
        raise fields.wrong("logo", Why.of("not a picture of this folder"))
    parts = fields.items("part", lambda each: _part(each, paper), least=1)
    if len(parts) > MOST_PARTS:
        raise fields.wrong("part", Why.of("more than {most}", most=MOST_PARTS))
    fields.end()
    _check_blocks(parts, paper)
    if logo and not any(isinstance(part, BlockPart) and part.block == LOGO for part in parts):
        raise fields.wrong("logo", Why.of("no part shows it: block = {block}", block=LOGO))
    return Design(paper, parts, logo)


def record_of(design: Design) -> dict[str, Any]:
    """The record of a design, without what is as usual."""
    record: dict[str, Any] = {"logo": design.logo} if design.logo else {}
    record["part"] = [_written(part) for part in design.parts]
    return record


def _written(part: Part) -> dict[str, Any]:
    name = "text" if isinstance(part, TextPart) else "block"
    written: dict[str, Any] = {name: getattr(part, name)}
    if isinstance(part, BlockPart) and part.hide:
        written["hide"] = list(part.hide)
    return written | {style: True for style in _STYLES if getattr(part, style)}


def _part(fields: Fields, paper: str) -> Part:
    styles = {style: fields.flag(style, default=False) for style in _STYLES}
    if not fields.is_null("text"):
        text = fields.text("text")
        _check_places(fields, text)
        fields.end()
        return TextPart(text, **styles)
    block = fields.text("block", among=PAPERS[paper].blocks)
    known, hide = lines_of_block(paper, block), fields.texts("hide")
    for line in hide:
        if line not in known:
            raise fields.wrong("hide", Why.of("not one of {names}", names=", ".join(known) or "-"))
    fields.end()
    part = BlockPart(block, hide, **styles)
    if part.off and not can_be_off(paper, part):
        raise fields.wrong("off", Why.of("{block} has to be printed", block=block))
    return part


def _check_places(fields: Fields, text: str) -> None:
    try:
        found = list(Formatter().parse(text))
    except ValueError as error:
        raise fields.wrong("text", Why.of("a brace without its other one")) from error
    for _, name, spec, conversion in found:
        if name is not None and (name not in PLACES or spec or conversion):
            names = ", ".join(f"{{{place}}}" for place in PLACES)
            raise fields.wrong(
                "text", Why.of("no place {name}; there are {names}", name=name, names=names)
            )


def _check_blocks(parts: tuple[Part, ...], paper: str) -> None:
    seen = set[str]()
    for at, part in enumerate(parts):
        if not isinstance(part, BlockPart) or part.block == RULE:
            continue
        if part.block in seen:
            raise BadRecord(f"part[{at}].block", "stands there twice")
        seen.add(part.block)
    for block in PAPERS[paper].must:
        if block not in seen:
            raise BadRecord("part", Why.of("the block {block} is missing", block=block))
