"""明细行: one row of a LineTable as plain data, already in words."""

from __future__ import annotations

from msgspec import Struct

STYLES = {"plain": "ink_2", "saved": "accent_text", "warn": "warn_text", "danger": "danger_text"}


class Fragment(Struct, frozen=True):
    """A piece of the sub-line; `style` is plain, saved, warn or danger."""

    text: str
    style: str = "plain"


class LineRow(Struct, frozen=True):
    """A row: `line` (72 px), or `offer` (48 px), which stands for the whole basket.

    `key` tells rows apart when new ones are shown. A line with a `count` shows the stepper around
    it while it is current, and then `unit` (29.90 / 盒) opens its sub-line. In an offer `name` and
    the sub-line stand side by side.
    """

    no: str
    name: str
    spec: str = ""
    chips: tuple[str, ...] = ()
    sub: tuple[Fragment, ...] = ()
    quantity: str = ""
    list: str = ""
    net: str = ""
    kind: str = "line"
    key: str = ""
    count: str = ""
    unit: str = ""
    icon: str = "offer"

    @property
    def identity(self) -> str:
        """What this row is known by from one showing to the next."""
        return self.key or f"{self.kind} {self.no} {self.name}"

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers and tests."""
        facts = (self.no, self.name, self.spec, *self.chips, self.quantity, self.net)
        details = (fragment.text for fragment in self.sub)
        return " ".join(text for text in (*facts, *details) if text)
