"""退货: lines of a sale come back, whole or in part, several times; shown before it is confirmed.

Within the rules of the rulebook a cashier does it alone: so many days after the sale, with the
receipt, and no medicines; beyond them somebody approves (domain.md 3). A return is booked on the
shift of today, whatever day it was sold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.counter import require_open_shift
from core.actions.return_paper import return_detail, return_paper
from core.actions.return_record import return_record
from core.actions.sold import (
    Holder,
    Sold,
    check_claim,
    expired_of,
    give,
    given_of,
    holder,
    meant,
    sold_of,
    take,
    traces_of,
)
from core.actions.spend_points import given_record
from core.actions.telling import tell, words_of
from core.actions.undo import (
    TierUndone,
    count_expired_back,
    coupons_back,
    give_uses_back,
    keep_tier_undone,
    tier_undone,
)
from core.changes import Changes
from core.errors import (
    NothingToReturn,
    OnlyForQuality,
    SaleIsVoid,
)
from core.members.member import MemberFile
from core.members.tiers import counted_money
from core.points.give_back import Given
from core.points.ledger import Cause
from core.ports import Reading, StoredSale, Writing
from core.pricing.tender import Tender
from core.rulebook.returns import ReturnPolicy
from core.sales.coupon_code import CouponBack
from core.sales.explanation import FOR_RETURN, OF_QUALITY, Explanation, check_explanation
from core.sales.gifts_back import gifts_kept
from core.sales.receipt import Receipt
from core.sales.returns import (
    Refund,
    Return,
    SoldLine,
    is_last,
    refund,
)
from core.sales.shortage import NO_SHORTAGE, Shortage, hold_back, shortage_of
from core.sales.trace_back import returned_codes
from core.sales.void import SaleFacts
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment
from core.values.quantity import ONE


class ReturnPreview(Struct, frozen=True):
    """What a return would do; nothing has happened yet.

    `restricted` are lines of medicines; they, `is_late`, `lacks_receipt` and `gifts`, which would
    stay though the kept goods do not reach them, need an approval.
    `back` is what is handed back by tender, `balance` the points after it (below zero: a debt),
    `fallen_to` the tier where it falls, `given` the points that come back because they were spent,
    `coupons` the codes that can be used again.
    """

    sold: Sold
    held: Holder | None
    sale: StoredSale
    facts: SaleFacts
    lines: tuple[SoldLine, ...]
    refund: Refund
    policy: ReturnPolicy
    restricted: frozenset[int] = frozenset()
    is_late: bool = False
    lacks_receipt: bool = False
    is_of_today: bool = False
    back: tuple[Tender, ...] = ()
    shortage: Shortage = NO_SHORTAGE
    file: MemberFile | None = None
    balance: int = 0
    tier_name: str = ""
    fallen_to: str | None = None
    coupons: tuple[CouponBack, ...] = ()
    given: tuple[Given, ...] = ()
    gifts: tuple[SoldLine, ...] = ()

    @property
    def member(self) -> MemberFile | None:
        """Whose points they are, where that is a member of this till."""
        return None if self.held is not None and self.held.said is not None else self.file

    @property
    def back_fen(self) -> int:
        """What is handed back in all."""
        return sum(tender.amount_fen for tender in self.back)

    @property
    def points_taken(self) -> int:
        """Points that leave the member's account."""
        short = self.shortage
        return self.refund.points - short.paid_points - short.expired if self.file else 0

    @property
    def has_medicine(self) -> bool:
        """Whether a medicine is among what comes back."""
        return any(part.no in self.restricted for part in self.refund.lines)

    @property
    def right(self) -> Right:
        """The right that confirming it takes."""
        is_beyond = self.is_late or self.lacks_receipt or self.has_medicine or bool(self.gifts)
        return Right.RETURN_BEYOND_RULES if is_beyond else Right.RETURN_WITHIN_RULES


class SaleReturned(Struct, frozen=True):
    """A return that is kept. `is_repeat`: it was before, nothing was done a second time."""

    no: str
    receipt: Receipt
    back_fen: int = 0
    is_repeat: bool = False
    back: tuple[Tender, ...] = ()
    changes: Changes = Changes.SALES | Changes.MEMBERS | Changes.DAY | Changes.BASKET


