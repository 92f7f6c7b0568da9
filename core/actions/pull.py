"""下载: what head office has for this till is taken page by page (sync.md 4).

A page and its cursor are applied in one transaction. What this till cannot use is laid aside and
told, and holds up nothing behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.claim_coupons import read_batch, take_batch
from core.actions.lay_aside import lay_aside
from core.actions.office_prices import read_plans, take_plans
from core.actions.office_rules import begin_due, read_issued, take_issued
from core.actions.return_elsewhere import read_returned, take_returned
from core.actions.share_cases import read_case, take_case
from core.actions.share_stock import read_stock, take_stock
from core.actions.sync import joined, still
from core.actions.take_members import look_ahead, read_told, take_members
from core.errors import ChangeUnread, ServerStrange, Shortfall
from core.ports import Writing
from core.ports.central import Central
from core.ports.feed import Taken
from core.shop import Shop
from core.sync.cases import CASE
from core.sync.directory import MEMBER
from core.sync.feed import PRODUCT, RULEBOOK, STORE, Change, StoreNamed
from core.sync.session import Session
from core.sync.together import COUPONS, RETURNED, STOCK
from core.values.moment import Moment

_Read = tuple[Change, Any]
"""A change with its value, or with the Shortfall for which it has none."""


class Pulled(Struct, frozen=True):
    """A page that was taken: whether it was the last one, and how much it held.

    `begins_anew`: the server did not know the cursor, and begins at its first change.
    `members`: whether any of a member changed by it.
    """

    is_last: bool
    count: int
    begins_anew: bool = False
    members: bool = False


class Together(Struct, frozen=True):
    """How the changes of a page are taken together: `ahead` of the transaction, and within it.

    `ahead` is told in which life of the till was asked, and says what `take` is given beside
    them; that says of each what `Topic.take` does, or None where it is passed over for now: what
    was laid aside of it lies on.
    """

    ahead: Callable[[Shop, int, Sequence[Any]], Any]
    take: Callable[[Shop, Writing, Moment, Sequence[Any], Any], Sequence[bool | Shortfall | None]]


class Topic(Struct, frozen=True):
    """What is done with the changes of a topic.

    `read` makes a value of JSON, or raises a Shortfall or what msgspec does; `take` applies one,
    says whether that changed anything, and may raise a Shortfall before it has. `after` is done
    behind each page, in the same transaction.
    """

    read: Callable[[Change], Any]
    take: Callable[[Shop, Writing, Moment, str, Any], bool] | Together
    after: Callable[[Shop, Writing, Moment], object] | None = None


def pull(shop: Shop, central: Central, session: Session) -> Pulled:
    """Take one page; raises NotInChain, SessionOver, and what `Central.changes` does."""
    with shop.store.read() as reading:
        link = joined(reading.links.get())
        cursor = reading.feed.cursor(known())
    page = central.changes(link.url, session.token, cursor)
    if not page.is_last and page.cursor == cursor:
        raise ServerStrange("unread")  # it would be the same page for ever
    known_here = read_changes(shop, session, page.changes)
    with shop.store.write() as tx:
        still(tx, link)
        if tx.feed.cursor(known()) != cursor:
            return Pulled(False, 0)  # somebody pulled beside us: it goes on from there
        taken = take_changes(shop, tx, known_here)
        tx.feed.move(page.cursor, known())
    return Pulled(page.is_last, len(known_here.read), page.begins_anew, MEMBER in taken)


class Changes(Struct, frozen=True):
    """变更: with their values, or why they cannot be used; and what was asked for all of them."""

    read: list[_Read]
    ahead: dict[str, Any]


def read_changes(shop: Shop, session: Session, changes: Iterable[Change]) -> Changes:
    """Those of topics that are known here, before the transaction in which they are taken."""
    read = [(change, _read(change)) for change in changes if change.topic in TOPICS]
    ahead = {name: of.ahead(shop, session.incarnation, told) for name, of, told in _together(read)}
    return Changes(read, ahead)


def take_changes(shop: Shop, tx: Writing, changes: Changes) -> Collection[str]:
    """What they say holds here, and what cannot be used is laid aside: the topics that changed."""
    read, ahead = changes.read, changes.ahead
    moment, taken = shop.moment(tx), dict[str, str]()
    lies = {(aside.topic, aside.about) for aside in tx.feed.aside()}
    outcomes = {
        name: iter(of.take(shop, tx, moment, told, ahead[name]))
        for name, of, told in _together(read)
    }
    for change, told in read:
        outcome = told
        if not isinstance(told, Shortfall):
            several = outcomes.get(change.topic)
            outcome = next(several) if several else _take(shop, tx, moment, change, told)
        if isinstance(outcome, Shortfall):
            value, about = bytes(change.value), change.about
            lay_aside(shop, tx, moment, outcome, topic=change.topic, about=about, value=value)
            continue
        taken |= {change.topic: change.about} if outcome else {}
        if outcome is not None and (change.topic, change.about) in lies:
            tx.feed.clear(change.topic, change.about)
    for name in {change.topic for change, _ in read}:
        if (after := TOPICS[name].after) is not None:
            after(shop, tx, moment)
    for topic, about in taken.items():
        tx.feed.took(Taken(topic, about, moment.at_us))
    return taken


def _together(read: list[_Read]) -> Iterator[tuple[str, Together, list[Any]]]:
    """The topics whose changes are taken together, with what of them could be read."""
    for name, topic in TOPICS.items():
        told = [it for change, it in read if change.topic == name and not isinstance(it, Shortfall)]
        if told and isinstance(topic.take, Together):
            yield name, topic.take, told


def _read(change: Change) -> Any:
    """Its value, or why it cannot be used: another version of us may know better."""
    try:
        return TOPICS[change.topic].read(change)
    except Shortfall as error:
        return error
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        return ChangeUnread(change.topic, change.about)


def _take(shop: Shop, tx: Writing, moment: Moment, change: Change, value: Any) -> bool | Shortfall:
    """Whether it changed anything, or why it cannot be used."""
    take = TOPICS[change.topic].take
    assert not isinstance(take, Together), "taken with the others of the page"
    try:
        return take(shop, tx, moment, change.about, value)
    except Shortfall as error:
        return error


def known() -> str:
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
    MEMBER: Topic(read_told, Together(look_ahead, take_members)),
    PRODUCT: Topic(read_plans, take_plans),
    COUPONS: Topic(read_batch, take_batch),
    RETURNED: Topic(read_returned, take_returned),
    STOCK: Topic(read_stock, take_stock),
    RULEBOOK: Topic(read_issued, take_issued, begin_due),
    STORE: Topic(_name_read, _name_taken),
    CASE: Topic(read_case, take_case),
}
