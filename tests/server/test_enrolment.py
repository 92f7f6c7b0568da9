"""入网 · 会话: a code serves once, a till proves who it is, a copy of it is found."""

from __future__ import annotations

import json
import os

import msgspec
import pytest
from msgspec.structs import replace

from core.actions.begin_session import begin_session
from core.actions.enrol_till import (
    Before,
    enrol,
    issue,
    look_at_code,
    make_enrolment,
    name_store,
)
from core.actions.head_office import (
    all_tills,
    begin_serving,
    close_case,
    open_cases,
    revoke_at,
    set_address,
    standing_now,
)
from core.errors import (
    AddressUnnamed,
    BadStoreCode,
    ChainUnnamed,
    CodeForOffice,
    CodeSpent,
    CodeUnknown,
    CopyFound,
    EnrolmentDiffers,
    NoSuchCase,
    NoTillThere,
    NotUnderstood,
    SessionOver,
    StoreUnknown,
    TillRevoked,
    TillTaken,
    TillUnknown,
)
from core.sync.invitation import read_invitation
from core.sync.session import OFFICE, TILL, Enrolment, lock_of, unlocked
from core.sync.wire import OLDEST, VERSION
from server.program import opened_office
from tests.server.tills import TillAtWork, as_json, new_id, said, sent

DAY_S = 24 * 3600


def test_a_chain_without_a_name_is_not_served(tmp_path):
    with opened_office(None, tmp_path / "new") as office:
        with pytest.raises(ChainUnnamed):
            begin_serving(office)
        assert begin_serving(office, "康源") == "康源" == begin_serving(office)


def test_a_till_joins_by_its_code_and_is_told_where_it_is(office):
    till = TillAtWork(2)
    code = make_enrolment(office, "S01", 2)
    enrolled = enrol(office, code, till.enrolment())
    assert (enrolled.chain_name, enrolled.store_name) == ("康源", "中山路店")
    assert [(each.id, each.till_no) for each in all_tills(office)] == [(till.id, 2)]
    name_store(office, "S01", "新店名")
    assert enrol(office, code, till.enrolment()).store_name == "新店名", "a lost answer"
    assert len(all_tills(office)) == 1


def test_a_code_serves_one_till_of_its_place_for_a_day(office):
    code = make_enrolment(office, "S01", 2)
    with pytest.raises(EnrolmentDiffers):
        enrol(office, code, TillAtWork(3).enrolment())
    with pytest.raises(CodeUnknown):
        enrol(office, "R000-0000-00000", TillAtWork(2).enrolment())
    enrol(office, code, TillAtWork(2).enrolment())
    with pytest.raises(CodeSpent):
        enrol(office, code, TillAtWork(2).enrolment())
    late = make_enrolment(office, "S01", 4)
    office.clock.wait_s(DAY_S + 1)
    with pytest.raises(CodeSpent):
        enrol(office, late, TillAtWork(4).enrolment())


def test_a_place_has_one_till_until_it_is_revoked(office):
    first, second = make_enrolment(office, "S01", 2), make_enrolment(office, "S01", 2)
    enrol(office, first, TillAtWork(2).enrolment())
    with pytest.raises(TillTaken):
        make_enrolment(office, "S01", 2)
    revoke_at(office, "S01", 2)
    with pytest.raises(CodeSpent):
        enrol(office, second, TillAtWork(2).enrolment())
    enrol(office, make_enrolment(office, "S01", 2), TillAtWork(2).enrolment())
    assert [each.revoked_us is None for each in all_tills(office)] == [False, True]


def test_no_code_makes_one_till_out_of_another(office):
    victim = TillAtWork(2).join(office)
    thief = TillAtWork(3)
    thief.id = victim.id
    code = make_enrolment(office, "S01", 3)
    with pytest.raises(TillTaken):
        enrol(office, code, thief.enrolment())
    victim.begin(office)
    revoke_at(office, "S01", 2)
    enrol(office, code, thief.enrolment())
    assert [(each.till_no, each.revoked_us) for each in all_tills(office)] == [(3, None)]


def test_a_code_says_what_it_is_for_before_anybody_uses_it(office):
    code = make_enrolment(office, "S01", 2)
    till = TillAtWork(2)
    invited = look_at_code(office, code)
    assert (invited.chain_name, invited.store_code, invited.store_name) == (
        "康源",
        "S01",
        "中山路店",
    )
    assert (invited.till_no, invited.kind) == (2, TILL)
    enrol(office, code, till.enrolment())
    with pytest.raises(CodeSpent):
        look_at_code(office, code)
    with pytest.raises(CodeUnknown):
        look_at_code(office, "R000-0000-00000")


