"""柱图: this period as solid bars, the one compared with as ticks, words in their place."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.look import Look
from ui.widgets import paint

AXIS = 28
HEAD = 24
MARK_GAP = 4
WIDEST_BAR = 48
STEPS = (1, 2, 5)
NARROWEST_LABEL = 6


class Bar(Struct, frozen=True):
    """One place on the axis: its label, value, the value compared with (None: none), its tip."""

    label: str
    value: int
    before: int | None = None
    tip: str = ""
    is_now: bool = False


class Captions(Struct, frozen=True):
    """Words over the highest bar and the highest tick, "" where none are wanted."""

    value: str = ""
    before: str = ""


class BarChart(QWidget):
    """Bars of whole numbers, also below zero; `name` and `spoken` as everywhere.

    `nothing` is the sentence that stands there instead where every value is 0.
    """

    def __init__(self, look: Look, *, name: str, spoken: str, nothing: str) -> None:
        super().__init__()
        self._look = look
        self._nothing = nothing
        self._is_told = False
        self._bars: tuple[Bar, ...] = ()
        self._captions = Captions()
        self._marks: tuple[tuple[int, str], ...] = ()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._spoken = spoken
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(
        self,
        bars: Sequence[Bar],
        *,
        captions: Captions | None = None,
        marks: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Show others; `marks` are values on the scale with their words (`marks_below`)."""
        self._bars, self._is_told = tuple(bars), True
        self._captions = captions or Captions()
        self._marks = tuple(marks)
        told = ", ".join(f"{bar.label} {bar.tip or bar.value}" for bar in bars)
        self.setAccessibleDescription(self._nothing if self.is_bare else told)
        self.update()

    def picture(self) -> QPixmap:
        """As it shows, on the ground of the page."""
        return self.grab()

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def top(self) -> int:
        """The highest value that shows."""
        seen = [bar.value for bar in self._bars] + [bar.before or 0 for bar in self._bars]
        return max([*seen, 0])

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.top() and not self.low()

    def low(self) -> int:
        """The lowest value that shows, 0 where none is below it."""
        return min([bar.value for bar in self._bars] + [0])

    def event(self, event: QHelpEvent) -> bool:  # type: ignore[override]
        if event.type() == QHelpEvent.Type.ToolTip:
            at = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._bars[at].tip if at >= 0 else "", self)
            return True
        return super().event(event)

    def _plot(self) -> QRectF:
        left = max(
            [paint.advance(self._look.font("small"), words) for _, words in self._marks] + [0]
        )
        return QRectF(
            left + 8 if left else 0, HEAD, self.width() - left - 8, self.height() - AXIS - HEAD
        )

    def _at(self, x: int) -> int:
        plot = self._plot()
        if not self._bars or not plot.left() <= x < plot.right():
            return -1
        return int((x - plot.left()) * len(self._bars) / plot.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, plot, top = QPainter(self), self._look, self._plot(), self.top()
        if not self._is_told:
            return
        if self.is_bare:
            ink, place = look.colour("ink_2"), QRectF(0, HEAD / 2, self.width(), HEAD)
            paint.words(painter, place, self._nothing, font=look.font("body"), colour=ink)
            return
        base = self._y(plot, 0, top)
        self._paint_marks(painter, plot, top)
        rule = QRectF(plot.left(), base, plot.width(), look.borders.rule)
        painter.fillRect(rule, look.colour("line_strong"))
        step = plot.width() / len(self._bars)
        every = self._label_every(step)
        for at, bar in enumerate(self._bars):
            middle = plot.left() + (at + 0.5) * step
            self._paint_bar(painter, bar, middle, step, plot, top)
            if at % every == 0 or bar.is_now:
                below = plot.bottom() + 4
                font = look.font("small", bar.is_now)
                half = max(step * every / 2, paint.advance(font, bar.label) / 2)
                left = min(max(middle - half, 0), self.width() - 2 * half)
                place = QRectF(left, below, 2 * half, AXIS - 4)
                ink = look.colour("ink" if bar.is_now else "ink_2")
                paint.words(painter, place, bar.label, font=font, colour=ink, align=paint.CENTRE)
        self._paint_captions(painter, plot, step, top)

    def _label_every(self, step: float) -> int:
        font = self._look.font("small")
        widest = max(paint.advance(font, bar.label) for bar in self._bars) + NARROWEST_LABEL
        return max(1, int(-(-widest // step)))

    def _paint_marks(self, painter: QPainter, plot: QRectF, top: int) -> None:
        look = self._look
        for value, text in self._marks:
            y = self._y(plot, value, top)
            line = QRectF(plot.left(), y, plot.width(), look.borders.rule)
            painter.fillRect(line, look.colour("line"))
            place = QRectF(0, y - 10, plot.left() - 8, 20)
            font, ink = look.font("small"), look.colour("ink_2")
            paint.words(painter, place, text, font=font, colour=ink, align=paint.RIGHT)

    def _paint_bar(
        self, painter: QPainter, bar: Bar, middle: float, step: float, plot: QRectF, top: int
    ) -> None:
        look, wide = self._look, min(step * 0.64, WIDEST_BAR)
        if bar.value:
            y, base = self._y(plot, bar.value, top), self._y(plot, 0, top)
            place = QRectF(middle - wide / 2, min(y, base), wide, abs(base - y))
            painter.fillRect(place, look.colour("chart_1" if bar.value > 0 else "chart_2"))
        if bar.before is not None and bar.before > 0:
            y = self._y(plot, bar.before, top)
            tick = min(wide * 1.36, step * 0.9)
            place = QRectF(middle - tick / 2, y - 1, tick, look.borders.chosen)
            painter.fillRect(place, look.colour("ink"))

    def _paint_captions(self, painter: QPainter, plot: QRectF, step: float, top: int) -> None:
        values = [bar.value for bar in self._bars]
        befores = [bar.before or 0 for bar in self._bars]
        highest = values.index(max(values)), befores.index(max(befores))
        if self._captions.value and max(values) > 0:
            y = self._y(plot, max(max(values), befores[highest[0]]), top)
            self._caption(painter, self._captions.value, highest[0], y, plot, step, "accent_text")
        is_beside = highest[0] == highest[1] and bool(self._captions.value)
        if self._captions.before and max(befores) > 0 and not is_beside:
            y = self._y(plot, max(max(befores), values[highest[1]]), top)
            self._caption(painter, self._captions.before, highest[1], y, plot, step, "ink")

    def _caption(
        self,
        painter: QPainter,
        text: str,
        at: int,
        y: float,
        plot: QRectF,
        step: float,
        role: str,
    ) -> None:
        font = self._look.font("small", role == "accent_text")
        wide = paint.advance(font, text)
        left = plot.left() + (at + 0.5) * step - wide / 2
        left = min(max(left, plot.left()), plot.right() - wide)
        place = QRectF(left, y - 20 - MARK_GAP, wide + 1, 20)
        paint.words(painter, place, text, font=font, colour=self._look.colour(role))

    def _y(self, plot: QRectF, value: int, top: int) -> float:
        low = self.low()
        whole = top - low
        return plot.bottom() - plot.height() * (value - low) / whole if whole else plot.bottom()


def marks_below(top: int) -> list[int]:
    """One or two round values below the highest, for the scale."""
    if top < 2:
        return []
    unit = 1
    while unit * 10 <= top:
        unit *= 10
    fitting = [unit * step for step in STEPS if unit * step * 2 <= top]
    step = fitting[-1] if fitting else unit
    return list(range(step, top + 1, step))[:4]
