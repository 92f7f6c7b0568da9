"""收码: the serial scanners of a till, and how each of them is; they outlive its windows."""

from __future__ import annotations

import threading

from core.errors import BadScannerSetting, ScannerUnavailable
from ui.devices.serial_scanner import RETRY_S, Port, ScanNews, SerialScanner, Tell, ports_of


class ScanDesk:
    """`report` is called on the threads that read, once for each thing there is to tell.

    Codes that come while nobody listens, as between two windows, are told to the next who does.
    """

    def __init__(self, setting: str = "", *, retry_s: float = RETRY_S) -> None:
        self._retry_s = retry_s
        self._scanners: dict[Port, SerialScanner] = {}
        self._telling = threading.Lock()
        self._report: Tell | None = None
        self._missed: list[ScanNews] = []
        self._errors: dict[str, ScannerUnavailable | None] = {}
        self.wrong: BadScannerSetting | None = None
        """Why the setting names no scanner."""
        self.use(setting)

    @property
    def troubles(self) -> dict[str, ScannerUnavailable | None]:
        """Each scanner by its device, with why it cannot be read; None: it is well."""
        with self._telling:
            return dict(self._errors)

    def use(self, setting: str) -> None:
        """Read these scanners and no others; what is read already goes on."""
        try:
            ports, self.wrong = ports_of(setting), None
        except BadScannerSetting as wrong:
            ports, self.wrong = (), wrong
        for port in set(self._scanners) - set(ports):
            self._scanners.pop(port).end()
            with self._telling:
                self._errors.pop(port.device, None)
        for port in ports:
            if port not in self._scanners:
                self._scanners[port] = SerialScanner(port, self._tell, retry_s=self._retry_s)
                self._scanners[port].begin()

    def report_to(self, report: Tell | None) -> None:
        """Tell somebody else from now on: whoever was told before may be gone when this returns."""
        with self._telling:
            self._report = report
            if report is not None:
                missed, self._missed = self._missed, []
                for news in missed:
                    report(news)

    def close(self) -> None:
        """Read no more."""
        self.report_to(None)
        self.use("")

    def _tell(self, news: ScanNews) -> None:
        with self._telling:
            if not news.code and (news.error is not None or not news.is_half):
                self._errors[news.device] = news.error
            if self._report is not None:
                self._report(news)
            elif news.code:
                self._missed.append(news)
