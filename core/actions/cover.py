"""用预留: what a till of a chain may spend of a member's points, and out of what (sync.md 6).

A till without a chain loads nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import replace

from core.errors import NoPointsOffline, PointsOffline, PointsUnreserved, Refused
from core.ports import Reading, Writing

if TYPE_CHECKING:
    from core.sales.sale import Sale
    from core.sync.own_escrow import OwnEscrow


def allowed_points(
    reading: Reading, member_id: UUID, now_us: int, purpose: UUID | None = None
) -> int | None:
    """How many the chain lets this till spend of a member's points; None: nobody limits it."""
    line = reading.escrows.line()
    if line is None:
        return None
    from core.sync.own_escrow import allowed

    own = reading.escrows.of_member(member_id)
    return allowed(own, line, purpose, incarnation=reading.till.incarnation, now_us=now_us)


def points_offline(
    reading: Reading, member_id: UUID, now_us: int, purpose: UUID | None = None
) -> int | None:
    """How many there are here for it should the server not answer; None: nobody limits it."""
    if reading.escrows.line() is None:
        return None
    from core.sync.own_escrow import Line, allowed

    own, broken = reading.escrows.of_member(member_id), Line(is_open=False)
    return allowed(own, broken, purpose, incarnation=reading.till.incarnation, now_us=now_us)


def is_covered(reading: Reading, member_id: UUID, purpose: UUID, points: int, now_us: int) -> bool:
    """Whether so many could be spent for that now; always so in a till without a chain."""
    return (
        not points
        or reading.escrows.line() is None
        or _covering(reading, member_id, purpose, points, now_us) is not None
    )


def cover(
    tx: Writing, member_id: UUID, purpose: UUID, points: int, now_us: int
) -> OwnEscrow | None:
    """What so many points are spent out of; None for a till without a chain.

    Raises PointsUnreserved where the server is to be asked first; PointsOffline, NoPointsOffline
    where it cannot be.
    """
    line = tx.escrows.line()
    if line is None:
        return None
    found = _covering(tx, member_id, purpose, points, now_us)
    if found is None and line.is_open:
        raise PointsUnreserved(points)
    if found is None:
        raise offline(points, allowed_points(tx, member_id, now_us, purpose) or 0)
    return found


def offline(points: int, most: int) -> Refused:
    """Why not so many can be spent without the server."""
    return PointsOffline(points, most) if most else NoPointsOffline()


def cover_sale(tx: Writing, sale: Sale) -> OwnEscrow | None:
    """What the points of a sale are spent out of; None where it spends none, or nobody is asked."""
    points = sale.quote.points_spent
    if sale.standing is None or not points:
        return None
    now_us = sale.moment.at_us
    return cover(tx, sale.standing.member_id, sale.basket.sale_id, points, now_us)


def note_used(tx: Writing, own: OwnEscrow | None, purpose: UUID, points: int) -> None:
    """The event that was just appended spends them; whatever else was asked for that is let go."""
    if own is None:
        return
    if own.is_lease:
        left = own.remaining - points
        tx.escrows.keep(replace(own, remaining=left, used_seq=tx.outbox.head().seq))
    else:
        tx.escrows.forget(own.id)
    for each in tx.escrows.of_member(own.member_id):
        if each.purpose == purpose and each.id != own.id:
            let_go(tx, each)


def let_go(tx: Writing, own: OwnEscrow) -> None:
    """Nothing more is spent of it: the server is told when it can be."""
    from core.sync.own_escrow import OwnState

    if own.state is OwnState.REFUSED:
        tx.escrows.forget(own.id)
    elif own.state is not OwnState.DROPPED:
        tx.escrows.keep(replace(own, state=OwnState.DROPPED))


def _covering(
    reading: Reading, member_id: UUID, purpose: UUID, points: int, now_us: int
) -> OwnEscrow | None:
    from core.sync.own_escrow import covering

    own, incarnation = reading.escrows.of_member(member_id), reading.till.incarnation
    return covering(own, purpose, points, incarnation=incarnation, now_us=now_us)
