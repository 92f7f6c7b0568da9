"""抽奖: promised, closed, drawn, given; each step once, and each leaves its trace."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from core.actions.attend import come
from core.actions.cards import freeze_member
from core.actions.consents import withdraw_consent
from core.actions.draws import (
    CameTo,
    DrawSeen,
    OfSegment,
    SpentEach,
    close_draw,
    commit_draw,
    draw_certificate,
    draw_winners,
    give_prize,
    leave_draw,
    look_at_draw,
    look_at_draws,
)
from core.actions.forget_member import forget_member
from core.actions.merge_members import merge_members
from core.actions.roll import fill_roll
from core.actions.segments import keep_segment
from core.errors import (
    BadDraw,
    DrawElsewhere,
    DrawEmpty,
    NoSuchDraw,
    NoSuchMember,
    PrizeGiven,
    RollNotReady,
)
from core.members.certificate import Why
from core.members.segment import Segment
from core.shop import Shop
from core.trust.draw import Prize
from core.trust.draw_record import certificate_bytes, replay
from core.trust.staff import Staff
from tests.actions.test_activities import ids, planned
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.builders import audit_rows, file_of

__all__ = ["ids"]
PHONED = Segment(has_phone=True)
PRIZES = [Prize("电饭煲", 1), Prize("大米", 2)]


def promised(shop: Shop, staff: Staff) -> UUID:
    return commit_draw(shop, shop.new_id(), "重阳抽奖", PRIZES, staff=staff).draw.plan.id


def closed(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> UUID:
    """A draw among the three who came."""
    draw_id, activity = promised(shop, staff), planned(shop, staff)
    for member_id in ids.values():
        come(shop, activity.id, member_id, staff=staff)
    close_draw(shop, draw_id, CameTo(activity.id), words="沙龙到场的", staff=staff)
    return draw_id


def keys(seen: DrawSeen) -> list[str]:
    return [each.listed.card_no if each.listed else "" for each in seen.won]


def test_from_the_promise_to_the_prizes(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    draw_id = closed(shop, staff, ids)
    before = look_at_draw(shop, draw_id, staff=staff)
    assert (before.seed, before.won) == ("", ())
    assert [each.no for each in before.listed] == [1, 2, 3]
    seen = draw_winners(shop, draw_id, word=" 菊花 ", staff=staff)
    assert sorted(keys(seen)) == [GOLD, SILVER, NORMAL]
    assert draw_winners(shop, draw_id, word="另一个", staff=staff).won == seen.won
    first = seen.won[0]
    assert first.listed is not None
    for _ in range(2):
        given = give_prize(shop, draw_id, 0, 0, first.listed.member_id, staff=staff)
    assert [each.given_us is not None for each in given.won] == [True, False, False]
    assert [draw.plan.id for draw in look_at_draws(shop)] == [draw_id]
    said = [row["what"] for row in audit_rows(shop) if row["what"][:5] in ("draw_", "prize")]
    assert said == ["draw_committed", "draw_closed", "draw_drawn", "prize_given"]


def test_nothing_of_the_seed_is_told_before_it_is_drawn(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    """Neither in what goes to the server nor in the audit: only hashes, until the draw."""
    draw_id = closed(shop, staff, ids)
    with shop.store.read() as reading:
        draw = reading.draws.get(draw_id)
    assert draw is not None
    seed = draw.committed.seed.hex()
    assert seed not in told(shop)
    draw_winners(shop, draw_id, word="", staff=staff)
    assert seed in told(shop)


def told(shop: Shop) -> str:
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        rows = connection.execute("SELECT CAST(data AS BLOB) FROM events").fetchall()
    return "".join(data.decode() for (data,) in rows) + repr(audit_rows(shop))


def test_the_certificate_is_drawn_again_and_names_nobody(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    draw_id = closed(shop, staff, ids)
    with pytest.raises(DrawElsewhere):
        draw_certificate(shop, draw_id)
    seen = draw_winners(shop, draw_id, word="菊花", staff=staff)
    data = certificate_bytes(draw_certificate(shop, draw_id))
    again = replay(data)
    assert again.is_good
    assert (again.commitment, again.list_sha256) == (seen.commitment, seen.list_sha256)
    assert list(again.numbers) == [each.listed.no for each in seen.won if each.listed]
    for member_id in ids.values():
        assert member_id.hex not in data.decode()
    for card in (GOLD, SILVER, NORMAL):
        assert f'"{card}"' not in data.decode()


def test_who_leaves_leaves_their_prize_to_the_next(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    activity, draw_id = planned(shop, staff), shop.new_id()
    for member_id in ids.values():
        come(shop, activity.id, member_id, staff=staff)
    commit_draw(shop, draw_id, "抽奖", [Prize("米", 1)], staff=staff)
    with pytest.raises(DrawElsewhere):
        leave_draw(shop, draw_id, ids[GOLD], staff=staff)
    close_draw(shop, draw_id, CameTo(activity.id), words="到场的", staff=staff)
    seen = draw_winners(shop, draw_id, word="", staff=staff)
    first = seen.won[0].listed
    assert first is not None
    for _ in range(2):
        now = leave_draw(shop, draw_id, first.member_id, staff=staff)
    heir = now.won[0].listed
    assert heir is not None and heir.member_id != first.member_id
    assert [each.is_gone for each in now.listed].count(True) == 1
    with pytest.raises(DrawElsewhere):
        give_prize(shop, draw_id, 0, 0, first.member_id, staff=staff)
    give_prize(shop, draw_id, 0, 0, heir.member_id, staff=staff)
    with pytest.raises(PrizeGiven):
        leave_draw(shop, draw_id, heir.member_id, staff=staff)
    with pytest.raises(NoSuchMember):
        leave_draw(shop, draw_id, shop.new_id(), staff=staff)
    assert replay(certificate_bytes(draw_certificate(shop, draw_id))).is_good


def test_one_ticket_for_each_full_sum_that_was_spent(
    shop: Shop, staff: Staff, ids: dict[str, UUID]
) -> None:
    spent = {card: settled(shop, staff, card, CALCIUM).sale.payable_fen for card in (GOLD, NORMAL)}
    settled(shop, staff, VITAMIN)
    on, each = shop.now().business_on, 20_00
    draw_id = promised(shop, staff)
    seen = close_draw(shop, draw_id, SpentEach(on, on, each), words="消费", staff=staff)
    assert {row.card_no: row.tickets for row in seen.listed} == {
        card: fen // each for card, fen in spent.items()
    }
    again = close_draw(shop, draw_id, SpentEach(on, on, 1), words="另一个", staff=staff)
    assert again.listed == seen.listed
    other, day = promised(shop, staff), on - timedelta(1)
    with pytest.raises(DrawEmpty):
        close_draw(shop, other, SpentEach(day, day, each), words="昨天", staff=staff)
    for source in (SpentEach(on, day, each), SpentEach(on, on, 0)):
        with pytest.raises(BadDraw):
            close_draw(shop, other, source, words="消费", staff=staff)


def test_whom_saved_conditions_mean_when_the_list_is_closed(shop: Shop, staff: Staff) -> None:
    draw_id, kept = promised(shop, staff), keep_segment(shop, "有手机", PHONED, staff=staff)
    source = OfSegment(kept.id)
    with pytest.raises(RollNotReady):
        close_draw(shop, draw_id, source, words="有手机的", staff=staff)
    assert look_at_draw(shop, draw_id, staff=staff).draw.closed is None
    while not fill_roll(shop, staff=staff).is_done:
        pass
    freeze_member(shop, file_of(shop, GOLD).member.id, reason="查一下", staff=staff)
    seen = close_draw(shop, draw_id, source, words="有手机的", staff=staff)
    cards = [each.card_no for each in seen.listed]
    assert {SILVER, NORMAL} <= set(cards)
    assert GOLD not in cards


def test_who_may_not_win_is_not_on_the_list(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity, draw_id = planned(shop, staff), promised(shop, staff)
    for member_id in ids.values():
        come(shop, activity.id, member_id, staff=staff)
    freeze_member(shop, ids[GOLD], reason="查一下", staff=staff)
    withdraw_consent(shop, ids[SILVER], reason="不想了", staff=staff)
    seen = close_draw(shop, draw_id, CameTo(activity.id), words="到场的", staff=staff)
    assert [each.card_no for each in seen.listed] == [NORMAL]


def test_who_was_erased_wins_nothing(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity, draw_id = planned(shop, staff), promised(shop, staff)
    for member_id in ids.values():
        come(shop, activity.id, member_id, staff=staff)
    forget_member(shop, ids[GOLD], Why.ASKED, staff=staff)
    seen = close_draw(shop, draw_id, CameTo(activity.id), words="到场的", staff=staff)
    assert sorted(each.card_no for each in seen.listed) == sorted((SILVER, NORMAL))


def test_who_became_another_is_on_it_once(shop: Shop, staff: Staff, ids: dict[str, UUID]) -> None:
    activity, draw_id = planned(shop, staff), promised(shop, staff)
    for member_id in ids.values():
        come(shop, activity.id, member_id, staff=staff)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    seen = close_draw(shop, draw_id, CameTo(activity.id), words="到场的", staff=staff)
    assert sorted(each.card_no for each in seen.listed) == [GOLD, SILVER]


def test_steps_out_of_turn(shop: Shop, staff: Staff) -> None:
    draw_id = promised(shop, staff)
    same = commit_draw(shop, draw_id, "另一个", PRIZES, staff=staff)
    assert same.draw.plan.name == "重阳抽奖"
    with pytest.raises(DrawElsewhere):
        draw_winners(shop, draw_id, word="", staff=staff)
    with pytest.raises(BadDraw):
        draw_winners(shop, draw_id, word="长" * 61, staff=staff)
    with pytest.raises(NoSuchDraw):
        look_at_draw(shop, shop.new_id(), staff=staff)
    with pytest.raises(NoSuchDraw):
        draw_certificate(shop, shop.new_id())


@pytest.mark.parametrize("table", ["draws", "draw_lists", "draw_words", "draw_gone", "draw_given"])
def test_the_store_changes_nothing_of_a_draw(
    shop: Shop, staff: Staff, ids: dict[str, UUID], table: str
) -> None:
    draw_id = closed(shop, staff, ids)
    seen = draw_winners(shop, draw_id, word="", staff=staff)
    first, second = seen.won[0].listed, seen.won[1].listed
    assert first and second
    give_prize(shop, draw_id, 0, 0, first.member_id, staff=staff)
    leave_draw(shop, draw_id, second.member_id, staff=staff)
    for statement in (f"UPDATE {table} SET at_us = 0", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="kept for ever"), shop.store.writer() as connection:  # type: ignore[attr-defined]
            connection.execute(statement)
