"""退还积分: what was spent comes back to the lots that gave it (domain.md 3, Refund).

In reverse order of taking, each with the expiry, the age and the rule of its lot. Lots are only
ever added, so what comes back is a lot of its own that carries the old one on; where that has
expired meanwhile it lives for 30 more days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from core.points.ledger import SPENT, Account, AccountKind, Cause, Lot, LotTaken, Transfer
from core.rulebook.rulebook import Rulebook

REOPENED = timedelta(days=30)


class Given(Struct, frozen=True):
    """So many points (> 0) of what a lot gave, usable until `expires_on` (None: for ever)."""

    lot: LotTaken
    points: int
    expires_on: date | None


class GivenUntil(NamedTuple):
    """So many points in all, usable until `expires_on` (None: for ever)."""

    points: int
    expires_on: date | None


def coming_back(
    taken: Sequence[LotTaken], points: int, *, before: int, on: date
) -> tuple[Given, ...]:
    """Of what these lots gave, in order of taking, the next points after `before` came back.

    ValueError for more than was taken.
    """
    if before + points > sum(lot.taken for lot in taken):
        raise ValueError("more than was taken")
    given: list[Given] = []
    for lot in reversed(taken):
        passed = min(before, lot.taken)
        part = min(points, lot.taken - passed)
        before, points = before - passed, points - part
        if part:
            given.append(Given(lot, part, good_until(lot, on)))
    return tuple(given)


def by_expiry(given: Iterable[Given]) -> tuple[GivenUntil, ...]:
    """What a person is told of them: how many until each day, the soonest first."""
    points: dict[date, int] = {}
    for each in given:
        until = each.expires_on or date.max
        points[until] = points.get(until, 0) + each.points
    return tuple(
        GivenUntil(count, None if until == date.max else until)
        for until, count in sorted(points.items())
    )


def give_back(
    given: Iterable[Given],
    member_id: UUID,
    *,
    new_id: Callable[[], UUID],
    rulebook: Rulebook,
    on: date,
    sale_id: UUID | None,
    out_of: Account = SPENT,
    cause: Cause = Cause.GIVE_BACK,
) -> list[tuple[Transfer, Lot]]:
    """A transfer and a lot for each, to a member: who spent them, or whom that one became.

    `sale_id` says by which sale they were spent; None for what went for a reward.
    """
    made: list[tuple[Transfer, Lot]] = []
    for each in given:
        ident = new_id()
        transfer = Transfer(
            id=ident,
            debit=out_of,
            credit=Account(AccountKind.AVAILABLE, member_id),
            amount=each.points,
            cause=cause,
            business_on=on,
            rulebook_version=rulebook.version,
            sale_id=sale_id,
        )
        lot = Lot(
            id=ident,
            member_id=member_id,
            amount=each.points,
            earned_on=each.lot.earned_on,
            expires_on=each.expires_on,
            rulebook_version=each.lot.rulebook_version,
            sale_id=each.lot.sale_id,
        )
        made.append((transfer, lot))
    return made


def good_until(lot: LotTaken, on: date) -> date | None:
    """Until when the points of a lot are good that come back on a business date."""
    if lot.expires_on is None or lot.expires_on >= on:
        return lot.expires_on
    return on + REOPENED
