"""打印机: the printing test; what it finds prints from the first receipt on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import Shortfall
from ui.devices.ladder import Ladder
from ui.devices.profile_files import keep_profile
from ui.equipment.ladder_talk import LadderTalk
from ui.equipment.printer_ladder import PrinterLadder
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.button import Button


class PrinterStep(Step):
    """The drawer is asked for at the end of the test: it hangs on the printer."""

    name = "printer"

    def __init__(self, look: Look, course: Course) -> None:
        title, line = tr("打一张试试"), tr("小票打印机，钱箱接在它上面。")
        super().__init__(look, course, title, line)
        self.skip = tr("没有打印机，跳过")
        self.ladder = PrinterLadder(look)
        self._talk = LadderTalk(self.ladder, self)
        self._talk.found.connect(self._keep)
        self.again = Button(look, tr("再打一次"), icon="sync", name="first_printer_again")
        self.again.clicked.connect(self._talk.again)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self.ladder.head.addWidget(self.again)
        column.addWidget(self.ladder)
        column.addStretch(1)
        self.put(body)
        self.ladder.turned.connect(self._turn)

    def begin(self) -> None:
        self._talk.begin(self.course.settings.printer)
        self._turn()
        self.ladder.place.field.focus()

    def go(self) -> None:
        if self.ladder.deed:
            self.ladder.go()

    def leave(self) -> None:
        self._talk.end()

    def _turn(self) -> None:
        self.deed = self.ladder.deed
        self.is_ready = bool(self.ladder.deed)
        self.again.setVisible(self.ladder.is_asking)
        self.turned.emit()

    def _keep(self, setting: str, ladder: Ladder) -> None:
        try:
            name = keep_profile(self.course.founding.profiles, ladder.profile, ladder.like)
            self.course.set_device(printer=setting, paper_mm=ladder.width_mm, profile=name)
        except Shortfall as refused:
            self.ladder.show_problem(sentence(refused))
            return
        super().go()
