"""到期: lots past their last day leave the accounts at the start of the business day (domain.md 3).

Done in short steps, so that a million members do not keep a customer waiting: the opening of the
day does one, whoever opens it goes on until all is done. Every step says how far it came; what was
done is never done again, and whoever is stopped is gone on with.

Expiry runs where the truth is (sync.md 3): in a chain the server does it, and its tills do nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from core.actions.steps import every_step, stay
from core.actions.telling import tell
from core.changes import Changes
from core.points.expire import NOWHERE, ExpiryRun, Place, expire
from core.ports import Reading, Writing
from core.shop import Shop
from core.values.moment import Moment

AT_ONCE = 200
"""Lots that one step looks at: some milliseconds of a store that a customer may want."""


class Expired(Struct, frozen=True):
    """What one step took; `is_done`: no lot is past its day any more.

    `is_of_office`: head office does it for the whole chain, and nothing is done here.
    """

    lots: int
    points: int
    is_done: bool
    is_of_office: bool = False
    changes: Changes = Changes.MEMBERS


def expire_points(shop: Shop, *, staff_no: int = 0) -> Expired:
    """One step more, as whoever began it (0: the machine itself)."""
    with shop.store.write() as tx:
        return expire_some(shop, tx, shop.moment(tx), staff_no=staff_no)


def expire_all(shop: Shop, *, staff_no: int = 0, rest: Callable[[], None] = stay) -> Expired:
    """Step by step until nothing is left."""
    steps = list(every_step(lambda: expire_points(shop, staff_no=staff_no), rest))
    lots, points = sum(step.lots for step in steps), sum(step.points for step in steps)
    return Expired(lots, points, is_done=True, is_of_office=steps[-1].is_of_office)


def expire_some(shop: Shop, tx: Writing, moment: Moment, *, staff_no: int) -> Expired:
    """One step within a transaction."""
    if is_in_chain(tx):
        return Expired(0, 0, is_done=True, is_of_office=True)
    today, came_to = moment.business_on, tx.expiries.place()
    looked_at = tx.expiries.past(came_to, before=today, at_most=AT_ONCE)
    version = tx.rulebooks.current().version
    gone = []
    for lot in looked_at:
        if lot.left:
            transfer, part = expire(shop.new_id(), lot, on=today, rulebook_version=version)
            tx.ledger.post(transfer, allocations=(part,))
            gone.append([transfer.id, lot.member_id, lot.lot_id, lot.left])
    is_done = len(looked_at) < AT_ONCE
    place = Place(today) if is_done else looked_at[-1].place
    points = sum(lot.left for lot in looked_at)
    if place.expires_on > came_to.expires_on or looked_at:
        tx.expiries.keep(ExpiryRun(moment.at_us, today, staff_no, len(gone), points, place))
    if gone:
        tx.audit.note(
            "points_expired",
            at_us=moment.at_us,
            staff_no=staff_no,
            detail=f"{points} of {len(gone)} lots",
        )
        tell(shop, tx, moment, "PointsExpired", {"staff_no": staff_no, "lots": gone})
    return Expired(len(gone), points, is_done)


def is_in_chain(reading: Reading) -> bool:
    """Whether the till has joined a chain."""
    link = reading.links.get()
    return link is not None and bool(link.chain_name)


def begin_again(tx: Writing, moment: Moment, *, staff_no: int) -> None:
    """The till is alone again: it looks at all lots anew, also at those that came in meanwhile."""
    on = moment.business_on
    tx.expiries.keep(ExpiryRun(moment.at_us, on, staff_no, lots=0, points=0, place=NOWHERE))
