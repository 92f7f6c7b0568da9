"""扫码输入: the one input of the counter; its accent border says that scans land here, always."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.button import Button

LEFT_PADDING = 18
TEXT_LEFT = 60
RIGHT_PADDING = 12
ICON = 28
AIR = "\u2002"  # between the caret and the placeholder behind it
CARET = (2, 28)
BEHIND = 24


class _Line(QLineEdit):
    """The line itself. While it is empty a steady accent caret says that scans land here.

    `asks` stands behind what is typed: the placeholder goes with the first sign.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._accent = look.colour("accent")
        self.asks = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text():
            self._paint_question()
            return
        width, height = CARET
        left = self.cursorRect().center().x()
        QPainter(self).fillRect(left, (self.height() - height) // 2, width, height, self._accent)

    def _paint_question(self) -> None:
        wide = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        room = QRectF(self.rect()).adjusted(wide + BEHIND, 0, 0, 0)
        if self.asks and room.width() > BEHIND:
            paint.words(
                QPainter(self),
                room,
                self.asks,
                font=self._look.font("small"),
                colour=self._look.colour("ink_2"),
                align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            )


class BigInput(QWidget):
    """The scan input: `submitted` on Enter, `edited` while a person types."""

    submitted = Signal(str)
    edited = Signal(str)
    keyboard_asked = Signal()

    def __init__(
        self,
        look: Look,
        placeholder: str = "",
        *,
        icon: str = "scan",
        keyboard: str = "",
        height: int | None = None,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self.setFixedHeight(height or look.sizes.input)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit = _Line(look, self)
        self.edit.setProperty("kind", "bare")
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(spoken or placeholder)
        self.edit.setPlaceholderText(AIR + placeholder)
        self.edit.setFont(look.font("item"))
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(TEXT_LEFT, 2, RIGHT_PADDING, 2)
        row.setSpacing(look.space[2])
        row.addWidget(self.edit, 1)
        if keyboard:
            self._add_keyboard(row, keyboard, name)
        self.edit.textEdited.connect(self.edited)
        self.edit.returnPressed.connect(lambda: self.submitted.emit(self.text()))

    def _add_keyboard(self, row: QHBoxLayout, spoken: str, name: str) -> None:
        own_name = f"{name}_keyboard" if name else ""
        key = Button(self._look, kind="text", icon="keyboard", name=own_name, spoken=spoken)
        key.setToolTip(spoken)
        key.clicked.connect(self.keyboard_asked)
        row.addWidget(key)

    def text(self) -> str:
        """What stands in the input, without spaces around it."""
        return self.edit.text().strip()

    def ask(self, words: str, text: str = "") -> None:
        """Ask for something with what holds now, marked: what is typed takes its place."""
        self.edit.asks = words
        self.edit.setPlaceholderText(AIR + words)
        self.edit.setText(text)
        self.edit.selectAll()

    def ask_nothing(self, words: str) -> None:
        """Whatever is scanned is taken again; the words go with the first sign."""
        self.edit.asks = ""
        self.edit.setPlaceholderText(AIR + words)

    def set_text(self, text: str) -> None:
        """Put a text into the input without emitting `edited`."""
        self.edit.setText(text)

    def clear(self) -> None:
        """Empty the input."""
        self.edit.clear()

    def focus(self) -> None:
        """Put the caret here."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        paint.box(
            painter,
            self.rect(),
            radius=look.radii.big_control,
            fill=look.colour("surface"),
            border=look.colour("accent"),
            width=look.borders.focus,
        )
        rect = QRectF(LEFT_PADDING, (self.height() - ICON) / 2, ICON, ICON)
        paint.icon(painter, look, rect, self._icon_name, "accent")
