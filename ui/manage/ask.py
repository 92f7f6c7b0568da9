"""问几句: a few lines that a deed needs, such as a reason, or only whether it is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import sentence
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

WIDTH = 560
Answers = dict[str, str]


class Question(Struct, frozen=True):
    """A line to fill in, or one of several choices."""

    name: str
    label: str
    placeholder: str = ""
    choices: tuple[Segment, ...] = ()
    begins: str = ""


class AskSheet(Sheet):
    """`then` hears the answers, by name; answer with `shut` or `fail`. Gone when it is closed."""

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        verb: str,
        questions: Sequence[Question],
        then: Callable[[Answers], object],
        *,
        says: str = "",
        kind: str = "primary",
    ) -> None:
        super().__init__(look, window, title, size=(WIDTH, 0), name="ask_few")
        self._then = then
        self.fields: dict[str, Field] = {}
        self.chosen: dict[str, Segments] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        if says:
            column.addWidget(Words(look, says, "body", wraps=True, name="ask_says"))
        for question in questions:
            column.addWidget(self._line(question))
        self.told = Said(look, name="ask_said")
        self.do = Button(look, verb, kind=kind, height=look.sizes.control, name="ask_do")
        self.do.clicked.connect(self._answer)
        self.set_body(body, Foot(look, self.do, said=self.told))
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it at the first line; where it only asks whether it is meant, Enter does nothing."""
        first = next(iter(self.fields.values()), None)
        self.open(self.leave if first is None else first.edit)

    def fail(self, error: Exception) -> None:
        """Why it was not done; what was typed stays."""
        self.do.setEnabled(True)
        self.told.say(sentence(error), is_wrong=True)

    def _line(self, question: Question) -> QWidget:
        name = f"ask_{question.name}"
        if not question.choices:
            field = Field(self._look, question.label, placeholder=question.placeholder, name=name)
            field.set_text(question.begins)
            field.submitted.connect(self._answer)
            self.fields[question.name] = field
            return field
        segments = Segments(self._look, question.choices, name=name, spoken=question.label)
        segments.set_current(question.begins or question.choices[0].name)
        self.chosen[question.name] = segments
        box = QWidget()
        row = QVBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.space[1])
        row.addWidget(Words(self._look, question.label, "small", "ink_2"))
        line = QHBoxLayout()
        line.addWidget(segments)
        line.addStretch(1)
        row.addLayout(line)
        return box

    def _answer(self) -> None:
        if not self.do.isEnabled():
            return
        self.do.setEnabled(False)
        self.told.say("")
        answers = {name: field.text() for name, field in self.fields.items()}
        self._then(answers | {name: each.current() for name, each in self.chosen.items()})
