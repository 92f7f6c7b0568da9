"""会员: what tills are told of the members of a chain, and what they are not."""

from __future__ import annotations

import json
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import event

from core.actions.enrol_till import name_store
from core.actions.feed import page_behind
from core.actions.look_up import find_by_key, look_up
from core.actions.note_members import note_members
from core.actions.part_members import part_members
from core.actions.set_aside import authorise, lease, void
from core.errors import ServerBusy
from core.shop import HeadOffice
from core.sync.directory import (
    MEMBER,
    Blind,
    MemberTold,
    Person,
    blind_key,
    check_of,
)
from core.sync.fact import Private
from core.sync.feed import Page
from core.sync.spending import LeasesAsked, NotNeeded, PointsAsked
from tests.server.arrival import read_all
from tests.server.speech import imports, joins, merges, parts, sells, writes
from tests.server.tills import NOW_US, TODAY, TillAtWork, new_id, said, sent

PHONE_NO = "+8613912345678"


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


def tell(office: HeadOffice, till: TillAtWork) -> str:
    """All that the till has is sent and read; a token of its session."""
    session = till.begin(office)
    sent(office, session, *till.events)
    read_all(office)
    return session.token


def told(page: Page) -> dict[UUID, MemberTold]:
    values = (each.value for each in page.changes if each.topic == MEMBER)
    found = [msgspec.json.decode(value, type=MemberTold) for value in values]
    for each in found:
        assert each.check == check_of(each.available, each.pending, each.leased, each.lots)
        assert sum(lot.left for lot in each.lots) == max(
            0, each.available + each.pending + each.leased
        )
    return {each.id: each for each in found}


def test_a_session_tells_the_key_of_the_chain_which_is_drawn_once(office, till, database):
    key = till.begin(office).chain_key
    assert len(bytes.fromhex(key)) == 32
    assert till.begin(office).chain_key == key


def test_a_till_is_told_how_a_member_stands(office, till):
    member = joins(till, name="李小华", phone=PHONE_NO, no="900001")
    _, lot = sells(till, member, 100)
    token = tell(office, till)
    page = page_behind(office, token, "")
    found = told(page)[member]
    with office.store.read() as look:
        key = look.chain_key
    assert (found.name, found.tier, found.available) == ("李*华", "normal", 100)
    assert found.cards == (blind_key(key, Blind.CARD, "900001").hex(),)
    assert found.phones == (blind_key(key, Blind.PHONE, PHONE_NO).hex(),)
    assert [(each.id, each.left) for each in found.lots] == [(lot, 100)]
    assert found.through == 2
    assert told(page_behind(office, token, page.cursor)) == {}, "nothing changed"


def test_a_merge_that_a_till_undid_is_none_and_can_be_made_again(office, till):
    gone, into = joins(till, name="陈明"), joins(till, name="李小华")
    _, lot = sells(till, gone, 40)
    merged = merges(till, gone, into, [lot, 40])
    _, made, _, _ = json.loads(merged.data)["body"]["lots"][0]
    tell(office, till)
    found = asks(office, till)
    assert (found[into].available, found[into].known_as) == (40, (gone,))
    parts(till, gone, into, [UUID(made), 30], at_us=NOW_US + 1)
    tell(office, till)
    found = asks(office, till)
    assert (found[gone].available, found[into].available) == (30, 10)
    assert found[into].known_as == ()
    body = {"gone": gone, "into": into, "lots": [], "tier": "silver"}
    till.make_at("MembersMerged", body, TODAY, NOW_US + 2)
    tell(office, till)
    assert asks(office, till)[into].known_as == (gone,)


