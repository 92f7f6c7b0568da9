"""2, 5, 7: from a scan or a key to the painted answer, against repainting the same widgets.

Also the longest frame of a rush of forty scans in four seconds.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.homes import opened, some_of
from benchmarks.timing import Row
from core.actions.day import day_now, open_day
from core.actions.login import login
from core.shop import Shop
from core.values.settings import Settings

if TYPE_CHECKING:
    from core.ports.central import Uplink
    from ui.devices.scan_desk import ScanDesk

TIMES = 200
BETWEEN_KEYS_S = 0.04
BETWEEN_SIGNS_S = 0.002
AFTER_HANDS_S = 0.4  # a code never begins so soon behind what a hand typed
BEFORE_PIN_S = 1.5  # nobody finds their name sooner; until then the till has warmed up
PATIENCE_S = 2.0
BEAT_MS = 10
TAIL_US = 8000
BASKETS, FULL_BASKETS = 40, 20
RUSH, RUSH_S = 40, 4.0
FRAME_US = 100_000


def rows(size: int, *, has_display: bool = False) -> list[Row]:
    """Keys go into the real window as hands and scanners type them; the store is the real one.

    `has_display`: a customer's window stands beside it.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with opened(size) as (shop, store):
        phones = some_of(store, "phone", TIMES)
        cards = some_of(store, "card_no", TIMES)
        goods = some_of(store, "code", RUSH + 50, table="products")
        keys = Keys(shop, has_display=has_display)
        try:
            found = [_typed(keys, phones, size), _shown(keys, cards, size)]
            return found + _added(keys, goods) + [_rush(keys, goods), _two_rushes(keys, goods)]
        finally:
            keys.close()


def _typed(keys: Keys, phones: list[str], size: int) -> Row:
    ours, limit = keys.typed([phone[-4:] for phone in phones])
    return _row(5, f"key → suggestions painted, {size:,} members", ours, limit, 1.5)


def _shown(keys: Keys, cards: list[str], size: int) -> Row:
    ours, limit = keys.scanned(cards)
    return _row(2, f"scan → member painted, {size:,} members", ours, limit, 2)


def _added(keys: Keys, goods: list[str]) -> list[Row]:
    """The fiftieth line of some baskets, and the first of others."""
    first: tuple[list[float], list[float]] = ([], [])
    last: tuple[list[float], list[float]] = ([], [])
    for basket in range(BASKETS):
        keys.clear()
        if basket < FULL_BASKETS:
            keys.put(goods[:49])
        into = last if basket < FULL_BASKETS else first
        ours, limit = keys.scanned([goods[49]])
        into[0].extend(ours)
        into[1].extend(limit)
    keys.clear()
    one, fifty = statistics.median(first[0]), statistics.median(last[0])
    return [
        Row(7, "line added → painted, line 1", statistics.median(first[1]), one, 2),
        Row(7, "line added → painted, line 50", statistics.median(last[1]), fifty, 2),
        Row(7, "line 50 in the time of line 1", one, fifty, 1.3),
    ]


def _rush(keys: Keys, goods: list[str]) -> Row:
    longest = keys.rush(goods[:RUSH])
    keys.clear()
    return Row(2, "longest frame of 40 scans in 4 s", FRAME_US, longest, 1)


