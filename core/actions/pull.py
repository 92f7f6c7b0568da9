"""下载: what head office has for this till is taken page by page (sync.md 4).

A page and its cursor are applied in one transaction. What this till cannot use is laid aside and
told, and holds up nothing behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.lay_aside import lay_aside
from core.actions.office_prices import read_plans, take_plans
from core.actions.office_rules import begin_due, read_issued, take_issued
from core.actions.sync import joined, still
from core.errors import ChangeUnread, ServerStrange, Shortfall
from core.ports import Writing
from core.ports.central import Central
from core.ports.feed import Taken
from core.shop import Shop
from core.sync.feed import PRODUCT, RULEBOOK, STORE, Change, Page, StoreNamed
from core.sync.session import Session
from core.values.moment import Moment


class Pulled(Struct, frozen=True):
    """A page that was taken: whether it was the last one, and how much it held."""

    is_last: bool
    count: int


class Topic(Struct, frozen=True):
    """What is done with the changes of a topic.

    `read` makes a value of JSON, or raises a Shortfall or what msgspec does; `take` applies one,
    says whether that changed anything, and may raise a Shortfall before it has. `after` is done
    behind each page, in the same transaction.
    """

    read: Callable[[Change], Any]
    take: Callable[[Shop, Writing, Moment, str, Any], bool]
    after: Callable[[Shop, Writing, Moment], object] | None = None


def pull(shop: Shop, central: Central, session: Session) -> Pulled:
    """Take one page; raises NotInChain, SessionOver, and what `Central.changes` does."""
    with shop.store.read() as reading:
        link = joined(reading.links.get())
        cursor = reading.feed.cursor(_known())
    page = central.changes(link.url, session.token, cursor)
    if not page.is_last and page.cursor == cursor:
        raise ServerStrange("unread")  # it would be the same page for ever
    read = [(change, _read(change)) for change in page.changes if change.topic in TOPICS]
    with shop.store.write() as tx:
        still(tx, link)
        if tx.feed.cursor(_known()) != cursor:
            return Pulled(False, 0)  # somebody pulled beside us: it goes on from there
        _apply(shop, tx, page, read)
    return Pulled(page.is_last, len(read))


def _apply(shop: Shop, tx: Writing, page: Page, read: list[tuple[Change, Any]]) -> None:
    moment, taken = shop.moment(tx), dict[str, str]()
    lies = {(aside.topic, aside.about) for aside in tx.feed.aside()}
    for change, told in read:
        error = told
        if not isinstance(told, Shortfall):
            is_new, error = _take(shop, tx, moment, change, told)
            taken |= {change.topic: change.about} if is_new else {}
        if error is not None:
            value, about = bytes(change.value), change.about
            lay_aside(shop, tx, moment, error, topic=change.topic, about=about, value=value)
        elif (change.topic, change.about) in lies:
            tx.feed.clear(change.topic, change.about)
    for name in {change.topic for change, _ in read}:
        if (after := TOPICS[name].after) is not None:
            after(shop, tx, moment)
    for topic, about in taken.items():
        tx.feed.took(Taken(topic, about, moment.at_us))
    tx.feed.move(page.cursor, _known())


def _read(change: Change) -> Any:
    """Its value, or why it cannot be used: another version of us may know better."""
    try:
        return TOPICS[change.topic].read(change)
    except Shortfall as error:
        return error
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        return ChangeUnread(change.topic, change.about)


def _take(
    shop: Shop, tx: Writing, moment: Moment, change: Change, value: Any
) -> tuple[bool, Shortfall | None]:
    """Whether it changed anything, or why it cannot be used."""
    try:
        return TOPICS[change.topic].take(shop, tx, moment, change.about, value), None
    except Shortfall as error:
        return False, error


def _known() -> str:
    """Kept with the cursor: a program that knows more begins anew, and passes nothing by."""
    return " ".join(sorted(TOPICS))


def _name_read(change: Change) -> StoreNamed:
    return msgspec.json.decode(change.value, type=StoreNamed)


def _name_taken(shop: Shop, tx: Writing, moment: Moment, code: str, named: StoreNamed) -> bool:
    """门店改名: what is sold from now on bears the new name."""
    till = tx.till
    if code != till.store_code or named.name == till.store_name:
        return False
    tx.set_till(replace(till, store_name=named.name))
    tx.audit.note("store_renamed", at_us=moment.at_us, staff_no=0, detail=named.name)
    return True


TOPICS: dict[str, Topic] = {
    PRODUCT: Topic(read_plans, take_plans),
    RULEBOOK: Topic(read_issued, take_issued, begin_due),
    STORE: Topic(_name_read, _name_taken),
}
