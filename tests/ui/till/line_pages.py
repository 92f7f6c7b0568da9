"""What the counter shows while the head office is asked, has not answered, or said something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.errors import HeldAsksLine, HeldTaken, UnknownCode, VisitorFrozen
from core.members.card import no_card
from core.members.member import LONG_AGO, Member, MemberFile
from core.ports import Health
from core.sync.held import HeldThere
from tests.ui.till import baskets
from tests.ui.till.chain_pages import OFFLINE, ONLINE, TAKING, counter_in_chain
from tests.ui.till.counter_pages import NOW_US, SALE, basket_of, counter_page
from tests.ui.till.crowd import LONG
from tests.ui.till.find_pages import found_sales
from tests.ui.till.points_pages import limited
from tests.ui.till.return_pages import returns_away
from ui.look import Look
from ui.machine_words import late_clock
from ui.text import halves, sentence, tr
from ui.till.held_state import choice_there
from ui.till.notices import CLOCK
from ui.till.page import TillPage
from ui.till.recall import RecallSheet
from ui.till.returns import ReturnSheet
from ui.till.state import TillState
from ui.widgets.banner import Action
from ui.widgets.header import Status

Draw = Callable[[Look, QWidget], QWidget | None]


def _visitor(name: str = "李*华", *, at: str = "2026-11-24 14:05", points: int = 680) -> MemberFile:
    ident = UUID(int=7)
    masked = Member(ident, no_card(ident), name, "silver", LONG_AGO)
    told_at = datetime.fromisoformat(at)
    return replace(baskets.member("silver", points=points), member=masked, told_at=told_at)


def _with(file: MemberFile) -> TillState:
    return TillState.of(baskets.counter(basket_of(*SALE), file=file))


def counter_visitor(look: Look, window: QWidget) -> None:
    """A member of another store, whom the head office has answered about."""
    counter_in_chain(look, window, ONLINE, _with(_visitor()))


def counter_visitor_unanswered(look: Look, window: QWidget) -> None:
    """The same without an answer: what was known before, and of when."""
    file = replace(_visitor("阿***提", at="2026-11-22 23:10", points=1_234_567), allowed=0)
    counter_in_chain(look, window, OFFLINE, _with(file))


def counter_visitor_frozen(look: Look, window: QWidget) -> None:
    page = counter_in_chain(look, window, ONLINE)
    page.say_error(sentence(VisitorFrozen("李*华", "900102000012")))


def counter_stranger(look: Look, window: QWidget) -> None:
    """A card that nobody here has; the head office did not know it either."""
    page = counter_in_chain(look, window, ONLINE)
    page.say_error(sentence(UnknownCode("900102000012")), can_add=True)


def counter_lease_only(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, OFFLINE, TillState.of(limited(1500)))


def counter_points_offline(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, OFFLINE, TillState.of(limited(0)))


def counter_clock_differs(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, replace(ONLINE, clock_behind_us=-17 * 60_000_000))


def counter_clock_late(look: Look, window: QWidget) -> None:
    """By what was seen last the clock of this machine went back."""
    slow = Status(CLOCK, "clock", tr("时钟慢了"), "warn")
    ready = Status("printer", "printer", tr("就绪"))
    page = counter_in_chain(look, window, ONLINE, None, slow, ready)
    _put_clock(page)


def _put_clock(page: TillPage) -> None:
    title, line = halves(late_clock(Health(10**9, 3 * 86_400)))
    read = (Action("read", tr("知道了")),)
    page.basket.notices.put(CLOCK, title, line, icon="clock", actions=read)


def counter_all_at_once(look: Look, window: QWidget) -> None:
    """Everything that a header can have to say, and somebody with a long name."""
    more = (
        Status(CLOCK, "clock", tr("时钟慢了"), "warn"),
        Status("disk", "alert", tr("磁盘快满"), "warn"),
        Status("printer", "printer", tr("{count} 张没打", count=3), "warn"),
    )
    counter_in_chain(look, window, OFFLINE, _with(_visitor(LONG)), *more, staff=LONG)


def counter_taking_long(look: Look, window: QWidget) -> None:
    counter_in_chain(look, window, TAKING, None, staff=LONG)


def _recall(look: Look, window: QWidget) -> RecallSheet:
    counter_page(look, window, TillState.of(baskets.counter(basket_of(*SALE))))
    sheet, minute = RecallSheet(look, window), 60_000_000
    there = [
        HeldThere(UUID(int=at), at, name, 3 * at, fen, NOW_US - (9 - at) * minute)
        for at, name, fen in ((3, "戴帽子的", 128_00), (8, LONG, 328_800_00))
    ]
    sheet.show_rows([choice_there(each, NOW_US) for each in there])
    return sheet


def recall_asking(look: Look, window: QWidget) -> None:
    _recall(look, window).show_asking()


def recall_offline(look: Look, window: QWidget) -> None:
    _recall(look, window).show_error(sentence(HeldAsksLine()))


def recall_taken(look: Look, window: QWidget) -> None:
    _recall(look, window).show_error(sentence(HeldTaken(12)))


def returns_asking(look: Look, window: QWidget) -> QWidget:
    sheet = ReturnSheet(look, window)
    sheet.begin()
    sheet.finder.show_found(found_sales())
    sheet.finder.search.set_text("S02-T12-000097")
    sheet.show_asking()
    return sheet


def returns_away_asking(look: Look, window: QWidget) -> QWidget:
    """The return itself is asked for."""
    sheet = returns_away(look, window)
    assert isinstance(sheet, ReturnSheet)
    sheet.effects.done.click()
    sheet.show_asking()
    return sheet


PAGES: tuple[Draw, ...] = (
    counter_visitor,
    counter_visitor_unanswered,
    counter_visitor_frozen,
    counter_stranger,
    counter_lease_only,
    counter_points_offline,
    counter_clock_differs,
    counter_clock_late,
    counter_all_at_once,
    counter_taking_long,
    recall_asking,
    recall_offline,
    recall_taken,
    returns_asking,
    returns_away_asking,
)
