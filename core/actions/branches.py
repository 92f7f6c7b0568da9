"""分支: the lives of a till, one for each incarnation; a copy gets one of its own (sync.md 7).

Each has its own nonce and its own session, so that two copies that go on both come to rest.
"""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.ports.office import Branch, EnrolledTill, OfficeReading, OfficeWriting
from core.sync.session import Told


def next_one(tx: OfficeWriting, till: EnrolledTill, nonce: bytes, above: int) -> int:
    """The incarnation with which the copy that comes with this nonce goes on.

    It is kept for it: whoever asks again is told the same, and nobody else is.
    """
    for branch in tx.branches.of(till.id):
        if branch.begun_us is None and branch.nonce == nonce and branch.incarnation > above:
            return branch.incarnation
    found = 1 + max(till.incarnation, above, tx.received.last_incarnation(till.id))
    tx.branches.keep(Branch(till.id, found, nonce))
    tx.tills.keep(replace(till, incarnation=found))
    return found


def how_far(reading: OfficeReading, till_id: UUID, incarnation: int, told: Told | None) -> int:
    """Up to which event an incarnation is here; 0 where the last that the till was told of is not.

    What lies in its places then is of another copy, or nothing does: it sends all of it again.
    """
    received = reading.received
    if told is not None and told.seq:
        here = received.hash_at(till_id, incarnation, told.seq)
        is_here = here is not None and here.hex() == told.hash
        if not is_here and not received.is_apart(bytes.fromhex(told.mark)):
            return 0
    return received.durable_through(till_id, incarnation)


def unsent_of(reading: OfficeReading, till_id: UUID) -> int:
    """So many of the events that a till had made when it spoke last have never come."""
    told = [each for each in reading.branches.of(till_id) if each.begun_us is not None]
    return sum(
        max(0, each.told_seq - reading.received.durable_through(till_id, each.incarnation))
        for each in told
    )


def end_all(tx: OfficeWriting, till_id: UUID) -> None:
    """No nonce and no token of this till is good any more."""
    for branch in tx.branches.of(till_id):
        end(tx, branch)


def end(tx: OfficeWriting, branch: Branch) -> None:
    """Nobody goes on with it."""
    tx.branches.keep(replace(branch, nonce=b"", token_digest=b"", until_us=0))
