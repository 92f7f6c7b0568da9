"""查会员: what a till asks its server of members that it does not know."""

from __future__ import annotations

import logging
from uuid import UUID

import msgspec
from msgspec.structs import replace
from starlette.testclient import TestClient

from core.sync.directory import Blind, MembersFound, MemberTold, blind_key
from server.app import make_app
from tests.server.conftest import PATIENT
from tests.server.speech import joins, merges
from tests.server.test_members_told import PHONE_NO, SECRETS, asks, tell
from tests.server.test_members_told import elsewhere as elsewhere
from tests.server.test_members_told import till as till
from tests.server.tills import new_id


def get(client: TestClient, path: str, token: str):
    return client.get(path, headers={"authorization": f"Bearer {token}"})


def problem(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["problem"]


def test_a_till_asks_for_one_it_does_not_know_and_in_full_it_is_written_down(
    office, till, elsewhere, caplog
):
    member, gone = joins(till, **SECRETS), joins(till)
    merges(till, gone, member)
    tell(office, till)
    expected = asks(office, elsewhere)[member]
    token = elsewhere.begin(office).token
    few = replace(PATIENT, looks_a_minute=2)
    with TestClient(make_app(office, few)) as client, caplog.at_level(logging.INFO):
        answer = get(client, f"/v1/members/{gone.hex}", token)
        found = msgspec.json.decode(answer.content, type=MemberTold)
        assert found == expected
        assert (found.id, found.name, found.person) == (member, "李*华", None)
        assert "look" not in caplog.messages
        for _ in range(2):
            answer = get(client, f"/v1/members/{gone}?full=1", token)
            full = msgspec.json.decode(answer.content, type=MemberTold)
            assert full.person.phone == PHONE_NO
        looks = [each for each in caplog.records if each.getMessage() == "look"]
        assert len(looks) == 2
        assert looks[0].facts == {"till": elsewhere.id.hex, "store": "S02", "member": member.hex}
        again = get(client, f"/v1/members/{gone}?full=1", token)
        assert problem(again) == (429, "ServerBusy")
        assert problem(get(client, f"/v1/members/{new_id()}", token)) == (404, "NoSuchMember")
        assert problem(get(client, "/v1/members/somebody", token)) == (400, "NotUnderstood")
        assert problem(get(client, f"/v1/members/{member}", "")) == (401, "SessionOver")


def test_a_till_asks_who_has_a_card_or_a_phone(office, client, till, elsewhere):
    first, second = joins(till, **SECRETS), joins(till, phone=PHONE_NO)
    tell(office, till)
    session = elsewhere.begin(office)

    def found(query: str) -> set[UUID]:
        answer = get(client, f"/v1/members?{query}", session.token)
        told = msgspec.json.decode(answer.content, type=MembersFound).members
        assert all(each.person is None for each in told)
        return {each.id for each in told}

    def key(blind: Blind, value: str) -> str:
        return blind_key(bytes.fromhex(session.chain_key), blind, value).hex()

    assert found(f"card_key={key(Blind.CARD, '900001')}") == {first}
    assert found(f"phone_key={key(Blind.PHONE, PHONE_NO)}") == {first, second}
    nobody = get(client, f"/v1/members?card_key={key(Blind.CARD, PHONE_NO)}", session.token)
    assert problem(nobody) == (404, "NoSuchMember")
    for strange in ("", "card_key=", "card_key=900001", f"card_key={'a' * 33}", "phone_key=%00"):
        answer = get(client, f"/v1/members?{strange}", session.token)
        assert problem(answer) == (400, "NotUnderstood")
    assert problem(get(client, f"/v1/members?card_key={'a' * 32}", "")) == (401, "SessionOver")


def test_the_page_of_paths_names_what_stands_in_them(client):
    paths = client.get("/openapi.json").json()["paths"]
    (one,) = (
        each
        for each in paths["/v1/members/{member_id}"]["get"]["parameters"]
        if each["in"] == "path"
    )
    assert (one["name"], one["required"]) == ("member_id", True)
    names = [each["name"] for each in paths["/v1/members"]["get"]["parameters"]]
    assert names == ["card_key", "phone_key"]
