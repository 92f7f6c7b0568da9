"""演算: a basket while it is priced: lines in canonical order, changed by stage after stage.

Canonical order (domain.md 2): whole-unit lines alike in product, price and price by hand are added
together; lines stand by product code, price, quantity. "Earlier" always means this order, never
that of scanning. Lines that are still alike stand by what else prices them, and twins by number.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from core.catalog.product import Product
from core.members.member import Standing
from core.pricing.adjustment import Adjustment, Rejected
from core.pricing.basket import Basket, BasketLine
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.live import On
from core.pricing.tender import Tender
from core.rulebook.offers import BasketOffer
from core.rulebook.rulebook import Outside, Rulebook
from core.rulebook.schemes import Tier
from core.values.moment import Moment
from core.values.quantity import is_whole, sold_milli
from core.values.rate import FULL

if TYPE_CHECKING:
    from core.pricing.stages.packing import Packings


class WorkingLine:
    """A line on its way from list to payable; amounts in fen.

    `offers` are the ids of those in whose scope it lies, `touching` of those that could do anything
    to it, prices too (`core.pricing.cluster`).
    `net_fen` is what the stages so far leave; `deal_fen` the part of it that filled deals of
    stage 3 cost. `owner` is the id of the exclusive offer that
    has the line for itself, "" for none. `unearning_fen` is the part of the net that tenders
    without points paid, `cash_fen` the part that is left for cash. `is_by_hand`: it has a price by
    hand, and so takes no offer. `multiplier_bp` is the best one that offers give to its points,
    `spent_points` what of the points as money is its,
    `bonus` what they give for each unit and `more_points` once. `chosen` is the offer that it was
    chosen from, "" for none: such a line takes no other and counts for none; `granted_milli` is as
    much of it as that offer gives. `origin` is its batch and the day on which that expires.
    `barred` are offers that it may not take: it lies beyond their limits (`core.pricing.limited`).
    """

    __slots__ = (
        "barred",
        "bonus",
        "by_hand",
        "cash_fen",
        "chosen",
        "code",
        "deal_fen",
        "granted_milli",
        "is_by_hand",
        "is_outside",
        "is_special",
        "label_fen",
        "list_fen",
        "more_points",
        "multiplier_bp",
        "net_fen",
        "no",
        "offers",
        "origin",
        "owner",
        "points",
        "product",
        "quantity_milli",
        "spend_fen",
        "spent_points",
        "takes_percentage",
        "touching",
        "unearning_fen",
    )

    def __init__(self, line: BasketLine) -> None:
        product = line.product
        self.no = line.no
        self.product: Product = product
        self.code = product.code
        self.label_fen = line.label_fen
        self.by_hand = line.by_hand
        self.origin = (line.batch, line.expires_on.toordinal() if line.expires_on else 0)
        self.chosen = line.chosen
        self.quantity_milli = sold_milli(line.quantity_milli, line.label_fen, product.price_fen)
        self.list_fen = 0
        self.is_outside = False
        self.offers: frozenset[str] = frozenset()
        self.touching: frozenset[str] = frozenset()
        self.barred: frozenset[str] = frozenset()
        self.unearning_fen = self.cash_fen = self.spend_fen = self.points = 0
        self.restart()

    def alike(self) -> WorkingLine:
        """Another one just like it, to try something with."""
        other = WorkingLine.__new__(WorkingLine)
        for name in WorkingLine.__slots__:
            setattr(other, name, getattr(self, name))
        other.restart()
        return other

    def is_open_to(self, offer: BasketOffer) -> bool:
        """Whether an offer may touch the line at all; its conditions are asked before."""
        if self.is_outside or self.is_by_hand or self.chosen:
            return False
        if self.owner and self.owner != offer.id:
            return False
        return offer.id in self.offers

    @property
    def has_price_by_hand(self) -> bool:
        """Whether a person priced it; then no offer does."""
        return isinstance(self.by_hand, PriceByHand)

    @property
    def is_divisible(self) -> bool:
        """Whether some of its units can be priced apart from the others."""
        is_weighed = self.product.is_weighed or self.label_fen is not None
        return not is_weighed and is_whole(self.quantity_milli) and self.by_hand is None

    @property
    def is_unmet(self) -> bool:
        """Whether it was chosen, and not all of it is given."""
        return bool(self.chosen) and self.granted_milli < self.quantity_milli

    @property
    def state(self) -> tuple[int, bool, bool, str, int, int]:
        """What the stages up to the fourth leave for the later ones."""
        return (
            self.net_fen,
            self.is_special,
            self.takes_percentage,
            self.owner,
            self.multiplier_bp,
            self.bonus,
        )

    @state.setter
    def state(self, state: tuple[int, bool, bool, str, int, int]) -> None:
        (
            self.net_fen,
            self.is_special,
            self.takes_percentage,
            self.owner,
            self.multiplier_bp,
            self.bonus,
        ) = state
        self.more_points = self.granted_milli = self.spent_points = 0

    def restart(self) -> None:
        """As before the first stage."""
        self.net_fen = self.deal_fen = 0
        self.is_special = self.is_by_hand = False
        self.takes_percentage = not self.chosen
        self.owner = self.chosen
        self.multiplier_bp, self.bonus = FULL, 0
        self.more_points = self.granted_milli = self.spent_points = 0


class Working(Struct):
    """All that the stages look at and write to; `tier` is None for nobody, `on` what is used.

    Of the `spendable` points the member chose `chosen_points`; `most_points` make sense.
    While a choice is only tried, `tried` are the offers that took something, and the most frequent
    adjustments are not written; `weighed` are those that had a say though they may take nothing,
    `packings` how deals were filled before. `parted` are lines that are priced apart from the one
    that they are a part of, by their numbers.
    """

    lines: list[WorkingLine]
    rulebook: Rulebook
    moment: Moment
    tier: Tier | None
    tenders: tuple[Tender, ...]
    discount: DiscountByHand | None = None
    on: On = field(default_factory=On)
    adjustments: list[Adjustment] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    spendable: int = 0
    chosen_points: int = 0
    most_points: int = 0
    tried: set[str] | None = None
    weighed: set[str] | None = None
    packings: Packings | None = None
    parted: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, basket: Basket, standing: Standing | None, rulebook: Rulebook, moment: Moment
    ) -> Working:
        """The basket before the first stage."""
        tier = rulebook.scheme.tier(standing.tier) if standing is not None else None
        lines = _canonical_lines(basket, rulebook)
        working = cls(lines, rulebook, moment, tier, basket.tenders, basket.discount)
        if standing is not None:
            working.spendable, working.chosen_points = standing.points, basket.points
        return working

    @property
    def points_left(self) -> int:
        """What of the member's points is not spent on a line yet."""
        return self.spendable - sum([line.spent_points for line in self.lines])

    def line_no(self, line: WorkingLine) -> int:
        """The number of the basket line that a line, or a part of one, stands for."""
        return self.parted.get(line.no, line.no)

    def part_off(self, line: WorkingLine, kept_milli: int) -> WorkingLine:
        """Keep so much of a line; the rest stands behind it as a line of its own."""
        rest = line.alike()
        rest.no = 1 + max([each.no for each in self.lines])
        rest.quantity_milli -= kept_milli
        line.quantity_milli = kept_milli
        self.parted[rest.no] = self.line_no(line)
        self.lines.insert(self.lines.index(line) + 1, rest)
        return rest

    def meet(self, live: On) -> None:
        """Let each line know which of these offers are for it."""
        if live.is_plain:
            everywhere = frozenset([offer.id for offer in live.percentages])
            for line in self.lines:
                line.offers = everywhere
            return
        offers = live.basket_offers
        for line in self.lines:
            product = line.product
            category, brand = product.category, product.brand
            mine = [o.id for o in offers if o.is_for(line.code, category, brand)]
            line.offers = frozenset(mine) - line.barred if line.barred else frozenset(mine)

    def part(self, lines: list[WorkingLine], on: On) -> Working:
        """Some of the lines on their own, with these offers on."""
        return Working(
            lines,
            self.rulebook,
            self.moment,
            self.tier,
            (),
            on=on,
            spendable=self.spendable,
            packings=self.packings,
        )