def preview_return(
    shop: Shop,
    sale_no: str | None = None,
    chosen: Mapping[int, int] | None = None,
    *,
    has_receipt: bool = True,
    staff: Staff,
) -> ReturnPreview:
    """What returning these quantities (thousandths by line) of a sale (or the last one) would do.

    Without quantities its lines are shown. Raises DayNotOpen, NotAllowed, NoSuchSale, SaleIsVoid,
    NoSuchLine, NothingToReturn, TooMuchReturned.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        require_open_shift(reading)
        moment = shop.moment(reading)
        sold = meant(reading, sale_no, moment.at_us)
        return _preview(reading, sold, chosen or {}, moment, has_receipt=has_receipt)


def return_sale(
    shop: Shop,
    sale_id: UUID,
    chosen: Mapping[int, int],
    *,
    return_id: UUID,
    explanation: Explanation | None,
    has_receipt: bool = True,
    traces: Collection[str] = (),
    staff: Staff,
    approval: Approval | None = None,
) -> SaleReturned:
    """Take these quantities (thousandths by line) of a sale back.

    `traces` are the trace codes scanned of it; of a line that comes back whole all of them do.
    `return_id` is made before it is confirmed, so that a double press returns once. Raises
    DayNotOpen, NotAllowed, NoSuchSale, SaleIsVoid, NoSuchLine, NothingToReturn, TooMuchReturned,
    ReasonNeeded, BadWords, OnlyForQuality; in each of these cases nothing came back.
    """
    with shop.store.write() as tx:
        return take_back(
            shop,
            tx,
            shop.moment(tx),
            sale_id,
            chosen,
            return_id=return_id,
            explanation=explanation,
            has_receipt=has_receipt,
            traces=traces,
            staff=staff,
            approval=approval,
        )


def take_back(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    sale_id: UUID,
    chosen: Mapping[int, int],
    *,
    return_id: UUID,
    explanation: Explanation | None,
    has_receipt: bool,
    traces: Collection[str],
    staff: Staff,
    approval: Approval | None,
) -> SaleReturned:
    """The same within a transaction of an action that does more."""
    known = tx.returns.get(return_id)
    if known is not None:
        return SaleReturned(known[1], known[2], is_repeat=True)
    at_us = moment.at_us
    allow(tx, staff, Right.RETURN_WITHIN_RULES, now_us=at_us, approval=approval)
    shift = require_open_shift(tx)
    sold = sold_of(tx, sale_id, at_us)
    check_claim(tx, sold, return_id, at_us)
    shown = _preview(tx, sold, chosen, moment, has_receipt=has_receipt)
    if not shown.refund.lines:
        raise NothingToReturn()
    told = check_explanation(explanation, FOR_RETURN)
    _check_quality(shown, told)  # nobody is asked to allow what is refused in any case
    answers = allow(tx, staff, shown.right, now_us=at_us, approval=approval)
    undone = _tier_undone(tx, sold, shown.file, shown.refund, moment, shift.day_id)
    # What another till sold counts for nobody's figures here.
    of_sale = replace(shown.facts, member_id=None) if sold.is_away else shown.facts
    facts = (of_sale, shown.refund, shown.back, shown.shortage)
    number = tx.returns.count(sale_id) + tx.elsewhere.returns(sale_id) + 1
    tier = shown.file.member.tier if shown.file else ""
    made = Return(
        return_id,
        number,
        *facts,
        day_id=shift.day_id,
        shift_id=shift.id,
        at_us=at_us,
        business_on=moment.business_on,
        staff_no=staff.no,
        approved_by=answers,
        explanation=told,
        has_receipt=has_receipt,
        tier_before=tier,
        tier_after=undone.tier,
    )
    receipt = _keep(shop, tx, made, shown, undone, moment, traces=traces)
    tx.audit.note(
        "sale_returned",
        at_us=at_us,
        staff_no=staff.no,
        subject=made.no,
        detail=noted(return_detail(made, shown), staff, answers),
    )
    return SaleReturned(made.no, receipt, shown.back_fen, back=shown.back)


def _keep(
    shop: Shop,
    tx: Writing,
    made: Return,
    shown: ReturnPreview,
    undone: TierUndone,
    moment: Moment,
    *,
    traces: Collection[str],
) -> Receipt:
    """Points, tier, the return with its paper, and its fact."""
    sold = shown.sold
    given = give(shop, tx, sold, shown.held, shown.given, moment)
    if not sold.is_away:
        gone, cause = shown.shortage.expired, Cause.RETURN
        count_expired_back(shop, tx, made.sale, moment, points=gone, cause=cause)
    burn = take(shop, tx, sold, shown.held, moment, points=shown.points_taken)
    staff_no = made.staff_no
    tiers = keep_tier_undone(tx, undone, shown.member, moment, staff_no=staff_no, cause="return")
    receipt = return_paper(tx, made, shown)
    tx.returns.add(made, receipt)
    tx.elsewhere.keep_before(made.id, sold.before)
    tx.elsewhere.end_claim(made.id)
    holder = shown.file.member.id if shown.file else None
    body = return_record(made, burn) | given_record(given, made.refund.lines) | {"member": holder}
    body |= tiers
    if codes := returned_codes(traces_of(tx, sold), shown.lines, made.refund, traces):
        tx.traces.give_back(made.id, made.sale.sale_id, codes)
        body["traces"] = list(codes)
    if is_last(shown.lines, shown.refund):
        body |= give_uses_back(tx, made.sale.sale_id, made.day_id, moment)
    tell(shop, tx, moment, "SaleReturned", body, words_of(shop, made.id, made.explanation))
    return receipt


def _preview(
    reading: Reading,
    sold: Sold,
    chosen: Mapping[int, int],
    moment: Moment,
    *,
    has_receipt: bool,
) -> ReturnPreview:
    sale, facts, lines, priced_under = sold.sale, sold.facts, sold.lines, sold.rulebook
    if sale.is_voided:
        raise SaleIsVoid(sale.no)
    rulebook = reading.rulebooks.current()
    policy, given = rulebook.returns, refund(lines, facts, priced_under, chosen)
    held = holder(reading, sold, rulebook, moment)
    file = held.file if held is not None else None
    short, has = NO_SHORTAGE, 0
    if held is not None:
        has = held.file.points + given.given
        gone = expired_of(reading, sold, held, given.points)
        unit_fen = priced_under.cash_rounding_fen
        short = shortage_of(given.points, given.money_fen, has, policy, unit_fen, expired=gone)
    day_id = require_open_shift(reading).day_id
    undone = _tier_undone(reading, sold, file, given, moment, day_id)
    scheme, tier = rulebook.scheme, file.member.tier if file else ""
    is_fall = file is not None and scheme.rank(undone.tier) != scheme.rank(tier)
    return ReturnPreview(
        sold=sold,
        held=held,
        sale=sale,
        facts=facts,
        lines=lines,
        refund=given,
        policy=policy,
        restricted=_restricted(lines, policy),
        is_late=(moment.business_on - facts.business_on).days > policy.days,
        lacks_receipt=policy.is_receipt_needed and not has_receipt,
        is_of_today=facts.day_id == day_id,
        back=hold_back(given.tenders, short.withheld_fen),
        shortage=short,
        file=file,
        balance=has - given.points + short.paid_points + short.expired,
        tier_name=scheme.tier(tier).name if file else "",
        fallen_to=scheme.tier(undone.tier).name if is_fall else None,
        given=given_of(reading, sold, given.given, moment),
        coupons=coupons_back(reading, facts) if is_last(lines, given) else (),
        gifts=gifts_kept(lines, given.lines, priced_under)
        if policy.is_gift_needed and given.lines
        else (),
    )


def _restricted(lines: tuple[SoldLine, ...], policy: ReturnPolicy) -> frozenset[int]:
    return frozenset(
        line.no
        for line in lines
        if policy.is_restricted(line.category, is_prescription=line.is_prescription)
    )


def _check_quality(shown: ReturnPreview, told: Explanation) -> None:
    """Raises OnlyForQuality for a medicine that comes back for another reason."""
    if told.reason in OF_QUALITY:
        return
    names = {line.no: line.name for line in shown.lines}
    for part in shown.refund.lines:
        if part.no in shown.restricted:
            raise OnlyForQuality(names[part.no])


def _tier_undone(
    reading: Reading,
    sold: Sold,
    file: MemberFile | None,
    given: Refund,
    moment: Moment,
    day_id: UUID,
) -> TierUndone:
    """What a sale of another till counted for a tier only the server knows."""
    if sold.is_away:
        return TierUndone(file.member.tier if file else "")
    facts = sold.facts
    scheme, back_fen = reading.rulebooks.current().scheme, sum(t.amount_fen for t in given.tenders)
    return tier_undone(
        reading,
        facts,
        file,
        moment,
        spend_fen=counted_money(scheme, spend_fen=given.spend_fen, payable_fen=back_fen),
        points=given.points,
        units={part.no: part.quantity_milli // ONE for part in given.lines},
        day_id=day_id,
        cause="return",
    )
