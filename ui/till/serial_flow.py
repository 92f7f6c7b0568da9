"""串口扫码枪的对话: their codes go where every scan goes; one that is gone is told by a notice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.devices import sound
from ui.devices.scan_desk import ScanDesk
from ui.devices.serial_scanner import ScanNews
from ui.text import halves, sentence, tr
from ui.till.notices import SCANNER
from ui.till.page import TillPage
from ui.widgets.banner import Action
from ui.widgets.header import Status


class SerialFlow(QObject):
    """`scanned` gives a code; `changed`: the header has something else to show."""

    scanned = Signal(str)
    changed = Signal()
    _reported = Signal(object)

    def __init__(self, scans: ScanDesk, page: TillPage, parent: QObject) -> None:
        super().__init__(parent)
        self._scans = scans
        self._page = page
        self._is_read = False
        self._told: set[str] = set()
        # Never at once, whoever tells it: who listens to `scanned` need not stand yet.
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        page.trouble_answered.connect(self._on_answered)

    def begin(self) -> None:
        """What another window was told is told again; what came since is read now."""
        self._scans.report_to(self._reported.emit)
        self._told = {name for name, error in self._scans.troubles.items() if error is not None}
        self._say()

    def end(self) -> None:
        """Look no more."""
        self._scans.report_to(None)

    def statuses(self) -> Sequence[Status]:
        """What the header says: nothing, as long as they are well."""
        is_ill = self._scans.wrong is not None or any(self._scans.troubles.values())
        return [Status(SCANNER, "scan", tr("扫码枪断开"), "warn")] if is_ill else []

    @Slot(object)
    def _on_reported(self, news: ScanNews) -> None:
        if news.code:
            self.scanned.emit(news.code)
            return
        if news.is_half:
            sound.play_error()
        if news.error is not None:
            self._told.add(news.device)
            self._is_read = False
            self._say(is_half=news.is_half)
        elif news.is_half:
            self._put(tr("半个条码，没有收"), tr("{device}：请重扫。", device=news.device))
        elif news.device in self._told:
            self._told.discard(news.device)
            self._page.basket.notices.take(SCANNER)
            self._page.say_done(tr("扫码枪 {device} 接上了。", device=news.device), icon="scan")
            self._say()
        self.changed.emit()

    def _say(self, *, is_half: bool = False) -> None:
        """The trouble that there is, the newest first."""
        errors = [error for error in self._scans.troubles.values() if error is not None]
        trouble = self._scans.wrong or next(iter(errors[::-1]), None)
        if trouble is None or self._is_read:
            return
        title, line = halves(sentence(trouble))
        if is_half:
            line = tr("扫到一半的那个条码没有收，请重扫。") + line
        self._put(title, line)

    def _put(self, title: str, line: str) -> None:
        read = Action("read", tr("知道了"))
        self._page.basket.notices.put(SCANNER, title, line, icon="scan", actions=(read,))

    def _on_answered(self, place: str, _action: str) -> None:
        if place == SCANNER:
            self._is_read = True
