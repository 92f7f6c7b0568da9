"""程序: the till's window from the first frame to the last, on a screen or walked without one.

The frame of the window is shown first, then the pages are built, then the store is opened on its
own thread: whoever starts a till sees at once that it starts. Another language or theme is another
`TillWindow` in the same frame; another scale takes another application, for Qt reads it only once
(docs/decisions/0008). The shop, the printer and what stands at the counter outlive both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication

import ui.plain_import  # noqa: F401 - before anything of ours is loaded
from core.values.settings import APPEARANCE, AS_THE_SYSTEM, Settings
from ui.catalogue import speak
from ui.chain_desk import ChainDesk
from ui.customer.desk import CustomerDesk
from ui.devices import sound
from ui.devices.scan_desk import ScanDesk
from ui.frame import Frame
from ui.guard import guarded
from ui.look import Look
from ui.scales import ask_for, largest_within, moved_words, shown_scale, smaller_words
from ui.text import tr

if TYPE_CHECKING:
    from core.actions.change_settings import Keep
    from core.ports.central import Uplink
    from ui.devices.paper import PaperDesk
    from ui.lesson import Lesson
    from ui.routine_keeper import RoutineKeeper
    from ui.second_start import Door
    from ui.till.examination_flow import Examine
    from ui.work import Hands, Opening

DemoPins = Sequence[tuple[str, str]]
SMALL_SCREEN = 1500
SETTLED_MS = 2000  # nothing of a start is left to do
LOOK_MS = 30_000  # for a chain that was joined beside the window


class Machine(Struct, frozen=True):
    """What a till runs on: `opening` gives the shop and is entered on the store's thread.

    `keep` writes settings that a person chose. `name` is where a second start of it knocks, ""
    for none; `settle` is called once, when the till has long been standing; `examine` looks at the
    whole computer, on whichever thread it is asked. `slides` is a folder with pictures for
    customers; `training` gives the shop of a lesson, None where there are none. `uplink` is what
    it speaks with a server by, None for one that joins no chain; `office` opens the manager's room.
    """

    opening: Opening
    paper: PaperDesk
    settings: Settings
    keep: Keep
    demo_pins: DemoPins = ()
    name: str = ""
    settle: Callable[[], object] | None = None
    examine: Examine = tuple
    slides: Path | None = None
    training: Opening | None = None
    uplink: Callable[[], Uplink] | None = None
    office: Sequence[str] = ()


class Program:
    """Application, frame, till and work of one process; `close` ends them in order."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._settings = machine.settings
        self._is_renewal_due = False
        self._has_left = False
        self._door: Door | None = None
        self._settle = machine.settle
        self._lesson: Lesson | None = None
        self._routine: RoutineKeeper | None = None
        self.scans = ScanDesk()
        self.customer = CustomerDesk(machine.slides)
        self.chain = ChainDesk(machine.uplink)
        self._obey()
        self._show_frame()
        self._open(machine.opening)
        self._make_till()

    def begin(self) -> None:
        """Ask who is here."""
        self.till.begin(self._machine.demo_pins)
        asked = self._machine.settings.scale
        if asked > self._shown_scale:
            self.till.page.basket.notices.say_warning(smaller_words(asked, self._shown_scale))

    def run(self) -> int:
        """Show the till until its window is closed; the exit code of the program."""
        while True:
            code = self.app.exec() or self.till.exit_code
            if not self._has_left:
                return code
            self._has_left = False
            self._rescale()

    def close(self) -> None:
        """What is on its way to the printer still goes out; then the shop is closed."""
        if self._lesson is not None:
            self._lesson.paper.close()
            self._lesson.hands.end()
        if self._routine is not None:
            self._routine.end()
        self._machine.paper.close()
        self.chain.close()
        self.scans.close()
        self.customer.close()
        self.till.end()
        self.work.stop()
        self.frame.deleteLater()

    # From the first frame on

    def _show_frame(self, before: QRect | None = None) -> None:
        """`before` is where a frame stood, empty where it filled the screen."""
        self.app = application(self._settings.scale)
        self._shown_scale = shown_scale()
        self._settings = replace(self._settings, scale=self._shown_scale)
        self._dress()
        self.frame = Frame()
        screen = self.app.primaryScreen()
        is_small = screen is not None and screen.availableSize().width() <= SMALL_SCREEN
        if before is not None and not before.isEmpty():
            self.frame.setGeometry(before)
            self.frame.show()
        elif before is not None or is_small:
            self.frame.resize(self.frame.size().boundedTo(screen.availableSize()))
            self.frame.showMaximized()
        else:
            self.frame.show()
        self.frame.activateWindow()
        self.app.processEvents()

    def _open(self, opening: Opening | Hands) -> None:
        # This, and the pages, may take their time: the frame stands.
        from ui.screens import InSight

        self._work_on(opening)
        self._in_sight = InSight(self.app, self.frame)
        self._in_sight.moved.connect(lambda: self.till.flow.remind(moved_words))
        QTimer.singleShot(SETTLED_MS, self.frame, self._stand)
        hints = self.app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_the_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_the_system)

    def _stand(self) -> None:
        """What may come later than everything that somebody waits for."""
        from ui.seal import seal_icon

        self.app.setWindowIcon(seal_icon(self._look))
        if self._machine.name:
            from ui.second_start import Door, to_the_front

            frame = self.frame
            self._door = Door(self._machine.name, lambda: to_the_front(frame), frame)
        settle, self._settle = self._settle, None
        if settle is not None:
            settle()
        self._look_for_chain()
        if self._lesson is None and self._machine.name:
            from ui.routine_keeper import RoutineKeeper

            self._routine = RoutineKeeper(self.work.hands, lambda: self.till.is_quiet, self.frame)
        beat = QTimer(self.frame)
        beat.timeout.connect(self._look_for_chain)
        beat.start(LOOK_MS)

    def _look_for_chain(self) -> None:
        """A till that has joined a chain sends from now on, also while windows come and go.

        It may be joined by a command beside the window at any time.
        """
        if self._lesson is None and self.chain.can_join and not self.chain.is_sending:
            from core.actions.sync import look_at_link

            found = partial(self.chain.found, self.work.hands)
            self.work.ask(look_at_link, topic="chain", then=found, failed=self.chain.missed)

    def _make_till(self) -> None:
        from ui.lesson import TrainingBand
        from ui.second_start import open_office
        from ui.window import TillWindow, forget

        lesson, machine = self._lesson, self._machine
        self.till = TillWindow(
            self._look,
            self.work,
            machine.paper if lesson is None else lesson.paper,
            self.frame,
            settings=self._settings,
            keep=machine.keep if lesson is None else forget,
            scans=self.scans,
            customer=self.customer if lesson is None else None,
            examine=machine.examine,
            chain=self.chain if lesson is None else None,
        )
        self.till.lock.watch.pressed.connect(self.chain.give_way)
        self.till.settings_changed.connect(self._take)
        self.till.training_asked.connect(lambda: QTimer.singleShot(0, self.frame, self._train))
        say = self.till.page.say_error
        self.till.office_asked.connect(partial(open_office, machine.office, say))
        self.frame.show_band(None if lesson is None else TrainingBand(self._look))
        self.till.sheets.closed.connect(self._renew_soon)
        self.frame.hold(self.till)
        self.customer.stand(self._look, self.frame)

    # Lessons

    def _train(self) -> None:
        """练习: begin a lesson where nothing waits at the counter, or end the one that goes on."""
        if not self.till.is_quiet:
            return
        if self._lesson is not None:
            self._end_lesson(self._lesson)
        elif self.till.has_goods:
            self.till.page.say_error(tr("本单还有商品，练习没有开始。请先收款，或挂单。"))
        elif self._machine.training is not None:
            self._begin_lesson(self._machine.training)

    def _begin_lesson(self, opening: Opening) -> None:
        from ui.lesson import Lesson, furnished

        standing, paper = self.till.standing(), self._machine.paper.for_lesson()
        self.till.end()
        self._lesson = Lesson(self.work.let_go(), standing, self._settings, paper)
        self._work_on(partial(furnished, opening))
        self.work.closed_out.connect(self._on_no_lesson)
        self._make_till()
        self.till.begin()

    def _end_lesson(self, lesson: Lesson) -> None:
        """The real till, as it stood, and locked: anybody may have held the lesson."""
        self.till.end()
        self.work.stop()
        lesson.paper.close()
        self._lesson, self._settings = None, lesson.settings
        self._obey()
        self._dress()
        self._work_on(lesson.hands)
        self._make_till()
        self._look_for_chain()
        is_locked = lesson.standing.staff is not None
        self.till.begin(self._machine.demo_pins, replace(lesson.standing, is_locked=is_locked))

    def _on_no_lesson(self, error: Exception) -> None:
        """No room for a shop of its own, or no way to read the real one: it goes on as it was."""
        if self._lesson is not None:
            self._end_lesson(self._lesson)
            self.till.flow.say(error)

    def _work_on(self, opening: Opening | Hands) -> None:
        from ui.work import Work

        self.work = Work(opening)
        self.work.rested.connect(self._renew_soon)
        if self._lesson is None:
            self.work.changed.connect(self.chain.nudge)

    # Other settings

    def _obey(self) -> None:
        speak(self._settings.language)
        sound.set_on(self._settings.has_sounds)
        self.scans.use(self._settings.scanners)
        self.customer.use(self._settings)
        self._machine.paper.language = self._settings.paper_language

    def _dress(self) -> None:
        self._look = Look.load(theme_of(self._settings, self.app))
        self._look.apply(self.app)

    def _take(self, settings: Settings) -> None:
        """Obey settings that a person chose; what shows is made anew as soon as nothing is lost."""
        changed = self._settings.differences(settings)
        self._settings = settings
        self._is_renewal_due |= bool(set(changed) & set(APPEARANCE))
        if not self._is_renewal_due:
            self._obey()
        self._renew_soon()

    def _follow_the_system(self) -> None:
        self._is_renewal_due |= self._look.theme != theme_of(self._settings, self.app)
        self._renew_soon()

    def _renew_soon(self) -> None:
        """Not now: whoever tells us may belong to the window that goes."""
        if self._is_renewal_due:
            QTimer.singleShot(0, self._renew_if_quiet)

    def _renew_if_quiet(self) -> None:
        if not self._is_renewal_due or not self.till.is_quiet or self.till.exit_code:
            return
        self._is_renewal_due = False
        if self._settings.scale != self._shown_scale:
            self._has_left = True
            self.app.exit()
        else:
            self._renew()

    def _renew(self) -> None:
        standing = self.till.standing()
        self.till.end()
        self._obey()
        self._dress()
        self._make_till()
        self.till.begin(self._machine.demo_pins, standing)

    def _rescale(self) -> None:
        """Another application: Qt asks for the scale once, when it begins."""
        standing, frame = self.till.standing(), self.frame
        is_filled = frame.isMaximized() or frame.isFullScreen()
        place = QRect() if is_filled else scaled(frame.geometry(), self._shown_scale)
        self.till.end()
        if self._door is not None:
            self._door.close()
        hands = self.work.let_go()
        self.customer.leave()
        self.app.shutdown()
        self._obey()
        self._show_frame(scaled(place, 1 / self._settings.scale))
        self._open(hands)
        self._make_till()
        self.till.begin(self._machine.demo_pins, standing)