def test_codes_are_given_out_with_the_address_of_the_server(office):
    with pytest.raises(AddressUnnamed):
        issue(office, "S01", 2)
    set_address(office, "HTTPS://hq.example.com/")
    issued = issue(office, "S01", 2)
    invitation = read_invitation(issued.line)
    assert invitation.url == "https://hq.example.com"
    assert enrol(office, invitation.code, TillAtWork(2).enrolment()).chain_name == "康源"


def test_a_new_machine_takes_the_place_of_a_broken_one(office):
    set_address(office, "https://hq.example.com")
    with pytest.raises(NoTillThere):
        issue(office, "S01", 2, replaces=True)
    old, new = TillAtWork(2).join(office), TillAtWork(2)
    session = old.begin(office)
    old.note()
    old.note()
    sent(office, session, old.events[0])
    old.begin(office)
    issued = issue(office, "S01", 2, replaces=True)
    assert issued.before == Before(office.clock.now_us(), 1), "one that never came"
    sent(office, old.begin(office), old.events[1])
    assert issue(office, "S01", 2, replaces=True).before.unsent == 0
    old.note()
    old.begin(office)
    code = read_invitation(issued.line).code
    enrolled = enrol(office, code, new.enrolment())
    assert enrolled.incarnation == 2, "no number of a receipt is given twice"
    assert enrol(office, code, new.enrolment()) == enrolled, "a lost answer"
    with pytest.raises(TillRevoked):
        old.begin(office)
    new.begin_anew(2)
    assert said(sent(office, new.begin(office), new.note())) == ["accepted"]
    (case,) = open_cases(office)
    assert (case.kind, case.about, case.detail) == ("left_unsent", "S01-T2", "events 1")
    with pytest.raises(CodeSpent):
        enrol(office, code, TillAtWork(2).enrolment())


def test_office_pcs_have_codes_of_their_own_and_no_number(office):
    codes = [make_enrolment(office, "S01", 0, kind=OFFICE) for _ in range(2)]
    with pytest.raises(CodeForOffice):
        enrol(office, codes[0], TillAtWork(2).enrolment())
    for code in codes:
        desk = TillAtWork()
        desk.no = 0
        with pytest.raises(EnrolmentDiffers):
            enrol(office, make_enrolment(office, "S01", 5), desk.enrolment())
        for _ in range(2):
            enrol(office, code, desk.enrolment())
        assert said(sent(office, desk.begin(office), desk.note())) == ["accepted"]
        with pytest.raises(CodeSpent):
            enrol(office, code, TillAtWork().enrolment(till_no=0))
    assert [(each.till_no, each.kind) for each in all_tills(office)] == [(0, OFFICE)] * 2
    revoke_at(office, "S01", 0)
    assert all(each.revoked_us for each in all_tills(office))
    with pytest.raises(NoTillThere):
        revoke_at(office, "S01", 0)


def test_stores_and_places_that_are_not_there_are_named(office):
    with pytest.raises(StoreUnknown):
        make_enrolment(office, "S09", 1)
    with pytest.raises(StoreUnknown):
        revoke_at(office, "S09", 1)
    with pytest.raises(NoTillThere):
        revoke_at(office, "S01", 9)
    with pytest.raises(BadStoreCode):
        name_store(office, "中山", "中山路店")


def test_a_session_serves_for_fifteen_minutes(office):
    till = TillAtWork().join(office)
    session = till.begin(office)
    assert session.durable_through == 0
    assert said(sent(office, session, till.note())) == ["accepted"]
    office.clock.wait_s(15 * 60 + 1)
    with pytest.raises(SessionOver):
        sent(office, session, till.note())
    assert till.begin(office).durable_through == 1


def test_the_next_session_ends_the_one_before(office):
    till = TillAtWork().join(office)
    before = till.begin(office)
    till.begin(office)
    with pytest.raises(SessionOver):
        sent(office, before, till.note())


def test_only_who_has_the_key_begins_a_session(office):
    till, stranger = TillAtWork().join(office), TillAtWork()
    with pytest.raises(TillUnknown):
        begin_session(office, stranger.hello())
    with pytest.raises(TillUnknown):
        begin_session(office, stranger.hello(till_id=till.id, nonce=till.nonce.hex()))


def test_a_newer_till_that_says_more_is_understood(office):
    till = TillAtWork().join(office)
    said_more = json.loads(till.hello().hello) | {"zone": "Asia/Shanghai", "more": [1]}
    text = json.dumps(said_more)
    assert begin_session(office, till.signed(text)).durable_through == 0
    with pytest.raises(TillUnknown):
        begin_session(office, replace(till.hello(), hello=text.replace("Asia", "Ania")))
    for strange in ("{}", "[", "\0", text.replace(till.next_nonce.hex(), "0" * 31 + "\\n")):
        with pytest.raises(NotUnderstood):
            begin_session(office, till.signed(strange))


