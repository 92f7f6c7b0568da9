"""未读: whom this till has told of, where head office has not come so far; read but once."""

from __future__ import annotations

import pytest

from core.actions.take_members import unread_of
from core.shop import Shop
from core.sync.reading import IMPORTED
from core.trust.staff import Staff
from storage.links import StoredLinks
from tests.actions.test_settle import GOLD, SILVER, VITAMIN, settled
from tests.builders import file_of
from tests.chained import events_of
from tests.telling import told


def unread(shop: Shop, *, through: int) -> set[str]:
    """Of whom of the two something is unread in this life of the till."""
    ids = {file_of(shop, card).member.id: card for card in (GOLD, SILVER)}
    said = [told(ident, through=through) for ident in ids]
    return {ids[member] for member in unread_of(shop, 1, said).members}


def test_an_import_is_unread_until_head_office_has_come_to_it(shop: Shop) -> None:
    (imported,) = (event.seq for event in events_of(shop) if event.kind == IMPORTED)
    assert unread(shop, through=imported - 1) == {GOLD, SILVER}
    assert unread(shop, through=imported) == set()


def test_head_office_may_have_less_than_before(shop: Shop, staff: Staff) -> None:
    before = events_of(shop)[-1].seq
    settled(shop, staff, GOLD, VITAMIN)
    sold = events_of(shop)[-1].seq
    settled(shop, staff, SILVER, VITAMIN)
    assert unread(shop, through=sold) == {SILVER}
    assert unread(shop, through=before) == {GOLD, SILVER}
    assert unread(shop, through=events_of(shop)[-1].seq) == set()


def test_the_next_page_reads_none_of_them_again(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = events_of(shop)[-1].seq, list[int]()
    event_of = StoredLinks._event

    def seen(links: StoredLinks, row: tuple[int, ...], *more: str) -> object:
        read.append(row[3])
        return event_of(links, row, *more)

    monkeypatch.setattr(StoredLinks, "_event", seen)
    settled(shop, staff, GOLD, VITAMIN)
    assert unread(shop, through=before) == {GOLD}
    settled(shop, staff, SILVER, VITAMIN)
    assert unread(shop, through=before) == {GOLD, SILVER}
    assert read == list(range(before + 1, events_of(shop)[-1].seq + 1))
