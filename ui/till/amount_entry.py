"""金额输入: one large line for an amount of money, with a label, right-aligned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.words import Words

LONGEST = 20
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class _Line(QLineEdit):
    """A line that can lend some keys out until something is typed or pointed at."""

    entered = Signal()
    lent = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lends = ""

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
        if text and text in self.lends:
            self.lent.emit(text)
            event.accept()
            return
        # a key that neither types nor moves the caret, as the second press of F9, changes nothing
        if text or key in MOVES:
            self.lends = ""
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.lends = ""
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.lends = ""
        super().mousePressEvent(event)


class AmountEntry(QWidget):
    """The line with its label; its accent border says that typing lands here.

    `entered` on Enter; `lent` carries a key lent out with `lend`; `stepped` is ↑ (−1) or ↓ (1);
    `keyboard_asked` asks for the keys on the screen.
    """

    changed = Signal(str)
    entered = Signal()
    lent = Signal(str)
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
            (self.lent, self.edit.lent),
            (self.stepped, self.edit.stepped),
        ):
            its.connect(own)

    def text(self) -> str:
        """What stands in the line."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Put an amount into the line, selected, so that typing replaces it."""
        self.edit.lends = ""
        self.edit.setText(text)
        self.edit.selectAll()

    def set_label(self, label: str) -> None:
        """Change the words before the amount."""
        self.label.setText(label)
        self.edit.setAccessibleName(label)

    def lend(self, keys: str) -> None:
        """Lend these keys out until anything else is typed."""
        self.edit.lends = keys

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
        self.edit.lends = ""
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
