"""The pages of points without a sale, for the album: behaviours on the member's sheet, rewards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.attend import Offered as Attending
from core.actions.deeds import Chance
from core.actions.redeem import Offered
from core.errors import (
    NoPointsOffline,
    NotEnoughPoints,
    RewardForTier,
    RewardOutOfStock,
    ServerUnreachable,
)
from core.members.activity import Activity, ActivityKind, Enrolled, Place
from core.points.deeds import Times
from core.points.redeem import Redemption
from core.ports.activities import Counted
from core.rulebook.behaviours import Behaviour
from core.rulebook.rewards import COUPON, Reward
from tests.ui.till import baskets
from tests.ui.till.counter_pages import SALE, basket_of, counter_page
from ui.look import Look
from ui.reserved_text import reward_words
from ui.text import tr
from ui.till.member_sheet import MemberSheet
from ui.till.member_sheet_state import MemberSheetState
from ui.till.reward_state import RewardState
from ui.till.rewards import RewardSheet
from ui.till.state import TillState

CHANCES = (
    Chance(Behaviour("sign", "签到", 5), Times(1, 40, 90), "day"),
    Chance(Behaviour("advice", "建议", 20, per_day=0), Times(1, 1, 1)),
    Chance(Behaviour("share", "分享", 10), Times()),
)
SIX = (*CHANCES, *(Chance(Behaviour(f"{n}", "带朋友来", 1_000), Times()) for n in range(3)))
SOAP = Reward("soap", "舒肤佳香皂 115g", 100, units=2)
TICKET = Reward("ten", "十元代金券", 500, kind=COUPON, coupon="TEN")
POT = Reward("pot", "苏泊尔不锈钢汤锅 24cm", 25_000)
KIT = Reward("kit", "家庭药箱", 800, from_tier="diamond")
LAMP = Reward("lamp", "台灯", 1_200)
OFFERED = (
    Offered(SOAP, 12, 12),
    Offered(POT, 0, 3, NotEnoughPoints(25_000, 12_480)),
    Offered(TICKET, 24, None),
    Offered(KIT, 0, 5, RewardForTier("家庭药箱", "钻石卡")),
    Offered(LAMP, 0, 0, RewardOutOfStock("台灯", 0)),
)


def _had(n: int, name: str, units: int, points: int, *, is_undone: bool = False) -> Redemption:
    on = date(2026, 11, 25 - n)
    no = f"S01-T1-J{n:05d}"
    return Redemption(
        UUID(int=n), no, UUID(int=1), "soap", name, units, points, 0, on, 1, is_undone
    )


HAD = (_had(2, "舒肤佳香皂 115g", 2, 100), _had(1, "台灯", 1, 1_200, is_undone=True))


def _member(look: Look, window: QWidget, chances: tuple[Chance, ...]) -> None:
    counter = baskets.counter(basket_of(*SALE), file=baskets.member())
    counter_page(look, window, TillState.of(counter))
    state = MemberSheetState.of(counter, (), 0, chances=chances)
    assert state is not None
    MemberSheet(look, window).begin(replace(state, has_rewards=True))


def member_behaviours(look: Look, window: QWidget) -> None:
    _member(look, window, CHANCES)


def member_six_behaviours(look: Look, window: QWidget) -> None:
    _member(look, window, SIX)


def _activity(no: int, title: str, place: Place | None, seats: int = 0, **how: bool) -> Attending:
    activity = Activity(
        UUID(int=no), ActivityKind.SALON, title, "二楼活动室", date(2026, 12, no), 840, 960, seats
    )
    member, at_us = UUID(int=1), 0
    enrolled = Enrolled(activity.id, member, 1, place, at_us, 1) if place else None
    said = {"is_full": False, "is_today": False, "is_theirs": True} | how
    return Attending(Counted(activity, seated=8), enrolled, **said)


def member_activities(look: Look, window: QWidget) -> None:
    counter = baskets.counter(basket_of(*SALE), file=baskets.member())
    counter_page(look, window, TillState.of(counter))
    long = "高血压用药与日常管理讲座：怎样在家里正确地量血压"
    offered = (
        _activity(1, "秋季养生沙龙", Place.SEAT, 12, is_today=True),
        _activity(3, long, None, 8, is_full=True),
        _activity(9, "茶话会", None),
    )
    state = MemberSheetState.of(counter, (), 0, chances=CHANCES, offered=offered)
    assert state is not None
    sheet = MemberSheet(look, window)
    sheet.begin(state)
    sheet.side.what._parts[-1].click()


def rewards_asked(look: Look, window: QWidget) -> None:
    _rewards(look, window).take.click()


def _rewards(look: Look, window: QWidget, said: str = "") -> RewardSheet:
    counter = baskets.counter(basket_of(*SALE), file=baskets.member())
    counter_page(look, window, TillState.of(counter))
    state = RewardState.of(counter, OFFERED, HAD)
    assert state is not None
    sheet = RewardSheet(look, window)
    sheet.show_rewards(state, said)
    return sheet


def rewards(look: Look, window: QWidget) -> None:
    _rewards(look, window)


def rewards_done(look: Look, window: QWidget) -> None:
    said = tr("换了{name} {units} 件，用去 {points} 分。", name="香皂", units="2", points="100")
    _rewards(look, window, said)


def rewards_none(look: Look, window: QWidget) -> None:
    sheet = _rewards(look, window)
    counter = baskets.counter(basket_of(*SALE), file=baskets.member())
    state = RewardState.of(counter, (), ())
    assert state is not None
    sheet.show_rewards(state)


def rewards_asking(look: Look, window: QWidget) -> None:
    sheet = _rewards(look, window)
    sheet.take.click()
    sheet.take.click()
    sheet.show_waiting(100)


def rewards_offline(look: Look, window: QWidget) -> None:
    sheet = _rewards(look, window)
    file = replace(baskets.member(), allowed=0)
    counter = baskets.counter(basket_of(*SALE), file=file)
    refused = [replace(each, most=0, refused=NoPointsOffline()) for each in OFFERED]
    state = RewardState.of(counter, refused, HAD)
    assert state is not None
    sheet.show_rewards(state)
    sheet.show_error(reward_words(ServerUnreachable("silent")))


PAGES = (
    rewards_asking,
    rewards_offline,
    member_behaviours,
    member_activities,
    member_six_behaviours,
    rewards,
    rewards_asked,
    rewards_done,
    rewards_none,
)
