"""后台的程序: application, window and work of one process, from the first frame to the last."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from core.values.settings import Settings
from ui.app import application, scaled, theme_of
from ui.catalogue import speak
from ui.guard import guarded
from ui.look import Look
from ui.manage.window import ManageWindow
from ui.scales import ask_for, shown_scale
from ui.second_start import Door, knock, to_the_front
from ui.work import Hands, Opening, Work

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
        self._keeper: RoutineKeeper | None = None
        self._line: OfficeLine | None = None
        self._door: Door | None = None
        self._wanted: Settings | None = None
        self._show(desk.opening, desk.settings)

    def _show(
        self, opening: Opening | Hands, settings: Settings, place: QRect | None = None
    ) -> None:
        """`place` is where a window stood, empty where it filled the screen."""
        speak(settings.language)
        self.app: QApplication = application(settings.scale)
        look = Look.load(theme_of(settings, self.app))
        look.apply(self.app)
        self.work = Work(opening)
        self.window = ManageWindow(look, self.work, settings)
        self.window.rescaled.connect(self._leave)
        hints = self.app.styleHints()
        hints.colorSchemeChanged.connect(self.window.dress)
        hints.accessibility().contrastPreferenceChanged.connect(self.window.dress)
        if place is not None and place.isEmpty():
            self.window.showMaximized()
        else:
            if place is not None:
                self.window.setGeometry(place)
            self.window.show()
        if self._desk.name:
            self._door = Door(self._desk.name, lambda: to_the_front(self.window), self.window)

    def begin(self) -> None:
        """Ask who is here."""
        sys.setswitchinterval(TURN_S)
        self.window.begin(self._desk.demo_pins)
        self._attend()

    def _attend(self) -> None:
        """What goes on behind the window."""
        from ui.routine_keeper import RoutineKeeper  # nothing of it before the login stands

        self._keeper = RoutineKeeper(self.work.hands, lambda: True, self.window)
        if self._desk.uplink is not None:
            from ui.manage.office_line import OfficeLine

            self._line = OfficeLine(self.work, self._desk.uplink, self.window)
            self._line.look()

    def run(self) -> int:
        """Show the window until it is closed; the exit code of the program."""
        while True:
            code = self.app.exec() or self.window.exit_code
            wanted, self._wanted = self._wanted, None
            if wanted is None:
                return code
            self._rescale(wanted)

    def _leave(self, wanted: Settings) -> None:
        self._wanted = wanted
        self.app.exit()

    def _rescale(self, wanted: Settings) -> None:
        """Another application: Qt asks for the scale once, when it begins (decision 0008)."""
        standing, before, shown = self.window.standing, self.window, shown_scale()
        is_filled = before.isMaximized() or before.isFullScreen()
        place = QRect() if is_filled else scaled(before.geometry(), shown)
        self._rest()
        if self._door is not None:
            self._door.close()
        hands = self.work.let_go()
        self.app.shutdown()
        ask_for(wanted.scale)
        self._show(hands, wanted, scaled(place, 1 / wanted.scale))
        self.window.begin(self._desk.demo_pins, standing)
        self._attend()

    def close(self) -> None:
        """What was begun is finished, then the shop is closed."""
        self._rest()
        self.work.stop()

    def _rest(self) -> None:
        """What was begun is finished, and nothing more shows."""
        if self._keeper is not None:
            self._keeper.end()
        if self._line is not None:
            self._line.end()
        self.window.end()


def manage(desk: Desk) -> int:
    """Show the manager's window until it is closed; where it is open already, that one."""
    if desk.name and knock(desk.name):
        return 0
    desk.give_way()  # before there is a thread: all that are begun later do, too
    program = ManageProgram(desk)
    with guarded(lambda bug: program.window.say(bug), lambda: program.app.quit()):
        try:
            program.begin()
            return program.run()
        finally:
            program.close()
