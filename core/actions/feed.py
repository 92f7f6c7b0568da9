"""变更: a page of what tills must know, with the values as they are now (sync.md 4).

What changes notes only its key: a page holds each key once, with what it is at this moment.
Whoever adds a topic adds it to `TOPICS` here, and to those of `core.actions.pull`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import msgspec
from msgspec import Raw, Struct

from core.actions.begin_session import branch_of
from core.actions.claim_code import batches_for_tills
from core.actions.issue import rulebooks_for_tills
from core.actions.issue_prices import products_for_tills
from core.actions.share_cases import cases_for_tills
from core.actions.share_stock import stock_for_tills
from core.actions.take_back_elsewhere import returned_for_tills
from core.actions.tell_members import members_for_tills
from core.errors import SessionOver
from core.ports.feed import Asking, Behind
from core.ports.office import OfficeReading
from core.shop import HeadOffice
from core.sync.cases import CASE
from core.sync.directory import MEMBER
from core.sync.feed import (
    MOST_KEYS,
    MOST_PAGE_BYTES,
    PRODUCT,
    RULEBOOK,
    STORE,
    Change,
    Page,
    StoreNamed,
)
from core.sync.together import COUPONS, RETURNED, STOCK

Values = dict[str, Struct]
"""By what they are about; what is not there any more is left out."""
ValuesOf = Callable[[OfficeReading, Asking, Collection[str], int], Values]
"""Of a topic: the values, for the till that asks, of the keys that changed, now."""
_Key = tuple[str, str]


def page_behind(office: HeadOffice, token: str, cursor: str) -> Page:
    """What changed behind a cursor for the till of this session; raises SessionOver."""
    with office.store.read() as reading:
        asking = who_asks(office, reading, token)
        behind = reading.changes.behind(cursor, asking.store_code, most=MOST_KEYS)
        values = _values(reading, asking, behind, office.clock.now_us())
        page = _page(cursor, behind, values)
        is_held = reading.changes.is_held(asking.till_id, cursor, page.cursor)
    if not is_held:
        with office.store.write() as tx:
            tx.changes.hold(asking.till_id, cursor, page.cursor)
    return page


def who_asks(office: HeadOffice, reading: OfficeReading, token: str) -> Asking:
    """The till of this session; raises SessionOver."""
    branch = branch_of(office, reading, token)
    till = reading.tills.get(branch.till_id)
    if till is None:
        raise SessionOver()
    return Asking(till.id, branch.incarnation, till.store_code)


def _values(reading: OfficeReading, asking: Asking, behind: Behind, now_us: int) -> dict[_Key, Raw]:
    keys: dict[str, dict[str, None]] = {}
    for noted in behind.noted:
        keys.setdefault(noted.topic, {})[noted.about] = None
    found: dict[_Key, Raw] = {}
    for topic, of in keys.items():
        if topic in TOPICS:
            now = TOPICS[topic](reading, asking, of, now_us)
            found |= {(topic, key): Raw(msgspec.json.encode(now[key])) for key in now}
    return found


def _page(cursor: str, behind: Behind, values: dict[_Key, Raw]) -> Page:
    """As much as a page may hold: at least one change, where there is any."""
    changes: dict[_Key, Change] = {}
    size, last, is_whole = 0, cursor if behind.is_known else "", True
    for noted in behind.noted:
        key = (noted.topic, noted.about)
        if key in values and key not in changes:
            size += len(values[key])
            if changes and size > MOST_PAGE_BYTES:
                is_whole = False
                break
            changes[key] = Change(noted.topic, noted.about, values[key])
        last = noted.cursor
    is_last = is_whole and behind.is_last
    return Page(last, tuple(changes.values()), is_last, begins_anew=not behind.is_known)


def _names(reading: OfficeReading, _: Asking, codes: Collection[str], _now_us: int) -> Values:
    return dict(_named(reading, codes))


def _named(reading: OfficeReading, codes: Collection[str]) -> Iterator[tuple[str, Struct]]:
    for code in codes:
        store = reading.stores.get(code)
        if store is not None:
            yield code, StoreNamed(store.name)


TOPICS: dict[str, ValuesOf] = {
    MEMBER: members_for_tills,
    PRODUCT: products_for_tills,
    COUPONS: batches_for_tills,
    RETURNED: returned_for_tills,
    STOCK: stock_for_tills,
    RULEBOOK: rulebooks_for_tills,
    STORE: _names,
    CASE: cases_for_tills,
}
