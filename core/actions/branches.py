"""分支: the lives of a till, one for each incarnation; a copy gets one of its own (sync.md 7).

Each has its own nonce and its own session, so that two copies that go on both come to rest.
"""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.ports.office import Branch, EnrolledTill, OfficeWriting


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


def end_all(tx: OfficeWriting, till_id: UUID) -> None:
    """No nonce and no token of this till is good any more."""
    for branch in tx.branches.of(till_id):
        end(tx, branch)


def end(tx: OfficeWriting, branch: Branch) -> None:
    """Nobody goes on with it."""
    tx.branches.keep(replace(branch, nonce=b"", token_digest=b"", until_us=0))
