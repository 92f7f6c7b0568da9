"""后台的程序: application, window and work of one process, from the first frame to the last."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtWidgets import QApplication

from core.values.settings import Settings
from ui.app import application, theme_of
from ui.catalogue import speak
from ui.guard import guarded
from ui.look import Look
from ui.manage.window import ManageWindow
from ui.second_start import Door, knock, to_the_front
from ui.work import Opening, Work

if TYPE_CHECKING:
    from core.ports.central import Uplink
    from ui.manage.office_line import OfficeLine
    from ui.routine_keeper import RoutineKeeper

TURN_S = 0.001


class Desk(Struct, frozen=True):
    """What the room stands on: `opening` gives the shop, entered on the store's thread.

    `name` is where a second start of it knocks, "" for none. `give_way` lets the counter on this
    machine come first. `uplink` is for an office PC of a chain.
    """

    opening: Opening
    settings: Settings
    give_way: Callable[[], None]
    demo_pins: Sequence[tuple[str, str]] = ()
    name: str = ""
    uplink: Callable[[], Uplink] | None = None


class ManageProgram:
    """`close` ends it in order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        speak(desk.settings.language)
        self.app: QApplication = application(desk.settings.scale)
        look = Look.load(theme_of(desk.settings, self.app))
        look.apply(self.app)
        self.work = Work(desk.opening)
        self._keeper: RoutineKeeper | None = None
        self._line: OfficeLine | None = None
        self.window = ManageWindow(look, self.work, desk.settings)
        hints = self.app.styleHints()
        hints.colorSchemeChanged.connect(self.window.dress)
        hints.accessibility().contrastPreferenceChanged.connect(self.window.dress)
        self.window.show()
        if desk.name:
            self._door = Door(desk.name, lambda: to_the_front(self.window), self.window)

    def begin(self) -> None:
        """Ask who is here."""
        from ui.routine_keeper import RoutineKeeper  # nothing of it before the login stands

        sys.setswitchinterval(TURN_S)
        self.window.begin(self._desk.demo_pins)
        self._keeper = RoutineKeeper(self.work.hands, lambda: True, self.window)
        if self._desk.uplink is not None:
            from ui.manage.office_line import OfficeLine

            self._line = OfficeLine(self.work, self._desk.uplink, self.window)
            self._line.look()

    def run(self) -> int:
        """Show the window until it is closed; the exit code of the program."""
        return self.app.exec() or self.window.exit_code

    def close(self) -> None:
        """What was begun is finished, then the shop is closed."""
        if self._keeper is not None:
            self._keeper.end()
        if self._line is not None:
            self._line.end()
        self.window.end()
        self.work.stop()


def manage(desk: Desk) -> int:
    """Show the manager's window until it is closed; where it is open already, that one."""
    if desk.name and knock(desk.name):
        return 0
    desk.give_way()  # before there is a thread: all that are begun later do, too
    program = ManageProgram(desk)
    with guarded(program.window.say, program.app.quit):
        try:
            program.begin()
            return program.run()
        finally:
            program.close()
