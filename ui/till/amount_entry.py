"""金额输入: one large line for an amount of money, with a label, right-aligned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.words import Words

LONGEST = 20
MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class _Line(QLineEdit):
    """A line for one amount: one that stands ready is marked, also where it is pointed at."""

    entered = Signal()
    picked = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key in ENTER:
            # a key that is held down is one press; and Enter must not travel on to the sheet
            if not event.isAutoRepeat():
                self.entered.emit()
            event.accept()
            return
        if key in STEPS:
            self.stepped.emit(STEPS[Qt.Key(key)])
            event.accept()
            return
        if is_pick(event):
            self.picked.emit(chr(key))
            event.accept()
            return
        # a key that neither types nor moves the caret, as the second press of F9, changes nothing
        if text or key in MOVES:
            self.is_ready = False
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_ready = False
        super().inputMethodEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.is_ready:
            self.selectAll()


def is_pick(event: QKeyEvent) -> bool:
    """Whether a key picks one of several: Ctrl with a digit, so that digits are amounts."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_digit = Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9
    return is_digit and held == Qt.KeyboardModifier.ControlModifier


class AmountEntry(QWidget):
    """The line with its label; its accent border says that typing lands here.

    `entered` on Enter; `picked` carries the digit of Ctrl+1 to 9; `stepped` is ↑ (−1) or ↓ (1);
    `keyboard_asked` asks for the keys on the screen.
    """

    changed = Signal(str)
    entered = Signal()
    picked = Signal(str)
    stepped = Signal(int)
    keyboard_asked = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        name: str,
        has_keyboard: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._is_wrong = False
        self.setFixedHeight(look.sizes.input)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = Words(look, label, "body", "ink_2")
        self.edit = _Line()
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(label)
        self.edit.setProperty("kind", "bare")
        self.edit.setFont(look.font("figure"))
        self.edit.setMaxLength(LONGEST)
        # a ready amount is selected nearly always: a tint, where the accent would shout
        tint, ink = look.colour("selected").name(), look.colour("ink").name()
        self.edit.setStyleSheet(f"selection-background-color: {tint}; selection-color: {ink};")
        self.edit.setAlignment(paint.RIGHT)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 2, 16, 2)
        row.setSpacing(look.space[2])
        row.addWidget(self.label)
        if has_keyboard:
            spoken = tr("触摸键盘")
            key = Button(look, kind="quiet", icon="keyboard", name=f"{name}_keyboard")
            key.set_spoken(spoken)
            key.setToolTip(spoken)
            key.clicked.connect(self.keyboard_asked)
            row.addWidget(key)
        row.addWidget(self.edit, 1)
        self.edit.textChanged.connect(self._on_changed)
        for own, its in (
            (self.entered, self.edit.entered),
            (self.picked, self.edit.picked),
            (self.stepped, self.edit.stepped),
        ):
            its.connect(own)

    def text(self) -> str:
        """What stands in the line."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Put an amount into the line, selected, so that typing replaces it."""
        self.edit.setText(text)
        self.edit.is_ready = True
        self.edit.selectAll()

    def set_label(self, label: str) -> None:
        """Change the words before the amount."""
        self.label.setText(label)
        self.edit.setAccessibleName(label)

    def type_in(self, digit: str) -> None:
        """A digit that was typed while a button had the focus."""
        self.focus()
        self.edit.insert(digit)

    def focus(self) -> None:
        """Put the caret here, with everything selected."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def set_wrong(self, is_wrong: bool, sentence: str = "") -> None:
        """Mark the amount as one that cannot be taken."""
        self._is_wrong = is_wrong
        self.edit.setAccessibleDescription(sentence)
        self.update()

    def _on_changed(self, text: str) -> None:
        self.edit.is_ready = False
        self.set_wrong(False)
        self.changed.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        paint.box(
            QPainter(self),
            self.rect(),
            radius=look.radii.big_control,
            fill=look.colour("surface"),
            border=look.colour("danger" if self._is_wrong else "accent"),
            width=look.borders.focus,
        )
