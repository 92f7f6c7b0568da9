"""管理: with a code that serves once the chain is kept over HTTP, for half an hour."""

from __future__ import annotations

import json
import re
import signal
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from core.actions.administer import first_admin_code, make_admin_code
from core.actions.enrol_till import enrol
from core.actions.head_office import all_tills, open_cases, set_address
from core.sync.admin import (
    AdminAsking,
    CaseLooked,
    CodeWanted,
    ErasureWanted,
    StoreSaid,
    TillPlace,
)
from core.sync.invitation import read_invitation
from server.app import make_app
from server.settings import Settings
from tests.server.arrival import read_all
from tests.server.program import serving
from tests.server.speech import joins
from tests.server.test_app import asked
from tests.server.tills import TillAtWork, new_id, push_of, sent
from ui.text import sentence

HQ = "https://hq.example.com"
QUARTER_S, HALF_S = 15 * 60, 30 * 60
OFTEN = Settings(admin_codes_a_minute=1000, admins_a_minute=1000)


@pytest.fixture
def client(office):
    """Its server, which has the words of the commands."""
    set_address(office, HQ)
    with TestClient(make_app(office, OFTEN, sentence), raise_server_exceptions=False) as client:
        yield client


def admin(client, office) -> str:
    """A token."""
    answer = asked(client, "/v1/admin/session", AdminAsking(make_admin_code(office)))
    assert answer.json()["chain_name"] == "康源"
    return answer.json()["token"]


def refused(answer) -> tuple[int, str, str]:
    told = answer.json()
    return answer.status_code, told["problem"], told["says"]


def seen(client, token, what):
    return client.get(f"/v1/admin/{what}", headers={"authorization": f"Bearer {token}"}).json()


def test_a_chain_is_kept_from_its_first_store_to_the_exchange_of_a_till(client, office):
    token = admin(client, office)
    assert asked(client, "/v1/admin/stores", StoreSaid("S02", "北京路店"), token).is_success
    made = asked(client, "/v1/admin/codes", CodeWanted("S02", 3), token).json()
    till = TillAtWork(3)
    code = read_invitation(made["line"]).code
    enrol(office, code, till.enrolment(store_code="S02"))
    session = till.begin(office)
    sent(office, session, till.sell(payable_fen=1))
    told = seen(client, token, "chain")
    assert [each["code"] for each in told["stores"]] == ["S01", "S02"]
    (there,) = told["tills"]
    assert (there["store_code"], there["till_no"], there["is_revoked"]) == ("S02", 3, False)
    (case,) = seen(client, token, "cases")["cases"]
    assert (case["kind"], case["detail"]) == ("price", "payable_fen 1≠8799")
    assert asked(client, "/v1/admin/cases/close", {"id": case["id"]}, token).is_success
    assert open_cases(office) == ()
    other = asked(client, "/v1/admin/codes", CodeWanted("S02", 3, replaces=True), token).json()
    assert other["unsent"] == 0
    assert asked(client, "/v1/admin/revoke", TillPlace("S02", 3), token).is_success
    assert [each.revoked_us is None for each in all_tills(office)] == [False]


def test_a_code_serves_once_within_a_quarter_of_an_hour(client, office):
    used = make_admin_code(office)
    assert asked(client, "/v1/admin/session", AdminAsking(used.lower())).is_success
    late = make_admin_code(office)
    office.clock.wait_s(QUARTER_S + 1)
    before = make_admin_code(office)
    make_admin_code(office)
    for spent in (used, late, before):
        code, problem, says = refused(asked(client, "/v1/admin/session", AdminAsking(spent)))
        assert (code, problem) == (410, "AdminCodeSpent")
        assert says.startswith("这个管理码用过了，或过期了。")
    for wrong in ("", "A000-0000-00000", used[:-1], "R000-0000-00000"):
        code, problem, says = refused(asked(client, "/v1/admin/session", AdminAsking(wrong)))
        assert (code, problem) == (404, "AdminCodeUnknown")
        assert "office admin-code" in says


def test_a_session_is_over_after_half_an_hour_and_is_nobody_elses(client, office):
    token = admin(client, office)
    till = TillAtWork().join(office)
    session = till.begin(office)
    for strange in ("", "x", session.token):
        answer = asked(client, "/v1/admin/revoke", TillPlace("S01", till.no), strange)
        assert refused(answer)[:2] == (401, "AdminOver")
    assert asked(client, "/v1/events", push_of(till.note()), token).status_code == 401
    office.clock.wait_s(HALF_S)
    code, problem, says = refused(asked(client, "/v1/admin/stores", StoreSaid("S1", "x"), token))
    assert (code, problem) == (401, "AdminOver")
    assert "新的管理码" in says
    assert all(each.revoked_us is None for each in all_tills(office))


