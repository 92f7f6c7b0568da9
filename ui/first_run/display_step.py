"""客显: where customers see what they pay, or nowhere."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from core.errors import Shortfall
from ui.equipment.display_choice import DisplayChoice
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import sentence, tr


class DisplayStep(Step):
    """What is chosen shows from the first customer on."""

    name = "display"

    def __init__(self, look: Look, course: Course) -> None:
        title, line = tr("顾客也能看着付"), tr("商品、优惠和积分；没有第二块屏幕就跳过。")
        super().__init__(look, course, title, line)
        self.skip = tr("没有客显，跳过")
        self.choice = DisplayChoice(look)
        self.choice.submitted.connect(self.go)
        self.put(self.choice)

    def begin(self) -> None:
        own = self.window().screen()
        screens = [each.name() for each in QGuiApplication.screens() if each is not own]
        self.choice.show_settings(self.course.settings, screens)
        self.choice.show_slides("", 0)
        self.choice.focus()

    def go(self) -> None:
        values = self.choice.checked()
        if values is None:
            return
        try:
            self.course.set_device(**values)
        except Shortfall as refused:
            self.choice.say(sentence(refused))
            return
        super().go()
