"""再读: what a later program had sent is an event like any other once this one knows it."""

from __future__ import annotations

from msgspec.structs import replace

from core.actions import read_later
from core.actions.head_office import open_cases
from core.actions.read_later import reading_later
from core.actions.verify_office import verify_office
from core.sync import fact, wire
from core.sync.effects import PHONE
from core.sync.wire import sent_of
from tests.server.arrival import read_all
from tests.server.kept import kept, private_apart, private_of
from tests.server.speech import joins, sells
from tests.server.tills import TillAtWork, said, sent

PHONE_NO = "+8613900000001"


def upgrade(monkeypatch) -> None:
    """This program knows what the later one had made."""
    monkeypatch.setattr(wire, "RECORD", fact.RECORD + 1)
    monkeypatch.setattr(read_later, "RECORD", fact.RECORD + 1)


def of_later(monkeypatch, till, make):
    """As the later program makes its events."""
    with monkeypatch.context() as later:
        later.setattr(fact, "RECORD", fact.RECORD + 1)
        return make(till)


def told(office, till):
    """All it has, from a later program but for the first and the last."""
    answers = said(sent(office, till.begin(office), *till.events))
    assert answers == ["accepted", *["quarantined future"] * 3, "accepted"]


def make_all(monkeypatch, till):
    till.note()
    member = of_later(monkeypatch, till, lambda till: joins(till, phone=PHONE_NO))
    of_later(monkeypatch, till, lambda till: sells(till, member, 30))
    of_later(monkeypatch, till, lambda till: till.sell(payable_fen=1))
    till.note()
    return member


def test_it_is_read_after_an_upgrade_with_the_values_beside_it(office, monkeypatch):
    till = TillAtWork().join(office)
    member = make_all(monkeypatch, till)
    told(office, till)
    reading_later().step(office)
    assert len(kept(office, till.id)) == 2
    upgrade(monkeypatch)
    assert reading_later().step(office).ended.found == 3
    assert kept(office, till.id) == [replace(each, private=()) for each in till.events]
    assert len(private_of(office, till.events[1].id)) == 3
    assert private_apart(office, sent_of(till.events[1])) == ()
    read_all(office)
    with office.store.read() as reading:
        assert reading.members.get(member).fields[PHONE] == PHONE_NO
        assert reading.accounts.balance(member).available == 30
    assert [case.kind for case in open_cases(office)] == ["price"], "it is priced again, too"
    verify_office(office)
    assert said(sent(office, till.begin(office), *till.events)) == ["duplicate"] * 5


def test_it_waits_for_what_lies_before_it(office, monkeypatch):
    till = TillAtWork().join(office)
    make_all(monkeypatch, till)
    first, *others = till.events
    sent(office, till.begin(office), *others)
    upgrade(monkeypatch)
    assert reading_later().step(office).ended.found == 0
    assert reading_later().step(office).ended is None, "not before tomorrow"
    sent(office, till.begin(office), first)
    office.clock.wait_s(24 * 3600)
    assert reading_later().step(office).ended.found == 3


def test_what_was_changed_since_is_left_where_it_is(office, monkeypatch):
    """Its mark is made of all that was sent."""
    till = TillAtWork().join(office)
    make_all(monkeypatch, till)
    wrong = replace(sent_of(till.events[1]), hash="00" * 32)
    sent(office, till.begin(office), till.events[0], wrong)
    upgrade(monkeypatch)
    assert reading_later().step(office).ended.found == 0
    assert [case.kind for case in open_cases(office)] == ["future"]
