"""面板行: rows of the panel at the right: facts (label, value), offers to act, and figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.words import Words

ICON, MARK = 22, 18
TEXT_LEFT = 34
MARK_GAP = 8
BAR = 4
MOST_LINES = 2


class FactRow(QWidget):
    """A label at the left, its value at the right, a rule below: 50 px.

    `keeps_value`: where both do not fit, the label is cut and not the value. A value has a mark
    before it where it is not as usual, and a bar on the rule while something fills.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        value: str = "",
        *,
        strong: bool = False,
        ruled: bool = True,
        height: int | None = None,
        keeps_value: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ruled = ruled
        self._mark = ""
        self._permille: int | None = None
        self.setObjectName(name)
        self.setFixedHeight(height or look.sizes.panel_row)
        style = "item" if strong else "body"
        self.label = Words(look, capital(label), "body", "ink_2", elides=keeps_value)
        self.value = Words(
            look, value, style, bold=strong, elides=not keeps_value, align=paint.RIGHT
        )
        self.value.setObjectName(f"{name}_value" if name else "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(look.space[4])
        row.addWidget(self.label, int(keeps_value))
        row.addWidget(self.value, int(not keeps_value))

    def set_value(
        self, value: str, role: str = "ink", *, mark: str = "", permille: int | None = None
    ) -> None:
        """Show another value, in the colour of a role; `mark`: the icon before it."""
        self._mark, self._permille = mark, permille
        self.value.set_role(role)
        self.value.setText(value)
        self.value.setContentsMargins(MARK + MARK_GAP if mark else 0, 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rule = QPainter(self), self._look, self._look.borders.rule
        if self._ruled:
            place = QRectF(0, self.height() - rule, self.width(), rule)
            painter.fillRect(place, look.colour("line"))
        if self._permille is not None:
            width = self.width() * min(max(self._permille, 0), 1000) / 1000
            place = QRectF(0, self.height() - BAR, self.width(), BAR)
            painter.fillRect(place, look.colour("selected"))
            painter.fillRect(QRectF(0, place.top(), width, BAR), look.colour("accent"))
        if self._mark:
            words = paint.advance(self.value.font(), self.value.text()) + MARK_GAP + MARK
            left = max(self.value.x(), self.width() - words)
            square = QRectF(left, (self.height() - rule - MARK) / 2, MARK, MARK)
            paint.icon(painter, look, square, self._mark, self.value.role)


class PanelRow(QWidget):
    """Icon, title, a line below or beside it, amount, and one action: 50 px, or 56 on two lines.

    One that `grows` is as high as its words: a long line takes two, a long amount stands below.
    """

    acted = Signal()

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        icon: str = "",
        icon_role: str = "ink_2",
        beside: str = "",
        line: str = "",
        line_role: str = "ink_2",
        amount: str = "",
        action: str = "",
        action_icon: str = "",
        key: str = "",
        grows: bool = False,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self._icon_role = icon_role
        self.setObjectName(name)
        self._speak(title, beside, line, amount)
        sizes = look.sizes
        self.setFixedHeight(sizes.panel_row_two_lines if line else sizes.panel_row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grows = grows
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(TEXT_LEFT if icon else 0, 0, 0, 1)
        row.setSpacing(look.space[3])
        self._column = self._words(title, beside, line, line_role)
        row.addLayout(self._column, 1)
        self._amount = Words(look, amount, "body") if amount else None
        if self._amount is not None:
            row.addWidget(self._amount)
        self._button: Button | None = None
        if action or action_icon:
            kind = "secondary" if action_icon else "text"
            button = Button(
                look, capital(action), kind=kind, icon=action_icon, key=key, spoken=spoken
            )
            button.setObjectName(f"{name}_action" if name else "")
            button.clicked.connect(self.acted)
            row.addWidget(button)
            self._button = button

    def set_words(self, title: str, line: str, *, icon: str, icon_role: str) -> None:
        """Say something else in as many lines; raises ValueError where it takes another number."""
        if bool(line) != (self._low is not None):
            raise ValueError("a row keeps its number of lines")
        self._icon_name, self._icon_role = icon, icon_role
        self._speak(title, line)
        self._head.setText(title)
        if self._low is not None:
            self._low.setText(capital(line))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._grows:
            self._grow()

    def _grow(self) -> None:
        look, amount = self._look, self._amount
        room, taken = self.width() - self._row.contentsMargins().left(), 0
        if self._button is not None:
            room -= self._button.sizeHint().width() + self._row.spacing()
        if amount is not None:
            taken = paint.advance(amount.font(), amount.text()) + self._row.spacing()
        is_apart = amount is not None and self._is_crowded(room - taken)
        self._set_amount_apart(is_apart)
        high = look.line("body") if is_apart else 0
        if self._low is not None:
            wide = room if is_apart else room - taken
            is_long = paint.advance(self._low.font(), self._low.text()) > wide
            high += look.line("small") if is_long else 0
        has_two = self._low is not None
        usual = look.sizes.panel_row_two_lines if has_two else look.sizes.panel_row
        self.setFixedHeight(usual + high)

    def _is_crowded(self, room: int) -> bool:
        """Whether a title on the lines it has is too long for this."""
        if self._low is None:
            return paint.lines(self._head.text(), self._look.font("small"), room) > MOST_LINES
        return paint.advance(self._head.font(), self._head.text()) > room

    def _set_amount_apart(self, is_apart: bool) -> None:
        amount, column = self._amount, self._column
        if amount is None or is_apart == (column.indexOf(amount) >= 0):
            return
        if is_apart:
            column.insertWidget(column.count() - 1, amount)
        else:
            self._row.insertWidget(1, amount)

    def _speak(self, *facts: str) -> None:
        self.setAccessibleName(" ".join(fact for fact in facts if fact))

    def _words(self, title: str, beside: str, line: str, line_role: str) -> QVBoxLayout:
        look = self._look
        top = QHBoxLayout()
        top.setSpacing(14)
        head = Words(look, title, "body", elides=bool(line), halves=not (beside or line))
        self._head = head
        self._low: Words | None = None
        top.addWidget(head, 0 if beside else 1)
        if beside:
            top.addWidget(Words(look, beside, "small", "ink_2", elides=True), 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(top)
        if line:
            head.setFixedHeight(look.line("small") + 2)
            grows = self._grows
            self._low = Words(look, capital(line), "small", line_role, elides=True, halves=grows)
            column.addWidget(self._low)
        column.addStretch(1)
        return column

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        if self._icon_name:
            square = QRectF(0, (self.height() - 1 - ICON) / 2, ICON, ICON)
            paint.icon(painter, look, square, self._icon_name, self._icon_role)
        rule = look.borders.rule
        line = QRectF(0, self.height() - rule, self.width(), rule)
        painter.fillRect(line, look.colour("line"))


class Figure(QWidget):
    """A small label over a figure, as in the summary below the basket."""

    def __init__(
        self,
        look: Look,
        label: str,
        value: str = "",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.label = Words(look, label, "caption", "ink_2")
        self.value = Words(look, value, "title", bold=False)
        self.value.setObjectName(f"{name}_value" if name else "")
        self.value.setFixedHeight(look.line("amount"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.value)
        self.setFixedHeight(self.label.height() + self.value.height())

    def set_value(self, value: str, *, role: str = "ink", bold: bool = False) -> None:
        """Show another figure; savings are bold and `accent_text`."""
        self.value.set_role(role)
        self.value.set_bold(bold)
        self.value.setText(value)
