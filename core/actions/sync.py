"""上传: what waits goes to the server; a transaction is never held over the network (sync.md 4)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.errors import CopyFound, InChain, NotInChain
from core.ports import Till, Writing
from core.ports.central import Central, Keys, Link, Waiting
from core.shop import Shop
from core.sync.fact import Event, Head
from core.sync.session import NONCE_BYTES, Enrolled, Enrolment, Hello, Session, hello_bytes
from core.sync.wire import MOST_BYTES, USUAL_EVENTS, VERSION, Push, Pushed, Status, sent_of
from core.trust.rights import Right
from core.trust.staff import Staff


class Sending(Struct, frozen=True):
    """How far the till has come with its server; `kept_apart` waits there for a person.

    `began_anew`: the server knew another copy of this till, a new incarnation began.
    """

    sent: int
    waiting: Waiting
    kept_apart: int
    session: Session
    began_anew: bool = False


def join_chain(
    shop: Shop, central: Central, keys: Keys, *, url: str, code: str, staff: Staff, program: str
) -> Enrolled:
    """入网: the till belongs to a chain from now on; raises InChain and what `Central.enrol` does.

    Keys and nonce are written down before they are sent: after a lost answer the same code works.
    """
    with shop.store.write() as tx:
        allow(tx, staff, Right.CHANGE_SETTINGS, now_us=shop.clock.now_us())
        link, till = tx.links.get(), tx.till
        if link is not None and link.chain_name:
            raise InChain(link.chain_name)
        private_key = link.private_key if link else keys.make()
        nonce = link.nonce if link else shop.dice.roll(NONCE_BYTES)
        link = Link(url, "", private_key, nonce, nonce, shop.clock.now_us())
        tx.links.keep(link)
    enrolled = central.enrol(
        url,
        code,
        Enrolment(
            till.id,
            till.store_code,
            till.till_no,
            till.incarnation,
            keys.public_of(private_key).hex(),
            nonce.hex(),
            program,
        ),
    )
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        tx.links.keep(replace(link, chain_name=enrolled.chain_name, enrolled_us=now_us))
        tx.audit.note("chain_joined", at_us=now_us, staff_no=staff.no, subject=enrolled.chain_name)
    return enrolled


def leave_chain(shop: Shop, *, staff: Staff) -> None:
    """退网: nothing is sent any more; raises NotInChain. All events stay on the till."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us)
        link = tx.links.get()
        if link is None:
            raise NotInChain()
        tx.links.drop()
        tx.audit.note("chain_left", at_us=now_us, staff_no=staff.no, subject=link.chain_name)


def begin(shop: Shop, central: Central, keys: Keys, *, program: str) -> tuple[Session, bool]:
    """A session, and whether a new incarnation had to begin for it; raises NotInChain."""
    try:
        return _begin(shop, central, keys, program), False
    except CopyFound as copy:
        with shop.store.write() as tx:
            _begin_anew(shop, tx, copy.next_one)
        return _begin(shop, central, keys, program), True


def send(
    shop: Shop,
    central: Central,
    session: Session,
    *,
    limit: int = USUAL_EVENTS,
) -> Sending:
    """One batch of what waits; raises NotInChain, SessionOver and what `Central.push` does."""
    with shop.store.read() as reading:
        link = _link(reading.links.get())
        events = reading.links.next_events(limit=limit, most_bytes=MOST_BYTES)
    if events:
        push = Push(events[0].incarnation, tuple(map(sent_of, events)))
        pushed = central.push(link.url, session.token, push)
        with shop.store.write() as tx:
            _note(shop, tx, events, pushed)
    with shop.store.read() as reading:
        waiting, kept_apart = reading.links.waiting(), reading.links.quarantined()
    return Sending(len(events), waiting, kept_apart, session)


def _begin(shop: Shop, central: Central, keys: Keys, program: str) -> Session:
    with shop.store.write() as tx:
        link, till, head = _link(tx.links.get()), tx.till, tx.outbox.head()
        if link.next_nonce == link.nonce:
            # Kept before it is sent: after a lost answer the same two are sent again.
            link = replace(link, next_nonce=shop.dice.roll(NONCE_BYTES))
            tx.links.keep(link)
    hello = _hello(till, head, link, shop.clock.now_us(), program)
    signature = keys.sign(link.private_key, hello_bytes(hello))
    session = central.begin(link.url, replace(hello, signature=signature.hex()))
    with shop.store.write() as tx:
        tx.links.keep(replace(link, nonce=link.next_nonce))
        # A server that was restored has less than it said before: it gets that again.
        tx.links.acknowledge(session.incarnation, session.durable_through)
    return session


def _hello(till: Till, head: Head, link: Link, at_us: int, program: str) -> Hello:
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
    )


def _begin_anew(shop: Shop, tx: Writing, next_one: int) -> None:
    """Another copy of this till has spoken: from here on this one has numbers of its own."""
    till = tx.till
    tx.set_till(replace(till, incarnation=max(till.incarnation + 1, next_one)))
    now_us = shop.clock.now_us()
    tx.audit.note("copy_found", at_us=now_us, staff_no=0, subject=str(tx.till.incarnation))


def _note(shop: Shop, tx: Writing, events: tuple[Event, ...], pushed: Pushed) -> None:
    now_us = shop.clock.now_us()
    for event, answer in zip(events, pushed.answers, strict=True):
        if answer.status is Status.QUARANTINED:
            tx.links.quarantine(event, answer.reason, at_us=now_us)
    tx.links.acknowledge(events[-1].incarnation, events[-1].seq)


def _link(link: Link | None) -> Link:
    if link is None or not link.chain_name:
        raise NotInChain()
    return link