def _two_rushes(keys: Keys, goods: list[str]) -> Row:
    """One scanner types, another is on a serial port: a pseudo terminal, read in its thread."""
    mine, other = goods[:RUSH], goods[-RUSH // 2 :]
    with _port(keys.scans) as port:
        longest = keys.rush(
            mine, beside=[partial(os.write, port, f"{c}\r".encode()) for c in other]
        )
    found = keys.codes()
    keys.clear()
    if [code for code in found if code in mine] != mine or set(found) != {*mine, *other}:
        raise RuntimeError("a scan is not in the basket, or not in its place")
    return Row(2, "the same beside 20 scans on a serial port", FRAME_US, longest, 1)


@contextmanager
def _port(scans: ScanDesk) -> Iterator[int]:
    """The end of a port that a scanner writes into, while the till reads the other."""
    import pty
    import tty

    port, line = pty.openpty()
    tty.setraw(line)
    name = os.ttyname(line)
    os.close(line)
    scans.use(f"serial:{name}")
    until = time.monotonic() + PATIENCE_S
    while scans.troubles.get(name, scans) is not None:
        if time.monotonic() > until:
            raise RuntimeError("the port is not read")
        time.sleep(BETWEEN_SIGNS_S)
    try:
        yield port
    finally:
        scans.use("")
        os.close(port)


def _row(number: int, work: str, ours: list[float], limit: list[float], target: float) -> Row:
    return Row(
        number,
        work,
        statistics.median(limit),
        statistics.median(ours),
        target,
        tail=_tail(ours),
        most_tail=TAIL_US,
        limit_tail=_tail(limit),
    )


def _tail(spans: list[float]) -> float:
    return sorted(spans)[len(spans) * 99 // 100]


class Keys:
    """A till at its counter, and keys pressed at it."""

    def __init__(
        self,
        shop: Shop,
        *,
        has_display: bool = False,
        uplink: Callable[[], Uplink] | None = None,
    ) -> None:
        from ui.app import Machine, Program
        from ui.customer.place import NONE, WINDOW
        from ui.devices.paper import PaperDesk
        from ui.devices.printer import NoPrinter
        from ui.window import forget

        manager = login(shop, "246810")
        if day_now(shop) is None:
            open_day(shop, float_fen=0, staff=manager)
        desk = PaperDesk(NoPrinter())
        settings = Settings(display=WINDOW if has_display else NONE)
        machine = Machine(lambda: nullcontext(shop), desk, settings, forget, uplink=uplink)
        self._program = Program(machine)
        self._till = self._program.till
        # A beat, so that nobody sleeps for ever where nothing happens any more.
        self._beat = QTimer()
        self._beat.start(BEAT_MS)
        self._till.begin()
        self._wait(lambda: bool(self._till.login.who.chosen()))
        self._rest(BEFORE_PIN_S)
        for sign in "246810":
            self._press(sign, is_let_go=False)
        self._press("\r")
        self._wait(lambda: self._till.page.isVisible() and self._till.flow.counter is not None)

    def typed(self, texts: list[str]) -> tuple[list[float], list[float]]:
        """Microseconds from the last key of each text to painted rows, and of a bare repaint."""
        box = self._till.page.scan
        rows = box.suggestions.view.viewport()
        seen = _Paints(rows)
        ours, limit = [], []
        gc.collect()
        for text in texts:
            box.clear()
            self._rest()
            for sign in text[:-1]:
                self._press(sign)
                self._rest()
            before = seen.count
            begun = time.perf_counter_ns()
            self._press(text[-1])
            self._wait(lambda before=before: seen.count > before)  # type: ignore[misc]
            ours.append((time.perf_counter_ns() - begun) / 1000)
            limit.append(self._repainted((box.input, box.suggestions, rows)))
        return ours, limit

    def scanned(self, codes: list[str]) -> tuple[list[float], list[float]]:
        """Microseconds from the last key of each code to the painted payable, and of a repaint."""
        page = self._till.page
        page.scan.clear()
        self._rest(AFTER_HANDS_S)
        zones = (page.scan, page.basket, page.member, page.nobody, page.last, page.pay, page.strip)
        paints = {zone: _Paints(zone) for zone in zones}
        panel, lines = paints[page.member], _Paints(page.basket.table.view.viewport())
        ours, limit = [], []
        for code in codes:
            self._rest()
            end_ms = self._burst(code)
            counter = self._till.flow.counter
            for each in (*paints.values(), lines):
                each.count = 0
            begun = time.perf_counter_ns()
            self._press("\r", at_ms=end_ms)
            self._wait(
                lambda counter=counter: (  # type: ignore[misc]
                    self._till.flow.counter is not counter and panel.count + lines.count > 0
                )
            )
            ours.append((time.perf_counter_ns() - begun) / 1000)
            limit.append(self._repainted([zone for zone in zones if paints[zone].count]))
        return ours, limit

    def _repainted(self, widgets: Sequence[QWidget]) -> float:
        """Microseconds of painting these once more, after a pause as it is before a key."""
        self._rest()
        begun = time.perf_counter_ns()
        for widget in widgets:
            widget.repaint()
        return (time.perf_counter_ns() - begun) / 1000

    @property
    def scans(self) -> ScanDesk:
        """The scanners on serial ports."""
        return self._program.scans

    def codes(self) -> list[str]:
        """What is in the basket."""
        counter = self._till.flow.counter
        return [] if counter is None else [line.product.code for line in counter.basket.lines]

    def rush(self, codes: list[str], beside: Sequence[Callable[[], object]] = ()) -> float:
        """The longest turn of the event loop (µs) while codes come at an even pace.

        `beside` is done on the way, between the signs of every second code.
        """
        begin = time.monotonic()
        self._longest_us = 0.0
        for number, code in enumerate(codes):
            if number % 2 and number // 2 < len(beside):
                beside[number // 2]()
            while time.monotonic() < begin + number * RUSH_S / len(codes):
                self._turn(self._program.app.processEvents)
            for at_ms, sign in enumerate((*code, "\r"), _now_ms()):
                self._turn(partial(self._press, sign, at_ms=at_ms))
                self._turn(self._program.app.processEvents)
        if beside:
            wanted = len(codes) + len(beside)
            self._wait(lambda: len(self.codes()) == wanted)
        self._wait(lambda: not self._till.flow.is_working)
        return self._longest_us

    def _turn(self, do: Callable[[], object]) -> None:
        begun = time.perf_counter_ns()
        do()
        self._longest_us = max(self._longest_us, (time.perf_counter_ns() - begun) / 1000)
        time.sleep(BETWEEN_SIGNS_S / 2)

    def put(self, codes: list[str]) -> None:
        """Scan these one after the other, and wait until they are in the basket."""
        for code in codes:
            self._till.take_scan(code)
        self._wait(lambda: not self._till.flow.is_working)

    def clear(self) -> None:
        """An empty basket for nobody."""
        self._till.flow.begin_basket()
        self._wait(lambda: not self._till.flow.is_working)
        self._rest()

    def idle(self, seconds: float) -> None:
        """Nobody touches it for so long."""
        self._rest(seconds)

    def _burst(self, code: str) -> int:
        """The signs of a code, at the pace of a quick scanner; when its end is due.

        A scanner waits for no window: each key bears the time at which it was pressed, and not that
        at which we came to it.
        """
        due_ms = _now_ms()
        for sign in code:
            self._press(sign, at_ms=due_ms)
            self._rest(BETWEEN_SIGNS_S)
            due_ms += round(BETWEEN_SIGNS_S * 1000)
        return due_ms

    def close(self) -> None:
        """Leave the window; the shop is closed by whoever opened it.

        No loop of events runs here that would take the window away, and one that stays hears the
        scans of the next one.
        """
        self._program.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _press(self, sign: str, *, is_let_go: bool = True, at_ms: int = 0) -> None:
        """A key; a hand that is quick has not let go of one when it presses the next.

        As those of the system do it comes to the window, which sees it before whatever has the
        focus, and bears a time: that at which it was due, if not now.
        """
        at_ms = at_ms or _now_ms()
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_unknown
        target = self._till.window().windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)[: 1 + is_let_go]:
            text = "" if sign == "\r" else sign
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(at_ms)
            QApplication.sendEvent(target, event)

    def _rest(self, seconds: float = BETWEEN_KEYS_S) -> None:
        """As long as a person needs for the next key; until then everything is painted."""
        over = QTimer()
        over.setSingleShot(True)
        over.setTimerType(Qt.TimerType.PreciseTimer)
        over.start(round(seconds * 1000))
        self._wait(lambda: not over.isActive())

    def _wait(self, is_true: Callable[[], bool]) -> None:
        """Sleep until events come, as the real loop does.

        Who asks again and again without a pause keeps the interpreter from the store's thread.
        """
        until = time.monotonic() + PATIENCE_S
        flags = QEventLoop.ProcessEventsFlag
        while not is_true():
            if time.monotonic() > until:
                raise RuntimeError("the window does not answer")
            self._program.app.processEvents(flags.AllEvents | flags.WaitForMoreEvents)


def _now_ms() -> int:
    """Of the clock that the system gives keys their time by; it is never 0."""
    return time.monotonic_ns() // 1_000_000


class _Paints(QObject):
    """Counts the paintings of one widget, not those of the widgets in it."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count, and let it pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False
