"""A till with a real encrypted store, its window, and the hands of a cashier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.actions import day as days
from core.actions import login as logins
from core.actions import reprint as reprinting
from core.actions.counter import Counter
from core.actions.set_up import add_staff
from core.errors import PrinterUnavailable
from core.shop import Shop
from core.trust.staff import Role, Staff
from tests.builders import FANG_PIN, PIN, Home
from ui.devices.paper import PaperDesk
from ui.devices.profile import GB18030
from ui.login.who import Who
from ui.look import Look
from ui.till.notices import ERROR, PRINTER, QUESTION
from ui.till.page import TillPage
from ui.window import TillWindow
from ui.work import Work

VITAMIN, CALCIUM, STATIN, MASKS, GOJI = (
    "6905120012039",
    "6955710091227",
    "6908370249606",
    "6942360407980",
    "10086",
)
CARD = "800001"
UNKNOWN = "6999999999997"
MISREAD = "6999999999994"
KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Del": Qt.Key.Key_Delete,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Tab": Qt.Key.Key_Tab,
    **{digit: Qt.Key(ord(digit)) for digit in "123456789"},
    "P": Qt.Key.Key_P,
    "N": Qt.Key.Key_N,
    "L": Qt.Key.Key_L,
    "E": Qt.Key.Key_E,
    "G": Qt.Key.Key_G,
    "O": Qt.Key.Key_O,
    "S": Qt.Key.Key_S,
    "T": Qt.Key.Key_T,
    "F": Qt.Key.Key_F,
    "K": Qt.Key.Key_K,
    ",": Qt.Key.Key_Comma,
    **{f"F{no}": Qt.Key(Qt.Key.Key_F1 + no - 1) for no in range(1, 13)},
}
NO_KEY_HELD = Qt.KeyboardModifier.NoModifier
HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}


class TestPrinter(Struct):
    """Keeps what it printed; jams while `is_jammed`."""

    __test__ = False
    is_jammed: bool = False
    printed: list[bytes] = field(default_factory=list)

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        if self.is_jammed:
            raise PrinterUnavailable("no paper")
        self.printed.append(data)


class Cashier(Struct):
    """Hands and eyes at a window."""

    bot: QtBot
    window: TillWindow
    shop: Shop
    printer: TestPrinter
    at_ms: int = 10**9

    @property
    def page(self) -> TillPage:
        return self.window.page

    @property
    def counter(self) -> Counter:
        counter = self.window.flow.counter
        assert counter is not None
        return counter

    @property
    def payable(self) -> str:
        """What stands large at the bottom right."""
        return self.page.pay.amount.text()

    def names(self) -> list[str]:
        return [line.product.name for line in self.counter.basket.lines]

    def codes(self) -> list[str]:
        return [line.product.code for line in self.counter.basket.lines]

    def sales(self) -> int:
        last = reprinting.last_sale(self.shop)
        return 0 if last is None else int(last.no.rpartition("-")[2])

    def error(self) -> str:
        return self.page.basket.notices.text(ERROR)

    def question(self) -> str:
        return self.page.basket.notices.text(QUESTION)

    def printer_notice(self) -> str:
        return self.page.basket.notices.text(PRINTER)

    def type_in(self, text: str) -> None:
        """What a hand types, to whatever has the focus: it holds each key for 80 ms."""
        if not text.isascii():
            typed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NO_KEY_HELD, text)
            QApplication.sendEvent(self._focus(), typed)
            return
        self._keys(text, gap_ms=120, dwell_ms=80)

    def burst(self, code: str, *, gap_ms: float = 5) -> None:
        """What a scanner types: each key is up before the next, Enter at the end."""
        self._keys(code + "\r", gap_ms=gap_ms, dwell_ms=1)

    def burst_in_pieces(self, *pieces: str, apart_ms: int) -> None:
        """A scan as it comes from a machine that is busy; the last piece has its own Enter."""
        for no, piece in enumerate(pieces):
            if no:
                self.bot.wait(apart_ms)
            self._keys(piece, gap_ms=5, dwell_ms=1, after_ms=apart_ms if no else 10_000)

    def _keys(self, signs: str, *, gap_ms: float, dwell_ms: int, after_ms: int = 10_000) -> None:
        """Keys with the system's own times on them, so long after whatever came before."""
        self.at_ms += after_ms
        for no, sign in enumerate(signs):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
            kinds = ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, dwell_ms))
            for kind, held_ms in kinds:
                event = QKeyEvent(kind, key, NO_KEY_HELD, sign)
                event.setTimestamp(self.at_ms + int(no * gap_ms) + held_ms)
                QApplication.sendEvent(self._focus(), event)
        self.at_ms += int((len(signs) - 1) * gap_ms)

    def press(self, key: str) -> None:
        held, _, name = key.rpartition("+")
        modifier = HELD.get(held, NO_KEY_HELD)
        QTest.keyClick(self._focus(), KEYS[name], modifier)

    def scan(self, *codes: str) -> None:
        """Codes as fast as a scanner sends them; then wait until all are worked."""
        for code in codes:
            self.burst(code)
        self.settle_down()

    def settle_down(self) -> None:
        """Until everything that was begun has been answered."""
        flow, work = self.window.flow, self.window._work
        # what was scanned during a payment is looked at before it waits in line
        # and what came while a sheet was open waits until none is
        kept, sheets = self.window.kept, self.window.sheets

        def is_settled() -> bool:
            waits = not kept.is_empty and not sheets.has_open
            return not (flow.is_working or work.is_busy or waits)

        self.wait(is_settled)

    def wait(self, is_true: Callable[[], bool]) -> None:
        self.bot.waitUntil(is_true, timeout=5000)

    def lock(self) -> None:
        self.press("Ctrl+L")
        login = self.window.login
        self.wait(lambda: login.isVisible() and login.entry.field.edit.hasFocus())

    def unlock(self, name: str = "店长", pin: str = PIN) -> None:
        who = self.window.login.who

        def is_offered() -> bool:
            who.choose(name)
            return who.chosen() == name

        self.wait(is_offered)
        self.type_in(pin)
        self.press("Enter")
        self.wait(lambda: not self.window.login.isVisible())

    def hand_over_to_fang(self) -> Staff:
        """王芳, a cashier, works here too, and stands at the till from now on."""
        fang = add_staff(self.shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
        self.lock()
        self.unlock("王芳", FANG_PIN)
        self.settle_down()
        return fang

    def approve(self) -> None:
        """The manager, who is asked to allow it, types the PIN."""
        override = self.window.sheets.override
        self.wait(lambda: override.isVisible() and override.who.chosen() != "")
        self.type_in(PIN)
        self.press("Enter")
        self.wait(lambda: not override.isVisible())

    def sell(self, *codes: str) -> None:
        """Another sale, paid in exact cash; the next customer may come."""
        self.scan(*codes)
        self.pay()
        self.press("Esc")
        self.settle_down()

    def begin_chore(self, name: str) -> None:
        """Ctrl+, then 店务, then what is named so."""
        self.window.talks.machine.setting.begin()
        settings = self.window.sheets.settings
        self.wait(settings.isVisible)
        settings.chores.click()
        chores = self.window.talks.machine.chores.sheet
        self.wait(chores.isVisible)
        button = chores.findChild(QAbstractButton, f"chore_{name}_begin")
        assert button is not None
        button.click()

    def choose_file(self, place: Path, dialog: str = "save_dialog") -> None:
        """In the system's own dialog."""
        self.wait(lambda: self.window.findChild(QFileDialog, dialog) is not None)
        shown = self.window.findChild(QFileDialog, dialog)
        shown.fileSelected.emit(str(place))
        shown.close()
        self.window.activateWindow()

    def pay(self) -> None:
        """Exact cash: two keys."""
        self.press("F9")
        self.wait(self.window.sheets.payment.isVisible)
        self.press("Enter")
        self.wait(lambda: self.window.sheets.payment.is_settled)

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None, "a key would land nowhere"
        return focus


def shop_home(folder: Path) -> Home:
    """The demo tables in a fresh home, with an open day."""
    home = Home.prepared(folder)
    tables = Path(__file__).parents[4] / "resources" / "sample"
    for what in ("products", "members"):
        home.command("import", what, str(tables / f"{what}.csv"))
    with home.shop() as shop:
        staff = logins.login(shop, PIN)
        days.open_day(shop, float_fen=200_00, staff=staff)
    return home


@contextmanager
def cashier_at(
    home: Home, bot: QtBot, look: Look, *, width: int = 1366, name: str = ""
) -> Iterator[Cashier]:
    """Somebody logged in at the counter of a home; `name` where several people work there."""
    printer, shops = TestPrinter(), []

    @contextmanager
    def opening() -> Iterator[Shop]:
        with home.shop() as shop:
            shops.append(shop)
            yield shop

    work = Work(opening)
    receipts, papers = home.path / "receipts", home.path / "papers"
    desk = PaperDesk(printer, GB18030, 80, folder=receipts, designs=papers)
    window = TillWindow(look, work, desk)
    window.resize(width, 768)
    window.show()
    window.activateWindow()
    try:
        window.begin()
        who = window.login.who
        bot.waitUntil(
            lambda: who.chosen() != "" or bool(name and _choose(who, name)), timeout=10_000
        )
        cashier = Cashier(bot, window, shops[0], printer)
        cashier.type_in(PIN)
        cashier.press("Enter")
        cashier.wait(lambda: window.page.isVisible() and window.flow.counter is not None)
        cashier.settle_down()
        yield cashier
    finally:
        desk.close()
        window.end()
        work.stop()
        window.hide()
        QApplication.processEvents()  # answers that are on their way still find it
        # now: a window that waits to be deleted still takes scans out of what the next test types
        delete(window)


def _choose(who: Who, name: str) -> bool:
    who.choose(name)
    return who.chosen() == name
