"""杆式客显: two lines on a serial port, written in a thread of its own; nobody ever waits for it.

Only what is shown last is sent: a display that was slow or gone shows the present, not the past.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.errors import BadDisplaySetting, BadScannerSetting, DisplayUnavailable
from ui.devices.pole_profile import PoleProfile, pole_profile
from ui.devices.serial_line import serial_line
from ui.devices.serial_scanner import Port, cause_of, ports_of

if TYPE_CHECKING:
    import serial

RETRY_S, WRITE_S = 3.0, 2.0
TRIES, TRY_S = 4, 0.25
_log = logging.getLogger(__name__)
Lines = tuple[tuple[str, str], tuple[str, str]]
Tell = Callable[[DisplayUnavailable | None], None]


def pole_port(setting: str) -> Port | None:
    """Where the display hangs, None for nowhere: "none" or "serial:DEVICE[:BAUD]".

    Raises BadDisplaySetting.
    """
    try:
        ports = ports_of(setting)
    except BadScannerSetting as wrong:
        raise BadDisplaySetting(setting) from wrong
    if len(ports) > 1:
        raise BadDisplaySetting(setting)
    return ports[0] if ports else None


def try_out(port: Port, profile: PoleProfile, lines: Lines, told: Tell) -> None:
    """试一下: two lines once, on a thread; `told` hears there why they could not be sent, or None.

    A port that was just let go may be held for a moment more.
    """

    def work() -> None:
        error: DisplayUnavailable | None = None
        for _ in range(TRIES):
            try:
                with serial_line(port.device, port.baud, write_timeout_s=WRITE_S) as line:
                    line.write(bytes.fromhex(profile.begin) + profile.frame(*lines))
                error = None
                break
            except OSError as trouble:
                error = DisplayUnavailable(port.device, cause_of(trouble))
                time.sleep(TRY_S)
        told(error)

    threading.Thread(target=work, name="pole trial", daemon=True).start()


class Pole:
    """One display from `begin` to `end`; `tell` is called on its thread: why it shows nothing."""

    def __init__(
        self, port: Port, profile: PoleProfile, tell: Tell, *, retry_s: float = RETRY_S
    ) -> None:
        self.port = port
        self.profile = profile
        self._tell = tell
        self._retry_s = retry_s
        self._changed = threading.Condition()
        self._lines: Lines | None = None
        self._sent: Lines | None = None
        self._is_over = False
        self._is_there: bool | None = None
        self._thread = threading.Thread(target=self._work, name="pole", daemon=True)

    def begin(self) -> None:
        """Open the port as soon as it is there."""
        self._thread.start()

    def show(self, lines: Lines) -> None:
        """Both lines, each with a left and a right part; returns at once."""
        with self._changed:
            self._lines = lines
            self._changed.notify()

    def end(self) -> None:
        """Show nothing more; nothing is told any more. A port that hangs is left to itself."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def _work(self) -> None:
        while not self._is_over:
            try:
                with serial_line(self.port.device, self.port.baud, write_timeout_s=WRITE_S) as line:
                    line.write(bytes.fromhex(self.profile.begin))
                    self._say(None)
                    self._write(line)
            except OSError as trouble:
                self._say(DisplayUnavailable(self.port.device, cause_of(trouble)))
                with self._changed:
                    self._sent = None
                    self._changed.wait_for(lambda: self._is_over, self._retry_s)

    def _write(self, line: serial.Serial) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over or self._lines != self._sent)
                if self._is_over:
                    return
                lines = self._lines
            if lines is not None:
                line.write(self.profile.frame(*lines))
            self._sent = lines

    def _say(self, error: DisplayUnavailable | None) -> None:
        """Once, however often it is tried again."""
        if self._is_over or self._is_there is (error is None):
            return
        self._is_there = error is None
        try:
            self._tell(error)
        except Exception:  # noqa: BLE001 - whoever listens must not stop the writing
            _log.exception("nobody could be told how the display is")


class PoleDesk:
    """The display of a till, or none; `report` is called on its thread with each change."""

    def __init__(self, *, retry_s: float = RETRY_S) -> None:
        self._retry_s = retry_s
        self._pole: Pole | None = None
        self._telling = threading.Lock()
        self._report: Tell | None = None
        self._setting = ("none", "")
        self._lines: Lines | None = None
        self.trouble: DisplayUnavailable | None = None
        """Why it shows nothing now."""

    @property
    def profile(self) -> PoleProfile | None:
        """How the display is spoken to, None where there is none."""
        return None if self._pole is None else self._pole.profile

    def use(self, setting: str, profile: str) -> None:
        """This display from now on; raises BadDisplaySetting, and there is none then."""
        if (setting, profile) == self._setting:
            return
        self._setting = (setting, profile)
        if self._pole is not None:
            self._pole.end()
        self._pole, self.trouble = None, None
        port = pole_port(setting)
        if port is not None:
            self._pole = Pole(port, pole_profile(profile), self._tell, retry_s=self._retry_s)
            self._pole.begin()

    def let_go(self, port: Port) -> None:
        """Somebody tries this port: whoever holds it gives it up until `use` is said again."""
        if self._pole is not None and self._pole.port.device == port.device:
            self.use("none", "")

    def show(self, lines: Lines) -> None:
        """What the customer reads from now on."""
        if self._pole is not None:
            self._pole.show(lines)

    def report_to(self, report: Tell | None) -> None:
        """Tell somebody else from now on: whoever was told before may be gone when this returns."""
        with self._telling:
            self._report = report

    def close(self) -> None:
        """Show nothing more."""
        self.report_to(None)
        self.use("none", "")

    def _tell(self, error: DisplayUnavailable | None) -> None:
        with self._telling:
            self.trouble = error
            if self._report is not None:
                self._report(error)
