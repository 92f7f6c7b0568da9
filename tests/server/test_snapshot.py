"""快照: what the server tells a till that knows nothing, over HTTP, and that it comes last."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from core.actions import tell_snapshot
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.errors import ServerBusy
from core.sync.directory import MEMBER, Blind, blind_key
from core.sync.feed import STORE
from core.sync.snapshot import rows_in, sum_up, told_in, unseal
from server.last_lane import AT_ONCE, LastLane
from tests.server.arrival import read_all
from tests.server.speech import joins, sells
from tests.server.tills import Clock, TillAtWork, sent

PHONE_NO = "+8613912345678"

NO_SNAPSHOT = "01a20c23-c300-7e99-81ca-b7381a6b7f34"


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(tell_snapshot, "MOST_ROWS", 3)
    monkeypatch.setattr(tell_snapshot, "MOST_KEYS", 2)


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


def tell(office, till):
    session = till.begin(office)
    sent(office, session, *till.events)
    read_all(office)
    return {"Authorization": f"Bearer {session.token}"}


def taken(client, headers):
    """The manifest, what the feed tells, and all rows, asked for one after another."""
    answer = client.get("/v1/snapshot", headers=headers)
    assert answer.status_code == 200
    manifest = answer.json()
    ident, n, told, rows, summed = UUID(manifest["id"]), 0, [], [], b""
    while True:
        answer = client.get(f"/v1/snapshot/{ident}/{n}", headers=headers)
        assert answer.status_code == 200, answer.text
        chunk = unseal(answer.content, ident, n)
        if chunk.told:
            assert not rows
            told += told_in(chunk)
        else:
            rows += rows_in(chunk)
            summed = sum_up(summed, chunk.rows)
            assert (chunk.total, chunk.summed) == (len(rows), summed)
        if chunk.is_last:
            return manifest, told, rows
        n += 1


def test_a_snapshot_tells_own_members_first_and_then_everybody_masked(office, client, till, small):
    name_store(office, "S02", "解放路店")
    members = [joins(till, name=f"李小{no}", phone=PHONE_NO if no == 4 else "") for no in range(8)]
    sells(till, members[2], 70)
    headers = tell(office, till)
    manifest, told, rows = taken(client, headers)
    assert manifest["members"] == 8
    topics = [each.topic for each in told]
    assert topics == sorted(topics, key=lambda topic: topic == MEMBER), "members come last"
    assert [each.about for each in told if each.topic == STORE] == ["S01"]
    own = [each.about for each in told if each.topic == MEMBER]
    assert sorted(own) == sorted(member.hex for member in members)
    assert [row[0] for row in rows] == sorted(member.bytes for member in members)
    row = next(row for row in rows if row[0] == members[4].bytes)
    with office.store.read() as look:
        key = blind_key(look.chain_key, Blind.PHONE, PHONE_NO)
    assert row[1] == "李*4"
    assert row[6] == key


def test_members_of_another_store_are_only_rows(office, client, till):
    name_store(office, "S02", "解放路店")
    stranger = joins(till)
    tell(office, till)
    _, told, rows = taken(client, elsewhere(office, TillAtWork()))
    assert [each for each in told if each.topic == MEMBER] == []
    assert [row[0] for row in rows] == [stranger.bytes]


def elsewhere(office, till):
    """It stands in another store."""
    enrol(office, make_enrolment(office, "S02", till.no), till.enrolment(store_code="S02"))
    return {"Authorization": f"Bearer {till.begin(office).token}"}


def test_what_changes_behind_the_cursor_inside_is_told_by_the_feed(office, client, till):
    joins(till)
    headers = tell(office, till)
    manifest, _, _ = taken(client, headers)
    name_store(office, "S01", "新名店")
    page = client.get("/v1/changes", params={"cursor": manifest["cursor"]}, headers=headers).json()
    assert not page.get("begins_anew", False)
    told = [each["about"] for each in page["changes"]]
    for _ in range(100):  # what anybody in this database has open holds the feed up for a moment
        if "S01" in told:
            break
        page = client.get("/v1/changes", params={"cursor": page["cursor"]}, headers=headers).json()
        told += [each["about"] for each in page["changes"]]
    assert "S01" in told


def test_nothing_personal_is_in_the_rows(office, client, till):
    joins(till, name="欧阳娜娜", phone=PHONE_NO, no="880012345678")
    headers = tell(office, till)
    manifest, _, rows = taken(client, headers)
    said = repr(rows) + "".join(row[1] for row in rows)
    for personal in ("欧阳娜娜", "娜娜", PHONE_NO, PHONE_NO[3:], "12345678", "880012345678"):
        assert personal not in said
    assert rows[0][1] == "欧**娜"
    assert set(manifest) == {"id", "cursor", "members"}


def test_who_is_in_no_session_is_told_nothing(office, client, till):
    headers = tell(office, till)
    ident = client.get("/v1/snapshot", headers=headers).json()["id"]
    for path in ("/v1/snapshot", f"/v1/snapshot/{ident}/0"):
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"Authorization": "Bearer 00"}).status_code == 401


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{NO_SNAPSHOT}/0", 410),
        ("no-id/0", 400),
        (f"{NO_SNAPSHOT}/x", 400),
        (f"{NO_SNAPSHOT}/-1", 400),
        (f"{NO_SNAPSHOT}/99999999999999999999999", 410),
    ],
)
def test_what_is_not_there_or_no_number_is_said_so(office, client, till, path, code):
    answer = client.get(f"/v1/snapshot/{path}", headers=tell(office, till))
    assert (answer.status_code, "problem" in answer.json()) == (code, True)


def test_nobody_jumps_over_chunks_that_were_not_told(office, client, till, small):
    for _ in range(5):
        joins(till)
    headers = tell(office, till)
    ident = client.get("/v1/snapshot", headers=headers).json()["id"]
    assert client.get(f"/v1/snapshot/{ident}/2", headers=headers).status_code == 410
    assert client.get(f"/v1/snapshot/{ident}/0", headers=headers).status_code == 200


def test_a_chunk_is_the_same_however_often_it_is_asked_for_and_late_comers_lose_nothing(
    office, client, till, small
):
    members = [joins(till) for _ in range(6)]
    headers = tell(office, till)
    _, told, rows = taken(client, headers)
    late = [joins(till) for _ in range(3)]
    headers = tell(office, till)
    _, again, rows_again = taken(client, headers)
    assert rows_again == rows
    own = {each.about for each in again if each.topic == MEMBER}
    assert {member.hex for member in members} <= own <= {m.hex for m in (*members, *late)}
    assert len(told) <= len(again)


def test_a_few_tills_take_theirs_and_others_come_again_later():
    clock = Clock()

    async def day() -> list[int]:
        lane, waits = LastLane(clock), []
        for no in range(AT_ONCE):
            async with lane.entered(f"till {no}"):
                pass
        for no in range(500):
            with pytest.raises(ServerBusy) as busy:
                async with lane.entered(f"late {no}"):
                    pass
            waits.append(busy.value.wait_s)
        async with lane.entered("till 0"):
            pass
        lane.leave("till 0")
        async with lane.entered("late 1"):
            pass
        clock.wait_s(60)
        async with lane.entered("late 2"):
            pass
        return waits

    waits = asyncio.run(day())
    assert waits == sorted(waits)
    assert 5 <= waits[0] < waits[-1] <= 60


def test_a_chunk_waits_while_something_else_is_answered_but_not_for_ever():
    async def day() -> list[str]:
        lane, order = LastLane(Clock()), []

        async def chunk() -> None:
            async with lane.entered("till"):
                order.append("chunk")

        lane.others = 1
        waiting = asyncio.create_task(chunk())
        await asyncio.sleep(0.05)
        order.append("push")
        lane.others = 0
        await waiting
        lane.others = 1
        await chunk()
        return order

    assert asyncio.run(day()) == ["push", "chunk", "chunk"]
