"""客显台: keeps the customer's window where the settings say; it outlives the windows of the till.

The till is painted first: what the customer sees follows a little later, and only the last of what
changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from core.errors import BadDisplaySetting
from core.values.moment import local_time
from core.values.settings import Settings
from ui.customer.place import NONE, WINDOW, check_display, check_link, screen_of
from ui.devices.pole import PoleDesk

if TYPE_CHECKING:
    from core.actions.counter import Counter
    from core.ports import StoredSale
    from ui.customer.window import CustomerWindow
    from ui.look import Look

BEHIND_MS, LATEST_MS = 30, 250
PAID_MS = 20_000
CLOCK_MS = 1_000
SETTLE_MS = 400  # later than `ui.screens`: the till finds its place first


class CustomerDesk:
    """`stand` and `leave` with each window of the till; `show` what stands at its counter."""

    def __init__(self, slides: Path | None = None) -> None:
        self.slides = slides
        self._settings = Settings()
        self._look: Look | None = None
        self._till: QWidget | None = None
        self._shown: tuple[Counter | None, StoredSale | None] = (None, None)
        self._place: tuple[str, tzinfo | None, Callable[[], int]] = ("", None, lambda: 0)
        self._timers: QObject | None = None
        self.window: CustomerWindow | None = None
        self.pole = PoleDesk()
        self.wrong: BadDisplaySetting | None = None
        """Why the setting names no display."""
        self.screen = ""
        """The screen that the window fills, "" for none."""

    def use(self, settings: Settings) -> None:
        """Obey these settings from now on."""
        self._settings = settings
        try:
            check_display(settings.display)
            check_link(settings.display_link)
            self.pole.use(settings.pole, settings.pole_profile)
            self.wrong = None
        except BadDisplaySetting as wrong:
            self.wrong = wrong
        self._arrange()

    @property
    def is_wanted(self) -> bool:
        """Whether there shall be a window."""
        return self._settings.display != NONE and self.wrong is None

    @property
    def is_shown(self) -> bool:
        """Whether somebody can see it now."""
        return self.window is not None and self.window.isVisible()

    def other_screens(self) -> list[str]:
        """The screens beside the till's own."""
        own = None if self._till is None else self._till.window().screen().name()
        return [screen.name() for screen in QGuiApplication.screens() if screen.name() != own]

    def count_slides(self) -> int:
        """How many pictures there are for the time between two customers."""
        from ui.customer.slides import pictures_in

        return len(pictures_in(self.slides))

    def stand(self, look: Look, till: QWidget) -> None:
        """In these clothes, beside this window of the till."""
        self.leave()
        self._look, self._till = look, till
        self._timers = QObject(till)
        self._behind = self._timer(BEHIND_MS, self._paint)
        self._latest = self._timer(LATEST_MS, self._paint)
        self._paid = self._timer(PAID_MS, self._after_paid)
        self._settled = self._timer(SETTLE_MS, self._arrange)
        self._clock = self._timer(CLOCK_MS, self._tick, is_once=False)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._settled.start)
            app.screenRemoved.connect(self._settled.start)
            app.primaryScreenChanged.connect(self._settled.start)
        handle = till.window().windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._settled.start)
        self._arrange()

    def close(self) -> None:
        """For good: at the end of the program."""
        self.leave()
        self.pole.close()

    def leave(self) -> None:
        """The window goes, until the next `stand`."""
        if self._timers is not None:
            self._timers.deleteLater()
        self._timers = self._look = self._till = None
        self._drop()

    def name(self, store: str, zone: tzinfo, now_us: Callable[[], int]) -> None:
        """Which shop this is, and how late it is there."""
        self._place = (store, zone, now_us)
        self._tick()

    def show(self, counter: Counter | None, paid: StoredSale | None = None) -> None:
        """What stands at the counter: soon, when the till itself is painted."""
        self._shown = (counter, paid)
        has_reader = self.window is not None or self.pole.profile is not None
        if has_reader and self._timers is not None:
            self._behind.start()  # anew with each of a rush: the till comes first
            if not self._latest.isActive():
                self._latest.start()

    def _timer(self, after_ms: int, do: Callable[[], object], *, is_once: bool = True) -> QTimer:
        timer = QTimer(self._timers)
        timer.setSingleShot(is_once)
        timer.setInterval(after_ms)
        timer.timeout.connect(do)
        return timer

    def _arrange(self) -> None:
        """The window on the screen that it belongs on now, or none."""
        if self._look is None or self._till is None:
            return
        screens = {screen.name(): screen for screen in QGuiApplication.screens()}
        own = self._till.window().screen()
        self.screen = screen_of(self._settings.display, list(screens), own.name()) or ""
        is_alone = self._settings.display == WINDOW
        if not self.is_wanted or not (self.screen or is_alone):
            self._drop()
            self._paint()
            return
        window = self._made(self._look)
        window.due.show_link(self._settings.display_link, self._settings.display_words)
        self._paint()
        self._tick()
        was_active = self._till.isActiveWindow()
        if is_alone:
            window.stand_alone()
        else:
            window.stand_on(screens[self.screen].geometry())
        if was_active:
            # Some window managers give a new window the focus, whatever it says: scans go to it.
            self._till.window().activateWindow()
        self._clock.start()

    def _made(self, look: Look) -> CustomerWindow:
        if self.window is None:
            from ui.customer.window import CustomerWindow

            self.window = CustomerWindow(look, self.slides)
        return self.window

    def _drop(self) -> None:
        self.screen = ""
        window, self.window = self.window, None
        if window is not None:
            window.leave()
            window.deleteLater()

    def _paint(self) -> None:
        self._behind.stop()
        self._latest.stop()
        if self.pole.profile is not None:
            from ui.customer.pole_words import pole_lines

            self.pole.show(pole_lines(*self._shown, is_plain=self.pole.profile.is_ascii))
        if self.window is None:
            return
        from ui.customer.state import CustomerState, Scene

        state = CustomerState.of(*self._shown)
        if state.scene is Scene.PAID and self.window.scene is not Scene.PAID:
            self._paid.start()
        elif state.scene is not Scene.PAID:
            self._paid.stop()
        self.window.show_state(state)

    def _after_paid(self) -> None:
        """Whoever paid has gone: what they paid is nobody else's business."""
        self._shown = (self._shown[0], None)
        self._paint()

    def _tick(self) -> None:
        store, zone, now_us = self._place
        if self.window is not None:
            clock = "" if zone is None else f"{local_time(now_us(), zone):%H:%M}"
            self.window.show_place(store, clock)
