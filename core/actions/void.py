"""作废: a sale of the open day is taken back whole: money, points, tier, figures; never twice.

A void is a return of everything on the same day by a manager (domain.md 3).
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.counter import require_open_shift
from core.actions.spend_points import expiry_line, give_points_back, given_of, given_record
from core.actions.telling import tell, words_of
from core.actions.undo import (
    Burn,
    TierUndone,
    burn_record,
    count_expired_back,
    coupons_back,
    expired_part,
    facts_of,
    give_uses_back,
    holder_of,
    keep_tier_undone,
    take_points_back,
    tier_undone,
)
from core.changes import Changes
from core.errors import NoSuchSale, NothingSold, SaleNotOfToday, SaleReturned
from core.members.member import MemberFile
from core.members.tiers import counted_money
from core.points.give_back import Given
from core.points.ledger import Cause
from core.ports import Reading, StoredSale, Writing
from core.pricing.tender import Tender
from core.sales.coupon_code import CouponBack
from core.sales.explanation import FOR_VOID, Explanation, check_explanation
from core.sales.receipt import Receipt
from core.sales.shortage import NO_SHORTAGE, Shortage, held_by_tender, hold_back, shortage_of
from core.sales.void import SaleFacts, SoldRow, Void, money_back
from core.sales.void_receipt import make_void_receipt
from core.shop import Shop
from core.sync.together import claim_of_void
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment, day_and_time

MOST_SHOWN = 200


class VoidPreview(Struct, frozen=True):
    """What a void would do, shown before it is confirmed.

    `back` goes by the same tenders, less what the policy has `withheld` for points that are gone
    (`shortage`); `tier_name` is the tier before, `fallen_to` the one after where it falls. A debt
    shows as a balance below zero. `given` are the points that come back, `coupons` the codes that
    can be used again.
    """

    sale: StoredSale
    back: tuple[Tender, ...]
    file: MemberFile | None = None
    points_back: int = 0
    balance: int = 0
    tier_name: str = ""
    fallen_to: str | None = None
    given: tuple[Given, ...] = ()
    coupons: tuple[CouponBack, ...] = ()
    shortage: Shortage = NO_SHORTAGE
    withheld: tuple[Tender, ...] = ()


class SaleVoided(Struct, frozen=True):
    """A sale that is void. `is_repeat`: it was before, nothing was done a second time."""

    sale: StoredSale
    receipt: Receipt
    is_repeat: bool = False
    changes: Changes = Changes.SALES | Changes.MEMBERS | Changes.DAY | Changes.BASKET


def sales_of_today(shop: Shop, *, staff: Staff) -> tuple[SoldRow, ...]:
    """今天的单: what the open day sold, newest first; raises DayNotOpen, NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        day_id = require_open_shift(reading).day_id
        return reading.voids.of_day(day_id, limit=MOST_SHOWN)


