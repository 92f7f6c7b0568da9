"""报表: every question gives what a count by hand gives, over a shop in which all happens."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from core.actions.merge_members import merge_members
from core.actions.reports import questions, report, report_for
from core.actions.return_sale import return_sale
from core.errors import BadDates, NoSuchInsight, NotAllowed, ReportsMissing
from core.ports.insight import Kind
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from storage import insight as insights
from tests.actions.busy_shop import BusyShop, all_days
from tests.actions.report_by_hand import ByHand
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, SILVER, settled
from tests.actions.test_today import Ahead
from tests.builders import manager_of

ASKED = (
    "days hours products categories brands cashiers tiers members offers given visitors "
    "renewals growth activity frequency repurchase"
).split()
ONE = timedelta(days=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_question_gives_what_a_count_by_hand_gives(
    shop: Shop, staff: Staff, fang: Staff, seed: int
) -> None:
    busy = BusyShop(shop, (staff, fang), seed)
    random = Random(seed)
    for _ in range(2):
        busy.trade(40, merges=not busy.became)
        first, last = all_days(busy)
        some = first + ONE * random.randrange((last - first).days + 1)
        for span in ((first, last), (first, some), (some, some)):
            by_hand = ByHand(busy, *span)
            with shop.store.insight.opened() as copy:
                copy.keep_up(lambda _copied, _all: None)
                answers = {question: copy.ask(question, *span) for question in questions(shop)}
            for question, found in answers.items():
                assert list(found.rows) == by_hand.answer(question), (question, span)


def test_what_came_back_before_two_became_one_is_theirs(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    second = settled(shop, staff, NORMAL, OXYGEN).sale
    return_sale(
        shop,
        sale.sale_id,
        {1: 1000},
        return_id=shop.new_id(),
        explanation=Explanation(CounterReason.QUALITY),
        staff=staff,
    )
    merge_members(shop, NORMAL, SILVER, staff=staff)
    on = shop.now().business_on
    assert report(shop, "frequency", on, on).found.rows == ((2, 1, second.payable_fen),)


def test_the_reports_are_those_that_are_told(shop: Shop) -> None:
    assert sorted(questions(shop)) == sorted(ASKED)


@pytest.mark.parametrize("question", ASKED)
def test_an_empty_shop_is_answered_too(shop: Shop, question: str) -> None:
    on = shop.now().business_on
    earlier = on - 4000 * ONE
    found = report(shop, question, earlier, earlier, against=True)
    values = [
        value
        for row in found.found.rows
        for heading, value in zip(found.found.headings, row, strict=True)
        if heading.kind is not Kind.WORDS
    ]
    assert not any(values)


def test_days_before_stand_beside_these_by_their_order(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, GOLD, OXYGEN)
    on = shop.now().business_on
    found = report(shop, "days", on, on, against=True)
    assert (len(found.found.rows), found.before) == (1, (None,))
    whole = report(shop, "days", on + ONE, on + ONE, against=True)
    assert (whole.found.rows, whole.before) == ((), ())
    longer = report(shop, "cashiers", on + ONE, on + 2 * ONE, against=True)
    assert longer.found.rows == ()
    members = report(shop, "members", on + ONE, on + 2 * ONE, against=True)
    assert members.found.rows[0][0] == 0
    assert members.before[0] is not None and members.before[0][0] == 1


def test_who_waits_hears_before_each_question_how_long_all_takes(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(shop, staff, NORMAL, OXYGEN)
    on = shop.now().business_on
    heard: list[int | None] = []
    report(shop, "days", on, on, against=True, on_asked=heard.append)
    assert heard == [None, None]
    with shop.store.insight.opened() as copy:
        monkeypatch.setattr(type(copy), "takes_ms", lambda *_words: 3000)
    heard.clear()
    report(shop, "days", on, on, against=True, on_asked=heard.append)
    assert heard == [6000, 3000]
    heard.clear()
    report(shop, "days", on, on, on_asked=heard.append)
    assert heard == [3000]


def test_tiers_and_people_come_by_their_names(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, GOLD, OXYGEN)
    on = shop.now().business_on
    assert report(shop, "tiers", on, on).found.rows[0][0] == "金卡"
    assert report(shop, "cashiers", on, on).found.rows[0][0] == manager_of(shop).name


def test_dates_and_names_that_cannot_be_are_refused(shop: Shop) -> None:
    on = shop.now().business_on
    with pytest.raises(BadDates):
        report(shop, "days", on, on - ONE)
    with pytest.raises(NoSuchInsight):
        report(shop, "takings", on, on)
    for first, last in ((date.min, date.min), (date.min, date.max), (date.max, date.max)):
        report(shop, "days", first, last)


def test_the_first_day_of_all_has_nothing_before_it(shop: Shop) -> None:
    found = report(shop, "members", date.min, date.max, against=True)
    assert found.before == (None,)


def test_a_cashier_asks_for_no_report(shop: Shop, fang: Staff) -> None:
    on = shop.now().business_on
    with pytest.raises(NotAllowed):
        report_for(shop, "days", on, on, staff=fang)


def test_without_the_libraries_it_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "storage.insight.insight", None)
    with pytest.raises(ReportsMissing):
        insights.insight_of(shop.store, b"")  # type: ignore[arg-type]


def test_a_report_stands_beside_the_same_days_of_last_year(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, NORMAL, OXYGEN)
    on = shop.now().business_on
    found = report(shop, "days", on, on, against=True, a_year=True)
    assert (found.before, found.is_year) == ((None,), True)
    earlier = found.earlier
    assert earlier is not None
    assert [day.year for day in earlier] == [on.year - 1] * 2
    ahead = replace(shop, clock=Ahead(shop.clock, 365 * 86_400))
    settled(ahead, staff, NORMAL, OXYGEN)
    later = ahead.now().business_on
    days = report(ahead, "days", later, later, against=True, a_year=True)
    months = report(ahead, "growth", on, later, against=True, a_year=True)
    assert days.before[0] is not None
    assert len(months.before) == len(months.found.rows)
