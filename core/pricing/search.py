"""搜索: the best choice among the offers of one part of a basket, by branch and bound.

A choice is looked at with everything on that is still open. Any other choice beside it can only
win by leaving off something that this one used: so it goes on with each of these off in turn. Of
all that is open, what could become the cheapest is looked at first, and what cannot win any more
is left; an offer that no choice could win without stays on from the start. What prices the lines is
decided before what takes off their sums: then these are known, and little of the rest is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from core.pricing.bound import Bounds, Floor
from core.pricing.by_hand import DiscountByHand
from core.pricing.cluster import EARLY, clusters, mask_of
from core.pricing.effort import (
    FEW_STEPS,
    LAST_STEPS,
    MOST_STEPS,
    OF_A_BOUND,
    OF_A_CHOICE,
    Effort,
)
from core.pricing.live import On
from core.pricing.minimum import Minima
from core.pricing.rank import Earned, Rank, earned_by, rank_of
from core.pricing.stages.coupon import coupon
from core.pricing.stages.discount_by_hand import discount_by_hand
from core.pricing.stages.gift import gift
from core.pricing.stages.threshold import threshold
from core.pricing.together import Alike
from core.pricing.working import Working
from core.rulebook.offers import BasketOffer, Offer
from core.values.money import MAX_FEN

__all__ = ["EARLY", "LATE", "MOST_PROVEN", "Search"]

MOST_PROVEN = 12
# Of more offers than are proven a choice within this part of all others is enough.
NEAR = 100
# Where a coupon alone pays for everything, all choices cost nothing: so many of them are compared.
MOST_ALIKE = 128
LATE: tuple[Callable[[Working], None], ...] = (gift, threshold, coupon, discount_by_hand)

# Bound, when it was found, what is on and what is off, and the floor of what is left.
Open = tuple[int, int, int, int, Floor]


class Search:
    """The choice among the offers of one part, each of them a bit of a mask."""

    def __init__(self, working: Working, discount: DiscountByHand | None) -> None:
        live = working.on
        self._working = working
        self._offers: tuple[Offer, ...] = live.all
        self._bits = {offer.id: 1 << at for at, offer in enumerate(self._offers)}
        self._all = (1 << len(self._offers)) - 1
        self._groups = self._group_masks()
        # What may change something though it takes nothing off: it has lines or a group for itself.
        self._lasting = mask_of(self._bits, [o.id for o in live.basket_offers if o.is_exclusive])
        for group in self._groups:
            self._lasting |= group
        self._discount = discount
        self._clusters = clusters(working, self._bits)
        self._minima = Minima(live, working.lines)
        self._in_doubt = mask_of(self._bits, self._minima.in_doubt)
        self._bounds = Bounds(working, self._bits, discount, self._in_doubt)
        self._late = On(thresholds=live.thresholds, coupons=live.coupons, gifts=live.gifts)
        self._late_mask = mask_of(self._bits, [offer.id for offer in self._late.all])
        # Points change no price, and the percentage of a tier is no offer of the shop.
        tiers = [offer for offer in live.percentages if offer.tier]
        self._uncounted = mask_of(self._bits, [offer.id for offer in (*live.points, *tiers)])
        self._last = self._last_mask()
        self._known: dict[int, Floor] = {}
        self._fen: dict[int, int] = {}
        self._doubted = self._lasting | mask_of(self._bits, [offer.id for offer in live.deals])
        packings = working.packings
        self._effort = packings.effort if packings is not None else Effort()
        self._sure = self._visited = self._found = 0
        # No choice costs less than this whose deals may be filled in a way that saves more.
        self._doubtful = MAX_FEN
        self._best: tuple[Rank, int] | None = None
        self._alike: dict[Earned, tuple[Rank, int]] = {}
        self.is_proven = True
        self.gap_fen = 0

    @property
    def alike(self) -> list[Alike]:
        """The best choice for each sum of points that the cheapest ones earn."""
        return [
            Alike(rank, earned, frozenset(self._names(mask)))
            for earned, (rank, mask) in self._alike.items()
        ]

    def run(self) -> None:
        """Find the best choice; where not every packing was tried, it may be short of the bound."""
        self._effort.begin(FEW_STEPS if self._open_offers() > MOST_PROVEN else MOST_STEPS)
        floor = self._bounds.floor(0)
        self._look(floor)
        if self._best is not None and self._doubtful < self._best[0].payable_fen:
            self.gap_fen = max(self.gap_fen, self._best[0].payable_fen - self._doubtful)
            self.is_proven = False

    def _look(self, floor: Floor) -> None:
        waiting: list[Open] = [(0, 0, 0, 0, floor)]
        is_first = True
        while waiting:
            bound, _, on, off, floor = heappop(waiting)
            if self._best is not None and bound > self._best[0].payable_fen:
                return
            if self._is_cheapest(bound) and self._visited >= MOST_ALIKE:
                return
            if self._best is not None and (self._effort.is_spent or self._is_good_enough(bound)):
                self._stop(bound)
                return
            for each in self._visit(on | self._sure, off, floor, is_first):
                heappush(waiting, each)
            if is_first and self._open_offers() > MOST_PROVEN:
                self._price(self._without_the_worse())
            elif is_first:
                self._effort.grant(MOST_STEPS)
            is_first = False

    def _is_good_enough(self, bound: int) -> bool:
        """Whether of too many offers to look at all one is found that is near enough to them."""
        return self._open_offers() > MOST_PROVEN and self._is_near(bound)

    def _is_near(self, bound: int) -> bool:
        """Whether what is found costs less than a percent more than all that is left."""
        assert self._best is not None
        fen = self._best[0].payable_fen
        return (fen - bound) * NEAR <= fen

    def _price_simple(self) -> None:
        """Nothing, each offer alone, and one after the other as long as each costs less."""
        assert self._best is not None
        counted = self._all & ~self._uncounted
        added = none = self._candidate(0, counted)
        least = self._fen_of(none)
        tops = self._bounds.tops(0, 0)
        for bit in _each(counted):
            off = counted & ~bit
            floor = self._bounds.floor(off)
            if self._bounds.least(floor, tops, 0, off) < self._best[0].payable_fen:
                self._fen_of(none & ~self._mates(bit) | bit)
            with_it = added & ~self._mates(bit) | bit
            fen = self._fen_of(with_it)
            if fen < least:
                added, least = with_it, fen

    def _price_changed(self) -> None:
        """The best one with one offer less or more, until none of these costs less."""
        assert self._best is not None
        before = None
        while before != self._best[1]:
            before = self._best[1]
            for bit in _each(self._all & ~self._uncounted):
                mask = self._best[1]
                self._fen_of(mask & ~bit if mask & bit else mask & ~self._mates(bit) | bit)
            if self._effort.is_spent:
                return

    def _fen_of(self, mask: int) -> int:
        """What a choice costs; it is kept if it is the best."""
        if mask not in self._fen:
            self._effort.spend(OF_A_CHOICE)
            self._price(mask)
        return self._fen[mask]

    def _is_cheapest(self, bound: int) -> bool:
        """Whether nothing that is left could cost less, but perhaps as much."""
        return self._best is not None and bound >= self._best[0].payable_fen

    def _without_the_worse(self) -> int:
        """The best choice so far, less what its lines alone would cost less without.

        Where there are too many offers to look at every choice, that is a good one to begin with.
        """
        assert self._best is not None
        mask = self._held(self._best[1])
        for cluster in self._clusters:
            fen = cluster.early(mask).total_fen
            doubted = self._doubted & (cluster.early(mask).used | self._lasting) & mask
            for bit in _each(doubted & cluster.mask & ~self._sure):
                without = cluster.early(mask & ~bit).total_fen
                if without < fen:
                    mask, fen = mask & ~bit, without
        return mask

    def _stop(self, bound: int) -> None:
        """Look at simple choices once more where it may not be near enough, and say how near."""
        assert self._best is not None
        if not self._is_near(bound):
            self._effort.refill(LAST_STEPS)
            self._price_simple()
            self._price_changed()
        self.gap_fen = max(0, self._best[0].payable_fen - bound)
        self.is_proven = self.is_proven and not self.gap_fen

    def _open_offers(self) -> int:
        return (self._all & ~self._sure & ~self._uncounted).bit_count()

    # Facts

    def _group_masks(self) -> list[int]:
        masks: dict[str, int] = {}
        for offer in self._offers:
            if isinstance(offer, BasketOffer) and offer.group:
                masks[offer.group] = masks.get(offer.group, 0) | self._bits[offer.id]
        return [mask for mask in masks.values() if mask & (mask - 1)]

    def _last_mask(self) -> int:
        """Offers of the later stages that decide nothing of the lines before."""
        mask = self._late_mask & ~mask_of(
            self._bits, [o.id for o in self._late.basket_offers if o.is_exclusive]
        )
        for group in self._groups:
            if group & ~mask:
                mask &= ~group
        return mask

    def _names(self, mask: int) -> list[str]:
        return [name for name, bit in self._bits.items() if mask & bit]

    # Choices

    def _visit(self, on: int, off: int, floor: Floor, is_first: bool) -> Iterator[Open]:
        """Look at the choice with all that is open on, and bound those without what it used."""
        tops = self._bounds.tops(on, off, floor)
        if self._best:
            if self._bounds.least(floor, tops, on, off) > self._best[0].payable_fen:
                return
            if self._open_offers() <= MOST_PROVEN:
                floor = self._bounds.tight(off, floor)
            if self._bounds.least(floor, tops, on, off) > self._best[0].payable_fen:
                return
        self._visited += 1
        self._effort.spend(OF_A_CHOICE)
        root, first_tops = floor, tops
        mask = self._candidate(on, off)
        lasting = self._price(mask) & mask & ~on
        assert self._best is not None
        is_sharp = self._is_sharp(mask)
        if is_first and self._open_offers() <= MOST_PROVEN:
            root = floor = self._bounds.tight(off, floor)
        for bit in self._in_turn(lasting):
            if bit & self._last and not floor.is_known:
                if not is_sharp:
                    least = self._bounds.least(floor, tops, on, off)
                    self._doubtful = min(self._doubtful, least)
                floor = self._floor_with(mask)
                tops = floor.sums
            without = off | bit
            lower = self._bounds.floor(without, floor, bit)
            bound = self._bounds.least(lower, tops, on, without)
            self._effort.spend(OF_A_BOUND)
            if bound <= self._best[0].payable_fen:
                self._found += 1
                yield bound, self._found, on, without, lower
            elif is_first and (not on & ~self._sure or self._is_needed(bit, root, first_tops)):
                self._sure |= bit
            on |= bit
            mates = self._mates(bit) & ~off
            if mates:
                off |= mates
                floor = self._bounds.floor(off, floor, mates)
        if not is_sharp and not floor.is_known:
            self._doubtful = min(self._doubtful, self._bounds.least(floor, tops, on, off))

    def _is_sharp(self, mask: int) -> bool:
        """Whether no deals of a choice could be filled in a way that saves more."""
        held = self._held(mask)
        return all(cluster.early(held).is_best for cluster in self._clusters)

    def _in_turn(self, mask: int) -> Iterator[int]:
        """What decides the lines up to stage 4 first: then what is left open is soon decided."""
        for some in (mask & ~self._last, mask & self._last):
            yield from _each(some & self._lasting)
            yield from _each(some & ~self._lasting)

    def _floor_with(self, mask: int) -> Floor:
        """The floor where all that decides the lines up to stage 4 is as in a choice."""
        mask = self._held(mask) & ~self._last
        if mask not in self._known:
            for cluster in self._clusters:
                cluster.restore(cluster.early(mask))
            self._known[mask] = self._bounds.known()
        return self._known[mask]

    def _is_needed(self, bit: int, root: Floor, tops: list[int]) -> bool:
        """Whether nothing can win without it, whatever else is off."""
        assert self._best is not None
        floor = self._bounds.floor(bit, root, bit)
        bound = self._bounds.least(floor, tops, self._sure, bit)
        return bound > self._best[0].payable_fen

    def _candidate(self, on: int, off: int) -> int:
        """All that may be on: of a group what is on already, or the first."""
        mask = self._all & ~off
        for group in self._groups:
            mine = mask & group
            first = on & group or mine & -mine
            mask &= ~group | first
        return mask

    def _mates(self, bit: int) -> int:
        """The others of its group."""
        return next((group & ~bit for group in self._groups if group & bit), 0)

    def _price(self, mask: int) -> int:
        """Price it to the end; the offers without which it could be another choice."""
        asked, mask = mask, self._held(mask)
        part = self._working.part(self._working.lines, self._late_on(mask))
        part.discount, part.tried = self._discount, set()
        used = lasting = 0
        for cluster in self._clusters:
            early = cluster.early(mask)
            used |= early.used
            lasting |= early.weighed
            cluster.restore(early)
        for stage in LATE:
            stage(part)
        used |= mask_of(self._bits, part.tried | {made.offer for made in part.adjustments})
        fen = self._fen[asked] = sum([line.net_fen for line in part.lines])
        if self._best is None or fen <= self._best[0].payable_fen:
            offers = [o for o in self._offers if self._bits[o.id] & used]
            earned = earned_by(part, part.lines)
            self._keep(rank_of(part, offers, earned), earned, mask)
        return lasting | used | self._lasting

    def _keep(self, rank: Rank, earned: Earned, mask: int) -> None:
        """Keep a choice if it is the best, or the best of those that cost as much and earn so."""
        worth = rank.payable_fen, rank.gift_fen
        if self._best is None or worth < (self._best[0].payable_fen, self._best[0].gift_fen):
            self._alike.clear()
            self._best = None
        if self._best is None or rank < self._best[0]:
            self._best = rank, mask
        if worth == (self._best[0].payable_fen, self._best[0].gift_fen):
            known = self._alike.get(earned)
            # Among equals the one that was found first stays: there more is on, and says why not.
            if known is None or rank < known[0]:
                self._alike[earned] = rank, mask

    def _held(self, mask: int) -> int:
        """Without those that are below their minimum, for exclusive offers have their lines."""
        if not mask & self._in_doubt:
            return mask
        return mask & ~mask_of(self._bits, self._minima.below(self._names(mask)))

    def _late_on(self, mask: int) -> On:
        if mask & self._late_mask == self._late_mask:
            return self._late
        return self._late.only(self._names(mask & self._late_mask))


def _each(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
