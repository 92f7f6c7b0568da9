"""车道: who asks for points waits behind no push; of many pushes some come again later."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from core.errors import ServerBusy
from server.app import make_app
from server.lanes import LONGEST_WAIT_S, Lanes
from tests.server.conftest import PATIENT
from tests.server.test_app import asked, joined, problem
from tests.server.tills import Clock, push_of


def lanes(**other) -> Lanes:
    return Lanes(Clock(), **({"urgent": 1, "readers": 1, "pushes": 1, "waiting": 1} | other))


def test_what_is_urgent_is_done_while_pushes_fill_their_lane():
    async def both() -> list[str]:
        done, go_on, made = [], Event(), lanes()

        def slow() -> None:
            assert go_on.wait(30)
            done.append("push")

        pushes = [asyncio.create_task(made.push(slow)) for _ in range(3)]
        await asyncio.sleep(0)
        await made.hurry(lambda: done.append("points"))
        go_on.set()
        await asyncio.gather(*pushes)
        return done

    assert asyncio.run(both()) == ["points", "push", "push", "push"]


def test_what_is_urgent_is_done_while_others_wait_for_all_to_be_read():
    async def both() -> list[str]:
        done, go_on, made = [], Event(), lanes()

        def slow() -> None:
            assert go_on.wait(30)
            done.append("claim")

        claims = [asyncio.create_task(made.read_first(slow)) for _ in range(2)]
        await asyncio.sleep(0)
        await made.hurry(lambda: done.append("points"))
        with pytest.raises(ServerBusy):
            await made.read_first(slow)
        go_on.set()
        await asyncio.gather(*claims)
        return done

    assert asyncio.run(both()) == ["points", "claim", "claim"]


URGENT = (
    "redemptions",
    "redemptions/capture",
    "redemptions/void",
    "leases",
    "leases/over",
    "returns/void",
    "coupons/void",
    "held/take",
)
READ_FIRST = ("returns/claim", "coupons/claim", "sales/S01-T1-000001")


@pytest.mark.parametrize("full", ["hurry", "read_first"])
def test_each_of_what_a_counter_asks_goes_in_its_lane(client, office, monkeypatch, full):
    """Where the one lane has no place, whoever asks in the other is answered all the same."""

    async def no_place(_lanes, _work):
        raise ServerBusy(5)

    _, token = joined(client, office)
    monkeypatch.setattr(Lanes, full, no_place)
    busy = set()
    for place in (*URGENT, *READ_FIRST):
        headers = {"authorization": f"Bearer {token}"}
        how = {"content": b"{}"} if "sales" not in place else {}
        said = client.request("POST" if how else "GET", f"/v1/{place}", headers=headers, **how)
        if said.status_code == 429:
            busy.add(place)
        else:
            assert said.status_code in (400, 404), (place, said.text)
    assert busy == {*(URGENT if full == "hurry" else READ_FIRST)}


def test_whoever_finds_no_place_is_told_a_moment_of_his_own():
    made, waits = lanes(), []
    made.enter()
    made.enter()
    for _ in range(2000):
        with pytest.raises(ServerBusy) as busy:
            made.enter()
        waits.append(busy.value.wait_s)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1, LONGEST_WAIT_S)
    assert len(set(waits)) > LONGEST_WAIT_S // 2
    made.leave()
    made.enter()


def test_a_push_without_a_place_is_kept_when_it_comes_again(office):
    app = make_app(office, replace(PATIENT, pushes=1, waiting=0))
    with TestClient(app, raise_server_exceptions=False) as client:
        till, token = joined(client, office)
        push = push_of(till.note())
        app.state.served.lanes.enter()
        busy = asked(client, "/v1/events", push, token)
        assert problem(busy) == (429, "ServerBusy")
        assert int(busy.headers["retry-after"]) >= 1
        app.state.served.lanes.leave()
        assert asked(client, "/v1/events", push, token).is_success
