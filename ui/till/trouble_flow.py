"""毛病: printer, disk, store and clock are looked after, told by notices and in the header.

Nothing here stops a sale or takes the focus. A notice that a person has read stays away until the
trouble has changed; the header goes on showing it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.actions.health import look_at_machine
from core.errors import DrawerUnavailable, PrinterUnavailable
from core.ports import Health
from ui.devices.paper import PaperDesk, PaperReport
from ui.labour import Labour
from ui.machine_words import (
    VERY_SLOW_S,
    half_import,
    late_clock,
    little_room,
    old_file,
    sudden_end,
)
from ui.text import halves, sentence, tr
from ui.till.flow import TillFlow
from ui.till.notices import (
    CLOCK,
    DISK,
    DONE,
    DRAWER,
    ENDED,
    IMPORT,
    MISSING,
    PAPERS,
    PRINTER,
    QUEUE,
    STORE,
)
from ui.till.page import TillPage
from ui.widgets.banner import Action
from ui.widgets.header import Status
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.sync import Linked
    from core.sales.slip import Slip

LOOK_MS = 30_000
ICONS = {
    STORE: "alert",
    DISK: "alert",
    PRINTER: "printer",
    CLOCK: "clock",
    IMPORT: "hourglass",
    ENDED: "alert",
    PAPERS: "receipt",
    QUEUE: "outbox",
    MISSING: "printer",
}


class TroubleFlow(QObject):
    """`changed`: the header has something else to show."""

    changed = Signal()
    _reported = Signal(object)

    def __init__(
        self, work: Work, flow: TillFlow, page: TillPage, paper: PaperDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._notices = page.basket.notices
        self._paper = paper
        self._health: Health | None = None
        self._missing: Exception | None = None
        self._labour = Labour(self)
        self._is_unkept = False
        self._sent = ""
        self._read: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._reported.connect(self._on_reported)
        paper.report_to(self._reported.emit)
        page.trouble_answered.connect(self._on_answered)
        page.reprint_asked.connect(self._reprint)
        flow.unkept.connect(self._on_unkept)
        flow.printed.connect(self._say_sent)
        self._beat = QTimer(self)
        self._beat.setInterval(LOOK_MS)
        self._beat.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now and every half a minute; what another window was told is told again."""
        if self._paper.kept:
            self._say_unprinted()
        self.look()
        self._beat.start()

    def end(self) -> None:
        """Look no more."""
        self._beat.stop()
        self._labour.wait()
        self._paper.report_to(None)

    def look(self) -> None:
        """Ask the machine how it is."""
        self._work.ask(look_at_machine, topic="machine", then=self._on_health, failed=self._ill)
        if not self._labour.is_busy:  # a file on a network may let us wait
            self._labour.begin(
                lambda: self._paper.missing, then=self._on_missing, failed=self._flow.say
            )

    def statuses(self) -> Sequence[Status]:
        """What the header says of the machine, the most urgent first."""
        shown = []
        health = self._health
        if self._is_unkept:
            shown.append(Status(STORE, "alert", tr("没存到磁盘"), "danger"))
        elif health is not None and little_room(health):
            shown.append(Status(DISK, "alert", tr("磁盘快满"), "warn"))
        if health is not None and late_clock(health):
            shown.append(Status(CLOCK, "clock", tr("时钟慢了"), "warn"))
        if health is not None and health.is_undoing:
            shown.append(Status(IMPORT, "hourglass", tr("撤回导入"), "warn"))
        count = len(self._paper.kept)
        if count:
            shown.append(Status(PRINTER, "printer", tr("{count} 张没打", count=count), "warn"))
        elif self._paper.trouble is not None or self._missing is not None:
            shown.append(Status(PRINTER, "printer", tr("打印机有问题"), "warn"))
        elif self._paper.unkept is not None:
            shown.append(Status(PRINTER, "printer", tr("小票留不住"), "warn"))
        elif self._paper.has_printer:
            shown.append(Status(PRINTER, "printer", tr("就绪")))
        else:
            shown.append(Status(PRINTER, "printer", tr("没有打印机")))
        return shown

    # The machine

    def _on_health(self, health: Health) -> None:
        # The store is ours, and with it what was left in the print queue.
        self._paper.begin()
        self._health = health
        self._say_room(health)
        self._say(CLOCK, late_clock(health) if health.clock_behind_s >= VERY_SLOW_S else "")
        self._say(IMPORT, half_import(health))
        self._say(ENDED, sudden_end(health))
        design = self._paper.design_trouble
        self._say(PAPERS, "" if design is None else sentence(design))
        self._say_queue()
        if not self._is_unkept:
            self._say(STORE, old_file(health))
        self.changed.emit()

    def _say_room(self, health: Health) -> None:
        """Where there is little, with what is safe nowhere else."""
        if not little_room(health):
            self._say(DISK, "")
            return
        from core.actions.sync import look_at_link

        def tell(linked: Linked | None) -> None:
            alone = 0 if linked is None else linked.waiting.count
            self._say(DISK, little_room(health, alone))

        self._work.ask(look_at_link, topic="alone", then=tell, failed=self._ill)

    def _ill(self, error: Exception) -> None:
        self._say(DISK, sentence(error))
        self.changed.emit()

    def _on_unkept(self, error: Exception | None) -> None:
        """The basket would not outlive a crash: nothing else stops."""
        if error is None and not self._is_unkept:
            return
        self._is_unkept = error is not None
        self._say(STORE, "" if error is None else sentence(error))
        self.changed.emit()
        self.look()

    def _say(self, place: str, words: str) -> None:
        """Show a trouble once; a number that moves in it is no other trouble."""
        is_read = _shape(words) == self._read.get(place)
        if not is_read:
            self._read.pop(place, None)
        if is_read or words == self._said.get(place, ""):
            return
        self._said[place] = words
        if not words:
            self._notices.take(place)
            return
        title, line = halves(words)
        self._notices.put(
            place, title, line, icon=ICONS[place], actions=(Action("read", tr("知道了")),)
        )

    # Paper

    def _say_sent(self, slip: Slip) -> None:
        """On its way to the printer; whether it comes out is known later."""
        waits = tr("打印机还没好：这张排在没打出来的后面，好了就打。")
        self._sent = waits if self._paper.kept else _sent_words(slip)
        self._notices.say_done(self._sent, icon="receipt")

    def _forget_sent(self) -> None:
        """It did not come out after all."""
        if self._sent and self._notices.text(DONE) == self._sent:
            self._notices.take(DONE)
        self._sent = ""

    def _on_missing(self, missing: Exception | None) -> None:
        """Said before the first paper fails; papers that wait say more."""
        self._missing = missing
        is_said = missing is not None and not self._paper.kept
        self._say(MISSING, sentence(missing) if missing is not None and is_said else "")
        self.changed.emit()

    def _say_queue(self) -> None:
        unkept = self._paper.unkept
        self._say(QUEUE, "" if unkept is None else sentence(unkept))

    def _reprint(self) -> None:
        if self._paper.has_printer:
            self._flow.reprint()
        else:
            self._flow.say(PrinterUnavailable(tr("没有装打印机")))

    @Slot(object)
    def _on_reported(self, report: PaperReport) -> None:
        self._say_queue()
        if report.error is None and report.file is None:
            self._on_missing(None)
        if report.error is not None and not report.no:
            self._say_shut(report.error)
        elif report.error is not None:
            self._forget_sent()
            self._say_unprinted(report.error, no=report.no)
        elif report.file is not None:
            self._notices.put(
                PRINTER,
                tr("已存为 PDF"),
                str(report.file),
                tone="good",
                icon="receipt",
                actions=(Action("drop", tr("知道了")),),
            )
        elif not report.kept:
            self._notices.take(PRINTER)
        elif self._paper.kept:
            self._say_unprinted()
        self.changed.emit()

    def _say_shut(self, error: Exception) -> None:
        """The drawer is not tried again: nobody may be near it then."""
        read = (Action("read", tr("知道了")),)
        if isinstance(error, DrawerUnavailable):
            title, line = halves(sentence(error))
            # Not the printer's: what it prints next does not take this away.
            self._notices.put(DRAWER, title, line, icon="drawer", actions=read)
            return
        why = error.detail if isinstance(error, PrinterUnavailable) else sentence(error)
        line = tr("{why}。收款照常；请用钥匙开，再看一下打印机。", why=why)
        self._notices.put(PRINTER, tr("钱箱没有打开"), line, icon="drawer", actions=read)

    def _say_unprinted(self, error: Exception | None = None, *, no: str = "") -> None:
        """All that was tried and is not on paper; `no` where the queue has gone on meanwhile."""
        from ui.devices.print_queue import Paper
        from ui.till.unprinted import Unprinted

        papers = self._paper.kept or (Paper(no, ()),)
        said = Unprinted.of(papers, can_file=self._paper.can_file)
        why = "" if error is None else sentence(error)
        self._notices.put(
            PRINTER, said.title, said.line, icon="printer", actions=said.actions, more=why
        )

    def _on_answered(self, place: str, action: str) -> None:
        self._notices.take(place)
        match action:
            case "again":
                self._paper.again()
            case "file":
                self._paper.file()
            case "drop":
                self._paper.drop()
            case "read" if place == PRINTER and self._paper.kept:
                self._say_unprinted()
            case _:
                self._read[place] = _shape(self._said.pop(place, ""))
        self.changed.emit()


def _sent_words(slip: Slip) -> str:
    """A copy of a receipt; or a paper that was not there before."""
    from core.sales.gift_slip import GiftSlip
    from core.sales.hold_slip import HoldSlip

    if isinstance(slip, HoldSlip):
        return tr("挂单条 {no} 送去打印了。", no=slip.no)
    if isinstance(slip, GiftSlip):
        return tr("礼品小票送去打印了。")
    return tr("{no} 送去补打了。", no=slip.no)


def _shape(words: str) -> str:
    """A trouble without its figures."""
    return re.sub(r"[\d,.]+", "", words)
