"""小票: the tickets of any days, by number, amount, goods or member; a row opens its receipt."""

from __future__ import annotations

from datetime import date, tzinfo

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions.tickets import Asked, Tickets, tickets
from core.errors import EnrolmentScanned, PaymentCode
from core.sales.search import ANY
from core.shop import Shop
from ui.manage.parts import Part
from ui.manage.proof.ticket_rows import columns, count_words, row_cells
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import MONTH, OTHER, TODAY, WEEK, YESTERDAY, DaySpan, bad_day_words
from ui.widgets.field import Field
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said

KINDS = (TODAY, YESTERDAY, WEEK, MONTH, OTHER)
TYPING_MS = 200
HIDDEN = ((920, ()), (812, ("cashier",)), (0, ("cashier", "goods")))
"""What is left out below so many pixels: what was sold tells more than who sold it."""


def _today(shop: Shop) -> date:
    return shop.now().business_on


class ProofTickets(Part):
    """Yesterday's, today's or any other; `show` narrows them to what a figure counted."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._today: date | None = None
        self._meant: Asked | None = None
        self._called, self._is_new = "", False
        self._found: Tickets | None = None
        self.text = Field(
            look,
            tr("小票、会员或商品"),
            placeholder=tr("单号、手机、姓名、金额、商品，可以几个词"),
            name="tickets_text",
        )
        self.span = DaySpan(look, name="tickets", kinds=KINDS, hides=True)
        self.narrowed = Button(look, "", icon="close", name="tickets_narrowed")
        self.narrowed.setToolTip(tr("不再只看这些"))
        self.narrowed.hide()
        self.table = RowTable(look, columns(), name="tickets_rows", spoken=tr("小票"))
        self.said = Said(look, name="tickets_said")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING_MS)
        self._arrange()
        self._wait.timeout.connect(self._ask)
        self.text.changed.connect(lambda _text: self._wait.start())
        self.text.submitted.connect(self._ask)
        self.span.picked.connect(self._ask)
        self.span.typed.connect(self._wait.start)
        self.span.submitted.connect(self._ask)
        self.narrowed.clicked.connect(self._widen)
        self.table.opened.connect(self._open)
        self.table.view.clicked.connect(lambda index: self._open(index.row()))

    def _arrange(self) -> None:
        space, head, column = self.room.look.space, QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(space[3])
        head.addWidget(self.span)
        head.addWidget(self.narrowed, 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[3])
        column.addWidget(self.text)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)

    def show_asked(self, asked: Asked, called: str) -> None:
        """When it shows next, the tickets that a figure elsewhere counted, and its name."""
        self._meant, self._called, self._is_new = asked, called, True

    def refresh(self) -> None:
        """The days that stand there, as they are now."""
        if self._today is None:
            work, failed = self.room.work, self.fail
            work.ask(_today, topic="tickets_day", then=self._begin, failed=failed)
        elif self._is_new and self._meant is not None:
            self._show_meant(self._today, self._meant)
        else:
            self._ask()

    def fail(self, error: Exception) -> None:
        """Why nothing is found; a code that pays stands nowhere."""
        if isinstance(error, PaymentCode | EnrolmentScanned):
            self.text.set_text("")
            self._wait.stop()
        self.said.say(sentence(error), is_wrong=True)

    # What is asked

    def _begin(self, today: date) -> None:
        self._today = today
        if self._meant is None:
            self.span.begin(today, TODAY)
            self.text.focus()
        else:
            self._show_meant(today, self._meant)

    def _show_meant(self, today: date, asked: Asked) -> None:
        self._is_new = False
        self.text.set_text("")
        self._wait.stop()
        self.span.show_days(today, asked.first, asked.last)
        self.narrowed.set_label(self._called)
        self.narrowed.setVisible(bool(self._called))
        self._ask()

    def _widen(self) -> None:
        self._meant, self._called = None, ""
        self.narrowed.hide()
        self._ask()

    def _ask(self) -> None:
        self._wait.stop()
        days = self.span.days
        if days is None:
            self.said.say(bad_day_words(), is_wrong=True)
            return
        asked = Asked(*days, among=ANY) if self._meant is None else self._meant
        asked = replace(asked, first=days[0], last=days[1], text=self.text.text())
        work, staff = self.room.work, self.room.staff
        work.ask(tickets, asked, staff=staff, topic="tickets", then=self._show, failed=self.fail)

    # What arrived

    def _show(self, found: Tickets) -> None:
        self._found = found
        zone: tzinfo = found.zone
        self.table.show_rows(ListedRows([row_cells(row, zone) for row in found.rows]))
        self.table.say_nothing(tr("没有这样的小票。"))
        self.said.say(count_words(found))

    def _open(self, at: int) -> None:
        if self._found is not None and 0 <= at < len(self._found.rows):
            row = self._found.rows[at]
            self.room.open_paper(row.no, wants_void=row.is_voided)

    # Of Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small goes on
            self.room.work.forget("tickets", "tickets_day")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.hide_columns(next(names for least, names in HIDDEN if self.width() >= least))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
