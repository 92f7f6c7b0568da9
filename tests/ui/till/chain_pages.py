"""The sheet of the chain and what the header says of it, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.received import Begins, Received
from core.errors import EnrolmentDiffers, RulebookDiffers, ServerUnreachable, TillRevoked
from core.ports.central import Waiting
from tests.ui.till import baskets
from ui.chain_words import chip, facts, notice, why_not
from ui.link_state import LinkState
from ui.look import Look
from ui.text import halves, sentence, tr
from ui.till.chain import ChainSheet
from ui.till.notices import CHAIN
from ui.till.page import TillPage
from ui.widgets.banner import Action
from ui.widgets.header import Header, Status

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
COPY = replace(ONLINE, has_met_copy=True, clock_behind_us=-2 * MINUTE_US)


def _sheet(look: Look, window: QWidget, state: LinkState) -> QWidget:
    sheet = ChainSheet(look, window)
    sheet.show_state(facts(state, NOW_US, UTC), why_not(state), is_sending=True)
    return sheet


def chain_online(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, ONLINE)


def chain_offline(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, OFFLINE)


def chain_left(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, LEFT)


def chain_revoked(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window, REVOKED)


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


def _counter(look: Look, state: LinkState) -> QWidget:
    frame = QWidget()
    header, page = Header(look, tr("熟客")), TillPage(look)
    header.set_place(tr("{store}·{till} 号台", store="永安堂大药房中山路店", till=12))
    header.set_clock("14:32")
    said = chip(state, NOW_US, UTC)
    header.set_status(
        [
            Status(CHAIN, said.icon, said.text, said.tone),
            Status("printer", "printer", tr("就绪")),
            Status("staff", "user", "王芳"),
        ]
    )
    if words := notice(state):
        title, line = halves(words)
        read = (Action("read", tr("知道了")),)
        page.basket.notices.put(CHAIN, title, line, icon="alert", actions=read)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addWidget(page, 1)
    return frame


def counter_online(look: Look, _window: QWidget) -> QWidget:
    return _counter(look, ONLINE)


def counter_offline(look: Look, _window: QWidget) -> QWidget:
    return _counter(look, OFFLINE)


def counter_revoked(look: Look, _window: QWidget) -> QWidget:
    return _counter(look, REVOKED)


def counter_left(look: Look, _window: QWidget) -> QWidget:
    return _counter(look, LEFT)


def counter_copy(look: Look, _window: QWidget) -> QWidget:
    return _counter(look, COPY)


PAGES: tuple[Draw, ...] = (
    chain_online,
    chain_offline,
    chain_left,
    chain_revoked,
    chain_join,
    chain_join_wrong,
    counter_online,
    counter_offline,
    counter_revoked,
    counter_left,
    counter_copy,
)
