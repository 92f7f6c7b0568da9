"""合并与撤销: what a merge would do is said before; undone, each has their own again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.actions.change_profile import Wish, change_profile
from core.actions.merge_members import merge_members
from core.actions.notes import write_note
from core.actions.preview_merge import preview_merge
from core.actions.undo_merge import undo_merge, undoable_merges
from core.errors import MergedOn, MergedTooLong, NotMerged, SameMember
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.actions.test_take_members import id_of
from tests.builders import file_of
from tests.chained import events_of


def write(shop: Shop, staff: Staff, card: str, **values: str) -> None:
    wishes = [Wish(field, "", value) for field, value in values.items()]
    assert not change_profile(shop, id_of(shop, card), wishes, staff=staff).meanwhile


def values(shop: Shop, card: str) -> dict[str, str]:
    with shop.store.read() as reading:
        return reading.profiles.of(id_of(shop, card))


def merges_of(shop: Shop, card: str):
    with shop.store.read() as reading:
        return undoable_merges(reading, id_of(shop, card), shop.moment(reading).business_on)


def test_a_merge_says_beforehand_what_it_will_do(shop: Shop, staff: Staff) -> None:
    write(shop, staff, SILVER, occupation="教师", email="a@b.cn")
    write(shop, staff, GOLD, occupation="医生")
    settled(shop, staff, SILVER, VITAMIN)
    gone, into = file_of(shop, SILVER), file_of(shop, GOLD)
    before = len(events_of(shop))
    said = preview_merge(shop, gone.member.id, into.member.id, staff=staff)
    assert (said.merging.points, said.tier, said.bought) == (gone.points, "金卡", 1)
    fields = {each.field: (each.gone, each.into) for each in said.fields}
    assert fields["occupation"] == ("教师", "医生")
    assert fields["email"] == ("a****", "")
    assert fields["name"] == ("陈*", "李*华")
    assert len(events_of(shop)) == before
    with pytest.raises(SameMember):
        preview_merge(shop, into.member.id, into.member.id, staff=staff)


def test_who_stays_has_what_was_chosen_and_what_was_missing(shop: Shop, staff: Staff) -> None:
    write(shop, staff, SILVER, occupation="教师", email="a@b.cn", tags="老客、糖友")
    write(shop, staff, GOLD, occupation="医生", wechat="li", tags="糖友、团购")
    merge_members(shop, SILVER, GOLD, takes=["occupation"], staff=staff)
    now = values(shop, GOLD)
    assert (now["occupation"], now["email"], now["wechat"]) == ("教师", "a@b.cn", "li")
    assert now["tags"] == "糖友、团购、老客"
    assert file_of(shop, GOLD).member.name == "李小华"


def test_undone_each_has_their_own_again(shop: Shop, staff: Staff) -> None:
    write(shop, staff, SILVER, occupation="教师", email="a@b.cn")
    before = [file_of(shop, card) for card in (SILVER, GOLD)]
    merge_members(shop, SILVER, GOLD, staff=staff)
    write(shop, staff, GOLD, wechat="li")
    (merge,) = merges_of(shop, GOLD)
    assert (merge.name, merge.card, merge.points) == ("陈*", "****0002", before[0].points)
    undone = undo_merge(shop, id_of(shop, GOLD), merge.merge_id, staff=staff)
    assert undone.points == before[0].points
    after = [file_of(shop, card) for card in (SILVER, GOLD)]
    for was, now in zip(before, after, strict=True):
        assert (now.member, now.points, now.merged_into) == (was.member, was.points, None)
    assert values(shop, GOLD) == {"wechat": "li"}
    with shop.store.read() as reading:
        assert [row.key for row in reading.suggest("陈明")] == [SILVER]
    assert merges_of(shop, GOLD) == ()
    (event,) = [each for each in events_of(shop) if each.kind == "MembersParted"]
    body = json.loads(event.data)["body"]
    assert sum(points for _, _, points, _ in body["lots"]) == before[0].points
    merge_members(shop, SILVER, GOLD, staff=staff)
    assert len(merges_of(shop, GOLD)) == 1


def test_a_tier_that_only_both_had_falls_and_what_was_decided_since_stays(
    shop: Shop, staff: Staff
) -> None:
    before = file_of(shop, NORMAL).member
    merge_members(shop, GOLD, NORMAL, staff=staff)
    assert file_of(shop, NORMAL).member.tier == "gold"
    (merge,) = merges_of(shop, NORMAL)
    undo_merge(shop, id_of(shop, NORMAL), merge.merge_id, staff=staff)
    after = file_of(shop, NORMAL).member
    assert (after.tier, after.tier_until) == (before.tier, before.tier_until)
    assert file_of(shop, GOLD).member.tier == "gold"


def test_what_was_spent_meanwhile_stays_spent(shop: Shop, staff: Staff) -> None:
    points = file_of(shop, SILVER).points
    merge_members(shop, SILVER, GOLD, staff=staff)
    settled(shop, staff, GOLD, VITAMIN)
    earned = file_of(shop, GOLD).points
    (merge,) = merges_of(shop, GOLD)
    undo_merge(shop, id_of(shop, GOLD), merge.merge_id, staff=staff)
    assert file_of(shop, SILVER).points == points
    assert file_of(shop, GOLD).points == earned - points


def test_of_three_the_last_merge_is_undone_first(shop: Shop, staff: Staff) -> None:
    merge_members(shop, NORMAL, SILVER, staff=staff)
    (first,) = merges_of(shop, SILVER)
    merge_members(shop, SILVER, GOLD, staff=staff)
    with pytest.raises(MergedOn):
        undo_merge(shop, id_of(shop, SILVER), first.merge_id, staff=staff)
    (second,) = merges_of(shop, GOLD)
    undo_merge(shop, id_of(shop, GOLD), second.merge_id, staff=staff)
    assert file_of(shop, NORMAL).merged_into == id_of(shop, SILVER)
    with pytest.raises(NotMerged):
        undo_merge(shop, id_of(shop, GOLD), second.merge_id, staff=staff)


def test_after_thirty_days_it_stays(shop: Shop, staff: Staff) -> None:
    merge_members(shop, SILVER, GOLD, staff=staff)
    (merge,) = merges_of(shop, GOLD)
    later = datetime.now(UTC) + timedelta(days=32)
    with time_machine.travel(later):
        assert merges_of(shop, GOLD) == ()
        with pytest.raises(MergedTooLong):
            undo_merge(shop, id_of(shop, GOLD), merge.merge_id, staff=staff)


def test_what_was_written_of_who_goes_is_said_of_who_stays(shop: Shop, staff: Staff) -> None:
    write_note(shop, id_of(shop, SILVER), text="青霉素过敏", staff=staff, is_urgent=True)
    merge_members(shop, SILVER, GOLD, staff=staff)
    assert [note.text for note in file_of(shop, GOLD).notes] == ["青霉素过敏"]


def test_what_is_taken_over_leaves_the_tier_that_both_have(shop: Shop, staff: Staff) -> None:
    write(shop, staff, GOLD, email="a@b.cn")
    merge_members(shop, GOLD, NORMAL, staff=staff)
    assert values(shop, NORMAL)["email"] == "a@b.cn"
    assert file_of(shop, NORMAL).member.tier == "gold"
