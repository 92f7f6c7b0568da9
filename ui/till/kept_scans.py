"""先放着的码: what is scanned while a sheet lies over the counter, and is not for it.

It is said on the sheet, and taken in its order when nothing lies over the counter any more: what is
decided on a sheet was decided for the basket as it stood.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.text import tr
from ui.till.sheets import Sheets


class KeptScans(QObject):
    """`given` hears each code when its turn comes."""

    given = Signal(str)

    def __init__(self, sheets: Sheets, parent: QObject) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._codes: list[str] = []
        sheets.opened.connect(self._tell)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._codes

    def keep(self, text: str) -> None:
        """A code that no open sheet wants, and that may be kept."""
        self._codes.append(text)
        self._sheets.put_aside.emit(tuple(self._codes))
        self._tell()

    def give(self) -> None:
        """Nothing lies over the counter: what waited goes on."""
        codes, self._codes = self._codes, []
        for code in codes:
            self.given.emit(code)
        if codes:
            self._sheets.put_aside.emit(())

    def _tell(self) -> None:
        sheet = self._sheets.upmost
        if self._codes and sheet is not None:
            title = tr("扫到 {count} 个码，先放着", count=len(self._codes))
            sheet.say_scan(title, tr("这里办完或关上，就收进柜台上那一单。"))
