"""存下的条件: kept under a name, shared by everybody, and whom they mean."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.login import login
from core.actions.merge_members import merge_members
from core.actions.roll import count_segments, fill_roll, find_members
from core.actions.segments import (
    keep_segment,
    members_of_segment,
    remove_segment,
    saved_segments,
)
from core.actions.void import void_sale
from core.errors import (
    BadSegment,
    BadSegmentName,
    NoSuchSegment,
    RollNotReady,
    SegmentNameTaken,
)
from core.members.segment import Doubt, Segment, segment_written, written
from core.ports.roll import Sort, Wanted
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, SILVER, settled
from tests.builders import PIN, audit_rows, file_of

WHY = Explanation(CounterReason.OTHER, "试一试")
GOLDEN = Segment(tiers=("gold",))


@pytest.fixture
def staff(shop: Shop) -> Staff:
    return login(shop, PIN)


def test_conditions_get_a_name_another_one_and_go(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "  金卡 客人 ", GOLDEN, staff=staff)
    assert (kept.name, kept.conditions) == ("金卡 客人", GOLDEN)
    later = keep_segment(shop, "积分多", Segment(points_from=1000), staff=staff)
    other = keep_segment(
        shop, "金卡", Segment(tiers=("gold",), has_phone=True), staff=staff, segment_id=kept.id
    )
    assert saved_segments(shop, staff=staff) == (other, later)
    remove_segment(shop, kept.id, staff=staff)
    assert saved_segments(shop, staff=staff) == (later,)


def test_the_audit_says_who_kept_and_removed_what(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "金卡", GOLDEN, staff=staff)
    remove_segment(shop, kept.id, staff=staff)
    rows = [row for row in audit_rows(shop) if row["what"].startswith("segment")]
    assert [(row["what"], row["staff_no"], row["subject"]) for row in rows] == [
        ("segment_kept", staff.no, "金卡"),
        ("segment_removed", staff.no, "金卡"),
    ]


def test_two_are_not_called_alike_and_none_has_no_name(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "金卡", GOLDEN, staff=staff)
    with pytest.raises(SegmentNameTaken):
        keep_segment(shop, "金卡", Segment(), staff=staff)
    for name in ("", "   ", "很" * 21, "金\u200b卡"):
        with pytest.raises(BadSegmentName):
            keep_segment(shop, name, GOLDEN, staff=staff)
    with pytest.raises(BadSegment):
        keep_segment(shop, "谁也不是", Segment(age_from=40, age_to=30), staff=staff)
    assert saved_segments(shop, staff=staff) == (kept,)


def test_what_somebody_removed_meanwhile_is_said(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "金卡", GOLDEN, staff=staff)
    remove_segment(shop, kept.id, staff=staff)
    for do in (
        lambda: remove_segment(shop, kept.id, staff=staff),
        lambda: keep_segment(shop, "银卡", GOLDEN, staff=staff, segment_id=kept.id),
        lambda: members_of_segment(shop, kept.id, staff=staff),
    ):
        with pytest.raises(NoSuchSegment):
            do()


def test_whom_conditions_mean_is_known_when_the_roll_stands(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "有手机", Segment(has_phone=True), staff=staff)
    with pytest.raises(RollNotReady):
        members_of_segment(shop, kept.id, staff=staff)
    while not fill_roll(shop, staff=staff).is_done:
        pass
    meant = members_of_segment(shop, kept.id, staff=staff)
    assert len(meant) == count_segments(shop, [kept.conditions], staff=staff)[0]
    ours = [file_of(shop, card).member for card in (NORMAL, SILVER, GOLD)]
    assert {each.id for each in ours if each.phone} <= set(meant)
    assert members_of_segment(shop, kept.id, staff=staff, most=1) == meant[:1]


def test_nobody_is_meant_by_what_nobody_meets(shop: Shop, staff: Staff) -> None:
    kept = keep_segment(shop, "没有人", Segment(points_from=10**9), staff=staff)
    while not fill_roll(shop, staff=staff).is_done:
        pass
    assert members_of_segment(shop, kept.id, staff=staff) == ()


def test_who_once_had_a_tier_is_found_when_it_is_gone(shop: Shop, staff: Staff) -> None:
    def meant() -> tuple[set[UUID], set[UUID]]:
        while not fill_roll(shop, staff=staff).is_done:
            pass
        roll, high = shop.store.insight.roll, ("diamond",)
        now, ever = Segment(tiers=high), Segment(peaks=high)
        return set(roll.meant(now, 9)), set(roll.meant(ever, 9))

    plain, silver = (file_of(shop, card).member.id for card in (NORMAL, SILVER))
    assert meant() == (set(), set())
    until = shop.now().business_on + timedelta(days=30)
    grant_tier(shop, plain, tier="diamond", until=until, reason="老客", staff=staff)
    assert meant() == ({plain}, {plain})
    withdraw_tier(shop, plain, staff=staff)
    assert meant() == (set(), {plain})
    merge_members(shop, NORMAL, SILVER, staff=staff)
    assert meant() == (set(), {silver})


def test_what_one_bought_raises_it_and_a_void_does_not_lower_it(shop: Shop, staff: Staff) -> None:
    before, ladder = file_of(shop, NORMAL).member, ("normal", "silver", "gold", "diamond")
    while file_of(shop, NORMAL).member.tier == before.tier:
        sold = settled(shop, staff, NORMAL, OXYGEN)
    risen = ladder.index(file_of(shop, NORMAL).member.tier)
    void_sale(shop, sold.sale.sale_id, explanation=WHY, staff=staff)
    assert file_of(shop, NORMAL).member.tier == before.tier
    while not fill_roll(shop, staff=staff).is_done:
        pass
    ever = [Segment(peaks=ladder[at:]) for at in (risen, risen + 1)]
    found = [before.id in shop.store.insight.roll.meant(each, 9) for each in ever]
    assert found == [True, False]


def test_conditions_are_the_same_after_they_were_written() -> None:
    every = Segment(
        tiers=("gold", "silver"), points_from=1, age_to=60, born_months=(1, 12),
        doubts=(Doubt.NAME,), has_birthday=False, is_visitor=True, came_within=30,
    )  # fmt: skip
    assert segment_written(written(every)) == every
    assert written(Segment()) == "{}"
    assert segment_written('{"points_from": 5, "of_later": [1]}') == Segment(points_from=5)


def test_all_that_were_found_are_gone_through(shop: Shop, staff: Staff) -> None:
    with pytest.raises(RollNotReady), shop.store.insight.roll.take(Wanted()):
        pass
    while not fill_roll(shop, staff=staff).is_done:
        pass
    for wanted in (Wanted(), Wanted("1", Segment(has_phone=True), Sort.POINTS), Wanted("李小")):
        found = find_members(shop, wanted, staff=staff)
        with shop.store.insight.roll.take(wanted) as taken:
            assert taken.members == found.matched.members > 0
            rows = [row for batch in taken.batches() for row in batch if row is not None]
        lines = [line for line in found.lines if line is not None]
        assert [row.member.id for row in rows] == [line.member_id for line in lines]


def test_an_unknown_id_is_no_segment(shop: Shop, staff: Staff) -> None:
    with pytest.raises(NoSuchSegment):
        members_of_segment(shop, UUID(int=9), staff=staff)
