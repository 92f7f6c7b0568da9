"""预演: what recorded sales would have come to under another rulebook; nothing is written.

Tiers stand as they were at each sale, baskets and tenders too: what people would have bought
otherwise nobody knows. A coupon is looked up by its code, since its offer may be called otherwise.
What came back is left out of both, line by line as a return shares it: only what was kept counts.
"""

from __future__ import annotations

import heapq
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from core.points.liability import PointsRate
from core.pricing.basket import Basket, Presented
from core.pricing.quote import Quote, quote
from core.pricing.record import inputs_of
from core.rulebook.rulebook import Rulebook
from core.sales.returns import share
from core.values.fields import Fields

MOST_CHANGED = 10


class LineBack(Struct, frozen=True):
    """What came back of a line so far, and what the whole line was."""

    no: int
    back_milli: int
    quantity_milli: int
    payable_fen: int
    points: int
    spent_points: int

    @property
    def fen(self) -> int:
        """Its share of the money."""
        return share(self.payable_fen, self.back_milli, self.quantity_milli)

    @property
    def more_points(self) -> int:
        """Its share of the points that were earned, less that of those that were spent."""
        earned = share(self.points, self.back_milli, self.quantity_milli)
        return earned - share(self.spent_points, self.back_milli, self.quantity_milli)


Recorded = tuple[bytes, tuple[LineBack, ...]]
"""The event of a sale, and what came back of it."""


class Repriced(Struct, frozen=True):
    """A sale as it was and as it would be; `member` and `tier` are "" for nobody.

    `is_parted`: some of it came back, and is no part of the figures. Points are what the member
    has more: those that the sale earns less those that it spends. `event` finds its record again.
    """

    no: str
    business_on: str
    member: str
    tier: str
    before_fen: int
    after_fen: int
    before_points: int
    after_points: int
    is_parted: bool = False
    event: int = 0

    @property
    def fen(self) -> int:
        """How much more the customer would pay."""
        return self.after_fen - self.before_fen

    @property
    def points(self) -> int:
        """How many more points they would have."""
        return self.after_points - self.before_points


class Change(Struct):
    """Sums over sales: how many, and what was and would be."""

    sales: int = 0
    before_fen: int = 0
    after_fen: int = 0
    before_points: int = 0
    after_points: int = 0

    def add(self, each: Repriced) -> None:
        """One sale more."""
        self.sales += 1
        self.before_fen += each.before_fen
        self.after_fen += each.after_fen
        self.before_points += each.before_points
        self.after_points += each.after_points

    def cost(self, rate: PointsRate) -> int:
        """Fen that the shop gives more: less money, and what more points are worth."""
        more_points = self.after_points - self.before_points
        return self.before_fen - self.after_fen + rate.worth(more_points)


class OfTier(Change):
    """The same of one tier, and how many of its members (of nobody: sales) win, and lose."""

    tier: str = ""
    winners: int = 0
    losers: int = 0


