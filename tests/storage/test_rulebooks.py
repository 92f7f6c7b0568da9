"""规则册: the newest version that is kept is the one that is read."""

from __future__ import annotations

from msgspec.structs import replace

from storage.store import TillStore
from tests.storage.making import a_rulebook


def current_name(store: TillStore) -> str:
    with store.read() as reading:
        return reading.rulebooks.current().name


def test_readers_take_the_newest_rulebook_and_never_one_that_was_only_tried(
    store: TillStore,
) -> None:
    """It is kept in the memory by its version: one that is rolled back must not take its place."""
    assert current_name(store) == "test"
    with store.trial() as tx:
        tx.rulebooks.add(replace(a_rulebook(2), name="tried"))
        assert tx.rulebooks.current().name == "tried" and current_name(store) == "test"
    with store.write() as tx:
        tx.rulebooks.add(replace(a_rulebook(2), name="used"))
    assert current_name(store) == "used"