def _canonical_lines(basket: Basket, rulebook: Rulebook) -> list[WorkingLine]:
    lines = [WorkingLine(line) for line in basket.lines]
    if len({line.code for line in lines}) == len(lines):
        lines.sort(key=attrgetter("code"))
    else:
        lines = _merged(basket, lines)
        lines.sort(key=_place)
    outside = rulebook.outside
    for line in lines:
        line.is_outside = is_outside(line.product, outside)
    return lines


def is_outside(product: Product, outside: Outside) -> bool:
    """Whether a product takes no offer of any kind."""
    is_kept = product.is_prescription and outside.is_prescription_outside
    return is_kept or product.category in outside.categories


def _merged(basket: Basket, lines: list[WorkingLine]) -> list[WorkingLine]:
    kept: list[WorkingLine] = []
    joinable: dict[tuple[object, ...], WorkingLine] = {}
    for scanned, line in zip(basket.lines, lines, strict=True):
        if not scanned.is_joinable:
            kept.append(line)
            continue
        alike = (line.product, line.by_hand, line.chosen, line.origin)
        first = joinable.setdefault(alike, line)
        if first is line:
            kept.append(line)
        else:
            first.quantity_milli += line.quantity_milli
            first.no = min(first.no, line.no)
    return kept


def _place(line: WorkingLine) -> tuple[Any, ...]:
    product = line.product
    return (
        line.code,
        product.price_fen,
        line.quantity_milli,
        _or_less(line.label_fen),
        _or_less(product.special_price_fen),
        _or_less(product.member_price_fen),
        product.is_prescription,
        product.category,
        product.brand,
        _by_hand_place(line.by_hand),
        line.chosen,
        line.origin,
        line.no,
    )


def _by_hand_place(by_hand: ByHand | None) -> tuple[Any, ...]:
    if by_hand is None:
        return (0,)
    if isinstance(by_hand, PriceByHand):
        return (1, by_hand.price_fen, 0, by_hand.reason, by_hand.staff_no)
    return (2, by_hand.amount_fen, by_hand.rate_bp, by_hand.reason, by_hand.staff_no)


def _or_less(fen: int | None) -> int:
    return -1 if fen is None else fen
