"""导入记录: imports that came to their end; one of them is looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.actions.past_imports import ImportLine, look_at_import, past_imports, take_import_back
from core.errors import Cancelled
from core.ports.past_imports import MOST_STAYS, OnDone, Outlook
from core.shop import Shop
from ui.labour import Labour
from ui.manage.asking import hearing
from ui.manage.room import Room
from ui.manage.tidy import imported_words as words
from ui.text import sentence, tr
from ui.time_left import with_time_left
from ui.widgets.button import Button
from ui.widgets.choices import ChoiceList
from ui.widgets.foot import Foot
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.stoppable import Stoppable
from ui.widgets.words import Words

SIZE = (960, 640)


class ImportedSheet(Sheet):
    """List → what taking one back would do → taking it back. `changed` where something went.

    Whoever stops the last step, or closes the sheet, leaves the rest to the till.
    """

    refuses_scans = True
    changed = Signal()
    _told = Signal(int, int, int)

    def __init__(self, room: Room, window: QWidget) -> None:
        look = room.look
        super().__init__(look, window, tr("导入记录"), size=SIZE, name="imported")
        self._room = room
        self._labour = Labour(self)
        self._stopped = Event()
        self._lines: Sequence[ImportLine] = ()
        self.table = RowTable(look, words.columns(), name="imported_table", spoken=tr("导入记录"))
        self.table.current_changed.connect(lambda _at: self._turn())
        self.none = Words(look, tr("还没有导入过表格。"), "item", "ink_2", wraps=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outlook = _OutlookPage(room)
        self.came = Words(look, "", "item", wraps=True, name="imported_came")
        self.came.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.wait = Stoppable(look, name="imported")
        self.wait.stopped.connect(self._stopped.set)
        self.wait.show()
        self.waiting = QWidget()
        waiting = QVBoxLayout(self.waiting)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.addWidget(self.wait)
        waiting.addStretch(1)
        self.pages = QStackedWidget()
        for page in (self.table, self.none, self.outlook, self.waiting, self.came):
            self.pages.addWidget(page)
        self.hint = Words(look, "", "body", "ink_2", wraps=True, name="imported_hint")
        self.said = Said(look, name="imported_said")
        self.back = Button(look, tr("上一步"), name="imported_back")
        self.back.clicked.connect(self.refresh)
        self.go = Button(look, "", kind="primary", height=look.sizes.control, name="imported_go")
        self.go.clicked.connect(self._go)
        high = look.sizes.control
        self.take = Button(
            look, tr("撤回这次导入"), kind="danger", height=high, name="imported_take"
        )
        self.take.clicked.connect(self._take_back)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.pages, 1)
        column.addWidget(self.hint)
        self.set_body(body, Foot(look, self.back, self.go, self.take, said=self.said))
        self._told.connect(self._show_progress)
        self.closed.connect(self._end)
        self._show(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Ask which there are."""
        self._room.work.ask(
            past_imports,
            staff=self._room.staff,
            topic="past_imports",
            then=self._list,
            failed=self._fail,
        )

    @property
    def current(self) -> ImportLine | None:
        """The import that is chosen."""
        at = self.table.view.current
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _list(self, found: Sequence[ImportLine]) -> None:
        at = max(0, self.table.view.current)
        self._lines = found
        self.table.show_rows(ListedRows([words.cells(line) for line in found]))
        if found:
            self.table.choose(min(at, len(found) - 1))
        self._show(self.table if found else self.none)

    # Steps

    def _go(self) -> None:
        line, staff = self.current, self._room.staff
        if line is None:
            return
        if line.past.is_under_way:
            self._take_back()
            return
        self._long(
            lambda shop, hear: look_at_import(shop, line.past.id, hear, staff=staff),
            then=self._on_looked,
            doing=tr("正在核对…"),
            stopped=tr("停下了，什么都没有改。"),
        )

    def _take_back(self) -> None:
        line, staff = self.current, self._room.staff
        if line is None:
            return
        self._long(
            lambda shop, hear: take_import_back(shop, line.past.id, hear, staff=staff),
            then=self._on_taken_back,
            doing=tr("正在撤回…"),
            stopped=tr("停下了。不会只撤一半：剩下的收银台接着撤，也可以在这里撤完。"),
        )

    def _on_looked(self, told: Outlook) -> None:
        line = self.current
        assert line is not None
        self.outlook.show_outlook(line, told)
        self._show(self.outlook)

    def _on_taken_back(self, came: Outlook) -> None:
        line = self.current
        assert line is not None
        self.came.setText(words.done_words(line.past, came))
        self._show(self.came)
        self.changed.emit()

    def _long(
        self,
        do: Callable[[Shop, OnDone], Outlook],
        *,
        then: Callable[[Outlook], object],
        doing: str,
        stopped: str,
    ) -> None:
        shop = self._room.work.hands.shop
        if shop is None or self._labour.is_busy:
            return
        self.said.say("")
        self._stopped.clear()
        hear = hearing(self._stopped, self._told.emit)
        self.wait.progress.restart()
        self.wait.progress.show_progress(0, doing)
        self._show(self.waiting)

        def on_failed(error: Exception) -> None:
            self.refresh()
            if isinstance(error, Cancelled):
                self.said.say(stopped)
                self.changed.emit()
            else:
                self._fail(error)

        self._labour.begin(lambda: do(shop, hear), then=then, failed=on_failed)

    def _fail(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    # What shows

    def _show_progress(self, done: int, whole: int, left_s: int) -> None:
        said = tr("{done} / {whole} 行", done=f"{done:,}", whole=f"{whole:,}")
        permille = done * 1000 // max(whole, 1)
        self.wait.progress.show_progress(permille, with_time_left(said, left_s))

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._turn()
        if page is self.table:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        page, line = self.pages.currentWidget(), self.current
        is_listed = page is self.table and line is not None
        self.back.setVisible(page is self.outlook or page is self.came)
        self.hint.setText(words.line_words(line) if is_listed and line is not None else "")
        self.hint.setVisible(is_listed)
        self.take.setVisible(page is self.outlook)
        self.go.setVisible(is_listed)
        self.go.setEnabled(line is not None and line.can_go_back)
        is_half = line is not None and line.past.is_under_way
        self.go.set_label(tr("现在撤完") if is_half else tr("撤回…"))

    def _end(self) -> None:
        """What was begun is left to the till."""
        self._stopped.set()
        self._labour.wait()
        self.deleteLater()


class _OutlookPage(QWidget):
    """What taking one back would do, and who stays."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        look = room.look
        self.file = Words(look, "", "body", "ink_2", elides=True, name="imported_file")
        self.words = Words(look, "", "item", bold=True, wraps=True, name="imported_outlook")
        self.counts = Words(look, "", "body", "ink_2", wraps=True, name="imported_counts")
        self.more = Words(look, "", "small", "ink_2", name="imported_more")
        self.rows = ChoiceList(look, name="imported_stays", spoken=tr("留着的"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        for widget in (self.file, self.words, self.counts, self.more):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        column.addStretch(0)

    def show_outlook(self, line: ImportLine, told: Outlook) -> None:
        """Show it."""
        past = line.past
        self.file.setText(words.cells(line)[1].text)
        self.words.setText(words.deed_words(past, told))
        self.counts.setText(words.count_words(past, told))
        count = sum(told.stays.values())
        self.more.setText(tr("下面是前 {count} 个。", count=MOST_STAYS))
        self.more.setVisible(count > len(told.first))
        self.rows.show_rows(list(words.stay_rows(past, told)))
        self.rows.setVisible(bool(told.first))
