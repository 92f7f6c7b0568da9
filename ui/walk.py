"""走一遍: the demo shop walked through the real window by keys alone, with a picture of each page.

Nothing here knows more than a cashier does: it types, scans and presses keys, and waits until the
page answers. What it sells is really sold, and really printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, Qt, QThread
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.actions.counter import Counter
from ui.window import USUAL, TillWindow

PATIENCE_MS = 20_000
# What goes by between a key going down and up: a hand, a scanner; and before each new text.
HAND_MS, SCANNER_MS, PAUSE_MS = 80, 5, 1_000
NAP_MS = 5
CARD = "800001"
LONG_NAME_CARD = "800013"
UNKNOWN = "6999999999997"
THREE = ("6905120012039", "6955710091227", "6908370249606")
MASKS = "6942360407980"
# a line of its own for each: the first page of the sample table
THIRTY = (
    "6905120012039", "6955710091227", "6931800170416", "6908370249606", "6942360407980",
    "6920140487179", "6905120566365", "6955710645550", "6931800724749", "6908370803938",
    "6971030883120", "6942360962311", "6920141041509", "6905121120696", "6955711199885",
    "6931801279071", "6908371358260", "6971031437452", "6942361516643", "6920141595835",
    "6905121675028", "6955711754213", "6931801833402", "6908371912592", "6971031991787",
    "6942362070977", "6920142150163", "6905122229350", "6955712308545", "6931802387737",
)  # fmt: skip
KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Del": Qt.Key.Key_Delete,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    **{f"F{no}": Qt.Key(Qt.Key.Key_F1 + no - 1) for no in range(1, 13)},
}


class Stuck(RuntimeError):
    """The window did not answer in time: a bug, not a shortfall."""


class Walk:
    """One walk through a window. `go` returns the pictures in order."""

    def __init__(self, app: QApplication, window: TillWindow, folder: Path) -> None:
        self._app = app
        self._window = window
        self._folder = folder
        self._taken: list[Path] = []
        self._at_ms = PAUSE_MS

    def go(self, pins: Sequence[tuple[str, str]]) -> list[Path]:
        """From the login to a printed receipt, and what may go wrong on the way."""
        self._folder.mkdir(parents=True, exist_ok=True)
        window = self._window
        window.window().resize(*USUAL)
        window.begin(pins)
        self._log_in(pins)
        self._sell_to_a_member()
        self._look_at_the_drawer()
        self._unhappy_paths()
        self._birthday()
        self._long_basket()
        return self._taken

    # The stations

    def _log_in(self, pins: Sequence[tuple[str, str]]) -> None:
        window, (name, pin) = self._window, pins[-1]
        self._until(lambda: self._has_person(name), "people")
        self.picture("login")
        window.login.who.choose(name)
        self.type_in(pin)
        self.press("Enter")
        self._until(lambda: window.pages.name != "login", "day")
        if window.pages.shows("open_day"):
            self.type_in("200.00")
            self.picture("open_day")
            self.press("Enter")
        self._until(lambda: window.page.isVisible() and self._counter() is not None, "counter")
        self.picture("counter_empty")

    def _sell_to_a_member(self) -> None:
        self.scan(CARD)
        self.picture("member")
        for code in (*THREE, THREE[0], MASKS):
            self.scan(code)
        self.picture("sale")
        self.press("F11")
        self.picture("why")
        self.press("F11")
        self._look_at_by_hand()
        self.press("F9")
        self._until(self._window.sheets.payment.isVisible, "payment")
        self.picture("payment")
        self.type_in("300")
        self.picture("payment_cash")
        self.press("Enter")
        self._until(lambda: self._window.sheets.payment.is_settled, "change")
        self.picture("change")
        self.press("Esc")
        self._until(lambda: not self._window.sheets.payment.isVisible(), "next")
        self._until(self._is_fresh, "next basket")
        self.picture("counter_paid")

    def _look_at_by_hand(self) -> None:
        """A discount is tried, and not given."""
        self.press("F4")
        self._until(lambda: "by_hand" in self._window.sheets.open_names, "by hand")
        self.type_in("1b")
        self.picture("by_hand")
        self.press("Esc")
        self._until(lambda: not self._window.sheets.has_open, "by hand away")

    def _look_at_the_drawer(self) -> None:
        """The return and the void of the last sale and the shift are looked at: nothing is done."""
        sheets = self._window.sheets
        self.press("F8")
        self._until(lambda: "returns" in sheets.open_names, "return")
        self.press("Enter")
        self._until(lambda: sheets.returns.effects.beside.isVisible(), "lines")
        self.picture("return")
        sheets.returns.effects.beside.click()
        self._until(self._is_void_shown, "void")
        self.picture("void")
        self.press("Esc")
        self._until(lambda: not self._window.sheets.has_open, "void away")
        self.press("F12")
        self._until(lambda: "shift" in self._window.sheets.open_names, "shift")
        self.picture("shift")
        self.press("Esc")
        self._until(lambda: not self._window.sheets.has_open, "shift away")

    def _is_void_shown(self) -> bool:
        is_open = "void" in self._window.sheets.open_names
        return is_open and self._window.sheets.void.effects.done.isEnabled()

    def _unhappy_paths(self) -> None:
        self.scan(THREE[0])
        self.scan(UNKNOWN, finds=False)
        self.picture("error")
        self.press("Esc")
        self.type_in("wss")
        self._until(self._window.page.scan.suggestions.isVisible, "suggestions")
        self.picture("suggestions")
        self.press("Esc")
        self.press("Esc")
        self._clear()

    def _birthday(self) -> None:
        window, today = self._window, self._today()
        self.scan(LONG_NAME_CARD)
        self.scan(THREE[0])
        self.picture("long_name")
        self._clear()
        self.press("F2")
        self._until(window.sheets.join.isVisible, "join")
        self.type_in(f"1390000{today:%m%d}")
        self.press("Enter")
        self.type_in("阿卜杜热合曼江·买买提吐尔逊江")
        self.press("Enter")
        self.type_in(f"{today:%m-%d}")
        self.press("F4")  # the customer agrees
        self.picture("join")
        self.press("Enter")
        self.press("Enter")
        self._until(lambda: not window.sheets.join.isVisible() or self._is_known(), "joined")
        if window.sheets.join.isVisible():
            self.press("Enter")
            self._until(lambda: not window.sheets.join.isVisible(), "known member")
        self.scan(MASKS)
        self.picture("birthday")
        self._clear()

    def _long_basket(self) -> None:
        self.scan(CARD)
        for code in THIRTY:
            self.scan(code)
        self.picture("thirty_lines")
        self._clear()

    # What a cashier does

    def scan(self, code: str, *, finds: bool = True) -> None:
        """A code, as a scanner types it; then wait for the answer."""
        before = self._counter()
        self._at_ms += PAUSE_MS
        for sign in code:
            self._send(Qt.Key.Key_unknown, sign, gap_ms=SCANNER_MS)
        self._send(KEYS["Enter"], "", gap_ms=SCANNER_MS)
        if finds:
            self._until(lambda: self._counter() is not before, f"scan of {code}")
        else:
            self._until(lambda: bool(self._window.flow.unknown_code), f"error for {code}")

    def type_in(self, text: str) -> None:
        """Letters and digits as a hand types them, to whatever has the focus."""
        self._at_ms += PAUSE_MS
        for sign in text:
            self._send(Qt.Key.Key_unknown, sign)

    def press(self, key: str) -> None:
        """One key by its name."""
        shift = Qt.KeyboardModifier.ShiftModifier
        held = shift if key.startswith("Shift+") else Qt.KeyboardModifier.NoModifier
        self._send(KEYS[key.removeprefix("Shift+")], "", held)

    def picture(self, name: str) -> None:
        """What is on the window now."""
        self.pause(60)
        file = self._folder / f"{len(self._taken) + 1:02d}_{name}.png"
        self._window.grab().save(str(file))
        self._taken.append(file)

    def pause(self, ms: int) -> None:
        """Let the window work for a while."""
        until = QDeadlineTimer(ms)
        while not until.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, NAP_MS)
            QThread.msleep(NAP_MS)

    def _clear(self) -> None:
        before = self._counter()
        if self._is_fresh():
            return
        self.press("Shift+Del")
        self.press("Shift+Del")
        self._until(lambda: self._counter() is not before and self._is_fresh(), "clear")

    def _send(
        self,
        key: Qt.Key,
        text: str,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        gap_ms: int = HAND_MS,
    ) -> None:
        """A key goes down and up, with the time on it that a hand or a scanner takes."""
        target = QApplication.focusWidget() or self._window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self._at_ms)
            QApplication.sendEvent(target, event)
            self._at_ms += gap_ms
        self._app.processEvents()

    def _until(self, is_true: Callable[[], bool], what: str) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not is_true():
            if deadline.hasExpired():
                self.picture("stuck")
                raise Stuck(what)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, NAP_MS)
            QThread.msleep(1)

    # What can be seen

    def _counter(self) -> Counter | None:
        return self._window.flow.counter

    def _today(self) -> date:
        counter = self._counter()
        assert counter is not None
        return counter.business_on

    def _is_fresh(self) -> bool:
        counter = self._counter()
        return counter is not None and counter.basket.is_empty and counter.file is None

    def _is_known(self) -> bool:
        return self._window.sheets.join.findChild(QWidget, "join_existing") is not None

    def _has_person(self, name: str) -> bool:
        self._window.login.who.choose(name)
        return self._window.login.who.chosen() == name
