"""What the server says over HTTP: values, problems by name, never a 5xx for what is sent badly."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict
from starlette.testclient import TestClient

from core import errors
from core.actions.enrol_till import make_enrolment
from core.actions.head_office import open_cases, revoke_at
from core.sync.session import Enrolled, Joining, Session
from core.sync.wire import MOST_EVENTS, EventSent, Push, Pushed, sent_of
from server.app import make_app
from server.bodies import MOST_PUSH, MOST_WORDS
from server.settings import Settings
from tests.server.conftest import PATIENT
from tests.server.kept import kept
from tests.server.tills import TillAtWork, as_json, push_of


def asked(client, path, value, token="", **headers):
    """The answer to a value; `headers` with underscores."""
    told = {name.replace("_", "-"): text.encode() for name, text in headers.items()}
    if token:
        told["authorization"] = f"Bearer {token}".encode()
    body = value if isinstance(value, bytes) else as_json(value)
    return client.post(path, content=body, headers=told)


def problem(answer) -> tuple[int, str]:
    told = answer.json()
    assert set(told) == {"problem", "facts"}
    kind = getattr(errors, told["problem"])
    assert set(told["facts"]) == set(kind.facts)
    return answer.status_code, told["problem"]


def joined(client, office) -> tuple[TillAtWork, str]:
    """A till over HTTP, and its token."""
    till = TillAtWork()
    code = make_enrolment(office, "S01", till.no)
    answer = asked(client, "/v1/enroll", Joining(code, till.enrolment()))
    assert answer.json() == asdict(Enrolled("康源", "中山路店", 1))
    begun = asked(client, "/v1/session", till.hello()).json()
    assert set(begun) == set(Session.__struct_fields__)
    return till, begun["token"]


def test_a_till_joins_and_sends_over_http(client, office):
    till, token = joined(client, office)
    push = push_of(till.sell(), till.note())
    plain = as_json(push)
    asked(client, "/v1/events", plain, token)
    answer = asked(client, "/v1/events", gzip.compress(plain), token, content_encoding="gzip")
    assert answer.json() == {
        "answers": [{"status": "duplicate"}] * 2,
        "incarnation": 1,
        "durable_through": 2,
    }
    assert kept(office, till.id) == till.events


def test_problems_travel_by_name_with_fitting_codes(client, office):
    till, _ = joined(client, office)
    push = push_of(till.note())
    assert problem(asked(client, "/v1/events", push)) == (401, "SessionOver")
    assert problem(asked(client, "/v1/events", push, "é")) == (401, "SessionOver")
    assert problem(asked(client, "/v1/session", TillAtWork().hello())) == (403, "TillUnknown")
    till.turn()
    till.turn()
    copy = asked(client, "/v1/session", till.hello())
    assert problem(copy) == (409, "CopyFound")
    assert copy.json()["facts"] == {"next_one": 2}
    unknown = Joining("R000-0000-00000", till.enrolment())
    assert problem(asked(client, "/v1/enroll", unknown)) == (404, "CodeUnknown")
    other = TillAtWork()
    code = make_enrolment(office, "S01", other.no)
    wrong = Joining(code, till.enrolment())
    assert problem(asked(client, "/v1/enroll", wrong)) == (409, "EnrolmentDiffers")
    assert asked(client, "/v1/enroll", Joining(code, other.enrolment())).status_code == 200
    third = Joining(code, TillAtWork(other.no).enrolment())
    assert problem(asked(client, "/v1/enroll", third)) == (410, "CodeSpent")
    revoke_at(office, "S01", till.no)
    assert problem(asked(client, "/v1/session", till.hello())) == (403, "TillRevoked")
    assert problem(client.get("/v1/nowhere")) == (404, "NotUnderstood")
    assert problem(client.get("/v1/events")) == (405, "NotUnderstood")


def test_a_till_that_is_revoked_is_out_at_once(client, office):
    till, token = joined(client, office)
    assert asked(client, "/v1/events", push_of(till.note()), token).is_success
    revoke_at(office, "S01", till.no)
    assert problem(asked(client, "/v1/events", push_of(till.note()), token)) == (401, "SessionOver")
    assert kept(office, till.id) == till.events[:1]


def test_too_much_is_said_in_words(client, office):
    till, token = joined(client, office)
    note = sent_of(till.note())
    many = Push(1, (note,) * (MOST_EVENTS + 1))
    assert problem(asked(client, "/v1/events", many, token)) == (413, "TooMuchSent")
    flood = b" " * (MOST_PUSH + 1)
    assert problem(asked(client, "/v1/events", flood, token)) == (413, "TooMuchSent")
    assert problem(asked(client, "/v1/events", flood)) == (401, "SessionOver"), "nothing is read"
    for path in ("/v1/enroll", "/v1/session"):
        words = b" " * (MOST_WORDS + 1)
        assert problem(asked(client, path, words)) == (413, "TooMuchSent")
        packed = asked(client, path, gzip.compress(words), content_encoding="gzip")
        assert problem(packed) == (413, "TooMuchSent")
    bomb = gzip.compress(flood)
    assert len(bomb) < 80_000
    packed = asked(client, "/v1/events", bomb, token, content_encoding="gzip")
    assert problem(packed) == (413, "TooMuchSent")
    for cut in (bomb[:-9], b"", b"no gzip", gzip.compress(b"{}") * 2):
        packed = asked(client, "/v1/events", cut, token, content_encoding="gzip")
        assert problem(packed) == (400, "NotUnderstood")
    assert problem(asked(client, "/v1/events", b"{}", token, content_encoding="br"))[0] == 400


def test_who_asks_too_often_waits_and_nobody_else(office):
    app = make_app(office, Settings(enrolments_a_minute=2, sessions_a_minute=3))
    with TestClient(app, client=("10.0.0.1", 1)) as one:
        two = TestClient(app, client=("10.0.0.2", 1))
        for path, count in (("/v1/enroll", 2), ("/v1/session", 3)):
            assert [asked(one, path, b"{}").status_code for _ in range(count)] == [400] * count
            refused = asked(one, path, b"{}")
            assert problem(refused) == (429, "ServerBusy")
            wait = int(refused.headers["retry-after"])
            assert wait == refused.json()["facts"]["wait_s"] == 60 // count
            assert asked(two, path, b"{}").status_code == 400
            office.clock.wait_s(wait)
            assert asked(one, path, b"{}").status_code == 400


def test_the_server_says_how_it_is(client, office):
    till, token = joined(client, office)
    sale = till.sell(payable_fen=1)
    asked(client, "/v1/events", push_of(sale), token)
    asked(client, "/v1/events", push_of(sale), token)
    asked(client, "/v1/events", push_of(sale))
    told = client.get("/v1/health").json()
    expected = {"chain_name": "康源", "version": 2, "now_us": office.clock.now_us()}
    assert {name: told[name] for name in expected} == expected
    lines = client.get("/metrics").text.splitlines()
    for line in (
        'shuke_events_total{status="accepted"} 1',
        'shuke_events_total{status="duplicate"} 1',
        "shuke_sessions_total 1",
        "shuke_enrolments_total 1",
        'shuke_refusals_total{problem="SessionOver"} 1',
        "shuke_cases_open 1",
        f'shuke_till_silent_seconds{{store="S01",till="{till.no}"}} 0',
        'shuke_request_seconds_count{path="/v1/events"} 3',
    ):
        assert line in lines


def test_the_description_is_of_the_values_that_are_read(client):
    told = client.get("/openapi.json").json()
    spending = ("redemptions", "redemptions/capture", "redemptions/void", "leases", "leases/over")
    paths = ("invitation", "enroll", "session", "events", "changes", "rulebook", "health")
    together = ("sales/{no}", "returns/claim", "returns/void", "coupons/claim", "coupons/void")
    together = (*together, "held", "held/take", "tills")
    for_tills = {path for path in told["paths"] if not path.startswith("/v1/admin/")}
    members = ("members", "members/{member_id}", "snapshot", "snapshot/{snapshot_id}/{n}")
    store = ("store/tills", "store/sales")
    assert for_tills == {f"/v1/{path}" for path in (*paths, *spending, *together, *members, *store)}
    parts = told["components"]["schemas"]
    assert set(parts["EventSent"]["properties"]) == set(EventSent.__struct_fields__)
    assert set(parts["Pushed"]["properties"]) == set(Pushed.__struct_fields__)
    text = json.dumps(told)
    named = {each.split('"')[0] for each in text.split("#/components/schemas/")[1:]}
    assert named <= set(parts)
    page = client.get("/docs").text
    assert "POST /v1/events" in page
    assert "//" not in page.replace("<!doctype", ""), "it loads nothing from anywhere"


def test_logs_name_nobody(client, office, caplog):
    caplog.set_level("INFO")
    till, token = joined(client, office)
    event, private = till.join_member()
    asked(client, "/v1/events", push_of(event), token)
    asked(client, "/v1/secret-path", b"")
    said_there = " ".join(
        str(record.__dict__) for record in caplog.records if record.name == "server.app"
    )
    assert "/v1/events" in said_there
    for secret in (private.value, token, "secret-path", till.id.hex):
        assert secret not in said_there


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ODD = st.text() | st.integers(-(2**70), 2**70) | JSON


@pytest.fixture(scope="module")
def line(lasting):
    """A client of an office that lasts, a till of it, and its token."""
    with TestClient(make_app(lasting, PATIENT), raise_server_exceptions=False) as client:
        yield client, lasting, *joined(client, lasting)


def changed(data, record):
    """One field of it is something else, or gone."""
    name = data.draw(st.sampled_from(sorted(record)))
    if data.draw(st.booleans()):
        return {key: value for key, value in record.items() if key != name}
    return record | {name: data.draw(ODD)}


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_sent_is_answered_and_nothing_breaks(line, data):
    client, _, till, token = line
    event = json.loads(as_json(sent_of(till.note())))
    ident = till.id.hex
    wanted = {"id": ident, "member_id": ident, "points": 1, "on": "2026-11-24"}
    wholes = {
        "/v1/redemptions": wanted,
        "/v1/redemptions/capture": wanted | {"transfer_id": ident},
        "/v1/redemptions/void": wanted,
        "/v1/leases": {"leases": [changed(data, wanted)]},
        "/v1/leases/over": {"ids": [ident], "through": 0},
        "/v1/invitation": {"code": "R000"},
        "/v1/enroll": {"code": "R000", "enrolment": json.loads(as_json(till.enrolment()))},
        "/v1/session": json.loads(as_json(till.hello())),
        "/v1/events": {"incarnation": 1, "events": [changed(data, event)]},
    }
    path = data.draw(st.sampled_from(sorted(wholes)))
    whole = wholes[path]
    way = data.draw(st.integers(0, 3))
    if way == 0:
        body = data.draw(st.binary(max_size=60))
    elif way == 1:
        body = json.dumps(data.draw(JSON)).encode()
    else:
        body = json.dumps(changed(data, whole) if way == 2 else whole).encode()
    answer = asked(client, path, body, token)
    assert answer.status_code < 500, answer.text
    if answer.status_code != 200:
        problem(answer)


@settings(max_examples=40)
@given(data=st.data())
def test_a_sale_of_whatever_shape_is_kept(line, data):
    """Rightly chained, but not what a sale is."""
    client, office, *_ = line
    till = TillAtWork()
    code = make_enrolment(office, "S01", till.no)
    asked(client, "/v1/enroll", Joining(code, till.enrolment()))
    token = asked(client, "/v1/session", till.hello()).json()["token"]
    whole = json.loads(till.sell().data)["body"]
    name = data.draw(st.sampled_from(sorted(whole)))
    inner = whole[name]
    if isinstance(inner, dict) and inner and data.draw(st.booleans()):
        value = changed(data, inner)
    else:
        value = data.draw(ODD)
    try:
        strange = till.make("SaleSettled", whole | {name: value})
    except ValueError:  # a number that has no canonical spelling: no till can send it
        return
    behind = till.note()
    answer = asked(client, "/v1/events", push_of(*till.events), token)
    assert answer.status_code == 200, answer.text
    first, second, third = answer.json()["answers"]
    assert (first["status"], third["status"]) == ("accepted", "accepted")
    assert second["status"] in ("accepted", "quarantined")
    told = {case.about for case in open_cases(office) if case.till_id == till.id}
    if second["status"] == "quarantined":
        assert told
    assert behind.seq == answer.json()["durable_through"]
    assert strange.id != behind.id
