"""检查的对话: looks on a thread of its own, so that scans and searches go on meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.ports.upkeep import Check
from ui.text import sentence
from ui.till.examination import ExaminationSheet

Examine = Callable[[], Iterable[Check]]
_log = logging.getLogger(__name__)


class ExaminationFlow(QObject):
    """One examination at a time; who leaves the sheet and comes back sees the same one."""

    _found = Signal(int)
    _ended = Signal(object)

    def __init__(
        self,
        sheet: ExaminationSheet,
        examine: Examine,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._examine = examine
        self._thread: threading.Thread | None = None
        self._found.connect(self._on_found)
        self._ended.connect(self._on_ended)

    def begin(self) -> None:
        """Look at everything once."""
        self._sheet.show_waiting()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._look, name="examine", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        checks: list[Check] = []
        try:
            for check in self._examine():
                checks.append(check)
                if not isValid(self):
                    return  # the window went meanwhile
                self._found.emit(len(checks))
        except Exception as bug:  # noqa: BLE001 - said on the screen, and logged
            _log.exception("the examination failed")
            self._ended.emit(bug)
        else:
            self._ended.emit(checks)

    def _on_found(self, count: int) -> None:
        if self._sheet.isVisible():
            self._sheet.show_waiting(count)

    def _on_ended(self, outcome: list[Check] | Exception) -> None:
        if not self._sheet.isVisible():
            return
        if isinstance(outcome, Exception):
            self._sheet.show_words(sentence(outcome))
        else:
            self._sheet.show_checks(outcome)
