"""购物车: what has been scanned so far; immutable, each change makes a new one.

The sale id exists from the first moment, so that a double press can never sell twice (sync.md 1).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product import Product
from core.errors import BadQuantity, BasketFull, NoSuchLine, NoSuchTrace, TooManyTraces, TraceTwice
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.exchange import Exchange
from core.pricing.tender import Tender
from core.values.quantity import ONE, check_quantity, format_quantity, is_whole

MAX_LINES = 500


class BasketLine(Struct, frozen=True):
    """行: a product and how much of it. `label_fen` is the price printed by a scale, if any.

    `no` names the line within this basket, for ever: it is not reused after a removal. `by_hand`
    is its price or its discount by hand: never both, the later takes the place of the earlier.
    `offer` is the id of the offer that it was chosen from as a gift or an add-on, "" for goods that
    are simply bought. `batch` and `expires_on` stood in the code that was scanned; `traces` are the
    trace codes of its units, in the order of scanning.
    `is_unweighed`: nobody has said yet what it weighs.
    """

    no: int
    product: Product
    quantity_milli: int
    label_fen: int | None = None
    by_hand: ByHand | None = None
    offer: str = ""
    batch: str = ""
    expires_on: date | None = None
    traces: tuple[str, ...] = ()
    is_unweighed: bool = False

    @property
    def is_joinable(self) -> bool:
        """Whole units without a label of their own are added together; weighed lines stay apart.

        So does what is sold by weight and happens to weigh a whole kilogram, and what has a
        discount by hand: that was meant for this line, not for what is scanned after it.
        """
        return (
            self.label_fen is None
            and not self.product.is_weighed
            and is_whole(self.quantity_milli)
            and not isinstance(self.by_hand, DiscountByHand)
        )

    @property
    def pieces(self) -> int:
        """件数: whole units are counted; what is weighed is one piece, however heavy."""
        is_counted = is_whole(self.quantity_milli) and not self.product.is_weighed
        return self.quantity_milli // ONE if is_counted else 1

    @property
    def traces_lacking(self) -> int:
        """How many units have no trace code, of a product that needs one for each."""
        return max(0, self.pieces - len(self.traces)) if self.product.requires_trace else 0

    def is_of(self, other: BasketLine) -> bool:
        """Whether the two are of one product and one batch."""
        return (
            self.product.id == other.product.id
            and self.batch == other.batch
            and self.expires_on == other.expires_on
        )

    def may_be_of(self, other: BasketLine) -> bool:
        """Whether they are of one product, and nothing known speaks against one batch."""
        batches = {self.batch, other.batch} - {""}
        ends = {self.expires_on, other.expires_on} - {None}
        return self.product.id == other.product.id and len(batches) < 2 and len(ends) < 2

    @property
    def chosen(self) -> str:
        """The offer that it is chosen from; what has a price by hand is simply bought."""
        return "" if isinstance(self.by_hand, PriceByHand) else self.offer

    def is_sold_with(self, other: BasketLine) -> bool:
        """Whether the two are one line of a sale: alike in product, price by hand and batch."""
        return (
            self.product == other.product
            and self.batch == other.batch
            and self.expires_on == other.expires_on
            and self.by_hand == other.by_hand
            and self.chosen == other.chosen
            and self.is_joinable
            and other.is_joinable
        )

    def is_like(self, other: BasketLine) -> bool:
        """Whether the two are one line of the basket, whatever becomes of their price by hand."""
        return self.offer == other.offer and self.is_sold_with(other)


class Presented(Struct, frozen=True):
    """出示的券: the code as it was scanned, and the coupon of the rulebook that it stands for.

    `member_id` is whom a code belongs to that nobody else may use, None for everybody's.
    """

    code: str
    offer: str
    member_id: UUID | None = None


class SwitchedOff(Struct, frozen=True):
    """关掉的优惠: an offer that a basket does without, why, who did it and who answers for it."""

    offer: str
    reason: str
    staff_no: int
    answers_no: int


class TraceWaiver(Struct, frozen=True):
    """放行: so many units may be sold without their trace codes; why, who did it, who answers."""

    missing: int
    reason: str
    staff_no: int
    answers_no: int


class Basket(Struct, frozen=True):
    """Lines in order of scanning, the member and the tenders handed over so far.

    `discount` is the discount by hand of the whole basket, `coupons` what was presented for it,
    `points` how many the member wants to spend: a wish, of which a quote takes what makes sense;
    `off` are the offers that were switched off for it by hand; `waiver` lets it be sold without
    some of the trace codes that it needs; `exchange` is what comes back when it is settled.
    """

    sale_id: UUID
    lines: tuple[BasketLine, ...] = ()
    member_id: UUID | None = None
    tenders: tuple[Tender, ...] = ()
    next_line: int = 1
    discount: DiscountByHand | None = None
    coupons: tuple[Presented, ...] = ()
    points: int = 0
    off: tuple[SwitchedOff, ...] = ()
    waiver: TraceWaiver | None = None
    exchange: Exchange | None = None

    @property
    def is_empty(self) -> bool:
        """No line scanned; a member alone makes no sale."""
        return not self.lines

    @property
    def pieces(self) -> int:
        """件数 of all lines."""
        return sum(line.pieces for line in self.lines)

    @property
    def own_tenders(self) -> tuple[Tender, ...]:
        """What the customer hands over, without what goods that come back pay."""
        credit = self.exchange.credit if self.exchange else ()
        has_credit = self.tenders[: len(credit)] == credit
        return self.tenders[len(credit) :] if has_credit else self.tenders

    @property
    def taken_fen(self) -> int:
        """What the customer handed over so far, and nobody settled yet."""
        return sum(tender.amount_fen for tender in self.own_tenders)

    @property
    def is_nothing(self) -> bool:
        """Neither goods nor a member nor anything that comes back: nothing to be remembered."""
        return self.is_empty and self.member_id is None and self.exchange is None

    @property
    def has_by_hand(self) -> bool:
        """Whether anything in it was given by hand."""
        return self.discount is not None or any(line.by_hand is not None for line in self.lines)

    @property
    def traces_missing(self) -> int:
        """Units that lack their trace codes, and for which nobody answers."""
        lacking = sum(line.traces_lacking for line in self.lines)
        return max(0, lacking - (self.waiver.missing if self.waiver else 0))

    def line(self, no: int) -> BasketLine:
        """The line of this number; raises NoSuchLine."""
        for line in self.lines:
            if line.no == no:
                return line
        raise NoSuchLine(no)

    def add(
        self,
        product: Product,
        quantity_milli: int = ONE,
        *,
        label_fen: int | None = None,
        offer: str = "",
        batch: str = "",
        expires_on: date | None = None,
        trace: str = "",
        wanted: int | None = None,
        is_unweighed: bool = False,
    ) -> Basket:
        """With more of a product: joined to a like line, or a line of its own at the end.

        `offer` is the one that it was chosen from, as a gift or an add-on. A `trace` code goes to a
        unit that still needs one, where there is one: on a line of the batch that its code names,
        else on the line `wanted`, else where nothing speaks against it; without any another unit
        comes with it. Raises TraceTwice for one that is in the basket already.
        """
        check_quantity(quantity_milli)
        fresh = BasketLine(
            self.next_line,
            product,
            quantity_milli,
            label_fen,
            offer=offer,
            batch=batch,
            expires_on=expires_on,
            traces=(trace,) if trace else (),
            is_unweighed=is_unweighed,
        )
        if trace:
            self.check_fresh(trace)
            if (line := self._lacking(fresh, wanted)) is not None:
                return self._traced(line, fresh)
        return self._put(fresh)

    def with_quantity(self, no: int, quantity_milli: int) -> Basket:
        """With another quantity on a line; raises BadQuantity for a labelled line or bad number.

        An amount by hand stays what it is, a price and a rate by hand go with the quantity. Of
        fewer units those that were scanned last take their trace codes with them.
        """
        line = self.line(no)
        if line.label_fen is not None:
            raise BadQuantity(format_quantity(quantity_milli))
        check_quantity(quantity_milli)
        fewer = replace(line, quantity_milli=quantity_milli, is_unweighed=False)
        return self._changed(replace(fewer, traces=line.traces[: fewer.pieces]))

    def with_trace(self, no: int, code: str) -> Basket:
        """With a trace code on a line; raises NoSuchLine, TraceTwice, TooManyTraces."""
        line = self.line(no)
        self.check_fresh(code)
        if len(line.traces) >= line.pieces:
            raise TooManyTraces(line.product.name)
        return self._changed(replace(line, traces=(*line.traces, code)))

    def without_trace(self, no: int, code: str) -> Basket:
        """Without one of a line's trace codes, its unit stays; raises NoSuchLine, NoSuchTrace."""
        line = self.line(no)
        if code not in line.traces:
            raise NoSuchTrace(code)
        return self._changed(replace(line, traces=tuple(t for t in line.traces if t != code)))

    def with_waiver(self, waiver: TraceWaiver | None) -> Basket:
        """With some units that may be sold without their trace codes, or none."""
        return replace(self, waiver=waiver)

    def holder(self, code: str) -> BasketLine:
        """The line with this trace code; raises NoSuchTrace."""
        for line in self.lines:
            if code in line.traces:
                return line
        raise NoSuchTrace(code)

    def check_fresh(self, code: str) -> None:
        """Raises TraceTwice for a trace code that is in the basket already."""
        for line in self.lines:
            if code in line.traces:
                raise TraceTwice(code, line.product.name)

    def lacking_traces(self) -> tuple[BasketLine, ...]:
        """The lines with units that still need their trace codes."""
        return tuple(line for line in self.lines if line.traces_lacking)

    def with_by_hand(self, no: int, by_hand: ByHand | None) -> Basket:
        """With a price or discount by hand on a line, or without; raises NoSuchLine.

        Without it the line joins one like it again; raises BadQuantity where that is too much.
        What was chosen as a gift or an add-on is simply bought while it has a price by hand, and is
        what it was without it.
        """
        return self._changed(replace(self.line(no), by_hand=by_hand))

    def bought(self, no: int) -> Basket:
        """With a gift or an add-on simply bought: a line like any other; raises NoSuchLine."""
        return self._changed(replace(self.line(no), offer=""))

    def with_discount(self, discount: DiscountByHand | None) -> Basket:
        """With a discount by hand of the whole basket, or without."""
        return replace(self, discount=discount)

    def without(self, no: int) -> Basket:
        """Without a line; raises NoSuchLine."""
        gone = self.line(no)
        return replace(self, lines=tuple(line for line in self.lines if line is not gone))

    def with_member(self, member_id: UUID | None) -> Basket:
        """For a member, or for nobody; what somebody else wanted to spend is forgotten."""
        points = self.points if member_id == self.member_id else 0
        return replace(self, member_id=member_id, points=points)

    def with_points(self, points: int) -> Basket:
        """With so many points to spend as money; 0 for none."""
        return replace(self, points=points)

    def with_coupon(self, coupon: Presented) -> Basket:
        """With a coupon presented, or without it where it was: the same scan takes it back."""
        others = tuple(each for each in self.coupons if each.code != coupon.code)
        if len(others) < len(self.coupons):
            return replace(self, coupons=others)
        return replace(self, coupons=(*self.coupons, coupon))

    def without_offer(self, off: SwitchedOff) -> Basket:
        """With an offer switched off; a later reason takes the place of an earlier one."""
        return replace(self, off=(*self.with_offer(off.offer).off, off))

    def with_offer(self, offer: str) -> Basket:
        """With an offer switched on again."""
        return replace(self, off=tuple(each for each in self.off if each.offer != offer))

    def with_exchange(self, exchange: Exchange | None) -> Basket:
        """With goods that come back when it is settled, or without."""
        return replace(self, exchange=exchange)

    def with_tenders(self, tenders: tuple[Tender, ...]) -> Basket:
        """With these tenders handed over instead of the former ones."""
        return replace(self, tenders=tenders)

    def with_own_tenders(self, tenders: tuple[Tender, ...]) -> Basket:
        """With these tenders of the customer; what comes back pays nothing before the payment."""
        exchange = replace(self.exchange, credit=()) if self.exchange else None
        return replace(self, tenders=tenders, exchange=exchange)

    def _lacking(self, pack: BasketLine, wanted: int | None) -> BasketLine | None:
        """The line with the unit that a pack's code belongs to."""
        names_batch = bool(pack.batch or pack.expires_on)

        def nearness(line: BasketLine) -> tuple[bool, bool, bool]:
            is_same = line.is_of(pack)
            return is_same and names_batch, line.no == wanted, is_same

        lacking = (line for line in self.lines if line.traces_lacking and line.may_be_of(pack))
        return max(lacking, key=nearness, default=None)

    def _traced(self, line: BasketLine, pack: BasketLine) -> Basket:
        """With a pack's code on one of a line's units, and what its code tells of its batch.

        What is known of one unit is not known of the others: it is a line of its own then, unless
        the line has a discount by hand, which its units share.
        """
        known = replace(
            line, batch=line.batch or pack.batch, expires_on=line.expires_on or pack.expires_on
        )
        if line.pieces == 1 or known == line:
            return self._changed(replace(known, traces=line.traces + pack.traces))
        if not line.is_joinable:
            return self.with_trace(line.no, pack.traces[0])
        own = replace(known, no=self.next_line, quantity_milli=ONE, traces=pack.traces)
        return self._put(own).with_quantity(line.no, line.quantity_milli - ONE)

    def _put(self, fresh: BasketLine) -> Basket:
        """With more goods: added to a like line, or a line of their own at the end."""
        for line in self.lines:
            if line.is_like(fresh):
                milli = check_quantity(line.quantity_milli + fresh.quantity_milli)
                traces = line.traces + fresh.traces
                return self._changed(replace(line, quantity_milli=milli, traces=traces))
        if len(self.lines) >= MAX_LINES:
            raise BasketFull(MAX_LINES)
        return replace(self, lines=(*self.lines, fresh), next_line=self.next_line + 1)

    def _changed(self, changed: BasketLine) -> Basket:
        """With a line in another state; a line that is like it now is taken up into it.

        Its own approval stands then, and has to cover what both come to.
        """
        lines: list[BasketLine] = []
        for line in self.lines:
            if line.no == changed.no or not line.is_like(changed):
                lines.append(line)
            else:
                milli = check_quantity(changed.quantity_milli + line.quantity_milli)
                traces = changed.traces + line.traces
                changed = replace(changed, quantity_milli=milli, traces=traces)
        kept = (changed if line.no == changed.no else line for line in lines)
        return replace(self, lines=tuple(kept))
