"""同店的机器: a till sees those of its own store, how they stand, and no key of them."""

from __future__ import annotations

import httpx2
import msgspec
from starlette.testclient import TestClient

from core.actions.enrol_till import enrol, issue, name_store
from core.actions.head_office import revoke_at, set_address
from core.sync.invitation import read_invitation
from core.sync.session import OFFICE
from core.sync.store_tills import MOST_REVOKED, StoreTills, TillThere
from core.values.version import VERSION
from server.app import make_app
from server.settings import Settings
from storage.central import HttpCentral
from tests.server.program import serving
from tests.server.test_app import asked
from tests.server.tills import TillAtWork, push_of, sent

HQ = "https://hq.example.com"
MINUTE_US = 60_000_000


def looked(client, token) -> StoreTills:
    answer = client.get("/v1/tills", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=StoreTills)


def by_no(told: StoreTills) -> dict[int, TillThere]:
    return {till.till_no: till for till in told.tills}


def test_the_tills_of_one_store_are_told_and_no_key_of_them(client, office):
    name_store(office, "S02", "北京路店")
    one, two = TillAtWork(1).join(office), TillAtWork(2).join(office)
    away = TillAtWork(3, store="S02").join(office)
    set_address(office, HQ)
    code = read_invitation(issue(office, "S01", 0, kind=OFFICE).line).code
    enrol(office, code, TillAtWork().enrolment(till_no=0))
    token = one.begin(office).token
    two.begin(office)
    away.begin(office)
    told = looked(client, token)
    assert (told.store_code, told.store_name, told.now_us) == (
        "S01",
        "中山路店",
        office.clock.now_us(),
    )
    assert [(till.till_no, till.kind, till.is_asking) for till in told.tills] == [
        (0, "office", False),
        (1, "till", True),
        (2, "till", False),
    ]
    text = msgspec.json.encode(told).decode()
    assert one.enrolment().public_key not in text
    assert one.id.hex not in text.replace("-", "")
    assert set(told.tills[0].__struct_fields__) >= {"program", "enrolled_us", "heard_us", "unsent"}


def test_who_asks_is_heard_and_who_is_silent_is_not(client, office):
    """Asking in a session counts: sessions begin a quarter of an hour apart."""
    one, two = TillAtWork(1).join(office), TillAtWork(2).join(office)
    session, silent = one.begin(office), two.begin(office)
    began_us = office.clock.now_us()
    office.clock.wait_s(8 * 60)
    refused = client.get("/v1/changes?cursor=", headers={"authorization": "Bearer x"})
    assert refused.status_code == 401
    asked(client, "/v1/events", push_of(one.note()), session.token)
    assert client.get("/v1/health", headers=bearer(silent.token)).status_code == 200
    told = by_no(looked(client, session.token))
    assert told[1].heard_us == office.clock.now_us()
    assert told[2].heard_us == began_us
    looked(client, silent.token)
    assert by_no(looked(client, session.token))[2].heard_us == office.clock.now_us()


def test_what_never_came_is_counted_and_who_is_out_stands_behind(client, office):
    one, two = TillAtWork(1).join(office), TillAtWork(2).join(office)
    two.note()
    two.note()
    last = two.note()
    session = two.begin(office)
    token = one.begin(office).token
    assert by_no(looked(client, token))[2].unsent == 3
    office.clock.wait_s(60)
    sent(office, session, *[each for each in two.events if each.seq < last.seq])
    assert by_no(looked(client, token))[2].unsent == 1
    revoke_at(office, "S01", 2)
    gone = looked(client, token).tills[-1]
    assert (gone.till_no, gone.revoked_us, gone.unsent) == (2, office.clock.now_us(), 1)
    assert client.get("/v1/tills", headers=bearer(session.token)).status_code == 401


def bearer(token):
    return {"authorization": f"Bearer {token}"}


def test_of_many_that_are_out_the_last_are_told(client, office):
    one = TillAtWork(1).join(office)
    token = one.begin(office).token
    for _ in range(MOST_REVOKED + 3):
        TillAtWork(2).join(office)
        office.clock.wait_s(1)
        revoke_at(office, "S01", 2)
    gone = looked(client, token).tills[1:]
    assert len(gone) == MOST_REVOKED
    assert gone[0].revoked_us == office.clock.now_us()


def test_without_a_session_nothing_is_told_and_nobody_asks_too_often(office):
    with TestClient(make_app(office, Settings(pages_a_minute=3))) as client:
        codes = [client.get("/v1/tills").status_code for _ in range(4)]
    assert codes == [401] * 3 + [429]


def test_a_real_server_tells_a_till_by_its_own_line(tmp_path):
    """Over HTTP, by the very line that a till speaks by."""
    from server.program import opened_office

    url = f"sqlite:///{tmp_path / 'office.db'}"
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
        one = TillAtWork(1)
        with serving(url, "--chain", "康源") as server:
            one.join(office)
            place = str(server.client.base_url)
            central = HttpCentral(httpx2.Timeout(30))
            session = central.begin(place, one.hello(program=f"shuke {VERSION}"))
            told = central.say(place, session.token, "tills", None, StoreTills)
            central.close()
    (till,) = told.tills
    assert (told.store_name, till.program, till.is_asking) == ("中山路店", f"shuke {VERSION}", True)
    assert till.revoked_us is None
    assert told.now_us - till.heard_us < MINUTE_US
