"""到期: points past their day are gone when the day opens, once, and nobody else's with them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

import core.actions.expire_points as expiring
from core.actions.counter import member_file
from core.actions.day import close_day, open_day
from core.actions.expire_points import expire_all, expire_points
from core.actions.merge_members import merge_members
from core.actions.points_report import points_owed, reminders
from core.actions.publish_rulebook import publish_rulebook
from core.actions.sync import leave_chain
from core.points.earn import earn
from core.points.ledger import AccountKind
from core.shop import Shop
from core.sync.directory import LotHeld
from core.trust.staff import Staff
from tests.actions.test_return import DAY_S, file_of
from tests.actions.test_settle import GOLD, NORMAL
from tests.builders import PIN, Home, audit_rows, later
from tests.chained import Line, an_office, join
from tests.telling import hear, told


def give(shop: Shop, card: str, points: int, *, on: date) -> UUID:
    """A lot that was earned that day, under the rulebook of now."""
    member_id, lot_id = file_of(shop, card).member.id, shop.new_id()
    with shop.store.write() as tx:
        rulebook = tx.rulebooks.current()
        tx.ledger.post(*earn(lot_id, member_id, points, rulebook=rulebook, on=on))
    return lot_id


def all_balances(shop: Shop) -> dict[str, int]:
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        rows = connection.execute("SELECT kind, sum(points) FROM balances GROUP BY kind").fetchall()
    return dict(rows)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of two lots."""
    monkeypatch.setattr(expiring, "AT_ONCE", 2)


def test_opening_the_day_takes_what_is_past_its_day(shop: Shop, staff: Staff) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 70, on=date(2097, 12, 31))
    give(today, NORMAL, 30, on=date(2098, 1, 1))
    close_day(today, counted_fen=200_00, staff=staff)
    opened = open_day(today, float_fen=200_00, staff=staff)
    assert opened.expired.is_done
    assert file_of(today, NORMAL).points == 30
    assert "points_expired" in [row["what"] for row in audit_rows(today)]
    # The other one is good until its last day is over.
    tomorrow = later(shop, DAY_S)
    assert expire_points(tomorrow).points == 30
    assert file_of(tomorrow, NORMAL).points == 0


def test_expiry_twice_is_once(shop: Shop, at_once: None) -> None:
    today = later(shop, 0)
    for points in (5, 10, 15, 20, 25):
        give(today, NORMAL, points, on=date(2026, 1, 1))
    give(today, GOLD, 7, on=date(2026, 1, 1))
    first = expire_all(today)
    held, rows = all_balances(today), len(audit_rows(today))
    assert first.points >= 82
    assert held[AccountKind.EXPIRED] == first.points
    assert sum(held.values()) == 0
    again = expire_all(today)
    assert (again.points, again.lots) == (0, 0)
    assert (all_balances(today), len(audit_rows(today))) == (held, rows)


def test_a_run_that_was_cut_off_is_gone_on_with(shop: Shop, at_once: None) -> None:
    today = later(shop, 0)
    for points in (1, 2, 4, 8, 16):
        give(today, NORMAL, points, on=date(2026, 1, 1))
    taken = 0
    steps = []
    while not steps or not steps[-1].is_done:
        steps.append(expire_points(today))
        taken += steps[-1].points
    assert len(steps) > 2
    assert max(step.lots for step in steps) == 2
    assert taken == all_balances(today)[AccountKind.EXPIRED]


def test_another_rulebook_does_not_move_the_last_day_of_a_lot(shop: Shop, staff: Staff) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 40, on=date(2098, 1, 1))
    with today.store.read() as reading:
        now = reading.rulebooks.current()
    for version, months in ((2, 1200), (3, 1)):
        points = replace(now.points, months=months)
        publish_rulebook(today, replace(now, version=version, points=points), staff=staff)
    owed = {month.month: month.points for month in points_owed(today).months}
    assert owed[date(2100, 1, 1)] == 40
    assert expire_all(later(shop, 32 * DAY_S)).points >= 40


