"""印出来的柱: bars of a report on paper; names of words stand whole beside bars that lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from ui.devices.faces import CENTRE, RIGHT
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import Box, Mark, Text

WORDS_PT = 8.0
HEAD_MM, AXIS_MM, STANDING_MM, LYING_MM = 7.0, 6.0, 42.0, 6.0
NAMES_MM, FIGURES_MM, GAP_MM = 52.0, 26.0, 2.0
WIDEST_MM, TICK_MM, RULE_MM = 9.0, 0.5, 0.2
SHARE_OF_STEP = 0.64
FULL, FAINT = 0.55, 0.8


class PaperBar(Struct, frozen=True):
    """A bar: its name, its length in whole numbers with that in words, the one before it."""

    name: str
    value: int
    words: str
    before: int | None = None


class PaperBars(Struct, frozen=True):
    """柱图: at least one bar; what they are, what the short lines are ("" for none).

    `lie`: one below the other, so that long names find room.
    """

    what: str
    before: str
    bars: Sequence[PaperBar]
    lie: bool

    @property
    def height_mm(self) -> float:
        """What it takes of a page."""
        room = len(self.bars) * LYING_MM if self.lie else STANDING_MM + AXIS_MM
        return HEAD_MM + room + AXIS_MM

    def marks(self, x: float, y: float, width: float) -> list[Mark]:
        """With the left upper corner at a place; millimetres."""
        head = [Text(x, y + 4, self.what, WORDS_PT, is_bold=True)]
        if self.before:
            head.append(Text(x + width, y + 4, self.before, WORDS_PT, side=RIGHT))
        below = y + HEAD_MM
        return [*head, *(self._lying if self.lie else self._standing)(x, below, width)]

    @property
    def _ends(self) -> tuple[int, int]:
        """The lowest value and the highest, 0 among them."""
        values = list(chain(*((bar.value, bar.before or 0) for bar in self.bars)))
        return min(*values, 0), max(*values, 0)

    def _lying(self, x: float, y: float, width: float) -> Iterator[Mark]:
        low, high = self._ends
        room = width - NAMES_MM - FIGURES_MM
        each = room / max(high - low, 1)
        zero = x + NAMES_MM - low * each
        for at, bar in enumerate(self.bars):
            top = y + at * LYING_MM
            names = Frame(x, top, NAMES_MM - GAP_MM, LYING_MM)
            yield from fitted(bar.name, names, WORDS_PT)
            long = abs(bar.value) * each
            left = zero - (long if bar.value < 0 else 0)
            grey = FULL if bar.value >= 0 else FAINT
            yield Box(left, top + 1, long, LYING_MM - 2, grey)
            if bar.before is not None and bar.before > 0:
                yield Box(zero + bar.before * each - TICK_MM, top + 0.4, TICK_MM, LYING_MM - 0.8)
            figures = Frame(x + width - FIGURES_MM, top, FIGURES_MM, LYING_MM)
            yield from fitted(bar.words, figures, WORDS_PT, side=RIGHT, is_whole=True)
        yield Box(zero, y, RULE_MM, len(self.bars) * LYING_MM)

    def _standing(self, x: float, y: float, width: float) -> Iterator[Mark]:
        low, high = self._ends
        room = STANDING_MM - AXIS_MM  # above the highest its figure
        each, step = room / max(high - low, 1), width / len(self.bars)
        zero = y + AXIS_MM + high * each
        wide = min(step * SHARE_OF_STEP, WIDEST_MM)
        every = _every([bar.name for bar in self.bars], step)
        are_told = _every([bar.words for bar in self.bars], step) == 1
        highest = max(self.bars, key=lambda bar: bar.value)
        for at, bar in enumerate(self.bars):
            middle = x + (at + 0.5) * step
            tall = abs(bar.value) * each
            top = zero - (tall if bar.value > 0 else 0)
            yield Box(middle - wide / 2, top, wide, tall, FULL if bar.value >= 0 else FAINT)
            if bar.before is not None and bar.before > 0:
                tick = zero - bar.before * each
                yield Box(middle - step * 0.45, tick, step * 0.9, TICK_MM)
            if bar.value > 0 and (are_told or bar is highest):
                yield _within(Text(middle, top - 1, bar.words, WORDS_PT, side=CENTRE), x, width)
            if at % every == 0:
                label = Text(middle, y + STANDING_MM + 4, bar.name, WORDS_PT, side=CENTRE)
                yield _within(label, x, width)
        yield Box(x, zero, width, RULE_MM)


def _every(words: Sequence[str], step: float) -> int:
    """Of how many places one has room for its words."""
    widest = max(Text(0, 0, each, WORDS_PT).width for each in words) + GAP_MM
    return max(1, int(-(-widest // step)))


def _within(text: Text, x: float, width: float) -> Text:
    """Not beyond the edges of the chart."""
    half = text.width / 2
    middle = min(max(text.x, x + half), x + width - half)
    return Text(middle, text.y, text.text, text.size, text.is_bold, text.grey, text.side)
