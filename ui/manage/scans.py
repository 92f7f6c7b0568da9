"""后台里的扫码枪: a code goes into the field that has the focus, or opens whose it is.

Its Enter presses nothing, whatever has the focus. In a field its keys are shown as they come; only
an input that is there for codes, or to search, hears that one is complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from core.actions.serve import check_scan
from core.errors import Refused
from core.values.settings import Settings
from core.values.stripe import is_stripe, stripe_numbers
from ui.devices.habits import Habits
from ui.text import sentence
from ui.wedge import Wedge
from ui.widgets.big_input import BigInput
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from ui.manage.window import ManageWindow


class Landing(QObject):
    """The field of the window that has the focus; one that nobody sees where none has."""

    def __init__(self, window: ManageWindow) -> None:
        super().__init__(window)
        self._window = window
        self._nowhere = QLineEdit(window)
        self._nowhere.hide()
        self._before: tuple[QLineEdit, str, int] | None = None

    @property
    def field(self) -> QLineEdit | None:
        """Where a text may be typed just now; what is typed unseen is none."""
        edit = QApplication.focusWidget()
        if not isinstance(edit, QLineEdit) or not self._window.isAncestorOf(edit):
            return None
        is_seen = edit.echoMode() == QLineEdit.EchoMode.Normal
        return edit if is_seen and not edit.isReadOnly() else None

    @property
    def edit(self) -> QLineEdit:
        """The same, for the wedge."""
        return self.field or self._nowhere

    def put_back(self, text: str, cursor: int) -> None:
        """What stood there before is known, should the code not be allowed to stay."""
        self._before = self.edit, text, cursor

    def put(self, code: str) -> None:
        """The code stands in the field, where its keys did not bring it there."""
        before, self._before = self._before, None
        edit = self.field
        if edit is None:
            return
        if isinstance(edit.parentWidget(), BigInput):
            edit.setText(code)
            edit.textEdited.emit(code)
            edit.returnPressed.emit()
        elif before is None or code not in edit.text():
            self._restore(before)
            edit.insert(code)

    def take_out(self) -> None:
        """The code stays nowhere."""
        before, self._before = self._before, None
        self._restore(before)

    def _restore(self, before: tuple[QLineEdit, str, int] | None) -> None:
        if before is None or before[0] is not self.field:
            return
        edit, text, cursor = before
        edit.setText(text)
        edit.setCursorPosition(cursor)
        edit.textEdited.emit(text)


class OfficeScans(QObject):
    """Made once the door stands; the settings say how the scanner types."""

    def __init__(self, window: ManageWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._landing = Landing(window)
        self.wedge = Wedge(self._landing, window, habits=Habits.of(settings))
        self.wedge.scanned.connect(self.take_scan)

    def take_scan(self, text: str) -> None:
        """A code from a scanner, whatever had the focus."""
        window = self._window
        if window.cover.isVisible():
            window.login.take_scan(text)
            return
        try:
            code = check_scan(text)
        except Refused as refused:
            self._landing.take_out()
            self._refuse(refused)
            return
        # of a stripe only the number stands anywhere
        written = next(iter(stripe_numbers(code)), "") if is_stripe(code) else code
        if self._landing.field is not None and written:
            self._landing.put(written)
        elif (sheet := self._upmost()) is not None:
            if not sheet.take_scan(code):
                sheet.refuse_scan()
        else:
            window.open_scanned(code)

    def _refuse(self, refused: Refused) -> None:
        sheet = self._upmost()
        if sheet is not None:
            sheet.refuse_scan(sentence(refused))
        else:
            self._window.say(refused)

    def _upmost(self) -> Sheet | None:
        """The sheet that lies over all others."""
        return next(reversed(self._window.open_sheets()), None)
