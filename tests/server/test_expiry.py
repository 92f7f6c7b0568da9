"""到期: in a chain the server lets points lapse, once, and none that a till may still spend."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.actions import expire_in_chain
from core.actions.expire_in_chain import expiring
from core.actions.set_aside import authorise, lease, void
from core.actions.verify_office import verify_office
from core.errors import NotEnoughPoints
from core.points.ledger import Cause
from core.sync.effects import derived_id
from core.sync.lots import lots_left
from core.sync.spending import LeasesAsked, NotNeeded, PointsAsked
from storage.office.account_tables import TRANSFERS
from storage.office.changes import CHANGES
from tests.server.arrival import read_all
from tests.server.speech import LAST_DAY, joins, sells
from tests.server.tills import TillAtWork, new_id, sent

OVER = LAST_DAY + timedelta(days=1)


def begin_day(office, day, hour=4) -> None:
    """By the clock of the chain."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 8)
    office.clock.us = int(at.timestamp()) * 1_000_000


def expire(office) -> None:
    """As long as there is more of it today."""
    duty = expiring()
    while duty.step(office).is_more:
        pass


def points(office, member) -> int:
    verify_office(office)
    with office.store.read() as look:
        assert sum(look.accounts.sums().values()) == 0
        root = look.members.get(member).id
        balance = look.accounts.balance(root)
        left = lots_left(look.accounts.lots(root), balance.points)
        assert sum(lot.points for lot in left) == balance.points >= 0
        return balance.points


def rows(office, statement):
    with office.store._engine.connect() as connection:
        return connection.execute(statement).all()


def expired(office) -> set:
    """The transfers by which anything expired or came back."""
    asked = select(TRANSFERS.c.id, TRANSFERS.c.amount, TRANSFERS.c.debit_kind)
    return set(rows(office, asked.where(TRANSFERS.c.cause == str(Cause.EXPIRY))))


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


@pytest.fixture
def member(office, till):
    """With 100 points that are good until `LAST_DAY`."""
    return joins(till)


def tell(office, till, session=None):
    sent(office, session or till.begin(office), *till.events)
    read_all(office)


def test_points_lapse_when_the_business_day_after_their_last_begins(office, till, member):
    sells(till, member, 100)
    tell(office, till)
    begin_day(office, LAST_DAY, hour=27)
    expire(office)
    assert points(office, member) == 100, "their last day goes on until four in the morning"
    noted = len(rows(office, select(CHANGES)))
    begin_day(office, OVER)
    expire(office)
    assert points(office, member) == 0
    (change,) = rows(office, select(CHANGES))[noted:]
    assert change.about == member.hex
    before = expired(office)
    begin_day(office, OVER + timedelta(days=1))
    expire(office)
    assert expired(office) == before != set()


def test_many_lots_go_in_short_steps_of_which_each_is_done_once(office, till, member, monkeypatch):
    monkeypatch.setattr(expire_in_chain, "AT_ONCE", 2)
    for _ in range(5):
        sells(till, member, 10)
    tell(office, till)
    begin_day(office, OVER)
    steps = []
    while expiring().step(office).is_more:
        steps.append(points(office, member))
    assert steps == [30, 10, 0]


def test_what_is_set_aside_stays_until_it_comes_back(office, till, member):
    sells(till, member, 100)
    tell(office, till)
    other = TillAtWork().join(office)
    begin_day(office, LAST_DAY, hour=27)
    token = other.begin(office).token
    asked = PointsAsked(new_id(), member, 60, LAST_DAY)
    authorise(office, token, asked)
    begin_day(office, OVER)
    expire(office)
    assert points(office, member) == 60
    void(office, other.begin(office).token, NotNeeded(asked.id, member))
    begin_day(office, OVER + timedelta(days=1))
    expire(office)
    assert points(office, member) == 0


def test_what_was_spent_of_a_lease_before_the_day_was_over_is_told_later(office, till, member):
    _, lot = sells(till, member, 100)
    tell(office, till)
    begin_day(office, LAST_DAY, hour=10)
    held = PointsAsked(new_id(), member, 80, LAST_DAY)
    (given,) = lease(office, till.begin(office).token, LeasesAsked((held,))).leases
    assert given.points >= 30
    sells(till, member, 0, spent=[[lot, 30]], escrow=held.id)
    begin_day(office, OVER, hour=12)
    expire(office)
    assert points(office, member) == given.points
    tell(office, till)
    assert points(office, member) == given.points - 30, (
        "what is left of the lease may be spent until its end"
    )


def test_good_points_may_be_spent_beside_old_ones_that_are_set_aside(office, till, member):
    sells(till, member, 100)
    tell(office, till)
    other = TillAtWork().join(office)
    begin_day(office, LAST_DAY, hour=27)
    token = other.begin(office).token
    authorise(office, token, PointsAsked(new_id(), member, 100, LAST_DAY))
    till.make(
        "BehaviourCredited",
        {"member": member, "lot": new_id(), "points": 30, "expires_on": date(2028, 1, 1)},
    )
    tell(office, till)
    begin_day(office, OVER)
    token = till.begin(office).token
    with pytest.raises(NotEnoughPoints):
        authorise(office, token, PointsAsked(new_id(), member, 31, OVER))
    authorise(office, token, PointsAsked(new_id(), member, 30, OVER))
    assert points(office, member) == 130


@pytest.mark.parametrize("is_first", [True, False])
def test_what_expired_at_a_till_too_expired_once(office, till, member, is_first):
    _, lot = sells(till, member, 100)
    tell(office, till)
    till.make("PointsExpired", {"staff_no": 0, "lots": [[new_id(), member, lot, 100]]})
    begin_day(office, OVER)
    for do in (lambda: tell(office, till), lambda: expire(office))[:: 1 if is_first else -1]:
        do()
    assert points(office, member) == 0


def test_what_expired_though_a_till_had_spent_it_comes_back(office, till, member):
    _, lot = sells(till, member, 100)
    tell(office, till)
    sells(till, member, 0, spent=[[lot, 30]])
    begin_day(office, OVER)
    expire(office)
    assert points(office, member) == 0
    tell(office, till)
    assert points(office, member) == 0, "no debt comes of it"
    sells(till, member, 0, spent=[[lot, 20]])
    tell(office, till)
    assert points(office, member) == 0
    assert sorted(row.amount for row in expired(office)) == [20, 30, 100]


def test_a_lot_that_is_told_when_its_day_is_over_lapses_the_next_day(office, till, member):
    sells(till, member, 100)
    tell(office, till)
    begin_day(office, OVER)
    expire(office)
    sells(till, member, 7)
    tell(office, till)
    assert points(office, member) == 7
    begin_day(office, OVER + timedelta(days=1))
    expire(office)
    assert points(office, member) == 0


def test_two_servers_restored_from_one_backup_let_the_same_lapse(office, till, member):
    """The ids are made of the lot and of what was taken of it, not drawn."""
    _, lot = sells(till, member, 100)
    tell(office, till)
    begin_day(office, OVER)
    expire(office)
    (made,) = expired(office)
    assert made.id == derived_id(lot, "expired", "0")
