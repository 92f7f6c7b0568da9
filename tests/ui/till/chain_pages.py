"""The sheet of the chain and what the header says of it, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.received import Begins, Received
from core.actions.sync import Unsafe
from core.actions.take_snapshot import Known, Progress
from core.errors import (
    BadInvitation,
    ChunkBroken,
    DiskFull,
    EnrolmentDiffers,
    EnrolmentScanned,
    NotAsked,
    RulebookDiffers,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    TillRevoked,
    TillUnknown,
)
from core.ports import Health
from core.ports.central import Waiting
from core.ports.directory import Condition
from tests.ui.till import baskets
from tests.ui.till.counter_pages import basket_of, counter_page
from ui.chain_words import chip, facts, notice, unsafe_words, why_not
from ui.link_state import LinkState
from ui.look import Look
from ui.machine_words import little_room
from ui.text import halves, sentence, tr
from ui.till.chain import ChainSheet
from ui.till.notices import CHAIN, DISK
from ui.till.page import TillPage
from ui.till.state import TillState
from ui.widgets.banner import Action
from ui.widgets.header import Status

Draw = Callable[[Look, QWidget], QWidget | None]
NOW_US = baskets.MOMENT.at_us
MINUTE_US = 60_000_000
NAME, URL = "永安堂大药房连锁有限公司", "https://hq.example.com"
ONLINE = LinkState(
    NAME,
    URL,
    Waiting(0, None),
    is_online=True,
    since_us=NOW_US - 90 * MINUTE_US,
    answered_us=NOW_US,
    received=Received(
        "永安堂大药房中山路店",
        27,
        date(2026, 11, 1),
        Begins(28, date(2026, 12, 1)),
        NOW_US - 200 * MINUTE_US,
        Begins(1_204, date(2026, 12, 1)),
    ),
)
LEFT = replace(
    ONLINE,
    received=Received("永安堂大药房中山路店", 27, left=RulebookDiffers(28, 27), left_count=1),
)
OFFLINE = replace(
    ONLINE,
    waiting=Waiting(1_284, NOW_US - 3000 * MINUTE_US),
    is_online=False,
    answered_us=NOW_US - 90 * MINUTE_US,
    error=ServerUnreachable("nowhere"),
    clock_behind_us=17 * MINUTE_US,
    kept_apart=2,
)
REVOKED = replace(ONLINE, is_online=False, error=TillRevoked(), waiting=Waiting(3, NOW_US))
UPLOADING = replace(ONLINE, waiting=Waiting(126, NOW_US - 2 * MINUTE_US))
APART = replace(ONLINE, kept_apart=2)
CONNECTING = replace(UPLOADING, is_online=False, since_us=None, answered_us=None)
BUSY = replace(OFFLINE, error=ServerBusy(90), kept_apart=0, clock_behind_us=0)
STRANGE = replace(OFFLINE, error=ServerStrange("page"), waiting=Waiting(3, NOW_US))
UNKNOWN = replace(REVOKED, error=TillUnknown())
FAULT = replace(UPLOADING, error=DiskFull())
WHOLE = replace(ONLINE, directory=Known(Condition.THERE, 1_000_000, NOW_US - 4000 * MINUTE_US))
TAKING = replace(WHOLE, taking=Progress(412_000, 1_000_000, is_told=True))
STUCK = replace(
    WHOLE, directory=Known(Condition.LOST, 0, NOW_US), not_loaded=ChunkBroken(), taking=None
)
NOT_TAKEN = replace(ONLINE, not_taken=ServerStrange("unread"))
COPY = replace(ONLINE, has_met_copy=True, clock_behind_us=-2 * MINUTE_US)


def _sheet(look: Look, window: QWidget, state: LinkState, sales: int | None = None) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_state(facts(state, NOW_US, UTC, sales), why_not(state), is_sending=True)
    return sheet


def chain_online(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, ONLINE)


def chain_offline(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, OFFLINE, 1_000)


def chain_left(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, LEFT)


def chain_revoked(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, REVOKED)


def chain_uploading(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, UPLOADING, 41)


def chain_connecting(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, CONNECTING)


def chain_busy(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, BUSY, 312)


def chain_strange(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, STRANGE, 2)


def chain_unknown(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, UNKNOWN)


def chain_fault_here(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, FAULT, 41)


def chain_not_taken(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, NOT_TAKEN)


def chain_taking(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, TAKING)


def chain_not_loaded(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, STUCK)


def chain_whole(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window, WHOLE)
    sheet.say(tr("正在重新收会员名录；收好以前用现在这份。"))
    return sheet


def chain_copy(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, COPY)


def chain_joining(look: Look, window: QWidget) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_join()
    sheet.code.set_text(f"{URL}#RHX4-K2M9-P7QRT")
    sheet.set_joining(True)
    return sheet


def chain_not_joined(look: Look, window: QWidget) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_join()
    sheet.code.set_text(f"{URL}#RHX4-K2M9-P7QRT")
    sheet.say(sentence(NotAsked("certificate")), is_wrong=True)
    return sheet


def chain_join_misread(look: Look, window: QWidget) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_join()
    sheet.code.set_text("RHX4-K2M9-P7QRT")
    sheet.show_problem(sentence(BadInvitation()))
    return sheet


def chain_join(look: Look, window: QWidget) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_join()
    return sheet


def chain_join_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_join()
    sheet.take_scan("6905120012039")
    sheet.code.set_text(f"{URL}#RHX4-K2M9-P7QRT")
    sheet.say(sentence(EnrolmentDiffers("S02", 3)), is_wrong=True)
    return sheet


def counter_in_chain(
    look: Look,
    window: QWidget,
    state: LinkState,
    shown: TillState | None = None,
    *more: Status,
    staff: str = "王芳",
) -> TillPage:
    """The counter of a store with a long name; how the line is stands in the header."""
    said = chip(state, NOW_US, UTC)
    page = counter_page(
        look,
        window,
        shown or TillState.of(baskets.counter(basket_of())),
        store="永安堂大药房连锁中山路人民广场店",
        till=12,
        statuses=[
            Status(CHAIN, said.icon, said.text, said.tone),
            *(more or (Status("printer", "printer", tr("就绪")),)),
            Status("staff", "user", staff),
        ],
    )
    if words := notice(state):
        title, line = halves(words)
        read = (Action("read", tr("知道了")),)
        page.basket.notices.put(CHAIN, title, line, icon="alert", actions=read)
    return page


def counter_online(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, ONLINE)


def counter_offline(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, OFFLINE)


def counter_revoked(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, REVOKED)


def counter_left(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, LEFT)


def counter_uploading(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, UPLOADING)


def counter_taking(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, TAKING)


def counter_connecting(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, CONNECTING)


def counter_apart(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, APART)


def counter_fault_here(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, FAULT)


def counter_unknown(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, UNKNOWN)


def counter_unsafe(look: Look, window: QWidget) -> None:
    """Somebody wants to leave, and the disk is nearly full."""
    notices = counter_in_chain(look, window, OFFLINE).basket.notices
    title, line = halves(little_room(Health(90 << 20, 0), 1_284))
    notices.put(DISK, title, line, icon="alert", actions=(Action("read", tr("知道了")),))
    unsafe = Unsafe(1_284, NOW_US - 3000 * MINUTE_US)
    notices.say_warning(unsafe_words(unsafe, is_leaving=True))


def counter_invitation(look: Look, window: QWidget) -> None:
    """What joins a chain was scanned here."""
    counter_in_chain(look, window, ONLINE).say_error(sentence(EnrolmentScanned()))


def counter_copy(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, COPY)


PAGES: tuple[Draw, ...] = (
    chain_online,
    chain_offline,
    chain_left,
    chain_revoked,
    chain_uploading,
    chain_connecting,
    chain_busy,
    chain_strange,
    chain_unknown,
    chain_fault_here,
    chain_not_taken,
    chain_taking,
    chain_not_loaded,
    chain_whole,
    chain_copy,
    chain_join,
    chain_join_wrong,
    chain_join_misread,
    chain_joining,
    chain_not_joined,
    counter_uploading,
    counter_taking,
    counter_connecting,
    counter_apart,
    counter_fault_here,
    counter_unknown,
    counter_unsafe,
    counter_invitation,
    counter_online,
    counter_offline,
    counter_revoked,
    counter_left,
    counter_copy,
)