class Preview(Struct):
    """What a draft would cost; `unreadable` are sales whose record cannot be priced.

    `parted` are those of which some came back, `returned` those that came back whole: left out.
    `most` says how many of those that change most are kept.
    """

    rate: PointsRate
    most: int = MOST_CHANGED
    all: Change = field(default_factory=Change)
    unchanged: int = 0
    cheaper: int = 0
    dearer: int = 0
    unreadable: int = 0
    parted: int = 0
    returned: int = 0
    _of: dict[tuple[str, str], Change] = field(default_factory=dict)
    _days: dict[str, Change] = field(default_factory=dict)
    _most: list[tuple[int, int, Repriced]] = field(default_factory=list)

    def add(self, each: Repriced | None, event: int = 0) -> None:
        """One sale more, of this event; None for one that cannot be read."""
        if each is None:
            self.unreadable += 1
            return
        self.all.add(each)
        self.parted += each.is_parted
        # A passer-by is met once; a member of another tier by then is somebody else here.
        who = each.tier, each.member or each.no
        self._of.setdefault(who, Change()).add(each)
        self._days.setdefault(each.business_on, Change()).add(each)
        given = self.cost_of(each)
        self.unchanged += not each.fen and not each.points
        self.cheaper += given > 0
        self.dearer += given < 0
        if given:
            ranked = abs(given), -self.all.sales, replace(each, event=event)
            keep = heapq.heappushpop if len(self._most) >= self.most else heapq.heappush
            keep(self._most, ranked)

    @property
    def most_changed(self) -> list[Repriced]:
        """The sales that change most, the largest first."""
        return [each for _, _, each in sorted(self._most, reverse=True)]

    @property
    def by_day(self) -> list[tuple[str, Change]]:
        """The sums of each business date, the earliest first."""
        return sorted(self._days.items())

    @property
    def winners(self) -> int:
        """Members that pay less or have more points; passers-by are no members."""
        own = (change for (tier, _), change in self._of.items() if tier)
        return sum(change.cost(self.rate) > 0 for change in own)

    def cost_of(self, each: Repriced) -> int:
        """Fen that the shop gives more with this sale."""
        return self.rate.worth(each.points) - each.fen

    def by_tier(self, order: list[str]) -> list[OfTier]:
        """Winners and losers, in this order of tiers; nobody first, unknown tiers last."""
        found: dict[str, OfTier] = {}
        for (tier, _), change in self._of.items():
            row = found.setdefault(tier, OfTier(tier=tier))
            row.sales += change.sales
            row.before_fen += change.before_fen
            row.after_fen += change.after_fen
            row.before_points += change.before_points
            row.after_points += change.after_points
            cost = change.cost(self.rate)
            row.winners += cost > 0
            row.losers += cost < 0
        places = {tier: at for at, tier in enumerate(["", *order])}
        return sorted(found.values(), key=lambda row: (places.get(row.tier, 99), row.tier))


def repriced(body: dict[str, Any], draft: Rulebook, back: tuple[LineBack, ...] = ()) -> Repriced:
    """A settled sale's event priced under a draft, without what came back; raises BadRecord."""
    fields = Fields(body)
    basket, standing, moment, uses = inputs_of(body)
    quoted = quote(presenting(basket, draft), standing, draft, moment, uses)
    gone = _gone(quoted, back) if back else ()
    return Repriced(
        no=fields.free_text("no"),
        business_on=moment.business_on.isoformat(),
        member="" if standing is None else standing.member_id.hex,
        tier="" if standing is None else standing.tier,
        before_fen=fields.whole("payable_fen") - sum(each.fen for each in back),
        after_fen=quoted.payable_fen - sum(each.fen for each in gone),
        before_points=fields.whole("points")
        - _spent(fields)
        - sum(each.more_points for each in back),
        after_points=quoted.points - quoted.points_spent - sum(each.more_points for each in gone),
        is_parted=bool(back),
    )


def _gone(quoted: Quote, back: tuple[LineBack, ...]) -> tuple[LineBack, ...]:
    """The same of the lines as they would have been."""
    lines, spent = {line.no: line for line in quoted.lines}, dict(quoted.spent_points)
    return tuple(
        LineBack(
            each.no,
            each.back_milli,
            lines[each.no].quantity_milli,
            lines[each.no].payable_fen,
            lines[each.no].points,
            spent.get(each.no, 0),
        )
        for each in back
    )


def _spent(fields: Fields) -> int:
    return 0 if fields.is_null("spent") else fields.inner("spent").whole("points")


def presenting(basket: Basket, draft: Rulebook) -> Basket:
    """The basket with its coupons as the draft calls them."""
    coupons = []
    for each in basket.coupons:
        found = draft.coupon(each.code)
        coupons.append(each if found is None else Presented(each.code, found.id))
    return replace(basket, coupons=tuple(coupons))
