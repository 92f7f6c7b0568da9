"""上传: what waits goes to the server; a transaction is never held over the network (sync.md 4).

While the network is waited for, somebody else may have left the chain, or sent something beside
us: what came back is written down only where it is still an answer to us.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import astuple, replace

from core.actions.allow import allow, noted
from core.actions.expire_points import begin_again
from core.actions.invitation import answered
from core.actions.put_out import note_put_out
from core.errors import CopyFound, InChain, NotInChain, ServerStrange, TillRevoked
from core.ports import Reading, Till, Writing
from core.ports.central import Central, Keys, Link, Links, Waiting
from core.shop import Shop
from core.sync.address import read_address
from core.sync.fact import Event, Head
from core.sync.own_escrow import earliest_end
from core.sync.session import (
    NONCE_BYTES,
    Enrolled,
    Enrolment,
    Hello,
    Session,
    SignedHello,
    Told,
    hello_text,
    lock_of,
    unlocked,
)
from core.sync.wire import (
    FORK,
    MOST_BYTES,
    USUAL_EVENTS,
    VERSION,
    Push,
    Pushed,
    Status,
    push_of,
    told_of,
)
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MANY_SALES = 50
MOST_COUNTED = 1000
OLD_US = 24 * 3600 * 1_000_000


class Linked(Struct, frozen=True):
    """连锁: the chain of this till, and what its server does not have yet.

    `kept_apart` events are there and wait for a person. `has_met_copy`: nobody has read yet that
    the server has another branch of this till, for which a new incarnation began.
    """

    chain_name: str
    url: str
    waiting: Waiting
    kept_apart: int
    has_met_copy: bool = False


class Unsafe(Struct, frozen=True):
    """没传完: so many records are on this machine alone, sales among them."""

    count: int
    since_us: int


class Sending(Linked, frozen=True, kw_only=True):
    """How the till stands with its server after so many events were sent."""

    sent: int


def join_chain(
    shop: Shop,
    central: Central,
    keys: Keys,
    *,
    url: str,
    code: str,
    staff: Staff,
    program: str,
    approval: Approval | None = None,
) -> Enrolled:
    """入网: the till belongs to a chain from now on.

    Raises NotAllowed, BadAddress, PlainAddress, InChain, NotAsked, and what the server refuses.
    Keys and nonce are written down before they are sent: after a lost answer the same code works.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        right = Right.CHANGE_SETTINGS
        answers = allow(tx, staff, right, now_us=now_us, approval=approval)
        url = read_address(url)
        link, till = tx.links.get(), tx.till
        if link is not None and link.chain_name:
            raise InChain(link.chain_name)
        private_key = link.private_key if link else keys.make()
        nonce = link.nonce if link else shop.dice.roll(NONCE_BYTES)
        link = Link(url, "", private_key, nonce, nonce, now_us)
        tx.links.keep(link)
    enrolment = Enrolment(
        till.id,
        till.store_code,
        till.till_no,
        till.incarnation,
        keys.public_of(private_key).hex(),
        nonce.hex(),
        program,
    )
    with answered():
        enrolled = central.enrol(url, code, enrolment)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        tx.links.keep(replace(link, chain_name=enrolled.chain_name, enrolled_us=now_us))
        if enrolled.incarnation > tx.till.incarnation:  # another machine stood here before
            tx.set_till(replace(tx.till, incarnation=enrolled.incarnation))
        detail = noted("", staff, answers)
        name = enrolled.chain_name
        tx.audit.note("chain_joined", at_us=now_us, staff_no=staff.no, subject=name, detail=detail)
    return enrolled


