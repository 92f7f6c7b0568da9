"""5: from a key to painted suggestions among many members, against repainting the same rows."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.homes import opened, some_of
from benchmarks.timing import Row
from core.actions.day import day_now, open_day
from core.actions.login import login
from core.shop import Shop
from core.values.settings import Settings

TIMES = 200
BETWEEN_KEYS_S = 0.04
PATIENCE_S = 2.0
TAIL_US = 8000


def rows(size: int) -> list[Row]:
    """The last letter of initials is typed into the real window; the store is the real one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with opened(size) as (shop, store):
        phones = some_of(store, "phone", TIMES)
        keys = _Keys(shop)
        try:
            ours, limit = keys.typed([phone[-4:] for phone in phones])
        finally:
            keys.close()
    tail = sorted(ours)[len(ours) * 99 // 100]
    return [
        Row(
            5,
            f"key → suggestions painted, {size:,} members",
            statistics.median(limit),
            statistics.median(ours),
            1.5,
            tail=tail,
            most_tail=TAIL_US,
        )
    ]


class _Keys:
    """A till at its counter, and keys pressed at it."""

    def __init__(self, shop: Shop) -> None:
        from ui.app import Machine, Program
        from ui.devices.paper import PaperDesk
        from ui.devices.printer import NoPrinter
        from ui.window import forget

        manager = login(shop, "246810")
        if day_now(shop) is None:
            open_day(shop, float_fen=0, staff=manager)
        desk = PaperDesk(NoPrinter())
        self._program = Program(Machine(lambda: nullcontext(shop), desk, Settings(), forget))
        self._till = self._program.till
        self._till.begin()
        self._wait(lambda: bool(self._till.login.who.chosen()))
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
            begun = time.perf_counter_ns()
            box.input.repaint()
            box.suggestions.repaint()
            rows.repaint()
            limit.append((time.perf_counter_ns() - begun) / 1000)
        return ours, limit

    def close(self) -> None:
        """Leave the window; the shop is closed by whoever opened it."""
        self._program.close()

    def _press(self, sign: str, *, is_let_go: bool = True) -> None:
        """A key; a hand that is quick has not let go of one when it presses the next."""
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_unknown
        target = QApplication.focusWidget() or self._till
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)[: 1 + is_let_go]:
            text = "" if sign == "\r" else sign
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(target, event)

    def _rest(self) -> None:
        """As long as a person needs for the next key; until then everything is painted."""
        until = time.monotonic() + BETWEEN_KEYS_S
        self._wait(lambda: time.monotonic() >= until)

    def _wait(self, is_true: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not is_true():
            if time.monotonic() > until:
                raise SystemExit("the window does not answer")
            self._program.app.processEvents()


class _Paints(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count, and let it pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False
