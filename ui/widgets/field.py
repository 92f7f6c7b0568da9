"""输入框: a label, a 44 px line to fill in, and below it the sentence when it cannot be taken."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets import paint
from ui.widgets.key_hint import ENTER
from ui.widgets.words import Words


class _Line(QLineEdit):
    """The line itself: Enter that somebody listens to ends here, and one held down is one press."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        is_heard = bool(self._field.receivers(SIGNAL("submitted()")))
        if not event.isAutoRepeat():
            super().keyPressEvent(event)
        if is_heard or event.isAutoRepeat():
            event.accept()


class Field(QWidget):
    """A labelled line edit; `edit` is the line itself, `problem` the sentence below it.

    `beside` stands at the right of the line, as a choice that belongs to it does. Enter is
    answered once: where somebody listens to `submitted` it ends here. Travelling on, it would
    press what the answer has just put the focus on.
    """

    changed = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        placeholder: str = "",
        hint: str = "",
        secret: bool = False,
        name: str = "",
        spoken: str = "",
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.edit: QLineEdit = _Line(self)
        self.edit.setProperty("kind", "field")
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(spoken or label)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFont(look.font("body"))
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.label = Words(look, capital(label), "small", "ink_2", elides=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.edit)
        self.hint = Words(look, hint, "small", "ink_3", align=paint.RIGHT, elides=True)
        self.problem = Words(
            look, "", "small", "danger_text", wraps=True, name=f"{name}_problem" if name else ""
        )
        self._arrange(beside)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.returnPressed.connect(self.submitted)

    def _arrange(self, beside: QWidget | None) -> None:
        head = QHBoxLayout()
        head.addWidget(self.label)
        head.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[1])
        column.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(self._look.space[2])
        line.addWidget(self.edit, 1)
        if beside is not None:
            line.addWidget(beside)
        column.addLayout(line)
        column.addWidget(self.problem)
        policy = self.problem.sizePolicy()
        policy.setHeightForWidth(False)
        self.problem.setSizePolicy(policy)
        self.problem.hide()

    def _fit_problem(self) -> None:
        self.problem.setFixedHeight(max(self.problem.heightForWidth(self.width()), 0))

    def _on_changed(self, text: str) -> None:
        self.set_problem("")
        self.changed.emit(text)

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Fill in a text."""
        self.edit.setText(text)

    def set_problem(self, sentence: str) -> None:
        """Show why this cannot be taken; "" takes the sentence away."""
        if sentence == self.problem.text():
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self._fit_problem()
        self.edit.setProperty("problem", "true" if sentence else "false")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(sentence)

    def focus(self) -> None:
        """Put the caret here, with everything selected."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_problem()

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())
