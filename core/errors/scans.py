"""拒绝，在扫码时: codes that say something, but nothing that goes into the basket as it is."""

from __future__ import annotations

from core.errors.roots import Refused


class SeveralMeanings(Refused):
    """A code that is several things here: a person chooses one of `kinds`."""

    text: str
    kinds: tuple[str, ...]


class PaperScanned(Refused):
    """The number of a receipt, a return or a redemption: it is opened, not sold."""

    no: str


class BadgeScanned(Refused):
    """A staff badge: it chooses a person at the lock screen, and is worth nothing elsewhere."""

    name: str


class EnrolmentScanned(Refused):
    """What lets a till join a chain: it belongs on its own sheet, and nothing of it is kept."""


class NoBadge(Refused):
    """Somebody has no badge to take back, or to print."""

    name: str


class NoSuchBadge(Refused):
    """A code at the lock screen that is nobody's badge."""


class BadBadge(Refused):
    """Text that cannot be the code of a badge."""

    text: str


class BadgeTaken(Refused):
    """Another person has this badge."""

    name: str


class StrangeStripe(Refused):
    """A magnetic stripe that is no card of this shop's; nothing of it is kept or shown."""


class BatchExpired(Refused):
    """Goods of a batch whose last day is over."""

    name: str
    batch: str
    on: str


class BadTrace(Refused):
    """Text that cannot be a trace code."""

    text: str


class TraceUnknown(Refused):
    """A trace code of a product that nobody has named yet."""

    code: str


class StrayTrace(Refused):
    """A code that nobody knows, like a trace code of another system, where `lines` lack theirs."""

    code: str
    lines: tuple[int, ...]


class TraceTwice(Refused):
    """A trace code that is in the basket already: the same box was scanned again."""

    code: str
    name: str


class TraceNeeded(Refused):
    """A product of which every unit needs its trace code; so many are missing in the basket."""

    name: str
    missing: int


class WeightNeeded(Refused):
    """A line of goods that are weighed, of which nobody has said what it weighs."""

    name: str


class QuantityOnTag(Refused):
    """What a scale has priced on a tag has no quantity to change."""

    name: str


class NoSuchTrace(Refused):
    """The line has no such trace code."""

    code: str


class TraceElsewhere(Refused):
    """A pack that was sold with another sale than the one it comes back on."""

    code: str
    no: str


class TraceNotNeeded(Refused):
    """Nothing in the basket lacks a trace code."""


class TooManyTraces(Refused):
    """Every unit of the line has its trace code."""

    name: str


class BadLabelLayout(Refused):
    """A layout of labels with a price or a weight that no scale could print."""

    fault: str


class NoSuchLabelLayout(Refused):
    """No layout of this store for this prefix."""

    prefix: str