def leave_chain(shop: Shop, *, staff: Staff, approval: Approval | None = None) -> str:
    """退网: nothing is sent any more; the name of the chain. All events stay on the till.

    Raises NotAllowed, NotInChain.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        right = Right.CHANGE_SETTINGS
        answers = allow(tx, staff, right, now_us=now_us, approval=approval)
        name = joined(tx.links.get()).chain_name
        tx.links.drop()
        tx.feed.drop()
        tx.mirror.drop()
        tx.held_away.drop()
        tx.elsewhere.drop_claims()
        begin_again(tx, shop.moment(tx), staff_no=staff.no)
        tx.snapshots.drop()
        tx.escrows.drop()
        detail = noted("", staff, answers)
        tx.audit.note("chain_left", at_us=now_us, staff_no=staff.no, subject=name, detail=detail)
    shop.store.directory.sweep()
    return name


def look_at_link(shop: Shop) -> Linked | None:
    """The chain of this till and what waits; None where it has joined none."""
    with shop.store.read() as reading:
        return _linked(reading.links)


def _linked(links: Links) -> Linked | None:
    link = links.get()
    if link is None or not link.chain_name:
        return None
    waiting, apart = links.waiting(), links.quarantined()
    return Linked(link.chain_name, link.url, waiting, apart, link.has_met_copy)


def read_copy(shop: Shop) -> None:
    """Somebody has read that a copy of this till was met: it is told no more."""
    with shop.store.write() as tx:
        link = tx.links.get()
        if link is not None and link.has_met_copy:
            tx.links.keep(replace(link, has_met_copy=False))


def waiting_sales(shop: Shop) -> int:
    """How many of those that wait are sales, counted up to `MOST_COUNTED`."""
    with shop.store.read() as reading:
        return reading.links.sales_waiting(most=MOST_COUNTED)


def unsafe_sales(shop: Shop) -> Unsafe | None:
    """What would be lost with this machine, where it is old or much enough to be told of."""
    with shop.store.read() as reading:
        link, waiting = reading.links.get(), reading.links.waiting()
        if link is None or not link.chain_name or waiting.since_us is None:
            return None
        sales = reading.links.sales_waiting(most=MANY_SALES + 1)
    is_old = shop.clock.now_us() - waiting.since_us > OLD_US
    is_told = sales > MANY_SALES or (is_old and sales > 0)
    return Unsafe(waiting.count, waiting.since_us) if is_told else None


def begin(shop: Shop, central: Central, keys: Keys, *, program: str) -> tuple[Session, int]:
    """A session, and how much later it is at the server, in microseconds.

    Raises NotInChain and what `Central.begin` does; that it is put out is written down.
    """
    try:
        return _begun(shop, central, keys, program)
    except TillRevoked:
        note_put_out(shop)
        raise


def _begun(shop: Shop, central: Central, keys: Keys, program: str) -> tuple[Session, int]:
    secret = shop.dice.roll(NONCE_BYTES).hex()
    link, hello = _hello(shop, program, secret)
    try:
        session = central.begin(link.url, _signed(keys, link, hello))
    except CopyFound as copy:
        _branch_off(shop, link, copy.next_one)
        link, hello = _hello(shop, program, secret)
        session = central.begin(link.url, _signed(keys, link, hello))
    session = replace(session, token=unlocked(session.token, secret))
    # Before anything else is asked, which may take long: half of the way there was the way back.
    behind_us = session.now_us - (hello.at_us + shop.clock.now_us()) // 2
    for incarnation, told in _met(shop, link, hello, session):
        pushed = central.push(link.url, session.token, Push(incarnation, (), told))
        with shop.store.write() as tx:
            still(tx, link)
            _go_back(tx, incarnation, pushed.durable_through)
    return session, behind_us


def send(
    shop: Shop,
    central: Central,
    session: Session,
    *,
    limit: int = USUAL_EVENTS,
    most_bytes: int = MOST_BYTES,
) -> Sending:
    """One batch of what waits; raises NotInChain, SessionOver and what `Central.push` does."""
    with shop.store.read() as reading:
        link = joined(reading.links.get())
        events = reading.links.next_events(limit=limit, most_bytes=most_bytes)
        told = _told(reading, events[0].incarnation) if events else None
    if events:
        push = push_of(events, told, version=session.version)
        pushed = central.push(link.url, session.token, push)
        if len(pushed.answers) != len(events) or pushed.incarnation != push.incarnation:
            raise ServerStrange("unread")
        with shop.store.write() as tx:
            still(tx, link)
            _note(shop, tx, events, pushed)
    with shop.store.read() as reading:
        linked = _linked(reading.links)
    if linked is None:
        raise NotInChain()
    return Sending(*astuple(linked), sent=len(events))


def _hello(shop: Shop, program: str, secret: str) -> tuple[Link, Hello]:
    with shop.store.write() as tx:
        link, till, head = joined(tx.links.get()), tx.till, tx.outbox.head()
        told, now_us = _told(tx, till.incarnation), shop.clock.now_us()
        own = tx.escrows.all()
        ends_us = earliest_end(own, incarnation=till.incarnation, now_us=now_us)
        if link.next_nonce == link.nonce:
            # Kept before it is sent: after a lost answer the same two are sent again.
            link = replace(link, next_nonce=shop.dice.roll(NONCE_BYTES))
            tx.links.keep(link)
    hello = _spoken(till, head, link, told, shop.clock.now_us(), program)
    return link, replace(hello, lock=lock_of(secret), spends_until_us=ends_us)


def _told(reading: Reading, incarnation: int) -> Told | None:
    event = reading.links.last_acknowledged(incarnation)
    return None if event is None else told_of(event)


def _signed(keys: Keys, link: Link, hello: Hello) -> SignedHello:
    text = hello_text(hello)
    return SignedHello(text, keys.sign(link.private_key, text.encode()).hex())


def _spoken(
    till: Till, head: Head, link: Link, told: Told | None, at_us: int, program: str
) -> Hello:
    return Hello(
        till_id=till.id,
        incarnation=till.incarnation,
        seq=head.seq,
        hash=head.hash.hex(),
        nonce=link.nonce.hex(),
        next_nonce=link.next_nonce.hex(),
        at_us=at_us,
        version=VERSION,
        program=program,
        told=told,
    )


def _met(
    shop: Shop, link: Link, hello: Hello, session: Session
) -> tuple[tuple[int, Told | None], ...]:
    """The earlier incarnations: of those the server is still to be asked how far it has them."""
    with shop.store.write() as tx:
        now = still(tx, link)
        if now.next_nonce == link.next_nonce:
            tx.links.keep(replace(now, nonce=now.next_nonce))
        if (key := bytes.fromhex(session.chain_key)) and key != tx.mirror.chain_key():
            tx.mirror.keep_chain_key(key)
        _go_back(tx, hello.incarnation, session.durable_through)
        earlier = (each for each in tx.links.incarnations() if each < hello.incarnation)
        return tuple((each, _told(tx, each)) for each in earlier)


def _go_back(tx: Writing, incarnation: int, through: int) -> None:
    """A server that was restored has less than it said before: it gets that again.

    That it has more than it told us is no reason to skip anything: it may be of a copy of us. So
    may be what it has in the places of what it told: then it says 0 (`Told`).
    """
    if through < tx.links.acknowledged(incarnation):
        tx.links.acknowledge(incarnation, through)


def _branch_off(shop: Shop, link: Link, next_one: int) -> None:
    """Begin anew, unless it was this very till that has spoken meanwhile."""
    with shop.store.write() as tx:
        now = still(tx, link)
        if (now.nonce, now.next_nonce) == (link.nonce, link.next_nonce):
            _begin_anew(shop, tx, next_one)


def _begin_anew(shop: Shop, tx: Writing, next_one: int) -> None:
    """Another copy of this till has spoken: from here on this one has numbers of its own.

    That is kept until somebody has read it, whatever becomes of what is asked next.
    """
    till = tx.till
    tx.links.keep(replace(joined(tx.links.get()), has_met_copy=True))
    tx.set_till(replace(till, incarnation=max(till.incarnation + 1, next_one)))
    now_us = shop.clock.now_us()
    tx.audit.note("copy_found", at_us=now_us, staff_no=0, subject=str(tx.till.incarnation))


def _note(shop: Shop, tx: Writing, events: tuple[Event, ...], pushed: Pushed) -> None:
    """Write down what became of them, and how far the server has them for good.

    One that was restored meanwhile has less than was sent before: it gets that again. Where it has
    not even the first that it was just sent, it would be sent the same for ever.
    """
    now_us, first, last = shop.clock.now_us(), events[0], events[-1]
    through = min(last.seq, pushed.durable_through)
    if through == first.seq - 1:
        raise ServerStrange("unread")
    apart = [
        (event, answer.reason)
        for event, answer in zip(events, pushed.answers, strict=True)
        if answer.status is Status.QUARANTINED
    ]
    for event, reason in apart:
        tx.links.quarantine(event, reason, at_us=now_us)
    incarnation = last.incarnation
    tx.links.acknowledge(incarnation, through)
    is_fork = any(reason == FORK for _, reason in apart) and incarnation == tx.till.incarnation
    if is_fork:
        _begin_anew(shop, tx, pushed.next_one)


def still(tx: Reading, link: Link) -> Link:
    """The link as it is now; raises NotInChain where that of before was left meanwhile."""
    now = joined(tx.links.get())
    if now.private_key != link.private_key:
        raise NotInChain()
    return now


def joined(link: Link | None) -> Link:
    """The same link; raises NotInChain where there is none, or it was only begun."""
    if link is None or not link.chain_name:
        raise NotInChain()
    return link
