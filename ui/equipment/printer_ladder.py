"""打印测试: one question after another, from where the printer hangs to whether its drawer opens.

placed(setting)    try the printer there
answered(names)    what is on the paper
accepted           use what was found
turned             another page: `deed` says what `go` does now, "" where an answer does it
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.devices.ladder import NOTHING, Ladder, Question
from ui.equipment.printer_place import PrinterPlace
from ui.look import Look
from ui.text import tr
from ui.widgets.tile import Tile
from ui.widgets.words import Words

_IN_ONE_COLUMN = 3


class PrinterLadder(QWidget):
    """Fills its place; buttons of a foot are whoever's that shows it.

    `head` is the line above the question: whoever has no foot puts its button there.
    """

    placed = Signal(str)
    answered = Signal(object)
    accepted = Signal()
    turned = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._question: Question | None = None
        self._tiles: dict[str, Tile] = {}
        self.deed = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setObjectName("printer_ladder")
        self.setAccessibleName(tr("打印测试"))
        self.step = Words(look, "", "small", "ink_2", name="ladder_step")
        self.title = Words(look, "", "title", wraps=True, name="ladder_title")
        self.words = Words(look, "", "body", "ink_2", wraps=True, name="ladder_words")
        self.problem = Words(look, "", "body", "danger_text", wraps=True, name="ladder_problem")
        self.place = PrinterPlace(look)
        self.place.submitted.connect(self.go)
        self._answers = QGridLayout()
        self._answers.setSpacing(look.space[2])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        # What stands in the way comes before the question: the paper it asks about is not there.
        column.addWidget(self.problem)
        self.head = QHBoxLayout()
        self.head.addWidget(self.step, 1)
        column.addLayout(self.head)
        for part in (self.title, self.words, self.place):
            column.addWidget(part)
        column.addLayout(self._answers)
        column.addStretch(1)

    @property
    def is_asking(self) -> bool:
        """Whether something was printed that can be printed again."""
        return self._question is not None

    @property
    def is_over(self) -> bool:
        """Whether only a yes is missing."""
        return bool(self.deed) and not self.is_asking and not self.place.isVisibleTo(self)

    def show_place(self, setting: str) -> None:
        """Ask where the printer hangs."""
        self.place.show_setting(setting)
        words = tr("先装好纸。接着会打几行字，问几个问题，就设好了。")
        self._turn(tr("小票打印机接在哪里？"), words, deed=tr("打印测试"), has_place=True)

    def show_printing(self, ladder: Ladder) -> None:
        """It prints now."""
        self._turn(ladder.question().title, tr("正在打印…"), step=self._place(ladder))

    def show_question(self, ladder: Ladder) -> None:
        """What is on the paper?"""
        question = self._question = ladder.question()
        deed = tr("就是这些") if question.is_many else ""
        self._turn(question.words, "", step=self._place(ladder), deed=deed, question=question)
        # Many answers stand side by side, so that a low window shows them all.
        columns = 2 if len(question.answers) > _IN_ONE_COLUMN else 1
        for at, answer in enumerate(question.answers):
            tile = Tile(self._look, answer.words, name=f"ladder_{answer.name}")
            tile.clicked.connect(lambda _=False, name=answer.name: self._press(name))
            self._tiles[answer.name] = tile
            self._answers.addWidget(tile, at // columns, at % columns)
        next(iter(self._tiles.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_found(self, ladder: Ladder) -> None:
        """What the answers came to."""
        self._turn(tr("测试好了"), "", deed=tr("就用它"))
        for at, line in enumerate(ladder.found()):
            self._answers.addWidget(
                Words(self._look, line, "body", name=f"ladder_found_{at}"), at, 0
            )

    def show_problem(self, problem: str) -> None:
        """Why it did not print; the question stays."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def go(self) -> None:
        """What `deed` says."""
        if self.place.isVisibleTo(self):
            self.placed.emit(self.place.setting)
        elif self._question is not None:
            given = {name for name, tile in self._tiles.items() if tile.isChecked()}
            if given:
                self.answered.emit(given)
            else:
                self.show_problem(tr("请点一行；都没有，就点最后一个。"))
        elif self.deed:
            self.accepted.emit()

    def _press(self, name: str) -> None:
        """One answer of one is given at once; nothing goes together with no other."""
        assert self._question is not None
        self.show_problem("")
        if not self._question.is_many:
            self.answered.emit({name})
            return
        for other, tile in self._tiles.items():
            if (other == NOTHING) != (name == NOTHING):
                tile.setChecked(False)

    def _turn(
        self,
        title: str,
        words: str,
        *,
        step: str = "",
        deed: str = "",
        question: Question | None = None,
        has_place: bool = False,
    ) -> None:
        # The focus waits here: given to the next button, it would press it by the same Enter.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._question, self._tiles, self.deed = question, {}, deed
        while (item := self._answers.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.place.setVisible(has_place)
        self.show_problem("")
        for part, text in ((self.step, step), (self.title, title), (self.words, words)):
            part.setText(text)
            part.setVisible(bool(text))
        self.turned.emit()

    def _place(self, ladder: Ladder) -> str:
        step, count = ladder.place
        title = ladder.question().title
        return tr("第 {step} 步，共 {count} 步：{title}", step=step, count=count, title=title)