def run(machine: Machine) -> int:
    """Show the till until its window is closed; the exit code of the program."""
    program = Program(machine)
    with guarded(lambda bug: program.till.flow.say(bug), lambda: program.app.exit(0)):
        try:
            program.begin()
            return program.run()
        finally:
            program.close()


def pictures(machine: Machine, folder: Path) -> list[Path]:
    """Walk the demo shop without a screen and leave a picture of each station, in order."""
    program = Program(machine)
    try:
        from ui.walk import Walk

        return Walk(program.app, program.till, folder).go(machine.demo_pins)
    finally:
        program.close()


def application(scale: int) -> QApplication:
    """The one QApplication of this process; `scale` counts where there is none yet.

    A screen that has no room for it shows the largest that it can.
    """
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    ask_for(scale)
    app = QApplication(sys.argv[:1])
    usable = largest_within(scale)
    if usable != scale:
        app.shutdown()
        ask_for(usable)
        app = QApplication(sys.argv[:1])
    app.setApplicationName("shuke")
    app.setApplicationDisplayName(tr("熟客"))
    return app


def theme_of(settings: Settings, app: QApplication) -> str:
    """The one that was chosen, or that of the machine's own settings."""
    return system_theme(app) if settings.theme == AS_THE_SYSTEM else settings.theme


def system_theme(app: QApplication) -> str:
    """What the machine's own settings ask for."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def scaled(place: QRect, factor: float) -> QRect:
    """The same place on the screen in other logical pixels."""
    return QRect(place.topLeft() * factor, place.size() * factor)
