"""票据样式: what a paper shows, in which order: a shop's own texts, and blocks of what happened.

A design is data (docs/papers.md). What has to stand on a paper can neither be left out nor be
switched off: `MUST`. A text may have places, `{store}`, that are filled in when it is printed; a
text whose place has nothing to say is left out.
"""

from __future__ import annotations

from msgspec import Struct

RULE, LOGO = "rule", "logo"
PLACES = (
    "store",
    "till",
    "receipt_no",
    "date",
    "time",
    "cashier",
    "member",
    "card",
    "tier",
    "points",
)
_FREE = (LOGO, "till", RULE)
_MEMBER = ("member", "points", "expiry", "tier")


class Paper(Struct, frozen=True):
    """One kind of paper: the blocks that it must have, and those that it may have besides."""

    must: tuple[str, ...]
    may: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[str, ...]:
        """All blocks that may stand on it."""
        return (*_FREE, *self.must, *self.may)


_BACK = Paper(("marks", "number", "reason", "items", "back"), (*_MEMBER, "sign", "code"))
PAPERS: dict[str, Paper] = {
    "receipt": Paper(("marks", "number", "items", "totals", "tenders"), (*_MEMBER, "code")),
    "refund": _BACK,
    "void": _BACK,
    "redemption": Paper(("marks", "number", "rewards"), (*_MEMBER, "sign", "code")),
    "report": Paper(
        ("marks", "number", "figures", "drawer"),
        ("moves", "cashiers", "partners", "shifts", "sign"),
    ),
    "cash": Paper(("marks", "number", "moves"), ("sign",)),
    "statement": Paper(
        ("marks", "period", "member", "account"), ("moves", "purchases", "expiry", "sign")
    ),
    "coupon": Paper(("marks", "coupon", "conditions", "code"), ("member",)),
    "gift": Paper(("marks", "number", "items"), ("code",)),
    "hold": Paper(("marks", "number", "held", "code"), ("items",)),
}
# Lines of a block that a shop can leave away, by block.
LINES: dict[str, tuple[str, ...]] = {
    "number": ("cashier",),
    "items": ("savings",),
    "totals": ("pieces", "list", "saved", "offers"),
    "member": ("card",),
    "rewards": ("bars", "qr"),
    "code": ("bars", "qr"),
}


class TextPart(Struct, frozen=True):
    """A line in the shop's own words; `double` is twice as high and wide."""

    text: str
    bold: bool = False
    double: bool = False
    centre: bool = False
    off: bool = False


class BlockPart(Struct, frozen=True):
    """A block, less the lines in `hide`; `off` keeps its place without showing it."""

    block: str
    hide: tuple[str, ...] = ()
    bold: bool = False
    double: bool = False
    centre: bool = False
    off: bool = False


Part = TextPart | BlockPart


class Design(Struct, frozen=True):
    """How one paper looks; `logo` is a picture in the folder of the designs, "" for none."""

    paper: str
    parts: tuple[Part, ...]
    logo: str = ""


def can_be_off(paper: str, part: Part) -> bool:
    """Whether a part may be left away."""
    return isinstance(part, TextPart) or part.block not in PAPERS[paper].must


def lines_of_block(paper: str, block: str) -> tuple[str, ...]:
    """Lines that can be left away in a block of this paper."""
    if block == "items" and paper != "receipt":
        return ()
    return LINES.get(block, ())
