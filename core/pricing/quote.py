"""报价: `quote(basket, standing, rulebook, moment)`, the pure function that prices a basket."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from core.members.member import Standing
from core.pricing.adjustment import Adjustment, Lost, Rejected, Stage
from core.pricing.basket import Basket, BasketLine
from core.pricing.by_hand import PriceByHand
from core.pricing.live import Asked, On, live_on, untimely
from core.pricing.stages.cash_rounding import cash_rounding
from core.pricing.stages.discount_by_hand import discount_by_hand
from core.pricing.stages.earning import earning
from core.pricing.stages.list_price import list_price
from core.pricing.stages.payment import payment
from core.pricing.stages.percentage import percentage
from core.pricing.stages.points_money import points_money
from core.pricing.stages.price_by_hand import price_by_hand
from core.pricing.stages.unit_price import unit_price
from core.pricing.tender import TenderKind
from core.pricing.used import Uses
from core.pricing.working import Working
from core.rulebook.rulebook import Rulebook
from core.values.canonical import canonical, digest
from core.values.moment import Moment

if TYPE_CHECKING:
    from core.pricing.contest import Contest
    from core.pricing.limited import Handed, Passed
    from core.pricing.nearly import Nearly
    from core.pricing.offered import Offered

# domain.md 2: where nothing but prices and the tier's percentage is on; else `core.pricing.contest`
# goes through all stages up to the sixth.
PLAIN: tuple[Callable[[Working], None], ...] = (
    list_price,
    price_by_hand,
    unit_price,
    percentage,
    discount_by_hand,
)
PAID: tuple[Callable[[Working], None], ...] = (points_money, payment, cash_rounding, earning)


class QuoteLine(Struct, frozen=True):
    """A priced line: fen and thousandths; `points` are this line's share of the sale's.

    `no` is the lowest number of the basket lines that were added together.
    """

    no: int
    code: str
    quantity_milli: int
    list_fen: int
    payable_fen: int
    spend_fen: int
    points: int
    is_special: bool = False
    is_outside: bool = False


class Quote(Struct, frozen=True, dict=True):
    """What a basket costs and earns, line by line, and why.

    `lines` stand in order of scanning, `adjustments` and `rejected` by line, then stage.
    `points` and `spend_fen` (the base of points and of tier spend) take the basket's tenders into
    account; a part not yet paid counts as earning. Nobody earns no points, but `spend_fen` is
    known. `due_fen` is what is still to pay, `change_fen` what cash overpaid. Where it is not
    proven that no other choice of offers is cheaper, none is by more than `gap_fen`. `nearly` is
    what is within reach. `spent_points` are the points as money by line; `most_points` is the most
    that makes sense, an offer and no figure of the sale. `offered` is what gifts and add-ons may be
    chosen; `unmet` are the lines that were chosen so and are not had so, or not all of them: they
    stand at their list price. `used` says which of the offers that are counted are used,
    `used_units` of how much those that are limited in units (thousandths).
    """

    lines: tuple[QuoteLine, ...]
    adjustments: tuple[Adjustment, ...]
    rejected: tuple[Rejected, ...]
    list_fen: int
    payable_fen: int
    points: int
    spend_fen: int
    due_fen: int
    change_fen: int
    is_proven: bool = True
    gap_fen: int = 0
    nearly: tuple[Nearly, ...] = ()
    spent_points: tuple[tuple[int, int], ...] = ()
    most_points: int = 0
    offered: tuple[Offered, ...] = ()
    unmet: tuple[int, ...] = ()
    used: tuple[str, ...] = ()
    used_units: tuple[tuple[str, int], ...] = ()

    @property
    def points_spent(self) -> int:
        """Points as money and those that add-ons cost, in all."""
        return sum([points for _, points in self.spent_points])

    @property
    def points_fen(self) -> int:
        """What they pay."""
        return sum([m.amount_fen for m in self.adjustments if m.stage is Stage.POINTS])

    @property
    def points_rows(self) -> tuple[tuple[int, int, int], ...]:
        """(line, points, fen that they pay) of each line with points: an add-on's pay no fen."""
        fen: dict[int, int] = {}
        for made in self.adjustments:
            if made.stage is Stage.POINTS:
                fen[made.line] = fen.get(made.line, 0) + made.amount_fen
        points = dict(self.spent_points)
        return tuple((no, points.get(no, 0), fen.get(no, 0)) for no in sorted({*points, *fen}))

    @property
    def paying_points(self) -> int:
        """Points as money alone, without what add-ons cost."""
        return sum([points for _, points, fen in self.points_rows if fen])

    @property
    def saved_fen(self) -> int:
        """已省: list less payable."""
        return self.list_fen - self.payable_fen

    @property
    def offers_fen(self) -> int:
        """What offers and discounts by hand took off: saved less points paid and 抹零."""
        own = (Stage.POINTS, Stage.CASH_ROUNDING)
        return sum([made.amount_fen for made in self.adjustments if made.stage not in own])

    @property
    def record(self) -> dict[str, Any]:
        """Every figure as plain JSON values; what came later is left out where there is none."""
        record = {
            "lines": [[getattr(line, name) for name in _LINE] for line in self.lines],
            "adjustments": [[getattr(made, name) for name in _MADE] for made in self.adjustments],
            "rejected": [[getattr(lost, name) for name in _LOST] for lost in self.rejected],
            "list_fen": self.list_fen,
            "payable_fen": self.payable_fen,
            "points": self.points,
            "spend_fen": self.spend_fen,
            "due_fen": self.due_fen,
            "change_fen": self.change_fen,
            "is_proven": self.is_proven,
        }
        if self.gap_fen:
            record["gap_fen"] = self.gap_fen
        if self.nearly:
            record["nearly"] = [[getattr(each, name) for name in _NEAR] for each in self.nearly]
        if self.spent_points:
            record["spent_points"] = [list(each) for each in self.spent_points]
        if self.offered:
            record["offered"] = [[getattr(each, name) for name in _HAD] for each in self.offered]
        if self.unmet:
            record["unmet"] = list(self.unmet)
        return record

    @cached_property
    def canonical(self) -> bytes:
        """The bytes that pricing the same inputs again must give."""
        return canonical(self.record)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes: what the customer was shown."""
        return digest(self.canonical)


NOTHING = Quote((), (), (), 0, 0, 0, 0, 0, 0)
"""The quote of an empty basket, whoever stands there: no stage has anything to look at."""

_LINE = tuple(QuoteLine.__struct_fields__)
_MADE = tuple(Adjustment.__struct_fields__)
_LOST = tuple(Rejected.__struct_fields__)
_NEAR = ("offer", "missing_fen", "missing_milli", "gain_fen", "label")
_HAD = ("offer", "label", "products", "units", "price_fen", "taken", "points")
_LINE_NO = attrgetter("no")
_ITS_LINE = attrgetter("line")
_PAYABLE = attrgetter("payable_fen")


def quote(
    basket: Basket,
    standing: Standing | None,
    rulebook: Rulebook,
    moment: Moment,
    uses: Uses = (),
) -> Quote:
    """Price a basket for a member, or for nobody, from nothing (domain.md 2).

    `uses` is how often the counted offers were used before; what is not in it was not used.

    Pure: the same inputs give the same bytes, whatever the order of scanning. It refuses nothing;
    whether the tenders may be taken is asked when the sale is settled.
    """
    if not basket.lines and not basket.tenders:
        return _of_coupons_alone(basket, standing, rulebook, moment) if basket.coupons else NOTHING
    asked = basket, standing, rulebook, moment, uses
    best, passed = _priced(*asked)
    if passed:
        from core.pricing.limited import ROUNDS

        for _ in range(ROUNDS):
            other, more = _priced(*asked, passed)
            best = min(best, other, key=_PAYABLE)
            if not more:
                break
            passed |= more
    return best


def _priced(
    basket: Basket,
    standing: Standing | None,
    rulebook: Rulebook,
    moment: Moment,
    uses: Uses = (),
    passed: Passed = frozenset(),
) -> tuple[Quote, Passed]:
    """With what passes units of limited offers on; and which lines should do so too."""
    working = Working.of(basket, standing, rulebook, moment)
    live = live_on(
        rulebook,
        working.tier,
        moment,
        _presented(working, basket, standing),
        [(line.code, line.product.category, line.product.brand) for line in working.lines],
        standing=standing,
        uses=uses,
    )
    if basket.off:
        live = _without_off(working, live, frozenset(off.offer for off in basket.off))
    handed: list[Handed] = []
    if rulebook.asks.in_units:
        from core.pricing.limited import hand_out

        handed = hand_out(working, live, uses, passed)
    working.meet(live)
    contested = None
    if live.is_plain:
        working.on = live
        _run(working, PLAIN)
    else:
        from core.pricing.contest import contest

        contested = contest(working, live)
    if live.barred:
        working.rejected += live.barred
    _run(working, PAID)
    more: Passed = frozenset()
    if handed:
        from core.pricing.limited import passed_on

        more = passed_on(working, handed)
    return _quote_of(working, contested), more


def _of_coupons_alone(
    basket: Basket, standing: Standing | None, rulebook: Rulebook, moment: Moment
) -> Quote:
    """Before the first of the goods it is known already whose time it is not."""
    asked = Asked(rulebook, rulebook.scheme.tier(standing.tier) if standing else None, moment)
    known = {each.offer for each in basket.coupons} & rulebook.coupons.keys()
    return replace(NOTHING, rejected=tuple(untimely(asked, known)))


def _without_off(working: Working, live: On, off: frozenset[str]) -> On:
    """Without the offers that a person switched off; each of them that could be on is named."""
    gone = [offer for offer in live.all if offer.id in off]
    working.rejected += [Rejected(o.id, 0, Lost.SWITCHED_OFF, 0, o.name) for o in gone]
    return live.only({offer.id for offer in live.all} - off)


def _presented(working: Working, basket: Basket, standing: Standing | None) -> list[str]:
    """The offers of the coupons that whoever stands there may use."""
    found: list[str] = []
    coupons = working.rulebook.coupons
    for coupon in basket.coupons:
        if coupon.offer not in coupons:
            continue
        if coupon.member_id is None or (standing and coupon.member_id == standing.member_id):
            found.append(coupon.offer)
        else:
            name = coupons[coupon.offer].name
            working.rejected.append(Rejected(coupon.offer, 0, Lost.NOT_THEIRS, 0, name))
    return found


def _run(working: Working, stages: tuple[Callable[[Working], None], ...]) -> None:
    for stage in stages:
        stage(working)


def unit_list_fen(line: BasketLine, priced: QuoteLine) -> int:
    """Fen of a unit at list; a price by hand above it has taken its place."""
    price_fen, by_hand = line.product.price_fen, line.by_hand
    if isinstance(by_hand, PriceByHand) and not priced.is_outside:
        return max(price_fen, by_hand.price_fen)
    return price_fen


def _quote_of(working: Working, contested: Contest | None) -> Quote:
    used, used_units = () if contested is None else _used(working), _used_units(working)
    working.lines.sort(key=_LINE_NO)
    lines = tuple(
        [
            QuoteLine(
                line.no,
                line.code,
                line.quantity_milli,
                line.list_fen,
                line.net_fen,
                line.spend_fen,
                line.points,
                line.is_special,
                line.is_outside,
            )
            for line in working.lines
        ]
    )
    payable = sum([line.payable_fen for line in lines])
    due, change = _settlement(working, payable)
    return Quote(
        lines=lines,
        adjustments=tuple(sorted(working.adjustments, key=_ITS_LINE)),
        rejected=tuple(sorted(working.rejected, key=_ITS_LINE)),
        list_fen=sum([line.list_fen for line in lines]),
        payable_fen=payable,
        points=sum([line.points for line in lines]),
        spend_fen=sum([line.spend_fen for line in lines]),
        due_fen=due,
        change_fen=change,
        is_proven=contested is None or contested.is_proven,
        gap_fen=0 if contested is None else contested.gap_fen,
        nearly=() if contested is None else contested.nearly,
        spent_points=tuple(
            [(line.no, line.spent_points) for line in working.lines if line.spent_points]
        ),
        most_points=working.most_points,
        offered=() if contested is None else contested.offered,
        unmet=tuple([line.no for line in working.lines if line.is_unmet]),
        used=used,
        used_units=used_units,
    )


def _used(working: Working) -> tuple[str, ...]:
    counted = working.rulebook.asks.counted
    if not counted:
        return ()
    from core.pricing.uses import offers_used

    return offers_used(working, counted)


def _used_units(working: Working) -> tuple[tuple[str, int], ...]:
    """Told by the parts of lines, which are joined then."""
    if not working.rulebook.asks.in_units:
        return ()
    from core.pricing.limited import join_parts, units_used

    found = units_used(working)
    if working.parted:
        join_parts(working)
    return found


def _settlement(working: Working, payable_fen: int) -> tuple[int, int]:
    paid = sum([tender.amount_fen for tender in working.tenders])
    cash = sum([t.amount_fen for t in working.tenders if t.kind is TenderKind.CASH])
    return max(0, payable_fen - paid), max(0, min(cash, paid - payable_fen))
