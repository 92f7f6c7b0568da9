"""信号: what in a shop's own facts a person should look at, each with its evidence (domain.md 7).

Pure rules over facts and the rulebook's figures (`core.rulebook.watch`). What was evidence of a
case that is decided is no fact of the same rule any more: it was judged (`left_to_judge`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.rulebook.watch import Watch
from core.values.moment import local_time
from core.values.rate import FULL

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US


class Signal(StrEnum):
    """信号: the rules, in the order of domain.md."""

    EARNS_OFTEN = "earns_often"
    ONE_CASHIER = "one_cashier"
    RETURNED = "returned_after_redeeming"
    CHANGED = "redeemed_after_change"
    CORRECTED = "corrected_by_one"
    ONE_PHONE = "on_one_phone"
    AFTER_CLOSING = "sold_after_closing"


class What(StrEnum):
    """What a piece of evidence is."""

    SALE = "sale"
    RETURN = "return"
    VOID = "void"
    REDEMPTION = "redemption"
    CORRECTION = "correction"
    CHANGE = "change"
    MEMBER = "member"


class Evidence(Struct, frozen=True):
    """证据: one row of the store: `ref` is its id (of CHANGE the number of its audit row).

    `no` is the number on its paper, "" where there is none; `points` what it moved, `fen` what was
    paid. `member_id` is whose it is, `staff_no` who did it.
    """

    what: What
    ref: str
    at_us: int
    no: str = ""
    member_id: UUID | None = None
    staff_no: int = 0
    points: int = 0
    fen: int = 0


class Found(Struct, frozen=True):
    """A signal: of a member, or of a person who works here; `points` are what it is worth."""

    signal: Signal
    evidence: tuple[Evidence, ...]
    member_id: UUID | None = None
    staff_no: int = 0
    points: int = 0

    @property
    def about(self) -> str:
        """The member's id, or the number of the person."""
        return str(self.staff_no) if self.member_id is None else self.member_id.hex


class Undone(Struct, frozen=True):
    """A sale that came back, whole or in part."""

    back: Evidence
    sale: Evidence


Key = tuple[What, str]
INCIDENTS = frozenset({Signal.RETURNED, Signal.CHANGED})
"""What happened once, and not so many times: the last piece of evidence is what made it one."""


def left_to_judge(found: Found, judged: Collection[Key], watch: Watch) -> Found | None:
    """The signal without what a case that is decided has as its evidence; None: too little is left.

    What was judged counts no second time; what happens from then on does.
    """
    left = unjudged(found.evidence, judged)
    if found.signal in INCIDENTS:
        return found if left and left[-1] is found.evidence[-1] else None
    least = {
        Signal.EARNS_OFTEN: watch.earned_a_day,
        Signal.ONE_CASHIER: watch.earned_at_one,
        Signal.CORRECTED: watch.corrected,
        Signal.ONE_PHONE: watch.on_one_phone,
    }.get(found.signal, 1)
    if len(left) < least:
        return None
    return replace(found, evidence=tuple(left), points=worth_of(left))


def worth_of(evidence: Iterable[Evidence]) -> int:
    """The points that came by it."""
    return sum(max(0, each.points) for each in evidence)


def unjudged(facts: Iterable[Evidence], judged: Collection[Key]) -> list[Evidence]:
    """Those that no case which is decided has as its evidence."""
    return [each for each in facts if (each.what, each.ref) not in judged]


def earns_often(sold: Iterable[Evidence], watch: Watch) -> Iterator[Found]:
    """A card that earns unusually often: so many sales with points on one business date."""
    if watch.earned_a_day:
        for member, earned in _by_member(sold).items():
            if len(earned) >= watch.earned_a_day:
                yield _of_member(Signal.EARNS_OFTEN, member, earned)