REFUSED = (
    ("stores", StoreSaid("中山", "x"), 400, "BadStoreCode"),
    ("codes", CodeWanted("S09", 1), 404, "StoreUnknown"),
    ("codes", CodeWanted("S01", 0), 400, "BadPlace"),
    ("codes", CodeWanted("S01", 1, kind="office"), 400, "BadPlace"),
    ("codes", CodeWanted("S01", 1, kind="x"), 400, "BadPlace"),
    ("codes", CodeWanted("S01", 1, replaces=True), 404, "NoTillThere"),
    ("revoke", TillPlace("S01", 1), 404, "NoTillThere"),
    ("revoke", b'{"store_code":"S01","till_no":0}', 400, "NotUnderstood"),
    ("cases/close", CaseLooked(new_id()), 404, "NoSuchCase"),
    ("cases/close", b"[", 400, "NotUnderstood"),
    ("session", b"{}", 400, "NotUnderstood"),
)


def test_what_cannot_be_done_is_said_in_words(client, office):
    token = admin(client, office)
    for path, value, code, problem in REFUSED:
        said = refused(asked(client, f"/v1/admin/{path}", value, token))
        assert said[:2] == (code, problem)
        assert re.search(r"[一-鿿].*。$", said[2]), said[2]


def test_nobody_guesses_codes_quickly(office):
    with TestClient(make_app(office, Settings())) as client:
        codes = [
            asked(client, "/v1/admin/session", AdminAsking("A0")).status_code for _ in range(6)
        ]
    assert codes == [404] * 5 + [429]


def test_the_paths_are_described(client):
    told = client.get("/openapi.json").json()
    paths = {path.partition("admin/")[2] for path in told["paths"] if "/admin/" in path}
    assert paths == {
        "session",
        "chain",
        "cases",
        "cases/close",
        "codes",
        "stores",
        "revoke",
        "erase",
    }
    assert "code" in told["components"]["schemas"]["AdminAsking"]["properties"]


def test_the_first_start_of_a_server_says_a_code_and_its_log_says_none(tmp_path):
    url = f"sqlite:///{tmp_path / 'office.db'}"
    with serving(url, "--chain", "康源", "--address", HQ) as server:
        assert server.process.stdout is not None
        said = server.process.stdout.readline()
        code = re.search(r"A[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{5}", said)[0]
        token = server.ask("/v1/admin/session", AdminAsking(code))["token"]
        server.ask("/v1/admin/stores", StoreSaid("S01", "中山路店"), token)
        line = server.ask("/v1/admin/codes", CodeWanted("S01", 1), token)["line"]
        again = asked(server.client, "/v1/admin/session", AdminAsking(code))
        assert refused(again)[:2] == (410, "AdminCodeSpent")
        assert "用过了" in again.json()["says"]
        log = server.end(signal.SIGTERM)
    deeds = [each["deed"] for each in map(json.loads, log.splitlines()) if "deed" in each]
    assert deeds == ["session", "stores", "codes"]
    for secret in (code, code.replace("-", ""), token, line.partition("#")[2]):
        assert secret not in log


def test_only_the_first_start_makes_a_code_whatever_was_done_before_by_commands(office):
    with office.store.read() as reading:
        assert reading.stores.all()
    assert first_admin_code(office)
    assert first_admin_code(office) == ""


def test_a_member_is_forgotten_by_card_number(client, office):
    token, till = admin(client, office), TillAtWork().join(office)
    member = joins(till, no="900001", phone="+8613900000001")
    sent(office, till.begin(office), *till.events)
    read_all(office)
    done = asked(client, "/v1/admin/erase", ErasureWanted("900001"), token).json()
    assert (UUID(done["member_id"]), done["values"] >= 3) == (member, True)
    again = asked(client, "/v1/admin/erase", ErasureWanted("900001"), token)
    assert refused(again)[:2] == (404, "NoSuchMember")
    assert asked(client, "/v1/admin/erase", ErasureWanted(str(member)), token).json()["values"] == 0
    assert asked(client, "/v1/admin/erase", ErasureWanted(str(member))).status_code == 401
