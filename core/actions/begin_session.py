"""会话: a till says who it is and how far it has come; a copy of it is found here."""

from __future__ import annotations

import hashlib
from uuid import UUID

from msgspec.structs import replace

from core.errors import CopyFound, SessionOver, TillRevoked, TillUnknown
from core.ports.office import Case, EnrolledTill, OfficeReading, OfficeWriting
from core.shop import HeadOffice
from core.sync.session import SESSION_US, TOKEN_BYTES, Hello, Session, SignedHello, read_hello


def begin_session(office: HeadOffice, signed: SignedHello) -> Session:
    """Raises NotUnderstood, TillUnknown, TillRevoked.

    And CopyFound, after which the till begins a new incarnation.

    A till whose clock is wrong is served all the same: how far it is behind is only noted.
    """
    hello, found = read_hello(signed), None
    token = office.dice.roll(TOKEN_BYTES)
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        tx.lock_till(hello.till_id)
        till = _proven(office, tx, signed, hello.till_id)
        if _is_copy(tx, till, hello):
            found = CopyFound(max(till.incarnation, hello.incarnation) + 1)
            about = f"{till.store_code}-T{till.till_no}"
            detail = f"incarnation {hello.incarnation} event {hello.seq}"
            tx.cases.add(Case(office.new_id(), "copy", till.id, about, detail, now_us))
        else:
            tx.tills.keep(_met(till, hello, token, now_us))
            through = tx.received.durable_through(till.id, hello.incarnation)
    if found is not None:
        raise found
    return Session(token.hex(), now_us + SESSION_US, now_us, hello.incarnation, through)


def till_of(office: HeadOffice, reading: OfficeReading, token: str) -> EnrolledTill:
    """Whose session a token is; raises SessionOver, TillRevoked."""
    till = reading.tills.by_token(_digest(token))
    if till is None or till.until_us <= office.clock.now_us():
        raise SessionOver()
    if till.revoked_us is not None:
        raise TillRevoked()
    return till


def _proven(
    office: HeadOffice, reading: OfficeReading, signed: SignedHello, till_id: UUID
) -> EnrolledTill:
    till = reading.tills.get(till_id)
    if till is None:
        raise TillUnknown()
    text, signature = signed.hello.encode(), bytes.fromhex(signed.signature)
    if not office.keys.is_signed(till.public_key, text, signature):
        raise TillUnknown()
    if till.revoked_us is not None:
        raise TillRevoked()
    return till


def _is_copy(tx: OfficeWriting, till: EnrolledTill, hello: Hello) -> bool:
    """Whether more than one copy of the till has spoken, or an older one has come back.

    A higher incarnation was begun on the till itself, which knows why: its nonce may be any.
    """
    if hello.incarnation > till.incarnation:
        return False
    is_spent = till.nonce.hex() not in (hello.nonce, hello.next_nonce)
    if hello.incarnation < till.incarnation or is_spent:
        return True
    through = tx.received.durable_through(till.id, hello.incarnation)
    if hello.seq < through:
        return True
    here = tx.received.hash_at(till.id, hello.incarnation, hello.seq)
    return here is not None and here.hex() != hello.hash


def _met(till: EnrolledTill, hello: Hello, token: bytes, now_us: int) -> EnrolledTill:
    return replace(
        till,
        nonce=bytes.fromhex(hello.next_nonce),
        incarnation=hello.incarnation,
        program=hello.program,
        token_digest=_digest(token.hex()),
        until_us=now_us + SESSION_US,
        seen_us=now_us,
        clock_behind_us=now_us - hello.at_us,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
