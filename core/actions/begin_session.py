"""会话: a till says who it is and how far it has come; a copy of it is found here."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace

from core.actions.branches import end, how_far, next_one
from core.errors import CopyFound, SessionOver, TillRevoked, TillUnknown
from core.ports.office import Branch, EnrolledTill, OfficeReading, OfficeWriting
from core.ports.received import Ahead
from core.shop import HeadOffice
from core.sync.session import (
    SESSION_US,
    TOKEN_BYTES,
    Hello,
    Session,
    SignedHello,
    digest_of,
    read_hello,
    served_digest,
)
from core.sync.wire import spoken_with
from core.trust.cases import Case


def begin_session(office: HeadOffice, signed: SignedHello) -> Session:
    """Raises NotUnderstood, TillUnknown, TillRevoked.

    And CopyFound, after which the till begins a new incarnation: it is told of when that comes.
    A till whose clock is wrong is served all the same: how far it is behind is only noted.
    """
    hello, found = read_hello(signed), None
    token = office.dice.roll(TOKEN_BYTES)
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        tx.lock_till(hello.till_id)
        till = _proven(office, tx, signed, hello.till_id)
        branch = tx.branches.get(till.id, hello.incarnation)
        if _is_copy(tx, till, branch, hello):
            nonce = bytes.fromhex(hello.next_nonce)
            found = CopyFound(next_one(tx, till, nonce, hello.incarnation))
        else:
            if branch is None:
                _end_before(tx, hello)
            if branch is None or branch.begun_us is None:
                tx.cases.add(_case_of(office, till, hello))
            _meet(tx, till, hello, token, now_us)
            # Its own clock says what has ended there: nothing else is told to be over.
            over_us = now_us if hello.spends_until_us is None else hello.spends_until_us
            ended_us = min(now_us, over_us)
            tx.escrows.reported(till.id, hello.incarnation, seq=hello.seq, now_us=ended_us)
            through = how_far(tx, till.id, hello.incarnation, hello.told)
            chain_key = tx.chain_key.hex()
    if found is not None:
        raise found
    until_us, version = now_us + SESSION_US, spoken_with(hello.version)
    told = token.hex(), until_us, now_us, hello.incarnation, through, version, chain_key
    return Session(*told)


def branch_of(office: HeadOffice, reading: OfficeReading, token: str) -> Branch:
    """Whose session a token is; raises SessionOver, also where the till was revoked."""
    return _in_time(office, reading.branches.by_token(served_digest(token)))


def _in_time(office: HeadOffice, branch: Branch | None) -> Branch:
    if branch is None or branch.until_us <= office.clock.now_us():
        raise SessionOver()
    return branch


def own_branch(
    office: HeadOffice,
    tx: OfficeWriting,
    token: str,
    ahead: Ahead | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Branch:
    """The same, of a till that nobody else changes until the transaction ends."""
    return _in_time(office, tx.lock_session(served_digest(token), ahead, meanwhile))


def check_session(office: HeadOffice, token: str) -> None:
    """Raises SessionOver, before anything is read of who has none."""
    with office.store.read() as reading:
        branch_of(office, reading, token)


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


def _is_copy(tx: OfficeWriting, till: EnrolledTill, branch: Branch | None, hello: Hello) -> bool:
    """Whether more than one copy of the till has spoken, or an older one has come back.

    A higher incarnation was begun on the till itself, which knows why: its nonce may be any.
    """
    if branch is None and hello.incarnation <= till.incarnation:
        return True
    if branch is not None and branch.nonce.hex() not in (hello.nonce, hello.next_nonce):
        return True
    through = tx.received.durable_through(till.id, hello.incarnation)
    if hello.seq < through:
        return True
    here = tx.received.hash_at(till.id, hello.incarnation, hello.seq)
    return here is not None and here.hex() != hello.hash


def _case_of(office: HeadOffice, till: EnrolledTill, hello: Hello) -> Case:
    """Another branch has begun: a person looks where the copy came from."""
    about = f"{till.store_code}-T{till.till_no}"
    detail = f"incarnation {hello.incarnation} event {hello.seq}"
    return Case(office.new_id(), "copy", till.id, about, detail, office.clock.now_us())


def _end_before(tx: OfficeWriting, hello: Hello) -> None:
    """The branch that the till itself goes on with here: whoever has kept its nonce is a copy."""
    for other in tx.branches.of(hello.till_id):
        if other.incarnation != hello.incarnation and other.nonce.hex() == hello.nonce:
            end(tx, other)


def _meet(tx: OfficeWriting, till: EnrolledTill, hello: Hello, token: bytes, now_us: int) -> None:
    tx.tills.keep(
        replace(
            till,
            incarnation=max(till.incarnation, hello.incarnation),
            program=hello.program,
            seen_us=now_us,
            clock_behind_us=now_us - hello.at_us,
        )
    )
    before = tx.branches.get(till.id, hello.incarnation)
    begun_us = before.begun_us if before and before.begun_us is not None else now_us
    nonce, until_us = bytes.fromhex(hello.next_nonce), now_us + SESSION_US
    token_digest = digest_of(token.hex(), hello.lock)
    told = hello.incarnation, nonce, token_digest, until_us, begun_us, hello.seq
    made = Branch(till.id, *told)
    tx.branches.keep(made)
