"""同店的机器, at the server: a till is told of all that have joined in its own store."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from core.actions.begin_session import branch_of
from core.actions.branches import unsent_of
from core.errors import SessionOver
from core.ports.office import EnrolledTill, OfficeReading
from core.shop import HeadOffice
from core.sync.store_tills import MOST_REVOKED, StoreTills, TillThere

HeardOf = Callable[[bytes], int | None]
"""When who has a token of this digest was answered last; None where nobody knows."""


def _by_sessions_alone(_digest: bytes) -> int | None:
    return None


def tills_beside(office: HeadOffice, token: str, heard: HeardOf = _by_sessions_alone) -> StoreTills:
    """Those of the store of who asks, and of no other; raises SessionOver."""
    with office.store.read() as reading:
        asking = reading.tills.get(branch_of(office, reading, token).till_id)
        if asking is None:
            raise SessionOver()
        store = reading.stores.get(asking.store_code)
        there = reading.tills.of_store(asking.store_code)
        gone = [till for till in there if till.revoked_us is not None]
        gone.sort(key=lambda till: till.revoked_us or 0, reverse=True)
        listed = [till for till in there if till.revoked_us is None] + gone[:MOST_REVOKED]
        return StoreTills(
            asking.store_code,
            store.name if store else "",
            office.clock.now_us(),
            tuple(_told(reading, till, asking.id, heard) for till in listed),
        )


def _told(reading: OfficeReading, till: EnrolledTill, asking: UUID, heard: HeardOf) -> TillThere:
    digests = (branch.token_digest for branch in reading.branches.of(till.id))
    times = [heard(digest) or 0 for digest in digests if digest]
    return TillThere(
        till.till_no,
        till.kind,
        till.program,
        till.enrolled_us,
        max(till.enrolled_us, till.seen_us or 0, *times),
        till.revoked_us,
        till.clock_behind_us,
        unsent_of(reading, till.id),
        is_asking=till.id == asking,
    )
