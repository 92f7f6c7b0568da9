"""积分台: what stands open and what expires, against the lots counted one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

import pytest

import storage.moved_points as moved_points_of_store
from core.actions import points_desk, points_ledger
from core.actions.deeds import correct_points
from core.actions.points_desk import MOST_LISTED, expiring_rows, expiring_within, owed
from core.actions.points_ledger import moved_one, moved_points
from core.actions.void import void_sale
from core.errors import NotAllowed
from core.points.ledger import Cause
from core.ports.points_desk import MovedRow, Sought
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


def fix(shop: Shop, staff: Staff, card: str, points: int) -> UUID:
    """A correction by hand."""
    ident, member_id = shop.new_id(), file_of(shop, card).member.id
    correct_points(shop, member_id, points, reason="补记", correction_id=ident, staff=staff)
    return ident


def test_days_ahead_are_the_lots_of_these_days(shop: Shop, staff: Staff) -> None:
    today = later(shop, 0)
    on = today.now().business_on
    give(today, NORMAL, 70, on=on)
    give(today, GOLD, 30, on=on)
    give(today, GOLD, 12, on=on)
    brute = lots_by_day(today, NORMAL, GOLD)
    last = max(day for day in brute if day is not None)
    days = (last - on).days + 1
    ahead = expiring_within(today, days, staff=staff)
    counted = {each.on: (each.members, each.points) for each in ahead.days}
    for day, by_card in brute.items():
        if day is not None and day >= on:
            members, points = counted[day]
            assert members >= len(by_card)
            assert points >= sum(by_card.values())
    assert ahead.points == sum(each.points for each in ahead.days)
    assert ahead.last == last
    # one day less leaves the last one out
    assert last not in {each.on for each in expiring_within(today, days - 1, staff=staff).days}
    rows = {row.card_no: row.points for row in expiring_rows(today, last, last, staff=staff)}
    assert {card: rows[card] for card in brute[last]} == brute[last]
    assert sum(rows.values()) == counted[last][1]


def test_what_is_owed_names_its_day_and_its_members(shop: Shop, staff: Staff) -> None:
    give(shop, NORMAL, 7_000_000, on=shop.now().business_on)
    found = owed(shop, staff=staff)
    assert found.on == shop.now().business_on
    rows = points_desk.holders(shop, staff=staff)
    assert len(rows) <= MOST_LISTED
    assert rows[0].card_no == NORMAL
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)
    assert sum(row.points for row in rows) == found.owed.points - found.owed.debt
    assert len(rows) == found.owed.members


def test_who_owes_is_listed_apart(shop: Shop, staff: Staff) -> None:
    assert points_desk.debtors(shop, staff=staff) == ()
    sold = settled(shop, staff, NORMAL, OXYGEN).sale
    member_id = file_of(shop, NORMAL).member.id
    balance = file_of(shop, NORMAL).points
    correct_points(
        shop, member_id, -balance, reason="清零", correction_id=shop.new_id(), staff=staff
    )
    mistake = Explanation(CounterReason.WRONG_PRODUCT)
    void_sale(shop, sold.sale_id, explanation=mistake, staff=staff)
    assert [(row.card_no, row.points) for row in points_desk.debtors(shop, staff=staff)] == [
        (NORMAL, -sold.points_earned)
    ]
    assert owed(shop, staff=staff).owed.debt == sold.points_earned > 0


def test_nothing_expires_where_nobody_has_anything(shop: Shop, staff: Staff) -> None:
    far = later(shop, int(timedelta(days=20_000).total_seconds()))
    ahead = expiring_within(far, 30, staff=staff)
    assert (ahead.days, ahead.points, ahead.fen) == ((), 0, 0)
    assert points_desk.never_expiring_rows(shop, staff=staff) == ()


def all_pages(shop: Shop, staff: Staff, sought: Sought, text: str = "") -> list[MovedRow]:
    """Every row, page after page."""
    rows: list[MovedRow] = []
    page = moved_points(shop, sought, text=text, staff=staff)
    rows.extend(page.rows)
    while page.rest is not None:
        page = moved_points(shop, sought, text=text, behind=page.rest, staff=staff)
        rows.extend(page.rows)
    return rows


@pytest.fixture(params=[1, 3, 1000])
def few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Slices and pages so small that every seam is walked over."""
    monkeypatch.setattr(moved_points_of_store, "AT_ONCE", request.param)
    monkeypatch.setattr(points_ledger, "PAGE", 2)
    return int(request.param)


def test_the_ledger_is_found_whole_in_order_whatever_the_page(
    shop: Shop, staff: Staff, few_at_once: int
) -> None:
    settled(shop, staff, NORMAL, OXYGEN)
    give(shop, GOLD, 70, on=date(2098, 1, 1))
    fix(shop, staff, NORMAL, -3)
    fix(shop, staff, GOLD, 40)
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        brute = connection.execute(
            "SELECT id, business_on, cause, amount, debit_member, credit_member, sale_id "
            "FROM transfers ORDER BY business_on DESC, id DESC"
        ).fetchall()
    rows = all_pages(shop, staff, Sought())
    assert [row.id.bytes for row in rows] == [each[0] for each in brute]
    assert [abs(row.points) for row in rows] == [each[3] for each in brute]
    days = sorted({each[1] for each in brute})
    one_day = date.fromordinal(days[len(days) // 2])
    found = all_pages(shop, staff, Sought(first=one_day, last=one_day))
    assert [row.id.bytes for row in found] == [e[0] for e in brute if e[1] == one_day.toordinal()]
    found = all_pages(shop, staff, Sought(causes=(Cause.CORRECTION,)))
    assert [row.points for row in found] == [40, -3]
    found = all_pages(shop, staff, Sought(least=40, most=70))
    assert [row.id.bytes for row in found] == [e[0] for e in brute if 40 <= e[3] <= 70]
    who = file_of(shop, GOLD).member.id.bytes
    found = all_pages(shop, staff, Sought(), GOLD)
    assert [row.id.bytes for row in found] == [e[0] for e in brute if who in (e[4], e[5])]
    assert {row.card_no for row in found} == {GOLD}


def test_a_receipt_opens_from_what_it_gave(shop: Shop, staff: Staff) -> None:
    sold = settled(shop, staff, NORMAL, OXYGEN).sale
    (row,) = all_pages(shop, staff, Sought(), sold.no.lower())
    assert (row.points, row.cause, row.sale_no) == (sold.points_earned, Cause.SALE, sold.no)
    found = moved_one(shop, row.id, staff=staff)
    assert found is not None
    assert found.receipt == sold.receipt


def test_a_correction_opens_with_its_reason_and_who(shop: Shop, staff: Staff) -> None:
    ident = fix(shop, staff, NORMAL, 25)
    found = moved_one(shop, ident, staff=staff)
    assert found is not None and found.correction is not None
    assert (found.correction.words, found.by, found.approved_by) == ("补记", "店长", "店长")


def test_a_text_that_means_nobody_finds_nothing(shop: Shop, staff: Staff) -> None:
    fix(shop, staff, NORMAL, 25)
    assert all_pages(shop, staff, Sought(), "没有这个人") == []
    assert moved_one(shop, shop.new_id(), staff=staff) is None


def test_no_cashier_reads_the_ledger(shop: Shop, fang: Staff) -> None:
    with pytest.raises(NotAllowed):
        moved_points(shop, Sought(), staff=fang)
