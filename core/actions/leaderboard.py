"""积分排行: who earned most in a span of days, and a prize for the places, once.

The prize of a member for a span has an id of its own: given again, it is not given twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.deeds import correct_points
from core.errors import BadDates, NobodyToExport
from core.members.masks import mask_card, mask_name
from core.ports import Reading
from core.ports.board import Earned
from core.shop import Shop
from core.sync.effects import derived_id
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_PLACES = 100


class Placed(Struct, frozen=True):
    """A place: who earned as much has the same one. `prize` was given for it already, 0 none."""

    place: int
    earned: Earned
    prize: int


class Award(Struct, frozen=True):
    """So many points for a member."""

    member_id: UUID
    place: int
    points: int


def leaderboard(shop: Shop, first: date, last: date, *, staff: Staff) -> tuple[Placed, ...]:
    """Those who earned most on these business dates, both inclusive; raises NotAllowed, BadDates.

    By buying and by what they did; what was taken back is taken off.
    """
    if last < first:
        raise BadDates(first.isoformat(), last.isoformat())
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        found: list[Placed] = []
        for at, each in enumerate(reading.board.earned(first, last, MOST_PLACES), 1):
            before = found[-1] if found else None
            is_tied = before is not None and before.earned.points == each.points
            place = before.place if before is not None and is_tied else at
            given = reading.deeds.correction(prize_id(first, last, each.member_id))
            found.append(Placed(place, each, 0 if given is None else given.points))
        return tuple(found)


def export_leaderboard(
    shop: Shop, first: date, last: date, *, is_whole: bool = False, staff: Staff
) -> tuple[Placed, ...]:
    """导出排行: the same for a file, masked where it is not to be whole; it is written down.

    Never of more members than one person exports alone. Raises as `leaderboard`, and
    NobodyToExport.
    """
    with shop.store.read() as reading:
        _allow_export(reading, staff, shop.clock.now_us(), is_whole=is_whole)
    placed = leaderboard(shop, first, last, staff=staff)
    if not placed:
        raise NobodyToExport()
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = _allow_export(tx, staff, now_us, is_whole=is_whole)
        said = f"{'whole' if is_whole else 'masked'} {first.isoformat()} {last.isoformat()}"
        tx.audit.note(
            "leaderboard_exported",
            at_us=now_us,
            staff_no=staff.no,
            subject=str(len(placed)),
            detail=noted(said, staff, answers),
        )
    return placed if is_whole else tuple(map(_masked, placed))


def _allow_export(reading: Reading, staff: Staff, now_us: int, *, is_whole: bool) -> int:
    if is_whole:
        allow(reading, staff, Right.SEE_PERSONAL, now_us=now_us)
    return allow(reading, staff, Right.EXPORT_MEMBERS, now_us=now_us)


def _masked(placed: Placed) -> Placed:
    earned = placed.earned
    name, card_no = mask_name(earned.name), mask_card(earned.card_no)
    return replace(placed, earned=replace(earned, name=name, card_no=card_no))


def awards_of(placed: Sequence[Placed], prizes: Sequence[int]) -> tuple[Award, ...]:
    """What each gets whose place has a prize; who has the same place gets the same."""
    return tuple(
        Award(each.earned.member_id, each.place, prizes[each.place - 1])
        for each in placed
        if each.place <= len(prizes) and prizes[each.place - 1] and not each.prize
    )


def give_prize(
    shop: Shop,
    award: Award,
    *,
    first: date,
    last: date,
    reason: str,
    staff: Staff,
    approval: Approval | None = None,
) -> int:
    """颁奖: the points of one place, once for a member and a span; how many they got for it.

    `reason` stands with the points. Raises what `correct_points` does.
    """
    moved = correct_points(
        shop,
        award.member_id,
        award.points,
        reason=reason,
        correction_id=prize_id(first, last, award.member_id),
        staff=staff,
        approval=approval,
    )
    return moved.points


def prize_id(first: date, last: date, member_id: UUID) -> UUID:
    """The id of the prize of a member for a span."""
    return derived_id(member_id, f"prize {first.isoformat()} {last.isoformat()}")


def coupon_prize_id(first: date, last: date, offer_id: str) -> UUID:
    """The id of the handout of a coupon to the first places of a span: it is begun once."""
    return derived_id(f"prize {first.isoformat()} {last.isoformat()} {offer_id}")
