"""额度: points to be spent offline are leased in the background, renewed, given back (sync.md 6).

Asked are those who are likely to come: who bought here in the last 60 days, whoever came on most
days first. How many each gets is the server's to say, which knows what other tills have of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from core.actions.cover import let_go
from core.actions.reserve import note_given, tell_dropped
from core.actions.sync import joined, still
from core.errors import EscrowDiffers
from core.ports import Writing
from core.ports.central import Central, Link
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.escrow import LEASED_US, EscrowKind
from core.sync.own_escrow import OwnEscrow, OwnState
from core.sync.spending import MOST_LEASES, LeasesAsked, PointsAsked
from core.values.moment import Moment

LIKELY_DAYS = 60
MOST_MEMBERS = 300
RENEW_US = LEASED_US // 3
"""So long before its end a lease is given back for a fresh one: a day without a line is usual."""
ASK_AGAIN_US = 2 * 3600 * 1_000_000
"""So long after the server had nothing for a member it is not asked again."""


def renew_leases(shop: Shop, central: Central, token: str) -> int:
    """One round: what ends soon goes back, members who are likely to come are asked for.

    How many leases there are now. Raises NotInChain, SessionOver and what speaking with the server
    does: what was asked and not answered is asked again with the same ids.
    """
    with shop.store.write() as tx:
        link = joined(tx.links.get())
        for each in _ending(shop, tx):
            let_go(tx, each)
    tell_dropped(shop, central, token)
    with shop.store.write() as tx:
        still(tx, link)
        asked = _unanswered(shop, tx)
    for at in range(0, len(asked), MOST_LEASES):
        _ask(shop, central, link, token, asked[at : at + MOST_LEASES])
    with shop.store.read() as reading:
        return sum(each.is_lease and each.state is OwnState.HELD for each in reading.escrows.all())


def let_go_of_leases(shop: Shop) -> None:
    """None is spent any more: the clock stands behind what it showed, so nobody knows their end."""
    with shop.store.write() as tx:
        for each in tx.escrows.all():
            if each.is_lease:
                let_go(tx, each)


def least_points(rulebook: Rulebook) -> int | None:
    """Fewer than so many are good for nothing; None where points buy nothing at all."""
    spend = rulebook.points.spend
    costs = [reward.points for reward in rulebook.rewards if reward.points]
    if spend is not None:
        costs.append(max(spend.least_points, spend.per_points))
    return min(costs, default=None)


def _ending(shop: Shop, tx: Writing) -> list[OwnEscrow]:
    now_us, incarnation = shop.clock.now_us(), tx.till.incarnation
    found = []
    for each in tx.escrows.all():
        if not each.is_lease:
            continue
        is_old = each.is_over(incarnation, now_us + RENEW_US)
        is_empty = each.state is OwnState.HELD and not each.remaining
        was_refused = each.state is OwnState.REFUSED and now_us > each.at_us + ASK_AGAIN_US
        if is_old or is_empty or was_refused:
            found.append(each)
    return found


def _unanswered(shop: Shop, tx: Writing) -> list[OwnEscrow]:
    """What waits for an answer, and who is to be asked for now; written down before it is sent."""
    own = [each for each in tx.escrows.all() if each.is_lease]
    there = {each.member_id for each in own}
    waiting = [each for each in own if each.state is OwnState.ASKED]
    moment = shop.moment(tx)
    fresh = [
        _leased(shop, tx, moment, member_id, points)
        for member_id, points in _likely(tx, moment)
        if member_id not in there
    ][: max(0, MOST_MEMBERS - len(own))]
    for each in fresh:
        tx.escrows.keep(each)
    return waiting + fresh


def _likely(tx: Writing, moment: Moment) -> Sequence[tuple[UUID, int]]:
    least = least_points(tx.rulebooks.current())
    if least is None or not tx.till.till_no:  # an office PC has sales of others, and spends nothing
        return ()
    since = moment.business_on - timedelta(days=LIKELY_DAYS)
    return tx.escrows.likely(since=since, least=least, limit=MOST_MEMBERS)


def _leased(shop: Shop, tx: Writing, moment: Moment, member_id: UUID, points: int) -> OwnEscrow:
    place = (EscrowKind.LEASED, member_id, None, tx.till.incarnation)
    return OwnEscrow(shop.new_id(), *place, points, moment.business_on, moment.at_us)


def _ask(shop: Shop, central: Central, link: Link, token: str, asked: Sequence[OwnEscrow]) -> None:
    told = tuple(PointsAsked(each.id, each.member_id, each.asked, each.on) for each in asked)
    try:
        given = central.lease(link.url, token, LeasesAsked(told)).leases
    except EscrowDiffers:  # an id of somebody else's: none of these is asked again
        given = ()
    answers = {answer.id: answer for answer in given}
    with shop.store.write() as tx:
        still(tx, link)
        for each in asked:
            own, answer = tx.escrows.get(each.id), answers.get(each.id)
            if own is None or own.state is not OwnState.ASKED:
                continue
            if answer is None:
                tx.escrows.keep(replace(own, state=OwnState.REFUSED))
            else:
                tx.escrows.keep(note_given(own, answer))
