"""讲全店的销售: what tills sold, voided and took back goes to an office PC of their store alone.

Nothing goes with it but what was hashed: what a person is called, and what somebody wrote of it,
stands beside an event, and stays here.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from core.actions.begin_session import branch_of
from core.actions.head_office import last_seen
from core.actions.read_sales import catch_up
from core.errors import BadRecord, OnlyForOffice, SessionOver
from core.ports.office import EnrolledTill, OfficeReading
from core.ports.together import SoldThere
from core.shop import HeadOffice
from core.sync.feed import MOST_PAGE_BYTES
from core.sync.lean import rulebook_in, without_rulebook
from core.sync.session import OFFICE
from core.sync.sold import SETTLED
from core.sync.store_sales import (
    MOST_DEEDS,
    MOST_PLACES,
    DeedsPage,
    DeedTold,
    Life,
    Lives,
    SaleOf,
)
from core.sync.told import read_body


class DeedsAsked(Struct, frozen=True):
    """Of which till and life; what lies behind the number `after`, or before the number `before`.

    `before` 0: it is asked for what lies behind.
    """

    till_id: UUID
    incarnation: int
    after: int = 0
    before: int = 0


class _Undone(Struct, frozen=True):
    sale: UUID


def lives_of_store(office: HeadOffice, token: str) -> Lives:
    """The tills of the store of this office PC; raises SessionOver, OnlyForOffice."""
    with office.store.read() as reading:
        own = _office_pc(office, reading, token)
        tills = {each.id: each for each in _of_store(reading, own.store_code)}
        told = reading.till_deeds.lives(tills)
        silent = tills.keys() - {till_id for till_id, *_ in told}
        found = [*told, *((each, tills[each].incarnation, 0) for each in sorted(silent))]
        newest = {till_id: incarnation for till_id, incarnation, _ in found}
        lives = (
            Life(
                till_id,
                incarnation,
                tills[till_id].till_no,
                through,
                last_seen(tills[till_id]),
                tills[till_id].revoked_us is not None or incarnation != newest[till_id],
            )
            for till_id, incarnation, through in found
        )
        return Lives(office.clock.now_us(), tuple(lives))


def deeds_of_till(office: HeadOffice, token: str, asked: DeedsAsked) -> DeedsPage:
    """A page of one till of that store; of a till of another one there is nothing.

    Raises SessionOver, OnlyForOffice, ServerBusy where much is unread that came of these sales.
    """
    with office.store.read() as reading:
        own = _office_pc(office, reading, token)
        till = reading.tills.get(asked.till_id)
        if till is None or till.store_code != own.store_code:
            return DeedsPage(asked.after + 1, asked.after)
        first, last = _window(reading, asked)
        found = reading.till_deeds.between(
            till.id,
            asked.incarnation,
            first,
            last,
            most=MOST_DEEDS + 1,
            from_last=bool(asked.before),
        )
    sales = {seq: sale for seq, kind, data in found if (sale := _undone_sale(kind, data))}
    if sales:
        catch_up(office, token)  # the sale that it takes back came before it, and may be unread
    with office.store.read() as reading:
        _office_pc(office, reading, token)
        return _page(reading, own.store_code, asked, (first, last), found, sales)


def _office_pc(office: HeadOffice, reading: OfficeReading, token: str) -> EnrolledTill:
    branch = branch_of(office, reading, token)
    own = reading.tills.get(branch.till_id)
    if own is None:
        raise SessionOver()
    if own.kind != OFFICE:
        raise OnlyForOffice()
    return own


def _of_store(reading: OfficeReading, store_code: str) -> list[EnrolledTill]:
    """Those that were revoked have sold, too."""
    return [each for each in reading.tills.of_store(store_code) if each.kind != OFFICE]


def _window(reading: OfficeReading, asked: DeedsAsked) -> tuple[int, int]:
    """Which numbers a page is about at the most: nothing behind a gap, which may be filled yet."""
    lives = reading.till_deeds.lives([asked.till_id])
    through = next((last for _, each, last in lives if each == asked.incarnation), 0)
    if asked.before:
        last = min(asked.before - 1, through)
        return max(1, last - MOST_PLACES + 1), last
    return asked.after + 1, min(through, asked.after + MOST_PLACES)


def _undone_sale(kind: str, data: bytes) -> UUID | None:
    """Which sale a void or a return takes back; of what cannot be read nobody knows."""
    if kind == SETTLED:
        return None
    try:
        return read_body(data, _Undone).body.sale
    except BadRecord:
        return None


class _Written:
    """The deeds of a page; each rulebook is said once."""

    def __init__(self) -> None:
        self.rulebooks: dict[bytes, int] = {}
        self.size = 0

    def lean(self, data: bytes) -> tuple[str, int | None]:
        """As it is sent, and which rulebook is left out of it."""
        found = rulebook_in(data)
        if found is None:
            self.size += len(data)
            return data.decode(), None
        text = without_rulebook(data, *found)
        self.size += len(text) + (0 if found[1] in self.rulebooks else len(found[1]))
        return text.decode(), self.rulebooks.setdefault(found[1], len(self.rulebooks))


def _page(
    reading: OfficeReading,
    store_code: str,
    asked: DeedsAsked,
    window: tuple[int, int],
    found: Sequence[tuple[int, str, bytes]],
    sales: dict[int, UUID],
) -> DeedsPage:
    """As much as a page may hold: it ends where the next deed would not fit any more."""
    written, deeds, end = _Written(), list[DeedTold](), 0
    for seq, _, data in found:
        if len(deeds) == MOST_DEEDS or (deeds and written.size > MOST_PAGE_BYTES):
            end = seq
            break
        sale = reading.sold.get(sales[seq]) if seq in sales else None
        text, rulebook = written.lean(data)
        of = None if sale is None else _sale_of(reading, store_code, sale, written)
        deeds.append(DeedTold(text, rulebook, of))
    first, last = window
    if end and asked.before:
        first = end + 1
    elif end:
        last = end - 1
    return DeedsPage(first, last, tuple(deeds), tuple(map(bytes.decode, written.rulebooks)))


def _sale_of(
    reading: OfficeReading, store_code: str, sale: SoldThere, written: _Written
) -> SaleOf | None:
    till = reading.tills.get(sale.till_id)
    if till is None:
        return None
    store = reading.stores.get(till.store_code)
    text, rulebook = written.lean(reading.sold.event_of(sale))
    is_here = till.store_code == store_code
    return SaleOf(text, till.till_no, store.name if store else "", is_here, rulebook)
