"""窗口: header, pages and sheets of the till; the conversations with them are `ui.till.talks`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from core.actions.warm_up import warm_up
from core.errors import AlreadyOpen
from core.values.settings import Settings
from ui.chain_desk import ChainDesk
from ui.customer.desk import CustomerDesk
from ui.devices.habits import Habits
from ui.devices.paper import PaperDesk
from ui.devices.scan_desk import ScanDesk
from ui.here import Here, clock_words, here
from ui.login.page import LoginPage
from ui.look import Look
from ui.text import sentence, tr
from ui.till.day_flow import DayFlow
from ui.till.flow import TillFlow
from ui.till.kept_scans import KeptScans
from ui.till.keys import LOCK, SETTINGS, TRAIN, key_name
from ui.till.line_flow import LineFlow
from ui.till.link_flow import LinkFlow
from ui.till.lock import Lock
from ui.till.notices import CHAIN
from ui.till.pages import Pages
from ui.till.pole_flow import PoleFlow
from ui.till.serial_flow import SerialFlow
from ui.till.sheets import Sheets
from ui.till.standing import Standing
from ui.till.talks import Talks
from ui.till.trouble_flow import TroubleFlow
from ui.till.visitor_flow import VisitorFlow
from ui.wedge import Wedge
from ui.widgets.empty import Empty, Offer
from ui.widgets.header import Header, Status
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.change_settings import Keep
    from ui.till.examination_flow import Examine

USUAL = (1366, 768)
SMALLEST = (640, 340)
CLOCK_MS = 1000
TURN_S = 0.0002
WARM_UP_MS = 1000  # when the window has been painted and somebody looks for their name
CLOSED_OUT = 2
USUAL_SETTINGS = Settings()


def forget(_settings: Settings) -> None:
    """For a till without a home: what is chosen holds until it ends."""


class TillWindow(QWidget):
    """The one window of a till. `exit_code` is 2 where the shop could not be opened."""

    settings_changed = Signal(object)
    training_asked, office_asked = Signal(), Signal()

    def __init__(
        self,
        look: Look,
        work: Work,
        paper: PaperDesk,
        parent: QWidget | None = None,
        *,
        settings: Settings = USUAL_SETTINGS,
        keep: Keep = forget,
        scans: ScanDesk | None = None,
        customer: CustomerDesk | None = None,
        examine: Examine = tuple,
        chain: ChainDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._work = work
        self.exit_code = 0
        self._here: Here | None = None
        self._staff = ""
        self._settings = settings
        self._keep_settings = keep
        self._examine, self.paper = examine, paper
        self.scans = scans or ScanDesk()
        self.customer = customer or CustomerDesk()
        self.chain = chain or ChainDesk()
        self.setObjectName("till_window")
        self.setMinimumSize(*SMALLEST)  # whatever its pages would like
        self.resize(*USUAL)
        self._build(look)
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(CLOCK_MS)
        self._tick.timeout.connect(self._show_clock)
        self._tick.timeout.connect(self.lock.look)

    def _build(self, look: Look) -> None:
        self.header = Header(look, tr("熟客"))
        self.login = LoginPage(look)
        self.pages = Pages(look)
        self.page = self.pages.counter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.pages, 1)
        self.sheets = Sheets(look, self)

    def _connect(self) -> None:
        page, work = self.page, self._work
        self.flow = TillFlow(work, page, self)
        LineFlow(
            self.flow, page, chain=self.chain, is_free=lambda: self._is_at_counter, parent=self
        )
        self._days = DayFlow(
            work, self.flow, login=self.login, open_day=lambda: self.pages.open_day, parent=self
        )
        self.talks = Talks(
            self,
            work=work,
            page=page,
            sheets=self.sheets,
            flow=self.flow,
            days=self._days,
            paper=self.paper,
            scans=self.scans,
            customer=self.customer,
            settings=self._settings,
            keep=self._keep_settings,
            examine=self._examine,
            chain=self.chain,
        )
        self.talks.settings_changed.connect(self._on_settings)
        self.talks.training_asked.connect(self.training_asked)
        self.talks.office_asked.connect(self.office_asked)
        self.lock = Lock(
            self, self.header, self.login, days=self._days, work=work, sheets=self.sheets
        )
        self.lock.minutes = self._settings.lock_minutes
        self.lock.lifted.connect(self._focus_input)
        page.lock_asked.connect(self._days.lock)
        self.troubles = TroubleFlow(work, self.flow, page, self.paper, self)
        self.troubles.changed.connect(self._show_status)
        self.serial = SerialFlow(self.scans, page, self)
        self.serial.changed.connect(self._show_status)
        self.serial.scanned.connect(self._on_serial)
        self.link = LinkFlow(self.chain, work, self.flow, self)
        self.link.changed.connect(self._show_status)
        self.link.renamed.connect(self._ask_where)
        self.visitors = VisitorFlow(self.chain, self.flow, self.link, self)
        self.pole = PoleFlow(self.customer.pole, page, self)
        self.flow.printed.connect(self.paper.print)
        self.flow.shown.connect(self.customer.show)
        self._days.arrived.connect(self._show_page)
        self._days.staff_changed.connect(self._show_staff)
        self.header.opened.connect(self._on_status)
        work.closed_out.connect(self._on_closed_out)
        self.sheets.closed.connect(self._focus_input)
        self.kept = KeptScans(self.sheets, self)
        self.kept.given.connect(self._take_on_page)
        for came_free in (self.sheets.closed, self._days.locked):
            # where one sheet leads to the next, nothing is free between them
            came_free.connect(self._give_kept, Qt.ConnectionType.QueuedConnection)
        self.wedge = Wedge(page.scan, self, habits=Habits.of(self._settings))
        self.wedge.scanned.connect(self.take_scan)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def begin(
        self, demo_pins: Sequence[tuple[str, str]] = (), standing: Standing | None = None
    ) -> None:
        """Ask where we are and who is here, or go on where another window stood."""
        if demo_pins:
            self.login.show_demo_pins(demo_pins)
        self._ask_where()
        if standing is None:
            self._days.begin()
        else:
            at, is_locked = standing.at_counter, standing.is_locked
            self._days.take_up(standing.page, standing.staff, at, is_locked=is_locked)
            if standing.is_setting:
                self.talks.machine.setting.begin()
        self._tick.start()
        self._show_status()
        self.troubles.begin()
        self.serial.begin()
        self.link.begin()
        self.pole.begin()
        if standing is None:
            QTimer.singleShot(WARM_UP_MS, self, self._warm_up)

    def _warm_up(self) -> None:
        # From here on the screen waits no longer than this while the store's thread works in
        # Python; while everything is loaded, so many changes of turn would cost a tenth more.
        sys.setswitchinterval(TURN_S)
        self._work.act(warm_up, then=lambda _: None, failed=self.flow.say)

    @property
    def is_quiet(self) -> bool:
        """Whether another window may take over: nothing lies over the page that has begun."""
        is_free = not set(self.sheets.open_names) - {"settings"}
        is_idle = not self.flow.is_working and not self._work.is_busy
        return is_free and is_idle and self.kept.is_empty

    @property
    def has_goods(self) -> bool:
        """Whether something waits at the counter to be paid for."""
        counter = self.flow.counter
        return counter is not None and not counter.basket.is_empty

    def standing(self) -> Standing:
        """What a window that takes over goes on with; ask it while this one is quiet."""
        return Standing(
            self.pages.name,
            self._days.staff,
            self.flow.standing(),
            is_setting="settings" in self.sheets.open_names,
            is_locked=self._days.is_locked,
        )

    def end(self) -> None:
        """Show nothing more; the shop and the printer go on."""
        self._tick.stop()
        self.lock.end()
        self.troubles.end()
        self.serial.end()
        self.link.end()
        self.pole.end()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)

    # Pages and sheets

    @Slot(object)
    def _on_closed_out(self, error: Exception) -> None:
        """The store cannot be opened: one sentence instead of the pages, or another window."""
        if isinstance(error, AlreadyOpen):
            self.window().close()
            return
        self.exit_code = CLOSED_OUT
        out = Empty(
            self._look,
            tr("收银台打不开"),
            sentence(error),
            offers=[Offer("close", "close", tr("关闭窗口"), key="Enter")],
        )
        out.chosen.connect(lambda _: self.window().close())
        self.pages.go_out(out)
        self.lock.cover.lift()
        self._show_status()
        out.focus()

    def _show_page(self, name: str) -> None:
        self.pages.go_to(name)
        self._show_status()
        if name == "login":
            self.lock.cover.lay()
            return
        self.lock.cover.lift()
        if name == "counter":
            self.page.focus_input()
        else:
            self.pages.open_day.entry.focus()

    def take_scan(self, text: str) -> None:
        """A code from a scanner, whatever had the focus: to the sheet that wants it, or on."""
        if self.lock.is_laid:
            self.login.take_scan(text)
        elif not self.sheets.take_scan(text):
            if self.sheets.has_open:
                self.kept.keep(text)
            else:
                self._give_kept()
                self._take_on_page(text)

    def _take_on_page(self, text: str) -> None:
        if self.pages.shows("open_day"):
            self.pages.open_day.take_scan(text)
        elif self.pages.shows("counter"):
            self.page.take_scan(text)
        self._focus_input()

    def _give_kept(self) -> None:
        if not self.sheets.has_open and not self.lock.is_laid:
            self.kept.give()

    def _on_serial(self, code: str) -> None:
        """No key was pressed for it, but somebody is here."""
        self.lock.watch.touch()
        self.take_scan(code)

    def _focus_input(self) -> None:
        if self._is_at_counter:
            self.page.focus_input()
        elif self.lock.is_laid and not self.sheets.has_open:
            self.login.who.ask_pin()

    @property
    def _is_at_counter(self) -> bool:
        """Whether nothing lies over the counter."""
        is_covered = self.sheets.has_open or self.lock.is_laid
        return self.pages.shows("counter") and not is_covered

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """The counter always has a caret somewhere, or a scan would land nowhere."""
        if new is None and self.isActiveWindow() and self._is_at_counter:
            self.page.focus_input()
        elif self._is_stolen(old, new) and old is not None:
            old.setFocus()

    def _is_stolen(self, old: QWidget | None, new: QWidget | None) -> bool:
        """Whether people came to the login beneath a sheet: its keys stay its own."""
        is_login = new is self.login.entry.field.edit and not self._days.is_locked
        return is_login and old is not None and self.sheets.have(old)

    def _on_settings(self, settings: Settings) -> None:
        self.lock.minutes = settings.lock_minutes
        self.wedge.set_habits(Habits.of(settings))
        self.settings_changed.emit(settings)

    # The header

    def _ask_where(self) -> None:
        self._work.ask(here, topic="place", then=self._show_here, failed=self.flow.say)

    def _show_here(self, found: Here) -> None:
        self._here, self.link.zone = found, found.zone
        self.header.set_place(found.place)
        self.customer.name(found.store, found.zone, self._work.now_us)
        self._show_clock()

    def _show_staff(self, name: str) -> None:
        self._staff = name
        self._show_status()

    def _show_status(self) -> None:
        statuses = (self.link, self.serial, self.troubles)
        shown = [status for flow in statuses for status in flow.statuses()]
        if self._staff:
            shown.append(Status("staff", "user", self._staff))
        if self._days.is_locked:
            shown.append(Status("locked", "lock", tr("已锁屏")))
        elif self._can_set and not self.pages.shows("counter"):
            # at the counter it is a key, and a row of F1
            shown.append(Status("settings", "settings", tr("设置")))
        self.header.set_status(shown)

    @property
    def _can_set(self) -> bool:
        """Whether there is a till to set; one that is closed out keeps no choice."""
        return self.exit_code != CLOSED_OUT and not self._days.is_locked

    def _show_clock(self) -> None:
        if self._here is not None:
            words = clock_words(self._work.now_us(), self._here.zone)
            if self.header.clock.text() != words:
                self.header.set_clock(words)

    def _on_status(self, name: str) -> None:
        if name == "staff" and self.pages.shows("counter"):
            self.page.press(LOCK)
        elif name == "staff" and self.pages.shows("open_day"):
            self._days.begin()
        elif name == "settings" and not self.sheets.has_open:
            self.talks.machine.setting.begin()
        elif name == CHAIN and self._can_set and not self.sheets.has_open:
            self.talks.machine.chores.chain.begin()

    def may_close(self) -> bool:
        """A basket that was not paid for is not lost by closing the window."""
        if not self.has_goods:
            return not self.link.holds(self.window().close)
        self.page.say_error(tr("这一单还没有收款，窗口没有关。请先收款，或清空本单。"))
        return False

    # Of Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Before anybody is logged in, too, a person must be able to read the screen."""
        is_free = not self.sheets.has_open and self._can_set
        if key_name(event) == SETTINGS and is_free:
            self.talks.machine.setting.begin()
        elif key_name(event) == TRAIN and is_free:
            self.training_asked.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay where something would be lost."""
        event.setAccepted(self.may_close())
