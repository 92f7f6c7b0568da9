"""单据的字: a paper as rows of words, in the order of its design; every printer has the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from core.sales import receipt as r
from core.sales.blocks import blocks_of, paper_of
from core.sales.design import LOGO, RULE, BlockPart, Design, TextPart
from core.sales.receipt import Heading, SaleInfo
from core.sales.report import ReportHeading, ReportInfo
from core.sales.slip import Slip
from ui.devices.designs import SHIPPED, Designs
from ui.devices.receipt_rows import receipt_rows
from ui.devices.report_rows import OwnLine, report_rows
from ui.devices.row import Bars, Picture, Row, Squares, Stroke, Style, Voice, Words
from ui.devices.slip_rows import SlipLine, slip_rows
from ui.text import tr

_FIGURES = ("pieces", "list", "saved")


def rows_of(slip: Slip, designs: Designs = SHIPPED) -> tuple[Row, ...]:
    """All rows from top to bottom; a line across stands only between two of them."""
    design = designs.of(paper_of(slip))
    blocks, facts = blocks_of(slip), facts_of(slip)
    rows: list[Row] = list(receipt_rows(r.TrainingLine())) if designs.is_training else []
    waits = False
    for part in design.parts:
        if part.off:
            continue
        if isinstance(part, BlockPart) and part.block == RULE:
            waits = bool(rows)
            continue
        found = list(_part_rows(part, blocks, facts, design, designs))
        if found and waits:
            rows.append(Stroke())
            waits = False
        rows += found
    return tuple(rows)


def facts_of(slip: Slip) -> dict[str, str]:
    """What the places of a text are filled with; those without a value are absent."""
    facts: dict[str, str] = {}
    for line in slip.lines:
        match line:
            case Heading() | ReportHeading():
                facts |= {"store": line.store_name, "till": str(line.till_no)}
            case SaleInfo(no, at, staff):
                facts |= {"receipt_no": no, "cashier": str(staff)} | _moment(at)
            case ReportInfo(_, at, staff):
                facts |= {"cashier": str(staff)} | _moment(at)
            case r.MemberLine(name, card, tier):
                facts |= {"member": name, "card": card, "tier": tier}
            case r.PointsLine(balance=balance) | r.PointsBackLine(balance=balance):
                facts["points"] = f"{balance:,}".replace("-", "−")
            case _:
                pass
    return facts


def _moment(local_time: str) -> dict[str, str]:
    day, _, clock = local_time.partition(" ")
    return {"date": day, "time": clock}


def _part_rows(
    part: TextPart | BlockPart,
    blocks: dict[str, list[Any]],
    facts: dict[str, str],
    design: Design,
    designs: Designs,
) -> Iterator[Row]:
    style = Style(part.bold, part.double, part.centre)
    if isinstance(part, TextPart):
        yield from _text(part.text, facts, style)
        return
    if part.block == LOGO:
        if design.logo:
            yield Picture(str(designs.picture(design.logo)))
        return
    if part.block == "till":
        rows: Iterator[Row] = _till(facts)
    else:
        rows = (row for line in blocks.get(part.block, ()) for row in _rows(line, part.hide))
    for row in rows:
        if isinstance(row, Words) and style != Style():
            yield replace(row, style=row.shown.with_more(style))
        else:
            yield row


def _text(text: str, facts: dict[str, str], style: Style) -> Iterator[Row]:
    """A line of the shop; one whose place has nothing to say is left out."""
    try:
        said = text.format_map(facts)
    except KeyError:
        return
    yield Words(said, voice=Voice.PLAIN, style=style)


def _till(facts: dict[str, str]) -> Iterator[Row]:
    if "till" in facts:
        yield Words(tr("{no} 号收银台", no=facts["till"]), voice=Voice.CENTRED)


def _rows(line: Any, hide: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one line, less what the shop leaves away."""
    if not hide:
        yield from _all_rows(line)
        return
    match line:
        case r.SavingLine() if "savings" in hide:
            return
        case r.OfferLine() if "offers" in hide:
            return
        case r.FigureLine(kind=kind) if kind in _FIGURES and kind in hide:
            return
        case SaleInfo() if "cashier" in hide:
            line = replace(line, staff_no=0)
        case r.MemberLine() if "card" in hide:
            line = replace(line, masked_card="")
        case _:
            pass
    for row in _all_rows(line):
        is_away = isinstance(row, Bars) and "bars" in hide
        if not is_away and not (isinstance(row, Squares) and "qr" in hide):
            yield row


def _all_rows(line: Any) -> Iterator[Row]:
    if isinstance(line, OwnLine):
        return report_rows(line)
    return slip_rows(line) if isinstance(line, SlipLine) else receipt_rows(line)
