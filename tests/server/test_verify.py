"""核对: what is not as it was sent, or does not add up, is found each night, and left so."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from core.actions import verify_office
from core.actions.head_office import close_case, open_cases, standing_now
from core.actions.verify_office import Verified, verifying
from core.errors import OfficeDiffers
from core.points.ledger import AccountKind
from server.app import make_app
from server.behind import Behind
from server.metrics import Metrics
from tests.server.arrival import read_all
from tests.server.conftest import PATIENT
from tests.server.speech import joins, sells
from tests.server.tills import TillAtWork, sent

HOUR_US = 3_600_000_000


@pytest.fixture
def told(office):
    """A till with a member of 100 points, and a gap behind which something came."""
    till = TillAtWork().join(office)
    member = joins(till, phone="+8613900000001")
    sells(till, member, 100)
    missing = till.note("not sent yet")
    till.note("behind it")
    events = [each for each in till.events if each is not missing]
    sent(office, till.begin(office), *events)
    read_all(office)
    return till, member


def break_it(office, *statements: str) -> None:
    """As a disk does it, or somebody with the password of the database."""
    lite = office.store._engine.dialect.name == "sqlite"
    guards = (
        ["DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete"]
        if lite
        else ["ALTER TABLE events DISABLE TRIGGER events_kept"]
    )
    with office.store._engine.begin() as connection:
        for statement in (*guards, *statements):
            connection.execute(text(statement))


def night(office) -> list:
    """What the duty logs of one night."""
    duty, ended = verifying(), []
    while (went := duty.step(office)).is_more:
        ended += [went.ended] if went.ended else []
    return ended


def test_what_is_as_it_was_sent_is_right(office, told, monkeypatch):
    assert verify_office.verify_office(office) == Verified(3, 1)
    for name in ("EVENTS_AT_ONCE", "BRANCHES_AT_ONCE", "MEMBERS_AT_ONCE"):
        monkeypatch.setattr(verify_office, name, 1)
    assert verify_office.verify_office(office) == Verified(3, 1)
    assert [each.found for each in night(office)] == [0]
    assert open_cases(office) == ()


BREAKS = {
    "hash": "UPDATE events SET prev = hash WHERE seq = 2",
    "record": "UPDATE events SET kind = 'DrawerClosed' WHERE seq = 4",
    "private": "UPDATE private_values SET value = '李四' WHERE field = 'name'",
    "missing": "DELETE FROM events WHERE seq = 1",
    "account": "UPDATE accounts SET points = points + 1 WHERE kind = 'available'",
    "sum": "UPDATE accounts SET points = points + 1 WHERE kind = 'issued'",
    "lots": "DELETE FROM lots",
}


@pytest.mark.parametrize("rule", BREAKS)
def test_what_is_not_is_told_by_the_rule_that_it_breaks(office, told, rule):
    break_it(office, BREAKS[rule])
    for _ in range(2):
        with pytest.raises(OfficeDiffers) as differs:
            verify_office.verify_office(office)
        assert rule in [each.partition(":")[0] for each in differs.value.named.split()]


def test_an_event_that_follows_another_than_lies_before_it_breaks_the_chain(office, told):
    """Both are what their hashes say: one was put in the place of what was sent."""
    till, _ = told
    other = TillAtWork()
    other.id = till.id
    other.begin_anew(1)
    joins(other)
    put = other.events[0]
    literal = (lambda b: f"x'{b.hex()}'") if "sqlite" in str(office.store._engine.url) else None
    literal = literal or (lambda b: f"'\\x{b.hex()}'")
    break_it(
        office,
        f"UPDATE events SET id = '{put.id.hex}', hash = {literal(put.hash)},"
        f" data = {literal(put.data)} WHERE seq = 1",
        "DELETE FROM private_values",
    )
    with pytest.raises(OfficeDiffers) as differs:
        verify_office.verify_office(office)
    assert differs.value.named == f"link:{till.events[1].id.hex}"


def test_personal_values_that_were_erased_are_missed_by_nobody(office, told):
    break_it(office, "DELETE FROM private_values")
    assert verify_office.verify_office(office) == Verified(3, 1)


def test_it_is_done_once_a_night_at_a_quiet_hour(office, told):
    midnight_us = office.clock.us // (24 * HOUR_US) * 24 * HOUR_US + 24 * HOUR_US - 8 * HOUR_US
    nights = []
    for hour in (1, 2, 3, 9, 23, 26, 27, 28):
        office.clock.us = midnight_us + hour * HOUR_US
        nights += [(hour, each.found) for each in night(office)]
    assert nights == [(1, 0), (3, 0), (27, 0)], "the first one at once: there was none before"
    office.clock.us += 60_000_000
    assert standing_now(office).checked.seconds == 3660


def test_a_difference_is_one_case_until_somebody_closes_it_and_nothing_is_repaired(office, told):
    _, member = told
    break_it(office, BREAKS["account"])
    assert [each.found for each in night(office)] == [3], "the account, its lots, and the sum"
    case = next(each for each in open_cases(office) if each.about.startswith("account"))
    assert (case.kind, case.about) == ("differs", f"account:{member.hex}.available")
    for _ in range(2):
        office.clock.us += 24 * HOUR_US
        night(office)
        assert len(open_cases(office)) == 3, "what is known is not told again"
    close_case(office, case.id)
    office.clock.us += 24 * HOUR_US
    night(office)
    again = [each for each in open_cases(office) if each.about == case.about]
    assert len(again) == 1 and again[0].id != case.id
    with office.store.read() as reading:
        assert reading.accounts.balance(member).available == 101
        assert reading.accounts.sums()[str(AccountKind.ISSUED)] == -100


def test_what_it_found_stands_in_log_metrics_and_health(office, told, caplog):
    break_it(office, BREAKS["account"])
    (worker,) = Behind(office, (verifying(),), Metrics())._workers
    with caplog.at_level(logging.INFO):
        while worker._step().is_more:
            pass
    (record,) = [each for each in caplog.records if each.message == "day's work done"]
    assert record.levelno == logging.ERROR
    office.clock.us += 90_000_000
    with TestClient(make_app(office, PATIENT)) as client:
        well = client.get("/v1/health").json()
        assert (well["checked_s"], well["differences"]) == (90, 3)
        said = client.get("/metrics").text
    assert "shuke_check_differences 3\n" in said
    assert "shuke_check_age_seconds 90\n" in said
