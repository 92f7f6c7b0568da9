"""变更: what is noted reaches each till of its store once, in order, and none is lost."""

from __future__ import annotations

import gzip

import msgspec
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from core.actions import feed
from core.actions.enrol_till import name_store
from core.actions.feed import page_behind
from core.errors import SessionOver
from core.sync.feed import Page, StoreNamed
from server.app import make_app
from server.program import opened_office
from server.settings import Settings
from tests.server.tills import TillAtWork


@pytest.fixture
def token(office):
    return TillAtWork().join(office).begin(office).token


def names(page: Page) -> list[str]:
    return [msgspec.json.decode(each.value, type=StoreNamed).name for each in page.changes]


def test_a_till_gets_the_name_of_its_store_as_it_is_now_and_no_other(office, token):
    name_store(office, "S02", "北京路店")
    name_store(office, "S01", "旧店名")
    name_store(office, "S01", "新店名")
    page = page_behind(office, token, "")
    assert (names(page), page.is_last, page.begins_anew) == (["新店名"], True, False)
    again = page_behind(office, token, page.cursor)
    assert (again.changes, again.cursor, again.is_last) == ((), page.cursor, True)
    name_store(office, "S01", "新店名")
    assert page_behind(office, token, page.cursor).changes == (), "nothing changed"
    name_store(office, "S01", "中山路店")
    assert names(page_behind(office, token, page.cursor)) == ["中山路店"]


def test_many_changes_come_in_pages_and_each_thing_once_in_a_page(office, token, monkeypatch):
    monkeypatch.setattr(feed, "MOST_KEYS", 3)
    monkeypatch.setitem(
        feed.TOPICS,
        "toy",
        lambda _, asking, keys, _now: {k: StoreNamed(asking.store_code + k) for k in keys},
    )
    page = page_behind(office, token, "")
    with office.store.write() as tx:
        for about in "aabcdefg":
            tx.changes.note("toy", about)
        tx.changes.note("toy", "z", "S02")
        tx.changes.note("nobody knows it", "z")
    seen = []
    for _ in range(9):
        page = page_behind(office, token, page.cursor)
        seen.append("".join(each.about for each in page.changes))
        if page.is_last:
            break
    assert seen == ["ab", "cde", "fg"]
    assert names(page) == ["S01f", "S01g"]


def test_a_page_is_no_larger_than_it_may_be(office, token, monkeypatch):
    monkeypatch.setattr(feed, "MOST_PAGE_BYTES", 40)
    monkeypatch.setitem(
        feed.TOPICS, "toy", lambda _, asking, keys, _now: {k: StoreNamed("x" * 30) for k in keys}
    )
    cursor = page_behind(office, token, "").cursor
    with office.store.write() as tx:
        for about in "abc":
            tx.changes.note("toy", about)
    for about, is_last in (("a", False), ("b", False), ("c", True)):
        page = page_behind(office, token, cursor)
        assert ([each.about for each in page.changes], page.is_last) == ([about], is_last)
        cursor = page.cursor


@pytest.mark.parametrize("strange", ["x", "0.99.0011223344556677", "9" * 999, "1.1.é"])
def test_a_cursor_that_is_not_known_begins_anew(office, token, strange):
    page = page_behind(office, token, strange)
    assert (names(page), page.begins_anew) == (["中山路店"], True)
    page = page_behind(office, token, page.cursor)
    assert (page.changes, page.begins_anew) == ((), False)


def test_a_server_that_was_restored_does_not_know_what_came_after_its_backup(office, token):
    """And takes no change of its own for the one that had the same number."""
    name_store(office, "S01", "后来的店名")
    cursor = page_behind(office, token, "").cursor
    with office.store._engine.begin() as connection:
        connection.execute(text("DELETE FROM changes WHERE pos = (SELECT max(pos) FROM changes)"))
        connection.execute(text("UPDATE stores SET name = '中山路店' WHERE code = 'S01'"))
    page = page_behind(office, token, cursor)
    assert (names(page), page.begins_anew) == (["中山路店"], True)


def noting(office, *abouts):
    """A transaction of its own that notes one thing after another; it ends when it is told to."""
    with office.store.write() as tx:
        for about in abouts:
            tx.changes.note("toy", about)
            yield


def test_what_is_committed_out_of_order_is_not_lost(postgres, monkeypatch):
    """The later transaction ends first; and the earlier one takes the higher number."""
    monkeypatch.setitem(
        feed.TOPICS, "toy", lambda _, asking, keys, _now: {k: StoreNamed(k) for k in keys}
    )
    with opened_office(postgres.fresh(), None) as office:
        name_store(office, "S01", "中山路店")
        token = TillAtWork().join(office).begin(office).token
        cursor, seen = page_behind(office, token, "").cursor, []

        def look():
            nonlocal cursor
            page = page_behind(office, token, cursor)
            cursor = page.cursor
            seen.append("".join(names(page)))

        early, late = noting(office, "a", "d"), noting(office, "b", "e")
        for each in (early, late, early):
            next(each)
        next(late)
        next(late, None)
        look()
        with office.store.write() as tx:
            tx.changes.note("toy", "c")
        look()
        next(early, None)
        look()
        look()
    assert seen == ["", "", "adbec", ""]


def test_a_database_that_was_moved_to_a_younger_server_goes_on(postgres):
    url = postgres.fresh()
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
        token = TillAtWork().join(office).begin(office).token
        cursor = page_behind(office, token, "").cursor
        with office.store._engine.begin() as connection:
            connection.execute(text("UPDATE changes SET xid = xid + 1000000"))
    with opened_office(url, None) as office:
        page = page_behind(office, token, cursor)
        assert (names(page), page.begins_anew) == (["中山路店"], True)
        name_store(office, "S01", "新店名")
        assert names(page_behind(office, token, page.cursor)) == ["新店名"]


def test_over_http_it_is_packed_and_only_for_who_is_in_a_session(office, client, token):
    with pytest.raises(SessionOver):
        page_behind(office, "", "")
    assert client.get("/v1/changes").status_code == 401
    asked = {"authorization": f"Bearer {token}", "accept-encoding": "gzip"}
    with client.stream("GET", "/v1/changes?cursor=%00", headers=asked) as answer:
        raw = b"".join(answer.iter_raw())
    page = msgspec.json.decode(gzip.decompress(raw), type=Page)
    assert names(page) == ["中山路店"]
    plain = {"authorization": f"Bearer {token}", "accept-encoding": "identity"}
    answer = client.get("/v1/changes", params={"cursor": page.cursor}, headers=plain)
    assert answer.json() == {"cursor": page.cursor, "changes": [], "is_last": True}
    codes = [client.get(f"/v1/rulebook{on}", headers=plain).status_code for on in ("", "?on=x")]
    assert codes == [404, 400]
    slow = Settings(pages_a_minute=1)
    with TestClient(make_app(office, slow)) as other:
        assert [other.get("/v1/changes", headers=plain).status_code for _ in "ab"] == [200, 429]
