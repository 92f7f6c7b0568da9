"""总部的规则册: it holds from its business day on, also on a till that was away on that day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace

from core.actions.counter import new_basket, reprice
from core.actions.head_office import open_cases
from core.actions.issue import Issued, issue_rulebook, rulebook_on
from core.actions.publish_rulebook import publish_rulebook
from core.actions.pull import pull
from core.actions.scan import scan
from core.actions.settle import settle
from core.actions.sync import begin, leave_chain
from core.actions.take_snapshot import begin_anew
from core.errors import (
    BeginsTooEarly,
    NoRulebook,
    OldRulebook,
    PriceChanged,
    RulebookOfOffice,
)
from core.ports import Clock
from core.pricing.tender import Tender, TenderKind
from core.rulebook.offers import Step, Threshold
from core.rulebook.parse import record_of
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.feed import Change, Page, RulebookIssued
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_pull import line as line
from tests.actions.test_pull import pulled
from tests.actions.test_settle import VITAMIN, settled
from tests.chained import PROGRAM, Line, an_office, events_of, send_all

DAY = timedelta(days=1)
DAY_US = 24 * 3600 * 1_000_000


class Ahead:
    """So many days ahead of another clock."""

    def __init__(self, clock: Clock, days: int) -> None:
        self._clock, self._us = clock, days * DAY_US

    def now_us(self) -> int:
        return self._clock.now_us() + self._us

    steady_us = now_us


def later(shop: Shop, days: int) -> Shop:
    """The same shop so many days later."""
    return replace(shop, clock=Ahead(shop.clock, days))


def today(shop: Shop) -> date:
    return shop.now().business_on


def cheaper(shop: Shop, version: int, off_fen: int = 100) -> Rulebook:
    """That of the till, with so much off each basket."""
    offer = Threshold(id="off", name="满 1 减", steps=(Step(from_fen=100, off_fen=off_fen),))
    return replace(new_basket(shop).rulebook, version=version, offers=(offer,))


def issue(shop: Shop, line: Line, rulebook: Rulebook, *, days: int = 0) -> Issued:
    on = today(shop)
    return issue_rulebook(line.office, rulebook, begins_on=on + days * DAY, today=on)


def version(shop: Shop) -> int:
    return new_basket(shop).rulebook.version


def aside(shop: Shop) -> list[str]:
    with shop.store.read() as reading:
        return [each.error for each in reading.feed.aside()]


def test_one_that_begins_today_prices_the_next_basket(shop: Shop, staff: Staff, line: Line) -> None:
    before = settled(shop, staff, VITAMIN)
    issue(shop, line, cheaper(shop, 7))
    assert version(shop) != 7
    pulled(shop, line)
    after = settled(shop, staff, VITAMIN)
    assert after.sale.payable_fen == before.sale.payable_fen - 100
    (began,) = (each for each in events_of(shop) if each.kind == "RulebookBegan")
    assert msgspec.json.decode(began.data)["body"] == {
        "version": 7,
        "begins_on": today(shop).isoformat(),
    }
    pulled(shop, line)
    send_all(shop, line)
    assert [each.kind for each in events_of(shop)].count("RulebookBegan") == 1


def test_one_for_another_day_waits_for_it_also_without_a_network(
    shop: Shop, staff: Staff, line: Line
) -> None:
    issue(shop, line, cheaper(shop, 7), days=1)
    issue(shop, line, cheaper(shop, 8, 200), days=3)
    issue(shop, line, cheaper(shop, 9, 300), days=2)
    pulled(shop, line)
    now = version(shop)
    assert now not in (7, 8, 9)
    assert [version(later(shop, days)) for days in (0, 1, 2, 3, 4)] == [now, 7, 9, 8, 8]


def kept_for_later(folder: Path) -> Path:
    """A backup of head office as it is."""
    return copied(folder / "office.db", folder / "before.db")


def restored(line: Line, folder: Path, before: Path) -> None:
    """Head office goes on from a backup of earlier."""
    line.office.store.close()  # type: ignore[attr-defined]
    copied(before, folder / "office.db")
    line.office = an_office(folder, line.office.clock)


def copied(of: Path, to: Path) -> Path:
    with closing(sqlite3.connect(of)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


def test_what_a_restored_head_office_does_not_know_begins_on_no_till(
    shop: Shop, line: Line, tmp_path: Path
) -> None:
    """A till whose clock is a day ahead sells by it already, and goes back with the others."""
    issue(shop, line, cheaper(shop, 7))
    before = kept_for_later(tmp_path)
    issue(shop, line, cheaper(shop, 8), days=1)
    pulled(shop, line)
    ahead = later(shop, 1)
    assert (version(shop), version(ahead)) == (7, 8)
    restored(line, tmp_path, before)
    session, _ = begin(ahead, line, Ed25519(), program=PROGRAM)
    assert pull(ahead, line, session).begins_anew
    begin_anew(ahead)
    assert version(ahead) == 8, "nothing else is known to hold"
    pulled(ahead, line)
    assert (version(ahead), version(shop), version(ahead)) == (7, 7, 7)


def test_a_till_that_was_away_on_the_day_takes_it_when_it_comes_back(
    shop: Shop, staff: Staff, line: Line
) -> None:
    now = version(shop)
    issue(shop, line, cheaper(shop, 7), days=1)
    issue(shop, line, cheaper(shop, 8), days=2)
    away = later(shop, 2)
    assert version(away) == now
    pulled(away, line)
    assert version(away) == 8
    with away.store.read() as reading:
        assert reading.rulebooks.get(now).version == now


def test_a_basket_over_the_change_of_the_day_is_priced_again(
    shop: Shop, staff: Staff, line: Line
) -> None:
    """What was sold keeps its version; what was only shown is shown anew."""
    old = settled(shop, staff, VITAMIN)
    issue(shop, line, cheaper(shop, 7), days=1)
    pulled(shop, line)
    counter = scan(shop, new_basket(shop).basket, VITAMIN, staff=staff)
    paid = counter.basket.with_tenders((Tender(TenderKind.CASH, 100_000),))
    morning = later(shop, 1)
    with pytest.raises(PriceChanged):
        settle(morning, paid, shown=reprice(shop, paid).quote.hash, staff=staff)
    again = settle(morning, paid, shown=reprice(morning, paid).quote.hash, staff=staff)
    assert again.sale.payable_fen == old.sale.payable_fen - 100


def test_head_office_numbers_upwards_and_prices_no_day_that_is_over(shop: Shop, line: Line) -> None:
    issue(shop, line, cheaper(shop, 7), days=2)
    for wrong in (cheaper(shop, 7, 5), cheaper(shop, 6)):
        with pytest.raises(OldRulebook):
            issue(shop, line, wrong)
    with pytest.raises(BeginsTooEarly):
        issue(shop, line, cheaper(shop, 8), days=-1)
    again = issue(shop, line, cheaper(shop, 7), days=2)
    assert not again.is_new
    moved = issue(shop, line, cheaper(shop, 7))
    assert moved.is_new
    pulled(shop, line)
    assert version(shop) == 7
    before = issue(shop, line, cheaper(shop, 9), days=1)
    assert before.replaced_by is None
    earlier = issue(shop, line, cheaper(shop, 10))
    assert earlier.replaced_by == (9, today(shop) + DAY)


def test_by_hand_nothing_is_published_where_head_office_does(
    shop: Shop, staff: Staff, line: Line
) -> None:
    publish_rulebook(shop, cheaper(shop, 3), staff=staff)
    issue(shop, line, cheaper(shop, 7), days=2)
    pulled(shop, line)
    with pytest.raises(RulebookOfOffice):
        publish_rulebook(shop, cheaper(shop, 8), staff=staff)
    assert version(shop) == 3
    leave_chain(shop, staff=staff)
    assert version(later(shop, 3)) == 3, "what was only planned went with the chain"
    with pytest.raises(OldRulebook):
        publish_rulebook(shop, cheaper(shop, 7), staff=staff)
    publish_rulebook(shop, cheaper(shop, 8), staff=staff)
    assert version(shop) == 8


def test_another_one_of_a_number_that_was_used_is_laid_aside_and_the_old_one_goes_on(
    shop: Shop, staff: Staff, line: Line
) -> None:
    publish_rulebook(shop, cheaper(shop, 7), staff=staff)
    issue(shop, line, cheaper(shop, 7, 500))
    pulled(shop, line)
    assert (version(shop), aside(shop)) == (7, ["RulebookDiffers"])
    assert new_basket(shop).rulebook == cheaper(shop, 7)
    issue(shop, line, cheaper(shop, 8, 500))
    pulled(shop, line)
    assert (version(shop), aside(shop)) == (8, [])


def test_one_without_a_tier_that_members_have_is_laid_aside(
    shop: Shop, staff: Staff, line: Line
) -> None:
    book = cheaper(shop, 7)
    fewer = replace(book.scheme, tiers=book.scheme.tiers[:1])
    issue(shop, line, replace(book, scheme=fewer))
    now = version(shop)
    pulled(shop, line)
    settled(shop, staff, VITAMIN)
    assert (version(shop), aside(shop)) == (now, ["TierOutstanding"])
    assert version(later(shop, 1)) == now, "it is asked again"
    send_all(shop, line)
    (case,) = open_cases(line.office)
    assert (case.kind, case.detail) == ("left", "rulebook 7 TierOutstanding")
    issue(shop, line, cheaper(shop, 8))
    pulled(shop, line)
    assert (version(shop), aside(shop)) == (8, [])


@pytest.fixture
def strange(line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Change]]:
    """What the server says instead of what it has."""
    changes: list[Change] = []

    def told(_url: str, _token: str, _cursor: str) -> Page:
        return Page("1.1.00", tuple(changes), True)

    monkeypatch.setattr(line, "changes", told)
    return changes


def test_one_of_the_future_and_one_that_is_none_are_laid_aside(
    shop: Shop, line: Line, strange: list[Change]
) -> None:
    now, good = version(shop), record_of(cheaper(shop, 7))
    for about, record in (
        ("7", good | {"later": 1}),
        ("7", good | {"version": 9}),
        ("8", good),
        ("7", good | {"tenders": []}),
        ("7", good | {"version": 1.5}),
        ("7", []),
    ):
        issued = RulebookIssued(7, today(shop), Raw(msgspec.json.encode(record)))
        strange[:] = [Change("rulebook", about, Raw(msgspec.json.encode(issued)))]
        pulled(shop, line)
        assert version(shop) == now
        assert aside(shop)[:1] in (["RulebookUnread"], ["ChangeUnread"])
    with shop.store.read() as reading:
        assert reading.rulebooks.newest() == now


def test_the_one_that_holds_is_served(shop: Shop, line: Line) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    with pytest.raises(NoRulebook):
        rulebook_on(line.office, session.token)
    issue(shop, line, cheaper(shop, 7))
    issue(shop, line, cheaper(shop, 8), days=9)
    on, token = today(shop), session.token
    assert [rulebook_on(line.office, token, on + days * DAY).version for days in (0, 9)] == [7, 8]
