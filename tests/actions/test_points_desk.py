"""积分台: what stands open and what expires, against the lots counted one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from core.actions import points_desk
from core.actions.deeds import correct_points
from core.actions.points_desk import MOST_LISTED, expiring_rows, expiring_within, owed
from core.actions.void import void_sale
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_expiry import give
from tests.actions.test_return import file_of
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, settled
from tests.builders import later


def lots_by_day(shop: Shop, *cards: str) -> dict[date | None, dict[str, int]]:
    """What is left of these members' lots, counted from the ledger."""
    found: dict[date | None, dict[str, int]] = defaultdict(dict)
    with shop.store.read() as reading:
        for card in cards:
            for lot in reading.ledger.lots(file_of(shop, card).member.id):
                row = found[lot.expires_on]
                row[card] = row.get(card, 0) + lot.left
    return found


def test_days_ahead_are_the_lots_of_these_days(shop: Shop, staff: Staff) -> None:
    today = later(shop, 0)
    on = today.now().business_on
    give(today, NORMAL, 70, on=on)
    give(today, GOLD, 30, on=on)
    give(today, GOLD, 12, on=on)
    brute = lots_by_day(today, NORMAL, GOLD)
    last = max(day for day in brute if day is not None)
    days = (last - on).days + 1
    ahead = expiring_within(today, days)
    counted = {each.on: (each.members, each.points) for each in ahead.days}
    for day, by_card in brute.items():
        if day is not None and day >= on:
            members, points = counted[day]
            assert members >= len(by_card)
            assert points >= sum(by_card.values())
    assert ahead.points == sum(each.points for each in ahead.days)
    assert ahead.last == last
    # one day less leaves the last one out
    assert last not in {each.on for each in expiring_within(today, days - 1).days}
    rows = {row.card_no: row.points for row in expiring_rows(today, last, last)}
    assert {card: rows[card] for card in brute[last]} == brute[last]
    assert sum(rows.values()) == counted[last][1]


def test_what_is_owed_names_its_day_and_its_members(shop: Shop, staff: Staff) -> None:
    give(shop, NORMAL, 7_000_000, on=shop.now().business_on)
    found = owed(shop)
    assert found.on == shop.now().business_on
    rows = points_desk.holders(shop)
    assert len(rows) <= MOST_LISTED
    assert rows[0].card_no == NORMAL
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)
    assert sum(row.points for row in rows) == found.owed.points - found.owed.debt
    assert len(rows) == found.owed.members


def test_who_owes_is_listed_apart(shop: Shop, staff: Staff) -> None:
    assert points_desk.debtors(shop) == ()
    sold = settled(shop, staff, NORMAL, OXYGEN).sale
    member_id = file_of(shop, NORMAL).member.id
    balance = file_of(shop, NORMAL).points
    correct_points(
        shop, member_id, -balance, reason="清零", correction_id=shop.new_id(), staff=staff
    )
    mistake = Explanation(CounterReason.WRONG_PRODUCT)
    void_sale(shop, sold.sale_id, explanation=mistake, staff=staff)
    assert [(row.card_no, row.points) for row in points_desk.debtors(shop)] == [
        (NORMAL, -sold.points_earned)
    ]
    assert owed(shop).owed.debt == sold.points_earned > 0


def test_nothing_expires_where_nobody_has_anything(shop: Shop) -> None:
    far = later(shop, int(timedelta(days=20_000).total_seconds()))
    ahead = expiring_within(far, 30)
    assert (ahead.days, ahead.points, ahead.fen) == ((), 0, 0)
    assert points_desk.never_expiring_rows(shop) == ()