def test_what_is_set_aside_or_goes_back_is_told(office, till):
    member = joins(till)
    sells(till, member, 100)
    token = tell(office, till)
    cursor = page_behind(office, token, "").cursor

    def parts() -> list[tuple[int, int, int]]:
        nonlocal cursor
        page = page_behind(office, token, cursor)
        cursor = page.cursor
        return [(each.available, each.pending, each.leased) for each in told(page).values()]

    asked = PointsAsked(new_id(), member, 70, TODAY)
    authorise(office, token, asked)
    assert parts() == [(30, 70, 0)]
    lease(office, token, LeasesAsked((PointsAsked(new_id(), member, 20, TODAY),)))
    assert parts() == [(10, 70, 20)]
    void(office, token, NotNeeded(asked.id, member))
    assert parts() == [(80, 0, 20)]
    office.clock.us += 8 * 24 * 3600 * 1_000_000
    token = till.begin(office).token
    read_all(office)
    assert parts() == [(100, 0, 0)]


def test_who_was_merged_is_told_under_who_they_became_and_both_when_they_part(office, till):
    other = TillAtWork().join(office)
    two = {joins(till, phone=PHONE_NO), joins(other, phone=PHONE_NO)}
    for member in two:
        sells(other, member, 6)
    tell(office, till)
    token = tell(office, other)
    page = page_behind(office, token, "")
    found = told(page)
    (elder,), (younger,) = found, two - set(found)
    assert (found[elder].known_as, found[elder].available) == ((younger,), 12)
    part_members(office, younger, elder)
    found = told(page_behind(office, token, page.cursor))
    assert {each.id: (each.known_as, each.available) for each in found.values()} == {
        elder: ((), 6),
        younger: ((), 6),
    }


def test_a_till_is_told_how_far_its_own_events_are_in_it(office, till):
    member = joins(till)
    token = tell(office, till)
    for _ in range(3):
        sells(till, member, 1)
    sent(office, till.begin(office), *till.events)
    with office.store.read() as look:
        assert look.received.durable_through(till.id, 1) == 4
    token = till.begin(office).token
    assert told(page_behind(office, token, ""))[member].through == 1, "they are not read yet"
    read_all(office)
    assert told(page_behind(office, token, ""))[member].through == 4
    other = TillAtWork().join(office)
    assert told(page_behind(office, other.begin(office).token, ""))[member].through == 0


@pytest.fixture
def elsewhere(office):
    """A till of another store."""
    name_store(office, "S02", "北京路店")
    return TillAtWork(store="S02").join(office)


def asks(office: HeadOffice, till: TillAtWork) -> dict[UUID, MemberTold]:
    """All that it is told from the beginning."""
    return told(page_behind(office, till.begin(office).token, ""))


SECRETS = {"name": "李小华", "phone": PHONE_NO, "no": "900001"}


def test_in_full_is_told_only_where_a_member_joined_or_came_to(office, till, elsewhere):
    member = joins(till, **SECRETS)
    writes(till, "BirthdayChanged", member, birthday="solar 1988-11-25")
    writes(till, "MemberFrozen", member, frozen_for="卡丢了")
    tell(office, till)
    own, other = asks(office, till)[member], asks(office, elsewhere)[member]
    assert own.person == Person("李小华", PHONE_NO, "900001", "solar 1988-11-25", TODAY, False, {})
    assert (own.frozen, other.frozen) == ("卡丢了", "")
    page = page_behind(office, elsewhere.begin(office).token, "")
    (value,) = (bytes(each.value).decode() for each in page.changes if each.topic == MEMBER)
    for secret in ("小华", PHONE_NO, PHONE_NO[3:], "900001", "1988", "丢"):
        assert secret not in value
    assert (other.person, other.name) == (None, "李*华")
    assert (other.cards, other.phones, other.lots) == (own.cards, own.phones, own.lots)
    sells(elsewhere, member, 0)
    tell(office, elsewhere)
    assert asks(office, elsewhere)[member].person == own.person