def at_one_cashier(
    sold: Iterable[Evidence], shifts: Mapping[int, int], watch: Watch
) -> Iterator[Found]:
    """A card that earns at one cashier only: their own, it may be, on strangers' sales.

    `sold` are the sales of these days, `shifts` how many each person had in them: where one has
    nearly all, everybody is served by them.
    """
    all_shifts = sum(shifts.values())
    if not watch.earned_at_one:
        return
    for member, earned in _by_member(sold).items():
        hands = {each.staff_no for each in earned}
        if len(earned) < watch.earned_at_one or len(hands) > 1:
            continue
        (hand,) = hands
        if shifts.get(hand, 0) * FULL <= watch.shifts_bp * all_shifts:
            yield _of_member(Signal.ONE_CASHIER, member, earned)


def returned_after_redeeming(
    undone: Iterable[Undone], redeemed: Mapping[UUID, Sequence[Evidence]], watch: Watch
) -> Iterator[Found]:
    """Refunds after redemption: bought, had a reward for the points, and brought the goods back.

    `redeemed` are the rewards of each member. Worth the points that came back, as far as they went
    for rewards.
    """
    if not watch.returned_days:
        return
    for each in undone:
        member, until_us = each.back.member_id, each.back.at_us
        since_us = max(each.sale.at_us, until_us - watch.returned_days * DAY_US)
        had = [
            one
            for one in (() if member is None else redeemed.get(member, ()))
            if since_us <= one.at_us <= until_us
        ]
        if member is not None and had and each.back.points > 0:
            worth = min(each.back.points, sum(one.points for one in had))
            evidence = (each.sale, *had, each.back)
            yield Found(Signal.RETURNED, evidence, member_id=member, points=worth)


def redeemed_after_change(
    redeemed: Iterable[Evidence], changes: Mapping[UUID, Sequence[Evidence]], watch: Watch
) -> Iterator[Found]:
    """Redemption right after a phone or a card was changed: somebody took them over, it may be."""
    for each in redeemed:
        member = each.member_id
        since_us = each.at_us - watch.changed_hours * HOUR_US
        before = [
            one
            for one in (() if member is None else changes.get(member, ()))
            if since_us <= one.at_us <= each.at_us
        ]
        if member is not None and before and watch.changed_hours:
            evidence = (*before, each)
            yield Found(Signal.CHANGED, evidence, member_id=member, points=each.points)


def corrected_by_one(corrections: Iterable[Evidence], watch: Watch) -> Iterator[Found]:
    """Manual corrections by one hand: so many within the days that are looked at."""
    by_hand: dict[int, list[Evidence]] = defaultdict(list)
    for each in corrections:
        by_hand[each.staff_no].append(each)
    for hand, done in by_hand.items():
        if watch.corrected and len(done) >= watch.corrected:
            yield Found(Signal.CORRECTED, tuple(done), staff_no=hand, points=worth_of(done))


def on_one_phone(sharing: Iterable[Sequence[Evidence]], watch: Watch) -> Iterator[Found]:
    """Many members on one phone or address: of the eldest; `sharing` are the members of each.

    Worth the points that they have.
    """
    for members in sharing:
        if watch.on_one_phone and len(members) >= watch.on_one_phone:
            eldest, worth = members[0].member_id, worth_of(members)
            yield Found(Signal.ONE_PHONE, tuple(members), member_id=eldest, points=worth)


def sold_after_closing(sold: Iterable[Evidence], zone: tzinfo, watch: Watch) -> Iterator[Found]:
    """Sales after closing: by one person, at hours at which nobody sells."""
    late: dict[int, list[Evidence]] = defaultdict(list)
    for each in sold:
        if watch.is_closed(local_time(each.at_us, zone).hour):
            late[each.staff_no].append(each)
    for hand, done in late.items():
        yield Found(Signal.AFTER_CLOSING, tuple(done), staff_no=hand, points=worth_of(done))


def _by_member(sold: Iterable[Evidence]) -> dict[UUID, list[Evidence]]:
    """The sales with points of each member."""
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for each in sold:
        if each.member_id is not None and each.points > 0:
            found[each.member_id].append(each)
    return found


def _of_member(signal: Signal, member: UUID, earned: Sequence[Evidence]) -> Found:
    return Found(signal, tuple(earned), member_id=member, points=worth_of(earned))
