"""打印测试的对话: prints each step on a thread, and asks the next question when it is on paper."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from core.errors import BadPrinterSetting, PrinterUnavailable
from ui.devices.ladder import Ladder
from ui.devices.paper import PaperDesk
from ui.devices.printer import printer_of
from ui.equipment.printer_ladder import PrinterLadder
from ui.equipment.printer_place import names_here
from ui.text import sentence, tr


class LadderTalk(QObject):
    """`found(setting, ladder)`: a person wants this printer; the ladder has its profile."""

    found = Signal(str, object)
    _printed = Signal(object, object)
    _named = Signal(object)

    def __init__(self, widget: PrinterLadder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        self._setting = ""
        self._ladder = Ladder()
        self._desk: PaperDesk | None = None
        widget.placed.connect(self._try)
        widget.answered.connect(self._answer)
        widget.accepted.connect(lambda: self.found.emit(self._setting, self._ladder))
        self._printed.connect(self._on_printed)
        self._named.connect(widget.place.show_names)

    def begin(self, setting: str) -> None:
        """Ask where the printer hangs; `setting` is what holds now."""
        self.end()
        self._widget.show_place(setting)
        # The system's own programs are asked, which may take seconds.
        threading.Thread(target=self._find, name="printers here", daemon=True).start()

    def again(self) -> None:
        """Print this step once more."""
        if self._desk is not None and self._ladder.step:
            self._print()

    def end(self) -> None:
        """No more tests: what is on its way still goes out, and nobody waits for it."""
        if self._desk is not None:
            self._desk.close(0.0)
        self._desk = None

    def _find(self) -> None:
        names = names_here()
        # Who asked may be gone meanwhile.
        if isValid(self):
            self._named.emit(names)

    def _try(self, setting: str) -> None:
        self.end()
        try:
            printer = printer_of(setting, asks=True)
        except BadPrinterSetting:
            self._widget.place.say(tr("这样写找不到打印机。设置没有变；请照灰字的样子写。"))
            return
        self._setting, self._ladder = setting, Ladder()
        self._desk = PaperDesk(printer)
        if not self._desk.has_printer:
            self.found.emit(setting, self._ladder)
            return
        self._print()

    def _print(self) -> None:
        desk = self._desk
        assert desk is not None
        self._widget.show_printing(self._ladder)
        desk.send(self._ladder.data(), lambda error: self._printed.emit(desk, error))

    @Slot(object, object)
    def _on_printed(self, desk: PaperDesk, error: Exception | None) -> None:
        if desk is not self._desk:
            return
        self._widget.show_question(self._ladder)
        if isinstance(error, PrinterUnavailable):
            words = tr("没有打出来：{why}。弄好了，点“再打一次”。", why=error.detail)
            self._widget.show_problem(words)
        elif error is not None:
            self._widget.show_problem(sentence(error))

    def _answer(self, given: set[str]) -> None:
        self._ladder = self._ladder.answered(given)
        if self._ladder.step:
            self._print()
        else:
            self._widget.show_found(self._ladder)