def test_what_an_office_changed_is_told_and_the_last_writer_wins(office, till):
    member = joins(till, name="李小华", phone=PHONE_NO)
    other = TillAtWork().join(office)

    def changes(who: TillAtWork, at_us: int, *cleared: str, **values: str) -> None:
        private = [Private(member, field, value, b"salt" * 4) for field, value in values.items()]
        body = {"member": member, "fields": [*values], "cleared": [*cleared], "staff_no": 1}
        who.make_at("ProfileChanged", body, TODAY, at_us, *private)

    changes(till, NOW_US + 2, name="李晓华", occupation="教师", tags="老客", color="red")
    changes(other, NOW_US + 1, occupation="医生", email="a@b.cn")
    tell(office, till)
    tell(office, other)
    person = asks(office, till)[member].person
    assert (person.name, person.phone) == ("李晓华", PHONE_NO)
    assert person.profile == {"occupation": "教师", "tags": "老客", "email": "a@b.cn"}
    changes(other, NOW_US + 3, "occupation", "phone")
    tell(office, other)
    person = asks(office, till)[member].person
    assert (person.phone, person.profile) == ("", {"tags": "老客", "email": "a@b.cn"})


def test_who_has_not_come_for_two_years_is_masked_also_at_their_own_store(office, till):
    member = joins(till)
    tell(office, till)
    office.clock.us += 730 * 24 * 3600 * 1_000_000
    assert asks(office, till)[member].person is not None
    office.clock.us += 2 * 24 * 3600 * 1_000_000
    assert asks(office, till)[member].person is None


def test_who_took_consent_back_is_found_by_nobody(office, till, elsewhere):
    member = joins(till, **SECRETS)
    sells(till, member, 5)
    writes(till, "ConsentWithdrawn", member)
    tell(office, till)
    own, other = asks(office, till)[member], asks(office, elsewhere)[member]
    assert own.person.is_withdrawn
    for each in (own, other):
        assert (each.name, each.cards, each.phones, each.available) == ("", (), (), 5)
    assert other.person is None
    with office.store.read() as look:
        assert look.directory.by_key(blind_key(look.chain_key, Blind.CARD, "900001")) == ()


def test_of_an_import_that_was_taken_back_nothing_is_told(office, till):
    import_id, (first, second) = imports(till, 50, 70)
    tell(office, till)
    assert asks(office, till)[first].person.name == "李四"
    till.make("ImportUndone", {"import": import_id, "kept": [second]})
    tell(office, till)
    gone = asks(office, till)[first]
    assert (gone.name, gone.cards, gone.available, gone.person) == ("", (), 0, None)
    assert asks(office, till)[second].person.name == "李四"


def test_a_phone_finds_all_who_share_it_and_who_was_merged_no_more(office, till, elsewhere):
    first, second = joins(till, phone=PHONE_NO), joins(till, phone=PHONE_NO)
    card = "900009"
    gone = joins(elsewhere, no=card)

    def found(blind: Blind, value: str) -> set[UUID]:
        with office.store.read() as look:
            return set(look.directory.by_key(blind_key(look.chain_key, blind, value)))

    tell(office, till)
    tell(office, elsewhere)
    assert found(Blind.PHONE, PHONE_NO) == {first, second}
    assert found(Blind.CARD, card) == {gone}
    merges(elsewhere, gone, first)
    tell(office, elsewhere)
    assert found(Blind.CARD, card) == {first}, "the card that they had still finds them"
    assert found(Blind.PHONE, PHONE_NO) == {first, second}


def test_what_only_moves_points_is_told_to_stores_that_the_member_comes_to(office, till, elsewhere):
    member = joins(till)
    tell(office, till)
    _, here = behind(office, till, "")
    first, there = behind(office, elsewhere, "")
    assert member in first, "who they are every till must know"
    sells(till, member, 5)
    tell(office, till)
    found, here = behind(office, till, here)
    assert set(found) == {member}
    found, there = behind(office, elsewhere, there)
    assert found == {}
    elsewhere.make("BehaviourCredited", credited(member))
    tell(office, elsewhere)
    found, there = behind(office, elsewhere, there)
    assert found == {member: 1}, "its till has passed over them until now"
    assert set(behind(office, till, here)[0]) == {member}
    sells(till, member, 5)
    tell(office, till)
    found, there = behind(office, elsewhere, there)
    assert found == {}
    sells(elsewhere, member, 5)
    tell(office, elsewhere)
    _, there = behind(office, elsewhere, there)
    sells(till, member, 5)
    tell(office, till)
    assert set(behind(office, elsewhere, there)[0]) == {member}, "they have come here, too"