def test_what_stands_open_adds_up_to_the_ledger(shop: Shop) -> None:
    give(shop, NORMAL, 333, on=date(2026, 11, 1))
    owed = points_owed(shop)
    available = all_balances(shop)[AccountKind.AVAILABLE]
    assert owed.points - owed.debt == available
    assert owed.fen == owed.rate.worth(owed.points)


def test_who_is_reminded_a_week_and_a_month_before(shop: Shop) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 11, on=date(2098, 1, 8))
    give(today, NORMAL, 22, on=date(2098, 1, 20))
    give(today, NORMAL, 44, on=date(2098, 2, 20))
    card = file_of(today, NORMAL).member.card_no
    found = {each.card_no: each for each in reminders(today)}
    assert (found[card].expires_on, found[card].soon_points, found[card].points) == (
        date(2100, 1, 8),
        11,
        33,
    )
    assert card not in {each.card_no for each in reminders(later(shop, 90 * DAY_S))}


def test_what_is_past_its_day_is_not_said_to_expire(shop: Shop) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 50, on=date(2026, 1, 1))
    give(today, NORMAL, 9, on=date(2098, 2, 1))
    member_id = file_of(shop, NORMAL).member.id
    with today.store.read() as reading:
        rulebook = reading.rulebooks.current()
        file = member_file(reading, member_id, rulebook, today.moment(reading))
    assert file is not None
    assert (file.expiring_on, file.expiring_points) == (date(2100, 2, 1), 9)
    assert file.points - file.spendable >= 50


def test_a_merge_carries_over_what_can_still_be_used(shop: Shop, staff: Staff) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 9, on=date(2099, 12, 1))
    give(today, NORMAL, 50, on=date(2026, 1, 1))
    assert merge_members(today, NORMAL, GOLD, staff=staff).points == 9
    assert expire_all(today).points >= 50


def test_the_reminders_as_a_table_are_no_formula(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with home.shop() as shop, shop.store.writer() as connection:  # type: ignore[attr-defined]
        connection.execute("UPDATE members SET name = '=1+2' WHERE card_no = ?", (NORMAL,))
    with home.shop() as shop:
        with shop.store.read() as reading:
            on = shop.moment(reading).business_on
        give(shop, NORMAL, 11, on=date(on.year - 2, on.month, min(on.day + 1, 28)))
    table = tmp_path / "reminders.csv"
    by = ("--by", "店长", "--by-pin", PIN)
    home.command("points", "reminders", "--days", "40", "--to", str(table), *by)
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "卡号"
    assert any(row[1] == "'=1+2" for row in rows[1:])
    home.command("points", "reminders", "--days", "40")
    assert NORMAL not in capsys.readouterr().out
    home.command("points", "expire")
    home.command("points", "liability")
    assert "合计" in capsys.readouterr().out


def test_in_a_chain_the_server_does_it_and_whoever_leaves_looks_at_everything_anew(
    shop: Shop, staff: Staff, tmp_path: Path
) -> None:
    today = later(shop, 0)
    give(today, NORMAL, 70, on=date(2097, 12, 31))
    assert expire_all(today).points >= 70
    office = an_office(tmp_path, today.clock)
    join(today, Line(office))
    # what comes in may be past its day where this till has looked already
    who = file_of(today, NORMAL).member.id
    hear(today, told(who, (LotHeld(UUID(int=5), 30, date(2097, 1, 1)),)))
    done = expire_all(today)
    assert (done.points, done.is_of_office) == (0, True)
    with today.store.read() as reading:
        file = member_file(reading, who, reading.rulebooks.current(), today.moment(reading))
    assert file is not None
    assert (file.points, file.spendable) == (30, 0)
    leave_chain(today, staff=staff)
    assert expire_all(today).points == 30
    assert file_of(today, NORMAL).points == 0
    office.store.close()  # type: ignore[attr-defined]
