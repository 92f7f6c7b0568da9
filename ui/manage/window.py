"""后台的窗口: header, the pages at the left edge, and the page that shows."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions.staff import everybody
from core.actions.tickets import Asked
from core.changes import Changes
from core.errors import NotAllowed, StaffGone
from core.members.segment import Segment as Conditions
from core.trust.staff import Staff
from core.values.moment import MICRO
from core.values.settings import Settings
from ui.app import theme_of
from ui.catalogue import speak
from ui.here import Here, clock_words, here
from ui.login.idle_watch import IdleWatch
from ui.login.page import LoginPage
from ui.look import Look
from ui.manage.entrance import Entrance
from ui.manage.room import Room, rooms
from ui.manage.standing import Standing
from ui.text import role_name, sentence, tr
from ui.widgets.cover import Cover
from ui.widgets.empty import Empty, Offer
from ui.widgets.header import Header, Status
from ui.widgets.sheet import Sheet
from ui.widgets.side_nav import Place, SideNav
from ui.work import Work

if TYPE_CHECKING:
    from ui.manage.scans import OfficeScans

USUAL = (1366, 768)
SMALLEST = (640, 340)
NARROW = 1100
CLOCK_MS = 1000
A_MINUTE_S = 60
CLOSED_OUT = 2
LOCK = "Ctrl+L"
STAYS = "{name}打开的页面和没写完的都在。本人输 PIN 接着做，换人就另选一位。"


class ManageWindow(QWidget):
    """The window. `exit_code` is 2 where the shop could not be opened.

    `rescaled`: another scale was chosen, which takes another application.
    """

    rescaled = Signal(object)

    def __init__(self, look: Look, work: Work, settings: Settings) -> None:
        super().__init__()
        self._look = look
        self._work = work
        self._settings = settings
        self._scale = settings.scale
        self._here: Here | None = None
        self._staff: Staff | None = None
        self._whose: int | None = None  # whose pages lie there
        self._old: Set[str] = frozenset()  # pages that still speak another language
        self._demo_pins: Sequence[tuple[str, str]] = ()
        self._looked_us = 0
        self.exit_code = 0
        self.setObjectName("manage_window")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rooms: dict[str, Room] = {}
        self.scans: OfficeScans | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        """All that shows, in the language that is spoken; the pages come with a person."""
        look = self._look
        self.setWindowTitle(tr("熟客·后台"))
        self.header = Header(look, tr("熟客"))
        self.login = LoginPage(look, asks=tr("谁来看后台？"), stays=STAYS)
        self.nav = SideNav(look, spoken=tr("页面"))
        self.pages = QStackedWidget()
        self._body = QWidget()
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.nav)
        beside.addWidget(self.pages, 1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(beside, 1)
        self._column.addWidget(self._body)
        self.cover = Cover(self, self.header, self.login)
        self.entrance = Entrance(self._work, self.login, self.cover)
        self.entrance.entered.connect(self._enter)
        self.entrance.locked.connect(self._on_locked)
        self.nav.chosen.connect(self.go_to)
        self.header.opened.connect(self._on_status)

    def _connect(self) -> None:
        self._work.refused.connect(self._on_refused)
        self._work.changed.connect(self._on_changed)
        self._work.closed_out.connect(self._on_closed_out)
        self._watch = IdleWatch(self)
        self.installEventFilter(self)
        QShortcut(QKeySequence(LOCK), self).activated.connect(lambda: self.entrance.lock())
        QShortcut(QKeySequence("F5"), self).activated.connect(self._refresh)
        self._tick = QTimer(self, interval=CLOCK_MS)
        self._tick.timeout.connect(self._on_tick)

    def begin(
        self, demo_pins: Sequence[tuple[str, str]] = (), standing: Standing | None = None
    ) -> None:
        """Ask where we are and who is here; or go on where another window was."""
        self._demo_pins = demo_pins
        self._show_pins()
        if standing is None:
            self.cover.lay()
            self._ask_here()
            self.entrance.begin()
        else:
            self._show_here(standing.here)
            self.entrance.take_up(standing.staff)
            self._enter(standing.staff)
            self.go_to(standing.at)
        self._tick.start()

    def _ask_here(self) -> None:
        self._work.ask(here, topic="place", then=self._show_here, failed=self.say)

    @property
    def standing(self) -> Standing | None:
        """What shows; None where nobody is in."""
        shown = self.pages.currentWidget()
        if self._staff is None or self._here is None or not isinstance(shown, Room):
            return None
        return Standing(self._staff, self._here, f"{shown.name}/{shown.part}".strip("/"))

    def _show_pins(self) -> None:
        if self._demo_pins:
            self.login.show_demo_pins(self._demo_pins)

    def end(self) -> None:
        """Show nothing more."""
        self._tick.stop()
        for room in self.rooms.values():
            room.end()

    def say(self, error: Exception) -> None:
        """Whatever went wrong, where the person looks."""
        if self.cover.isVisible():
            self.login.who.show_error(sentence(error))
        elif isinstance(room := self.pages.currentWidget(), Room):
            room.say(error)

    def go_to(self, name: str) -> None:
        """Show a page, or a part of it ("running/place"); it asks anew for what it shows."""
        self._follow()
        name, _, part = name.partition("/")
        if name in self._old and not self.rooms[name].is_in_use and self._staff is not None:
            self._lay_rooms(self._staff, kept=self.rooms.keys() - {name})
        room = self.rooms[name]
        self.nav.set_current(name)
        self.pages.setCurrentWidget(room)
        if part:
            room.go_to(part)
        else:
            room.refresh()
        QTimer.singleShot(0, self, self.dress)  # where it had to wait

    def _seek(self, conditions: Conditions, called: str) -> None:
        self.go_to("members")
        self.rooms["members"].show_meant(conditions, called)

    def _seek_member(self, member_id: UUID) -> None:
        self.go_to("members")
        self.rooms["members"].show_member(member_id)

    def open_scanned(self, code: str) -> None:
        """The file of whose card was scanned where nothing is typed, or the paper of a number."""
        from core.actions.scan_in_office import meant_in_office

        if self._staff is None:
            return
        named: dict[str, Any] = {"staff": self._staff, "topic": "scanned"}
        self._work.ask(meant_in_office, code, **named, then=self._open_meant, failed=self.say)

    def _open_meant(self, meant: UUID | str) -> None:
        room = self.pages.currentWidget()
        if isinstance(meant, UUID):
            self._seek_member(meant)
        elif isinstance(room, Room):
            room.open_paper(meant)

    def _seek_tickets(self, asked: Asked, called: str) -> None:
        self.rooms["proof"].show_tickets(asked, called)
        self.go_to("proof/tickets")

    def _enter(self, staff: Staff) -> None:
        """Whoever comes back finds all as it was; somebody else finds pages of their own."""
        self._watch.touch()
        self._show_staff(staff)
        if self._whose == staff.no:
            self._hand_on(staff)
        else:
            for sheet in self.open_sheets():
                sheet.shut()
            self._lay_rooms(staff)
            self.go_to(next(iter(self.rooms)))
        self._whose = staff.no
        self.cover.lift()

    def _lay_rooms(self, staff: Staff, *, kept: Set[str] = frozenset()) -> None:
        """The pages anew, but for those that stay."""
        before = self.rooms
        for name, room in before.items():
            self.pages.removeWidget(room)
            if name not in kept:
                room.end()
                room.deleteLater()
        stay = {name: room for name, room in before.items() if name in kept}
        self.rooms = rooms(self._look, self._work, staff, stay)
        self._old &= kept
        for name, room in self.rooms.items():
            self.pages.addWidget(room)
            if name not in kept:
                room.went.connect(self.go_to)
                room.sought.connect(self._seek)
                room.member_sought.connect(self._seek_member)
                room.tickets_sought.connect(self._seek_tickets)
                room.settled.connect(self._on_settled)
        self.nav.show_places(
            [Place(room.name, room.icon, room.title) for room in self.rooms.values()]
        )

    def _on_settled(self, settings: Settings) -> None:
        """What holds at once is the time after which it locks, the language, and the theme."""
        is_other = settings.language != self._settings.language
        self._settings = settings
        # whoever said so is a page that goes
        if is_other:
            QTimer.singleShot(0, self, self._speak)
        QTimer.singleShot(0, self, self.dress)

    def _speak(self) -> None:
        """All anew in another language; a page where something is typed once that is done."""
        speak(self._settings.language)
        self._renew()

    def dress(self) -> None:
        """All anew in another theme or scale, as soon as nothing is typed or done on any page.

        It waits longer than a language: in the colours of two themes nobody could read a page.
        """
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme, is_larger = theme_of(self._settings, app), self._settings.scale != self._scale
        is_same = theme == self._look.theme and not is_larger
        if is_same or self._staff is None or self._is_in_use:
            return
        if is_larger:
            self.rescaled.emit(self._settings)
        else:
            self._look = Look.load(theme)
            self._look.apply(app)
            self._renew()

    @property
    def _is_in_use(self) -> bool:
        return bool(self.open_sheets()) or any(room.is_in_use for room in self.rooms.values())

    def open_sheets(self) -> list[Sheet]:
        """Those that lie over the pages, the upmost last."""
        over = self.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [sheet for sheet in over if not sheet.isHidden()]

    def _renew(self) -> None:
        """All that shows, but for pages in use."""
        standing = self.standing
        if standing is None:
            return
        kept = {name for name, room in self.rooms.items() if room.is_in_use}
        body, cover, staff = self._body, self.cover, standing.staff
        for name in kept:
            self.pages.removeWidget(self.rooms[name])
            self.rooms[name].setParent(None)
        self._build()
        self._show_pins()
        self.entrance.take_up(staff)
        self._old = kept
        self._lay_rooms(staff, kept=kept)
        self._show_here(standing.here)
        self._show_staff(staff)
        self.go_to(standing.at)
        for gone in (cover, body):
            gone.hide()
            gone.deleteLater()
        self.nav.set_narrow(self.width() < NARROW)

    def _show_staff(self, staff: Staff) -> None:
        self._staff = staff
        self.header.set_status([Status("staff", "user", f"{staff.name}·{role_name(staff.role)}")])

    def _follow(self) -> None:
        """Whoever changes the role of who is here may sit at another machine."""
        if self._staff is not None:
            self._looked_us = self._work.now_us()
            if self._here is not None and not self._here.sells:
                self._ask_here()  # what is counted there goes on by itself
            self._work.ask(everybody, topic="me", then=self._found, failed=lambda _error: None)

    def _found(self, people: Sequence[Staff]) -> None:
        now = {person.no: person for person in people}
        if self._staff is not None and self._staff.no in now:
            self._show_staff(now[self._staff.no])
            self._hand_on(now[self._staff.no])

    def _hand_on(self, staff: Staff) -> None:
        for room in self.rooms.values():
            room.staff = staff

    def _on_changed(self, changes: Changes) -> None:
        if Changes.STAFF & changes:
            self._follow()

    def _on_locked(self) -> None:
        self._staff = None
        self.header.set_status([Status("locked", "lock", tr("已锁屏"))])
        self.cover.lay()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, NotAllowed):
            self._follow()
        if isinstance(error, StaffGone) and not self.cover.isVisible():
            self.entrance.begin()
            self._on_locked()
            self.login.who.show_error(sentence(error))

    def _on_status(self, name: str) -> None:
        if name == "staff":
            self.entrance.lock()

    def _on_tick(self) -> None:
        if self._here is not None:
            self.header.set_clock(clock_words(self._work.now_us(), self._here.zone))
        if self._work.now_us() - self._looked_us >= A_MINUTE_S * MICRO:
            self._follow()
        minutes = self._settings.lock_minutes
        if minutes and self.cover.isHidden() and self._watch.idle_s() >= minutes * A_MINUTE_S:
            self.entrance.lock(by_itself=True)

    def _refresh(self) -> None:
        room = self.pages.currentWidget()
        if self.cover.isHidden() and isinstance(room, Room):
            self._follow()
            room.refresh()

    def _show_here(self, found: Here) -> None:
        self._here = found
        place = tr("{place}·后台", place=found.place) if found.sells else found.place
        self.header.set_place("　".join(filter(None, [place, found.counts])))
        self._on_tick()
        if self.scans is None:
            from ui.manage.scans import OfficeScans  # nothing of it before the door stands

            self.scans = OfficeScans(self, self._settings)

    def _on_closed_out(self, error: Exception) -> None:
        """The store cannot be opened: one sentence instead of the pages."""
        self.exit_code = CLOSED_OUT
        close = Offer("close", "close", tr("关闭窗口"), key="Enter")
        out = Empty(self._look, tr("后台打不开"), sentence(error), offers=[close])
        out.chosen.connect(lambda _: self.close())
        self.pages.addWidget(out)
        self.pages.setCurrentWidget(out)
        self.nav.hide()
        self.cover.lift()
        out.focus()

    # Of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self:
            handle = self.windowHandle()
            if handle is not None:
                self._watch.watch(handle)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.set_narrow(self.width() < NARROW)
