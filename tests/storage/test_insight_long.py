"""问得久的报表: it is known the next time how long it takes, and whoever waits can stop it."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest

from core.errors import Cancelled
from storage.insight import insight as asked
from storage.store import TillStore
from tests.storage.making import KEY, TODAY
from tests.storage.test_insight import rows, sold, unheard

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3"
WAIT_S = 60


def took(store: TillStore, question: str, days: int) -> int | None:
    with store.insight.opened() as copy:
        return copy.takes_ms(question, TODAY, TODAY + timedelta(days - 1))


def test_what_was_long_is_known_the_next_time_for_as_many_days(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(store)
    rows(store, "days")
    assert took(store, "days", 1) is None, "it was short"
    monkeypatch.setattr(asked, "LONG_MS", 0)
    clock = iter([10.0, 13.0, 20.0, 24.0])
    monkeypatch.setattr(asked, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    rows(store, "days")
    assert took(store, "days", 1) == 3000
    assert took(store, "days", 30) == 90_000
    assert took(store, "hours", 1) is None
    rows(store, "days")
    assert took(store, "days", 2) == 8000


def test_so_it_is_for_whoever_else_asks_until_the_copy_is_made_anew(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(store)
    monkeypatch.setattr(asked, "LONG_MS", 0)
    found = rows(store, "days")
    monkeypatch.undo()
    again = asked.StoredInsight(store, KEY)
    with again.opened() as copy:
        before = copy.takes_ms("days", TODAY, TODAY + timedelta(999))
        copy.keep_up(unheard)
        assert copy.ask("days", TODAY, TODAY).rows == found, "what is noted is no mark of rows"
    assert before is not None
    assert took(store, "days", 1000) == before
    again.rebuild(unheard)
    assert took(store, "days", 1000) is None


def test_who_stops_it_before_it_begins_is_heard(store: TillStore) -> None:
    sold(store)
    with pytest.raises(Cancelled), store.insight.opened() as copy:
        copy.keep_up(unheard)
        store.insight.stop()
        copy.ask("days", TODAY, TODAY)
    assert rows(store, "days"), "it held for that one alone"


def test_whoever_waits_can_stop_it_and_ask_something_else(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(store)
    found = rows(store, "days")
    is_over, ends = threading.Event(), []
    monkeypatch.setattr(asked, "sql_of", lambda *_words: ENDLESS)

    def ask() -> None:
        try:
            rows(store, "days")
        except Cancelled as error:
            ends.append(error)
        is_over.set()

    thread = threading.Thread(target=ask)
    thread.start()
    while not is_over.wait(0.02):
        store.insight.stop()
    thread.join(WAIT_S)
    assert len(ends) == 1
    monkeypatch.undo()
    store.insight.stop()
    assert rows(store, "days") == found
