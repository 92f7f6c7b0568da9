"""全店的销售, at the server: what a till sold, by its numbers, to office PCs of its store alone."""

from __future__ import annotations

import msgspec
import pytest
from starlette.testclient import TestClient

from core.actions import tell_sales
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.actions.tell_sales import DeedsAsked, deeds_of_till, lives_of_store
from core.errors import OnlyForOffice, SessionOver
from core.sync.lean import with_rulebook
from core.sync.session import OFFICE
from core.sync.sold import sold_by
from core.sync.store_sales import DeedsPage, deeds_place
from server.app import make_app
from server.settings import Settings
from tests.server.tills import TillAtWork, new_id, sent


class OfficePc(TillAtWork):
    """It has no number, and makes nothing."""

    def join(self, office):
        self.no = 0
        enrol(office, make_enrolment(office, self.store, 0, kind=OFFICE), self.enrolment())
        return self


@pytest.fixture
def till(office):
    """Two sales, each with something beside it that is none, and a return of the first."""
    made = TillAtWork().join(office)
    first = made.sell(no="S01-T1-000001")
    made.join_member()
    made.sell(no="S01-T1-000002")
    made.note()
    sale = sold_by(first).basket.sale_id
    body = {"return": new_id(), "sale": sale, "points": 0, "transfer": None, "lots": []}
    made.make("SaleReturned", body | {"lines": [[1, 1000, 0, 0, 0, 0]]})
    sent(office, made.begin(office), *made.events)
    return made


@pytest.fixture
def token(office):
    return OfficePc().join(office).begin(office).token


def told(page: DeedsPage) -> list[bytes]:
    """Whole again, as they were hashed."""
    return [
        each.data.encode()
        if each.rulebook is None
        else with_rulebook(each.data.encode(), page.rulebooks[each.rulebook].encode())
        for each in page.deeds
    ]


def test_each_till_is_told_with_how_far_it_is_here(office, token, till):
    silent = TillAtWork().join(office)
    name_store(office, "S02", "北京路店")
    TillAtWork(store="S02").join(office)
    lives = {each.till_id: each for each in lives_of_store(office, token).lives}
    assert lives.keys() == {till.id, silent.id}
    assert [lives[each.id].through for each in (till, silent)] == [5, 0]
    assert not lives[till.id].is_over


def test_sales_and_returns_come_as_they_were_hashed_and_nothing_beside_them(office, token, till):
    page = deeds_of_till(office, token, DeedsAsked(till.id, 1))
    assert (page.first, page.last) == (1, 5)
    assert told(page) == [till.events[at].data for at in (0, 2, 4)]
    assert len(page.rulebooks) == 1, "said once"
    assert b"13812345678" not in msgspec.json.encode(page)
    assert [each.sale is not None for each in page.deeds] == [False, False, True]
    assert page.deeds[2].sale.is_here and page.deeds[2].sale.till_no == till.no


def test_pages_meet_whichever_way_one_goes(office, token, till, monkeypatch):
    monkeypatch.setattr(tell_sales, "MOST_DEEDS", 1)
    monkeypatch.setattr(tell_sales, "MOST_PLACES", 3)
    on, after = [], 0
    while after < 5:
        page = deeds_of_till(office, token, DeedsAsked(till.id, 1, after=after))
        assert page.first == after + 1 and len(page.deeds) <= 1
        on, after = on + told(page), page.last
    back, before = [], 6
    while before > 1:
        page = deeds_of_till(office, token, DeedsAsked(till.id, 1, before=before))
        assert page.last == before - 1
        back, before = back + told(page), page.first
    assert on == back[::-1] == [till.events[at].data for at in (0, 2, 4)]


def test_nothing_is_told_behind_a_gap(office, token):
    till = TillAtWork().join(office)
    events = [till.sell() for _ in range(3)]
    session = till.begin(office)
    sent(office, session, events[0])
    sent(office, session, events[2])
    assert len(deeds_of_till(office, token, DeedsAsked(till.id, 1)).deeds) == 1
    sent(office, session, events[1])
    assert len(deeds_of_till(office, token, DeedsAsked(till.id, 1)).deeds) == 3


def test_no_till_is_told_and_no_other_store(office, token, till):
    asked = DeedsAsked(till.id, 1)
    for ask in (lives_of_store, lambda *of: deeds_of_till(*of, asked)):
        with pytest.raises(OnlyForOffice):
            ask(office, till.begin(office).token)
        with pytest.raises(SessionOver):
            ask(office, "nobody")
    name_store(office, "S02", "北京路店")
    away = OfficePc(store="S02").join(office).begin(office).token
    assert not deeds_of_till(office, away, asked).deeds
    assert not lives_of_store(office, away).lives


def test_what_another_store_sold_comes_with_its_return(office, till):
    name_store(office, "S02", "北京路店")
    there = TillAtWork(store="S02").join(office)
    sale = sold_by(till.events[0]).basket.sale_id
    body = {"return": new_id(), "sale": sale, "points": 0, "transfer": None, "lots": []}
    there.make("SaleReturned", body)
    sent(office, there.begin(office), *there.events)
    away = OfficePc(store="S02").join(office).begin(office).token
    (deed,) = deeds_of_till(office, away, DeedsAsked(there.id, 1)).deeds
    assert not deed.sale.is_here and deed.sale.store_name == "中山路店"


def test_over_http_it_is_packed_and_a_bad_question_is_refused(office, token, till):
    with TestClient(make_app(office, Settings())) as client:
        headers = {"authorization": f"Bearer {token}", "accept-encoding": "gzip"}
        answer = client.get(f"/v1/{deeds_place(till.id, 1, before=6)}", headers=headers)
        assert answer.status_code == 200 and answer.headers["content-encoding"] == "gzip"
        assert len(msgspec.json.decode(answer.content, type=DeedsPage).deeds) == 3
        for bad in ("till=x", f"till={till.id}&after=-1", f"till={till.id}&before=" + "9" * 40):
            refused = client.get(f"/v1/store/sales?{bad}", headers=headers)
            assert (refused.status_code, refused.json()["problem"]) == (400, "NotUnderstood")
        own = {"authorization": f"Bearer {till.begin(office).token}"}
        assert client.get("/v1/store/tills", headers=own).status_code == 409
        assert client.get("/v1/store/tills").status_code == 401
