"""扫码枪: something is scanned, and what that tells is set at once."""

from __future__ import annotations

from PySide6.QtCore import Qt

from core.errors import Shortfall
from ui.devices.scan_trial import Measured
from ui.equipment.scanner_test import ScannerTest
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import tr


class ScannerStep(Step):
    """The test has the keys: a scanner's Enter is a scanner's, a hand's goes on."""

    name = "scanner"
    takes_scans = True

    def __init__(self, look: Look, course: Course) -> None:
        title, line = tr("拿一盒商品，同一个码扫三次"), tr("哪个码都行，不用点任何地方。")
        super().__init__(look, course, title, line)
        self.skip = tr("没有扫码枪，跳过")
        self.test = ScannerTest(look)
        self.test.stand_in_page()
        self.test.measured.connect(self._on_measured)
        self.test.accepted.connect(self.go)
        self.put(self.test, fills=True)
        self.is_ready = False

    def begin(self) -> None:
        if not self.test.trials:
            self.test.take_up(self.course.trials)
        self.test.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.course.trials = self.test.trials

    def take_scan(self, text: str) -> None:
        """Keys that came while a button had the focus count as none; the next ones do."""
        self.begin()

    def go(self) -> None:
        found = self.test.found
        if found is None or found.habits is None:
            return
        habits = found.habits
        try:
            self.course.set_device(
                scan_gap_ms=habits.slowest_gap_ms,
                scan_end=habits.end,
                scan_prefix=habits.prefix,
                scan_suffix=habits.suffix,
                scan_layout=habits.layout,
            )
        except Shortfall as refused:
            self.refused.emit(refused)
            return
        super().go()

    def _on_measured(self, found: Measured) -> None:
        self.is_ready = found.habits is not None
        self.turned.emit()