def credited(member: UUID) -> dict[str, object]:
    return {"member": member, "points": 3, "lot": new_id(), "expires_on": None}


def behind(office: HeadOffice, till: TillAtWork, cursor: str) -> tuple[dict[UUID, int], str]:
    """Who is told of behind a cursor, each with how far the till is counted; the next cursor."""
    page = page_behind(office, till.begin(office).token, cursor)
    return {each.id: each.through for each in told(page).values()}, page.cursor


def test_who_was_told_of_behind_a_gap_is_told_again_when_it_is_closed(office, till):
    one, two = joins(till), joins(till)
    tell(office, till)
    _, cursor = behind(office, till, "")
    sells(till, two, 1), sells(till, one, 1)
    session = till.begin(office)
    sent(office, session, till.events[3])
    read_all(office)
    found, cursor = behind(office, till, cursor)
    assert found == {one: 2}
    sent(office, till.begin(office), till.events[2])
    read_all(office)
    found, cursor = behind(office, till, cursor)
    assert found == {one: 4, two: 4}


def test_who_was_told_of_in_an_event_that_was_passed_is_told_again(office, till, monkeypatch):
    member = joins(till)
    tell(office, till)
    _, cursor = behind(office, till, "")
    monkeypatch.setattr("core.actions.read_events.book_used", None)
    sells(till, member, 0, amount=5, escrow=new_id())
    tell(office, till)
    assert behind(office, till, cursor)[0] == {}
    till.note()
    tell(office, till)
    assert behind(office, till, cursor)[0] == {member: 3}


def test_who_was_told_of_in_an_event_that_is_kept_apart_is_told_again(office, till):
    one, two = joins(till), joins(till)
    tell(office, till)
    _, cursor = behind(office, till, "")
    session = till.begin(office)
    till.go_back_to(till.events[0])
    sells(till, one, 5)
    assert said(sent(office, session, till.events[-1])) == ["quarantined fork"]
    found = told(page_behind(office, session.token, cursor))
    assert {each.id: each.through for each in found.values()} == {one: 2}
    assert two not in found


def key_of(office, session, key):
    return {each.id for each in find_by_key(office, session.token, key).members}


def test_what_an_earlier_life_of_the_till_has_told_is_waited_for(office, till):
    one, two = joins(till, phone=PHONE_NO), joins(till)
    tell(office, till)
    _, cursor = behind(office, till, "")
    sells(till, one, 5)
    sent(office, till.begin(office), till.events[-1])
    till.begin_anew(2)
    other = TillAtWork().join(office)
    for member in (one, two):
        sells(other, member, 1)
    session = other.begin(office)
    sent(office, session, *other.events)
    with office.store.write() as tx:
        note_members(tx, (one, two))
    found, cursor = behind(office, till, cursor)
    assert found == {two: 0}
    again = till.begin(office)
    key = blind_key(bytes.fromhex(again.chain_key), Blind.PHONE, PHONE_NO)
    for ask in (lambda: look_up(office, again.token, one), lambda: key_of(office, again, key)):
        with pytest.raises(ServerBusy):
            ask()
    assert look_up(office, again.token, two)[1].id == two
    read_all(office)
    assert look_up(office, again.token, one)[1].available == 6
    assert key_of(office, again, key) == {one}
    assert set(behind(office, till, cursor)[0]) == {one, two}


def test_a_page_of_many_takes_no_more_questions_than_one_of_few(office, till):
    members = [joins(till) for _ in range(90)]
    for member in members:
        sells(till, member, 5)
    token, asked = tell(office, till), []

    def pages() -> int:
        asked.clear()
        page = page_behind(office, token, "")
        assert len(told(page)) == 90
        return len(asked)

    event.listen(office.store._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert 8 <= pages() < 25