def test_no_name_ends_in_a_line_break():
    whole = json.loads(as_json(TillAtWork().enrolment()))
    for name in ("public_key", "nonce", "program", "store_code"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(whole | {name: whole[name] + "\n"}, Enrolment)


def test_a_revoked_till_is_out(office):
    till = TillAtWork().join(office)
    session = till.begin(office)
    revoke_at(office, "S01", till.no)
    with pytest.raises(SessionOver):
        sent(office, session, till.note())
    with pytest.raises(TillRevoked):
        till.begin(office)


def test_a_lost_answer_is_no_copy(office):
    till = TillAtWork().join(office)
    begin_session(office, till.hello())
    begin_session(office, till.hello())
    till.turn()
    till.begin(office)
    assert open_cases(office) == ()


def test_a_hello_that_somebody_says_once_more_gives_him_nothing(office):
    till, secret = TillAtWork().join(office), os.urandom(16).hex()
    hello = till.hello(lock=lock_of(secret))
    begin_session(office, hello)
    answered = begin_session(office, hello)  # the same, after a lost answer or by who has heard it
    for key in (answered.token, unlocked(answered.token, ""), unlocked(answered.token, "guess")):
        with pytest.raises(SessionOver):
            sent(office, replace(answered, token=key), till.note())
    session = replace(answered, token=unlocked(answered.token, secret))
    assert said(sent(office, session, *till.events)) == ["accepted"] * 3


@pytest.mark.parametrize(("theirs", "spoken"), [(0, OLDEST), (VERSION, VERSION), (9, VERSION)])
def test_whatever_version_a_till_speaks_its_events_are_taken(office, theirs, spoken):
    till = TillAtWork().join(office)
    session = begin_session(office, till.hello(version=theirs))
    assert session.version == spoken
    assert said(sent(office, session, till.note())) == ["accepted"]


def copies(office, till, **other):
    """The incarnation that a copy is told to begin with."""
    with pytest.raises(CopyFound) as found:
        begin_session(office, till.hello(**other))
    return found.value.next_one


def test_a_copy_is_found_by_a_nonce_that_was_spent(office):
    till = TillAtWork().join(office)
    kept = till.nonce.hex(), till.next_nonce.hex()
    till.begin(office)
    till.begin(office)
    assert copies(office, till, nonce=kept[0], next_nonce=kept[1]) == 2
    assert copies(office, till, nonce=kept[0], next_nonce=kept[1]) == 2, "a lost answer"
    assert open_cases(office) == (), "it may be a hello that was on its way for long"
    copy = till.hello(incarnation=2, nonce=kept[0], next_nonce=kept[1])
    for _ in range(2):
        begin_session(office, copy)
    (case,) = open_cases(office)
    assert (case.kind, case.about) == ("copy", f"S01-T{till.no}")
    close_case(office, case.id)
    assert open_cases(office) == ()
    for ident in (case.id, new_id()):
        with pytest.raises(NoSuchCase):
            close_case(office, ident)


def test_a_copy_is_found_by_a_shorter_chain_and_by_another_branch(office):
    till = TillAtWork().join(office)
    session = till.begin(office)
    sent(office, session, till.note(), till.note())
    assert copies(office, till, seq=1, hash=till.events[0].hash.hex()) == 2
    assert copies(office, till, hash=os.urandom(32).hex()) == 2
    assert copies(office, till, hash=os.urandom(32).hex(), next_nonce="0" * 32) == 3, "another"


def test_a_copy_that_began_anew_goes_on(office):
    till = TillAtWork().join(office)
    session = till.begin(office)
    sent(office, session, till.note())
    till.begin_anew(2)
    again = till.begin(office)
    assert (again.incarnation, again.durable_through) == (2, 0)
    assert said(sent(office, again, till.note())) == ["accepted"]
    till.begin_anew(1)
    assert copies(office, till) == 3, "the other one is older now"


def test_a_till_that_joins_again_is_no_younger_than_it_was(office):
    till = TillAtWork().join(office)
    till.begin(office)
    till.begin_anew(3)
    till.begin(office)
    revoke_at(office, "S01", till.no)
    till.begin_anew(1)
    till.join(office)
    assert copies(office, till) == 4, "it comes from a backup"
    till.begin_anew(4)
    assert till.begin(office).durable_through == 0


def test_a_till_with_a_wrong_clock_is_served(office):
    till = TillAtWork().join(office)
    hello = till.hello(at_us=office.clock.now_us() - 10 * 365 * DAY_S * 1_000_000)
    begin_session(office, hello)
    (there,) = all_tills(office)
    assert there.clock_behind_us == 10 * 365 * DAY_S * 1_000_000


def test_how_long_a_till_was_silent(office):
    till = TillAtWork(3).join(office)
    TillAtWork(4).join(office)
    revoke_at(office, "S01", 4)
    office.clock.wait_s(60)
    till.begin(office)
    office.clock.wait_s(5)
    standing = standing_now(office)
    assert [(each.till_no, each.silent_s) for each in standing.tills] == [(3, 5)]
    assert standing.open_cases == 0
