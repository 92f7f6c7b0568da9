"""精简变更: the table of changes does not grow for ever, and no till begins anew because of it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.actions import compact_changes
from core.actions.compact_changes import compacting
from core.actions.enrol_till import name_store
from core.actions.feed import page_behind
from storage.office.changes import CHANGES
from tests.server.tills import TillAtWork

DAY_S = 24 * 3600


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


def pull(office, till, cursor: str = ""):
    return page_behind(office, till.begin(office).token, cursor)


def rename(office, *names: str, code: str = "S01") -> None:
    for name in names:
        name_store(office, code, name)


def count(office) -> int:
    with office.store._engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(CHANGES)).scalar_one()


def next_day(office) -> int:
    """The work of the next day; how many changes went."""
    office.clock.wait_s(DAY_S)
    duty, gone = compacting(), 0
    while (went := duty.step(office)).is_more:
        gone = went.ended.found if went.ended else gone
    return gone


def names(page) -> list[bytes]:
    return [bytes(each.value) for each in page.changes]


def test_of_each_key_the_newest_stays_and_all_of_the_last_day(office, till):
    rename(office, "一", "二", "三")
    rename(office, "北京路店", code="S02")
    assert next_day(office) == 0, "they are of the last day"
    rename(office, "四")
    before, whole = count(office), names(pull(office, till))
    assert next_day(office) == 3
    assert next_day(office) == 1, "what the last day's change has replaced"
    assert count(office) == before - 4 == 2
    assert names(pull(office, TillAtWork().join(office))) == whole


def test_where_a_till_stands_stays_known_for_as_long_as_it_is_away(office, till):
    cursor = pull(office, till).cursor
    rename(office, "一", "二", "三")
    for _ in range(3):
        next_day(office)
    page = pull(office, till, cursor)
    assert not page.begins_anew
    assert names(page) == [b'{"name":"\xe4\xb8\x89"}']


def test_a_till_whose_answer_was_lost_comes_with_the_cursor_before(office, till):
    first = pull(office, till).cursor
    rename(office, "一")
    second = pull(office, till, first).cursor
    rename(office, "二", "三")
    for _ in range(3):
        next_day(office)
    for cursor in (first, second):
        assert not pull(office, till, cursor).begins_anew
        assert len(names(pull(office, till, cursor))) == 1


def test_a_cursor_that_nobody_stands_at_any_more_begins_anew(office, till):
    cursor = pull(office, till).cursor
    for name in ("一", "二", "三"):
        rename(office, name)
        last = pull(office, till, cursor).cursor
        pull(office, till, last)
    for _ in range(2):
        next_day(office)
    page = pull(office, till, cursor)
    assert page.begins_anew and len(names(page)) == 1


def test_many_go_in_several_steps(office, till, monkeypatch):
    monkeypatch.setattr(compact_changes, "AT_ONCE", 2)
    rename(office, *"一二三四五")
    next_day(office)
    assert next_day(office) == 5
    assert count(office) == 1


def test_a_till_that_has_nothing_to_pull_writes_nothing(office, till):
    cursor = pull(office, till).cursor
    assert pull(office, till, cursor).cursor == cursor
    token = till.begin(office).token
    with office.store.read() as reading:
        assert reading.changes.is_held(till.id, cursor, cursor)
    office.store.write = None
    assert page_behind(office, token, cursor).is_last
    del office.store.write
