"""第一次使用的窗口: the wizard's own frame, and how it ends: with a shop, or closed half-way."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from ui.app import SMALL_SCREEN, application, theme_of
from ui.catalogue import speak
from ui.first_run.course import Course
from ui.first_run.founding import Founding
from ui.first_run.wizard import Wizard
from ui.frame import SMALLEST, USUAL
from ui.guard import guarded
from ui.look import Look
from ui.seal import seal_icon
from ui.second_start import Door, to_the_front
from ui.text import tr


class FirstRunWindow(QWidget):
    """`is_founded`: the shop is there, and its counter is wanted."""

    def __init__(self, look: Look, course: Course) -> None:
        super().__init__()
        self._look = look
        self._course = course
        self.is_founded = False
        self.setObjectName("first_run_window")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.wizard = self._make()

    def begin(self) -> None:
        """Go on where it was left."""
        self.wizard.begin()

    def _make(self) -> Wizard:
        speak(self._course.run.language)
        self.setWindowTitle(tr("熟客"))
        wizard = Wizard(self._look, self._course, self)
        wizard.renewed.connect(lambda: QTimer.singleShot(0, self, self._renew))
        wizard.finished.connect(self._finish)
        self._column.addWidget(wizard)
        return wizard

    def _renew(self) -> None:
        """The same step in another language."""
        before = self.wizard
        before.keep()
        self._column.removeWidget(before)
        self.wizard = self._make()
        self.wizard.show()
        delete(before)
        self.wizard.begin()

    def _finish(self) -> None:
        self.is_founded = True
        self.close()

    def say(self, bug: Exception) -> None:
        """A mistake of the program."""
        self.wizard.say(bug)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being made is made first; then everything typed is kept, but no PIN."""
        if not self.is_founded:
            self.wizard.keep()
        super().closeEvent(event)


def found(founding: Founding) -> bool:
    """Show the way until its window closes; whether a counter is to be opened now."""
    app = application(founding.settings.scale)
    look = Look.load(theme_of(founding.settings, app))
    look.apply(app)
    course = Course(founding)
    window = FirstRunWindow(look, course)
    app.setWindowIcon(seal_icon(look))
    screen = app.primaryScreen()
    if screen is not None and screen.availableSize().width() <= SMALL_SCREEN:
        window.showMaximized()
    else:
        window.show()
    window.activateWindow()
    door = Door(founding.name, lambda: to_the_front(window), window)
    with guarded(window.say, window.close):
        window.begin()
        app.exec()
    door.close()
    is_founded = window.is_founded
    delete(window)
    return is_founded
