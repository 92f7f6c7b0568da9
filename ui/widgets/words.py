"""Words and rules: a label in one of our type styles, and the 1 px line between things."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint


class Words(QLabel):
    """One line (or, with `wraps`, a paragraph) in a type style and a colour role.

    What `elides` is cut where it does not fit, in its middle where it `keeps_end`; what `halves`
    takes two small lines there.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        style: str = "body",
        role: str = "ink",
        *,
        bold: bool | None = None,
        align: Qt.AlignmentFlag = paint.LEFT,
        wraps: bool = False,
        elides: bool = False,
        halves: bool = False,
        keeps_end: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._elides = elides or halves
        self._halves = halves
        self._keeps_end = keeps_end
        self._style = style
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(style, bold))
        self.setAlignment(align)
        self.setWordWrap(wraps)
        self._role = ""
        self.set_role(role)
        if not wraps:
            self.setFixedHeight(look.line(style))
        if self._elides:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @property
    def role(self) -> str:
        """The role whose colour it has."""
        return self._role

    def set_role(self, role: str) -> None:
        """Change the colour to that of another role."""
        if role == self._role:
            return
        self._role = role
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._look.colour(role))
        self.setPalette(palette)

    def set_bold(self, bold: bool) -> None:
        """Change the weight, and nothing else."""
        font, weight = self.font(), QFont.Weight.Bold if bold else QFont.Weight.Normal
        if font.weight() != weight:
            font.setWeight(weight)
            self.setFont(font)

    def set_wrapped(self, lines: int) -> None:
        """Take so many lines where one is too short; one line again elides."""
        self._elides = lines == 1
        self.setWordWrap(lines > 1)
        line = self._look.line(self._style)
        drawn = self.fontMetrics().lineSpacing()  # a paragraph's: a line of the type scale is less
        self.setFixedHeight(max(lines * line, lines * drawn) if lines > 1 else line)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self.setAccessibleName(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._halves:
            is_long = paint.advance(self.font(), self.text()) > self.width()
            self.setFixedHeight(
                2 * self._look.line("small") if is_long else self._look.line(self._style)
            )

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._elides else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elides:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        width = paint.advance(self.font(), self.text())
        self.setToolTip(self.text() if width > self.contentsRect().width() else "")
        if self._halves and width > self.width():
            small = self._look.font("small")
            paint.two_lines(painter, self.rect(), self.text(), font=small, colour=colour)
            return
        paint.words(
            painter,
            self.contentsRect(),
            self.text(),
            font=self.font(),
            colour=colour,
            align=self.alignment(),
            keeps_end=self._keeps_end,
        )


class Rule(QFrame):
    """A 1 px line; `strong` parts sections, otherwise rows."""

    def __init__(
        self,
        look: Look,
        *,
        strong: bool = False,
        upright: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(
            QPalette.ColorRole.Window, look.colour("line_strong" if strong else "line")
        )
        self.setPalette(palette)
        if upright:
            self.setFixedWidth(look.borders.rule)
        else:
            self.setFixedHeight(look.borders.rule)
