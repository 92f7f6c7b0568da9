"""相册: the member's sheet with benefits and the history of the tier, and a tier that was lost."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.counter import Counter
from core.actions.held_coupons import HeldCoupon
from core.actions.look_at_tiers import TierStep
from core.members.benefits import BenefitLeft
from core.members.held_tiers import FallenTier
from core.members.tiers import Figures, Measured
from core.rulebook.schemes import Benefit
from tests.ui.till import baskets
from tests.ui.till.counter_pages import SALE, Draw, basket_of, counter_page
from ui.look import Look
from ui.till.member_sheet import MemberSheet
from ui.till.member_sheet_state import MemberSheetState
from ui.till.state import TillState

ON = date(2026, 11, 26)
BENEFITS = (
    BenefitLeft(Benefit("mail", "免邮卡", 1, "quarter"), 1, date(2026, 12, 31)),
    BenefitLeft(Benefit("check", "免费量血压、血糖", 12, "year"), 9, date(2026, 12, 31)),
    BenefitLeft(Benefit("warranty", "医疗器械延保 12 个月")),
    BenefitLeft(Benefit("birthday", "生日当月 8 折券", offer="birthday")),
)
STEPS = (
    TierStep(date(2025, 3, 2), 1, "sale", "普通", "银卡", date(2026, 3, 2), 1_020_00),
    TierStep(
        date(2026, 4, 2),
        2,
        "kept",
        "银卡",
        "银卡",
        date(2027, 4, 2),
        3_020_00,
        Measured("score", 12, Figures(3_020_00, 0, 5, date(2026, 3, 28))),
    ),
    TierStep(date(2026, 6, 8), 3, "granted", "", "金卡", date(2027, 6, 8), reason="开业时的老顾客"),
    TierStep(date(2026, 11, 24), 4, "card", "", "钻石卡", months=12),
)


HELD = (
    HeldCoupon("Q7KX20000000A", "spring", "满 100 减 10 元券", date(2026, 11, 30), 10_00),
    HeldCoupon("Q7KX20000000B", "cinema", "星光影院五元券", date(2026, 12, 31), 5_00, True),
    HeldCoupon("Q7KX20000000C", "big", "全场八五折券，处方药和特价除外，每单最多减五十元", None),
)


def _with_coupons() -> Counter:
    return replace(baskets.counter(basket_of(*SALE), file=baskets.member()), held=HELD)


def counter_coupons(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(_with_coupons()))


def member_coupons(look: Look, window: QWidget) -> None:
    counter = _with_coupons()
    counter_page(look, window, TillState.of(counter))
    state = MemberSheetState.of(counter, (), 0, benefits=BENEFITS, steps=STEPS)
    assert state is not None
    MemberSheet(look, window).begin(state)


def _sheet(look: Look, window: QWidget, side: str) -> None:
    file = baskets.member()
    file = replace(file, member=replace(file.member, tier_until=date(2027, 6, 8)))
    counter = baskets.counter(basket_of(*SALE), file=file)
    counter_page(look, window, TillState.of(counter))
    state = MemberSheetState.of(counter, (), 0, benefits=BENEFITS, steps=STEPS)
    assert state is not None
    sheet = MemberSheet(look, window)
    sheet.begin(state)
    sheet.side.what.set_current(side)
    sheet.side.show_member(state)


def member_benefits(look: Look, window: QWidget) -> None:
    _sheet(look, window, "benefits")


def member_history(look: Look, window: QWidget) -> None:
    _sheet(look, window, "history")


def counter_tier_fallen(look: Look, window: QWidget) -> None:
    file = replace(
        baskets.member("silver", spend_fen=2_320_00), fallen=FallenTier("gold", date(2026, 11, 1))
    )
    file = replace(file, member=replace(file.member, tier_until=date(2026, 12, 10)))
    state = TillState.of(baskets.counter(basket_of(*SALE), file=file))
    counter_page(look, window, state)


PAGES: tuple[Draw, ...] = (
    member_benefits,
    member_history,
    counter_tier_fallen,
    counter_coupons,
    member_coupons,
)