def preview_void(shop: Shop, sale_no: str | None = None, *, staff: Staff) -> VoidPreview:
    """What voiding this sale (or the last one) would do.

    Raises DayNotOpen, NotAllowed, NoSuchSale, SaleNotOfToday, SaleReturned. A sale that is void
    already is shown with `sale.is_voided`.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        sale = reading.sales.by_no(sale_no) if sale_no else reading.sales.last()
        if sale is None:
            raise NoSuchSale(sale_no) if sale_no else NothingSold()
        facts, moment = facts_of(reading, sale.sale_id), shop.moment(reading)
        if not sale.is_voided:
            _check_day(reading, facts, moment.at_us)
        return _preview(reading, sale, facts, moment)


def void_sale(
    shop: Shop,
    sale_id: UUID,
    *,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> SaleVoided:
    """Take a whole sale back.

    Raises DayNotOpen, NotAllowed, NoSuchSale, SaleNotOfToday, SaleReturned, ReasonNeeded,
    BadWords; in each of these cases nothing was voided.
    """
    with shop.store.write() as tx:
        return void_whole(shop, tx, sale_id, explanation, staff=staff, approval=approval)


def void_whole(
    shop: Shop,
    tx: Writing,
    sale_id: UUID,
    explanation: Explanation | None,
    *,
    staff: Staff,
    approval: Approval | None,
) -> SaleVoided:
    """The same within what is written just now; raises what `void_sale` does."""
    moment = shop.moment(tx)
    answers = allow(tx, staff, Right.VOID_SALE, now_us=moment.at_us, approval=approval)
    sale, known = tx.sales.get(sale_id), tx.voids.receipt(sale_id)
    if sale is not None and known is not None:
        return SaleVoided(sale, known, is_repeat=True)
    facts = facts_of(tx, sale_id)
    _check_day(tx, facts, moment.at_us)
    assert sale is not None
    told = check_explanation(explanation, FOR_VOID)
    shown = _preview(tx, sale, facts, moment)
    undone = _tier_undone(tx, facts, shown.file, moment)
    tier = shown.file.member.tier if shown.file else ""
    void = Void(
        id=shop.new_id(),
        sale=facts,
        shift_id=require_open_shift(tx).id,
        at_us=moment.at_us,
        business_on=moment.business_on,
        staff_no=staff.no,
        approved_by=answers,
        explanation=told,
        tier_before=tier,
        tier_after=undone.tier,
        shortage=shown.shortage,
        withheld=shown.withheld,
    )
    receipt = _keep(shop, tx, void, shown, undone, moment)
    tx.audit.note(
        "sale_voided",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=facts.no,
        detail=noted(f"{facts.payable_fen} {told.reason.value}", staff, answers),
    )
    return SaleVoided(replace(sale, is_voided=True), receipt)


def _keep(
    shop: Shop, tx: Writing, void: Void, shown: VoidPreview, undone: TierUndone, moment: Moment
) -> Receipt:
    """Points, tier, the void with its paper, and its fact."""
    facts, file, cause = void.sale, shown.file, Cause.VOID
    given = give_points_back(shop, tx, facts.sale_id, file, shown.given, moment)
    count_expired_back(shop, tx, facts, moment, points=shown.shortage.expired, cause=cause)
    burn = take_points_back(shop, tx, facts, file, moment, points=shown.points_back, cause=cause)
    tiers = keep_tier_undone(tx, undone, file, moment, staff_no=void.staff_no, cause="void")
    receipt = _receipt(tx, void, shown)
    tx.voids.add(void, receipt)
    tx.elsewhere.end_claim(claim_of_void(facts.sale_id))
    uses = give_uses_back(tx, facts.sale_id, facts.day_id, moment)
    holder = file.member.id if file else None
    body = _record(void, shown.back, burn) | {"member": holder} | given_record(given) | uses
    told = words_of(shop, void.id, void.explanation)
    tell(shop, tx, moment, "SaleVoided", body | tiers, told)
    return receipt


def _check_day(reading: Reading, facts: SaleFacts, now_us: int) -> None:
    """Only what the open day sold can be voided, and only whole.

    Raises DayNotOpen, SaleNotOfToday, SaleReturned.
    """
    if facts.day_id != require_open_shift(reading).day_id:
        raise SaleNotOfToday(facts.no, facts.business_on.isoformat())
    elsewhere = reading.elsewhere.back(facts.sale_id, now_us)
    if reading.returns.count(facts.sale_id) or elsewhere:
        raise SaleReturned(facts.no)


def _preview(reading: Reading, sale: StoredSale, facts: SaleFacts, moment: Moment) -> VoidPreview:
    back = money_back(facts.tenders, facts.change_fen)
    coupons = () if sale.is_voided else coupons_back(reading, facts)
    rulebook = reading.rulebooks.current()
    file = holder_of(reading, facts, rulebook, moment)
    if file is None:
        return VoidPreview(sale, back, coupons=coupons)
    tier, scheme = file.member.tier, rulebook.scheme
    after = tier if sale.is_voided else _tier_undone(reading, facts, file, moment).tier
    given: tuple[Given, ...] = ()
    short, has = NO_SHORTAGE, file.points + facts.spent_points
    if not sale.is_voided:
        given = given_of(reading, facts.sale_id, facts.spent_points, moment.business_on)
        short = _shortage(reading, facts, file, has)
    taken = facts.points - short.paid_points - short.expired
    handed = hold_back(back, short.withheld_fen)
    return VoidPreview(
        sale=sale,
        back=handed,
        file=file,
        points_back=taken,
        balance=file.points if sale.is_voided else has - taken,
        tier_name=scheme.tier(tier).name,
        fallen_to=scheme.tier(after).name if scheme.rank(after) != scheme.rank(tier) else None,
        given=given,
        coupons=coupons,
        shortage=short,
        withheld=held_by_tender(back, handed),
    )


def _shortage(reading: Reading, facts: SaleFacts, file: MemberFile, has: int) -> Shortage:
    """What of the points is gone, by the policy of today: of a void as of a return."""
    return shortage_of(
        facts.points,
        facts.payable_fen,
        has,
        reading.rulebooks.current().returns,
        reading.rulebooks.get(facts.rulebook_version).cash_rounding_fen,
        expired=expired_part(reading, facts, file, facts.points),
    )


def _tier_undone(
    reading: Reading, facts: SaleFacts, file: MemberFile | None, moment: Moment
) -> TierUndone:
    scheme = reading.rulebooks.current().scheme
    money = counted_money(scheme, spend_fen=facts.spend_fen, payable_fen=facts.payable_fen)
    return tier_undone(
        reading,
        facts,
        file,
        moment,
        spend_fen=money,
        points=facts.points,
        units=None,
        day_id=facts.day_id,
        cause="void",
    )


def _receipt(tx: Writing, void: Void, shown: VoidPreview) -> Receipt:
    def at(at_us: int) -> str:
        return day_and_time(at_us, tx.till.zone)

    return make_void_receipt(
        void,
        shown.sale.receipt,
        shown.back,
        member=shown.file.member if shown.file else None,
        balance=shown.balance,
        tier_name=shown.tier_name,
        fallen_to=shown.fallen_to,
        local_time=at(void.at_us),
        sold_time=at(void.sale.at_us),
        expiry=expiry_line(tx, shown.file, void.business_on),
    )


def _record(void: Void, back: tuple[Tender, ...], burn: Burn | None) -> dict[str, object]:
    return {
        "void": void.id,
        "sale": void.sale.sale_id,
        "no": void.sale.no,
        "shift": void.shift_id,
        "staff_no": void.staff_no,
        "approved_by": void.approved_by,
        "reason": void.explanation.reason.value,
        "back": [[tender.kind.value, tender.amount_fen] for tender in back],
        "spend_fen": void.sale.spend_fen,
        "points": void.sale.points,
        **burn_record(burn),
        "tier_before": void.tier_before,
        "tier_after": void.tier_after,
        **_shortage_record(void.shortage),
    }


def _shortage_record(short: Shortage) -> dict[str, object]:
    """Points that are gone, and what became of them; nothing where all were there."""
    if not short.points and not short.expired:
        return {}
    return {
        "short_points": short.points,
        "withheld_fen": short.withheld_fen,
        "paid_points": short.paid_points,
        "expired_points": short.expired,
    }
