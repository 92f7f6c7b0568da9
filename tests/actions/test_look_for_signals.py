"""信号: what opens a case of a shop, with its evidence, and opens no second one."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.cards import replace_card
from core.actions.cases import CaseLine, case_detail, list_cases
from core.actions.decide_case import decide_case
from core.actions.deeds import correct_points
from core.actions.look_for_signals import look_for_signals
from core.actions.redeem import redeem
from core.actions.reward_shelf import count_rewards
from core.errors import (
    NotForThisCase,
)
from core.members.member import Member
from core.members.profile import ADDRESS
from core.rulebook.rewards import Reward
from core.rulebook.watch import Watch
from core.shop import Shop
from core.trust.cases import Decision, StepKind
from core.trust.signals import Signal, What
from core.trust.staff import Staff
from tests.actions.test_deeds import with_rules
from tests.actions.test_return import DAY_S, file_of, returned
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_shift import facts
from tests.builders import audit_rows, later

SOAP = Reward("soap", "香皂", 10)
FEW = Watch(
    earned_a_day=2,
    earned_at_one=3,
    corrected=2,
    on_one_phone=2,
    opens_hour=6,
    closes_hour=23,
)
HOUR_S = 3600


def watched(shop: Shop, staff: Staff, **figures: int) -> None:
    with_rules(shop, staff, watch=replace(FEW, **figures), rewards=(SOAP,), corrections_alone=1_000)


def looked(shop: Shop) -> int:
    """How many cases all that is left to look at opens."""
    opened, is_more = 0, True
    while is_more:
        step = look_for_signals(shop)
        opened, is_more = opened + step.opened, step.is_more
    return opened


def kinds(shop: Shop, staff: Staff, *, is_open: bool = True) -> list[str]:
    found = list_cases(shop, staff=staff, is_open=is_open).lines
    return sorted(line.file.case.kind for line in found)


def one_of(shop: Shop, staff: Staff, kind: Signal) -> CaseLine:
    (line,) = list_cases(shop, staff=staff, kind=kind).lines
    return line


def often(shop: Shop, staff: Staff) -> UUID:
    """The case of a card that earned twice on one day."""
    watched(shop, staff, earned_at_one=0)
    today = later(shop, 0)
    for _ in range(2):
        settled(today, staff, GOLD, CALCIUM)
    assert looked(today) == 1
    return one_of(today, staff, Signal.EARNS_OFTEN).file.case.id


def judged(shop: Shop, case_id: UUID, staff: Staff, decision: Decision = Decision.NOTHING) -> None:
    """Somebody decided it, and took a point where any were to take."""
    points = 1 if decision is Decision.TAKE_BACK else None
    words = {"reason": "问过本人", "step_id": shop.new_id(), "staff": staff, "points": points}
    decide_case(shop, case_id, decision, **words)


def test_a_shop_where_nothing_happened_has_no_case(shop: Shop, staff: Staff) -> None:
    assert looked(shop) == 0
    found = list_cases(shop, staff=staff)
    assert (found.lines, found.rest, found.open, found.decided) == ((), None, 0, 0)


def test_the_first_look_goes_back_so_many_days_and_the_next_ones_on(
    shop: Shop, staff: Staff
) -> None:
    watched(shop, staff, days=3)
    steps = [look_for_signals(later(shop, 0)) for _ in range(4)]
    assert [step.is_more for step in steps] == [True, True, False, False]
    assert steps[2].on == steps[3].on
    steps = [look_for_signals(later(shop, 2 * DAY_S)) for _ in range(3)]
    assert [step.is_more for step in steps] == [True, True, False]
    assert steps[0].on < steps[2].on


def test_a_look_that_finds_nothing_writes_nothing(shop: Shop, staff: Staff) -> None:
    looked(shop)
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        before = connection.execute("SELECT total_changes()").fetchone()
    rows = len(audit_rows(shop))
    looked(shop)
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        assert connection.execute("SELECT total_changes()").fetchone() == before
    assert len(audit_rows(shop)) == rows


def test_a_card_that_earns_often_opens_one_case_which_grows(shop: Shop, staff: Staff) -> None:
    case_id = often(shop, staff)
    today = later(shop, 0)
    detail = case_detail(today, case_id, staff=staff)
    points = sum(each.evidence.points for each in detail.evidence)
    assert [each.evidence.what for each in detail.evidence] == [What.SALE] * 2
    assert detail.line.file.points == points > 0
    assert "*" in detail.line.who
    assert looked(today) == 0
    settled(today, staff, GOLD, CALCIUM)
    assert looked(today) == 0
    detail = case_detail(today, case_id, staff=staff)
    assert len(detail.evidence) == 3
    assert [each.step.kind for each in detail.steps] == [StepKind.OPENED, StepKind.ADDED]
    assert detail.line.file.pieces == 3
    told = [row for row in audit_rows(shop) if row["what"] == "case_opened"]
    assert [row["subject"] for row in told] == [file_of(shop, GOLD).member.id.hex]
    assert [fact["case"] for fact in facts(shop, "CaseOpened")] == [case_id.hex]


def test_one_sale_less_opens_none(shop: Shop, staff: Staff) -> None:
    watched(shop, staff, earned_at_one=0)
    settled(later(shop, 0), staff, GOLD, CALCIUM)
    settled(later(shop, 0), staff, CALCIUM)
    assert looked(later(shop, 0)) == 0


def test_what_was_judged_opens_no_second_case(shop: Shop, staff: Staff) -> None:
    case_id, today = often(shop, staff), later(shop, 0)
    judged(today, case_id, staff)
    assert looked(today) == 0
    settled(today, staff, GOLD, CALCIUM)
    assert looked(today) == 0
    settled(today, staff, GOLD, CALCIUM)
    assert looked(today) == 1
    assert one_of(today, staff, Signal.EARNS_OFTEN).file.pieces == 2


def test_one_cashier_alone_serves_a_card(shop: Shop, staff: Staff, fang: Staff) -> None:
    watched(shop, staff, earned_a_day=0, shifts_bp=10_000)
    for day in range(3):
        settled(later(shop, day * DAY_S), staff, GOLD, CALCIUM)
        settled(later(shop, day * DAY_S), staff if day else fang, SILVER, CALCIUM)
    last = later(shop, 2 * DAY_S)
    assert looked(last) == 1
    line = one_of(last, staff, Signal.ONE_CASHIER)
    assert line.file.member_id == file_of(shop, GOLD).member.id
    assert line.file.pieces == 3


def test_rewards_and_then_the_goods_come_back(shop: Shop, staff: Staff) -> None:
    watched(shop, staff, earned_a_day=0, earned_at_one=0)
    count_rewards(shop, "soap", 5, staff=staff)
    today = later(shop, 0)
    sale = settled(today, staff, GOLD, CALCIUM).sale
    member = file_of(shop, GOLD).member.id
    had = later(shop, HOUR_S)
    redeem(had, member, "soap", 1, redemption_id=shop.new_id(), staff=staff)
    back = later(shop, 2 * HOUR_S)
    assert looked(back) == 0
    returned(back, sale, {1: 1000}, staff)
    assert looked(back) == 1
    line = one_of(back, staff, Signal.RETURNED)
    whats = [
        each.evidence.what for each in case_detail(back, line.file.case.id, staff=staff).evidence
    ]
    assert whats == [What.SALE, What.REDEMPTION, What.RETURN]
    assert line.file.points == 10


def test_a_new_card_and_at_once_a_reward(shop: Shop, staff: Staff) -> None:
    watched(shop, staff, changed_hours=24)
    count_rewards(shop, "soap", 5, staff=staff)
    member = file_of(shop, GOLD).member.id
    correct_points(later(shop, 0), member, 50, **by_hand(shop, staff))
    replace_card(later(shop, 0), member, staff=staff)
    redeem(later(shop, 25 * HOUR_S), member, "soap", 1, redemption_id=shop.new_id(), staff=staff)
    assert looked(later(shop, 25 * HOUR_S)) == 0
    replace_card(later(shop, 26 * HOUR_S), member, staff=staff)
    redeem(later(shop, 27 * HOUR_S), member, "soap", 1, redemption_id=shop.new_id(), staff=staff)
    now = later(shop, 27 * HOUR_S)
    assert looked(now) == 1
    line = one_of(now, staff, Signal.CHANGED)
    found = case_detail(now, line.file.case.id, staff=staff).evidence
    assert [each.evidence.what for each in found] == [What.CHANGE, What.REDEMPTION]
    assert [each.by for each in found] == ["店长", "店长"]


def by_hand(shop: Shop, staff: Staff) -> dict[str, object]:
    return {"reason": "补登记", "correction_id": shop.new_id(), "staff": staff}


def test_one_hand_corrects_alone_and_what_a_case_takes_back_is_none(
    shop: Shop, staff: Staff
) -> None:
    watched(shop, staff, earned_at_one=0, corrected=2)
    case_id, today = often(shop, staff), later(shop, 0)
    watched(shop, staff, earned_at_one=0, earned_a_day=0, corrected=2)
    judged(today, case_id, staff, Decision.TAKE_BACK)
    member = file_of(shop, NORMAL).member.id
    correct_points(today, member, 30, **by_hand(shop, staff))
    assert looked(today) == 0
    correct_points(today, member, 20, **by_hand(shop, staff))
    assert looked(today) == 1
    line = one_of(today, staff, Signal.CORRECTED)
    assert (line.who, line.file.staff_no, line.file.points) == ("店长", staff.no, 50)
    assert line.file.decisions == (Decision.NOTHING,)
    with pytest.raises(NotForThisCase):
        judged(today, line.file.case.id, staff, Decision.FREEZE)


def test_many_members_join_with_one_phone(shop: Shop, staff: Staff) -> None:
    watched(shop, staff, on_one_phone=2)
    today = later(shop, 0)
    for no, name in enumerate(("赵一", "赵二")):
        with today.store.write() as tx:
            on = today.moment(tx).business_on
            card = f"90000{no}"
            joined = Member(shop.new_id(), card, name, "normal", on, phone="+8613900001234")
            tx.members.add(joined)
        assert looked(today) == no
    line = one_of(today, staff, Signal.ONE_PHONE)
    assert (line.file.pieces, line.file.points) == (2, 0)


def test_many_members_live_at_one_address(shop: Shop, staff: Staff) -> None:
    watched(shop, staff, on_one_phone=2)
    today = later(shop, 0)
    for no in range(2):
        with today.store.write() as tx:
            on, ident = today.moment(tx).business_on, shop.new_id()
            tx.members.add(Member(ident, f"90000{no}", "赵一", "normal", on))
            tx.profiles.write(ident, {ADDRESS: "中山路 1 号"})
        assert looked(today) == no
    assert one_of(today, staff, Signal.ONE_PHONE).file.pieces == 2


def test_a_new_phone_and_at_once_a_reward(shop: Shop, staff: Staff) -> None:
    watched(shop, staff)
    count_rewards(shop, "soap", 5, staff=staff)
    now, member = later(shop, 0), file_of(shop, GOLD).member.id
    correct_points(now, member, 50, **by_hand(shop, staff))
    for fields, opened in (("address", 0), ("address phone", 1)):
        with now.store.write() as tx:
            tx.audit.note(
                "member_edited",
                at_us=now.clock.now_us(),
                staff_no=staff.no,
                subject=member.hex,
                detail=fields,
            )
        redeem(now, member, "soap", 1, redemption_id=shop.new_id(), staff=staff)
        assert looked(now) == opened


def test_somebody_sells_at_night(shop: Shop, staff: Staff) -> None:
    watched(shop, staff)
    evening, night = later(shop, 14 * HOUR_S), later(shop, 15 * HOUR_S)  # 22:00, 23:00
    settled(evening, staff, VITAMIN)
    assert looked(evening) == 0
    settled(night, staff, VITAMIN)
    assert looked(night) == 1
    assert one_of(night, staff, Signal.AFTER_CLOSING).who == "店长"


def test_what_was_undone_is_no_evidence(shop: Shop, staff: Staff) -> None:
    from core.actions.void import void_sale
    from core.sales.explanation import CounterReason, Explanation

    watched(shop, staff, earned_at_one=0)
    today = later(shop, 0)
    settled(today, staff, GOLD, CALCIUM)
    sale = settled(today, staff, GOLD, CALCIUM).sale
    why = Explanation(CounterReason.OTHER, "试一试")
    void_sale(today, sale.sale_id, explanation=why, staff=staff)
    assert looked(today) == 0
