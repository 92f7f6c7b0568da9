"""作废: a sale of the open day is taken back whole: money, points, tier, figures; never twice.

A void is a return of everything on the same day by a manager (domain.md 3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from core.actions.allow import allow, noted
from core.actions.counter import member_file, require_open_shift
from core.actions.telling import tell, words_of
from core.changes import Changes
from core.errors import NoSuchSale, SaleNotOfToday
from core.members.member import MemberFile
from core.members.tiers import TierChange, holds_until, tier_after_all
from core.points.claw_back import claw_back
from core.points.ledger import Allocation, Transfer
from core.ports import Reading, StoredSale, Writing
from core.pricing.tender import Tender
from core.rulebook.rulebook import Rulebook
from core.sales.explanation import FOR_VOID, Explanation, check_explanation
from core.sales.receipt import Receipt
from core.sales.void import SaleFacts, SoldRow, Void, money_back
from core.sales.void_receipt import make_void_receipt
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment, local_time

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class VoidPreview:
    """What a void would do, shown before it is confirmed.

    `back` goes by the same tenders; `tier_name` is the tier before, `fallen_to` the one after where
    it falls. A debt shows as a balance below zero.
    """

    sale: StoredSale
    back: tuple[Tender, ...]
    file: MemberFile | None = None
    points_back: int = 0
    balance: int = 0
    tier_name: str = ""
    fallen_to: str | None = None


@dataclass(frozen=True, slots=True)
class SaleVoided:
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

    Raises DayNotOpen, NotAllowed, NoSuchSale, SaleNotOfToday. A sale that is void already is shown
    with `sale.is_voided`.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        sale = reading.sales.by_no(sale_no) if sale_no else reading.sales.last()
        if sale is None:
            raise NoSuchSale(sale_no or "")
        facts = _facts(reading, sale.sale_id)
        if not sale.is_voided:
            _check_day(reading, facts)
        return _preview(reading, sale, facts, shop.moment(reading))


def void_sale(
    shop: Shop,
    sale_id: UUID,
    *,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> SaleVoided:
    """Take a whole sale back.

    Raises DayNotOpen, NotAllowed, NoSuchSale, SaleNotOfToday, ReasonNeeded, BadWords; in each of
    these cases nothing was voided.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.VOID_SALE, now_us=moment.at_us, approval=approval)
        sale, known = tx.sales.get(sale_id), tx.voids.receipt(sale_id)
        if sale is not None and known is not None:
            return SaleVoided(sale, known, is_repeat=True)
        facts = _facts(tx, sale_id)
        _check_day(tx, facts)
        assert sale is not None
        told = check_explanation(explanation, FOR_VOID)
        shown = _preview(tx, sale, facts, moment)
        change = _tier_change(tx, facts, shown.file, moment)
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
            tier_after=change.after if change else tier,
        )
        burn = _take_points_back(shop, tx, facts, shown.file, moment)
        if change is not None:
            tx.members.change_tier(change)
        receipt = _receipt(tx, void, shown)
        tx.voids.add(void, receipt)
        tx.audit.note(
            "sale_voided",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=facts.no,
            detail=noted(f"{facts.payable_fen} {told.reason.value}", staff, answers),
        )
        body = _record(void, shown.back, burn)
        tell(shop, tx, moment, "SaleVoided", body, words_of(shop, void.id, told))
    return SaleVoided(replace(sale, is_voided=True), receipt)


def _facts(reading: Reading, sale_id: UUID) -> SaleFacts:
    """What was sold; raises NoSuchSale."""
    facts = reading.voids.facts(sale_id)
    if facts is None:
        raise NoSuchSale(sale_id.hex)
    return facts


def _check_day(reading: Reading, facts: SaleFacts) -> None:
    """Only what the open day sold can be voided; raises DayNotOpen, SaleNotOfToday."""
    if facts.day_id != require_open_shift(reading).day_id:
        raise SaleNotOfToday(facts.no, facts.business_on.isoformat())


def _preview(reading: Reading, sale: StoredSale, facts: SaleFacts, moment: Moment) -> VoidPreview:
    back = money_back(facts.tenders, facts.change_fen)
    rulebook = reading.rulebooks.current()
    file = _file(reading, facts, rulebook, moment)
    if file is None:
        return VoidPreview(sale, back)
    change = None if sale.is_voided else _tier_change(reading, facts, file, moment)
    scheme = rulebook.scheme
    return VoidPreview(
        sale=sale,
        back=back,
        file=file,
        points_back=facts.points,
        balance=file.points if sale.is_voided else file.points - facts.points,
        tier_name=scheme.tier(file.member.tier).name,
        fallen_to=scheme.tier(change.after).name if change else None,
    )


def _file(
    reading: Reading, facts: SaleFacts, rulebook: Rulebook, moment: Moment
) -> MemberFile | None:
    """Who has the points of the sale now: its member, or whom that one was merged into."""
    if facts.member_id is None:
        return None
    holder = reading.standings.merged_into(facts.member_id) or facts.member_id
    return member_file(reading, holder, rulebook, moment)


def _take_points_back(
    shop: Shop, tx: Writing, facts: SaleFacts, file: MemberFile | None, moment: Moment
) -> tuple[Transfer, tuple[Allocation, ...]] | None:
    if file is None or facts.points == 0:
        return None
    burn = claw_back(
        shop.new_id(),
        file.member.id,
        facts.points,
        tx.ledger.lots(file.member.id),
        rulebook=tx.rulebooks.current(),
        on=moment.business_on,
        sale_id=facts.sale_id,
    )
    tx.ledger.post(burn[0], allocations=burn[1])
    return burn


def _tier_change(
    reading: Reading, facts: SaleFacts, file: MemberFile | None, moment: Moment
) -> TierChange | None:
    """The upgrade that this void undoes, if any: the day's sales worked out anew without it.

    A tier that came from somewhere else meanwhile, as from a merge, is left as it is.
    """
    if file is None or file.member.id != facts.member_id:
        return None
    scheme = reading.rulebooks.current().scheme
    rows = reading.voids.of_member(file.member.id, facts.day_id)
    counted = [row for row in rows if not row.is_voided]
    base, before = rows[0].tier_before, file.spend_fen - sum(row.spend_fen for row in counted)
    now = tier_after_all(scheme, base, before, (row.spend_fen for row in counted))
    left = [row.spend_fen for row in counted if row.sale_id != facts.sale_id]
    after = tier_after_all(scheme, base, before, left)
    if now != file.member.tier or after == now:
        return None
    return TierChange(
        member_id=file.member.id,
        cause="void",
        sale_id=facts.sale_id,
        day_id=facts.day_id,
        at_us=moment.at_us,
        business_on=moment.business_on,
        before=now,
        after=after,
        until_before=file.member.tier_until,
        until_after=_until(reading, facts, file, moment, is_base=after == base),
        spend_fen=before + sum(left),
    )


def _until(
    reading: Reading, facts: SaleFacts, file: MemberFile, moment: Moment, *, is_base: bool
) -> date | None:
    """How long the tier is held: as it was before the day, or one full period from now."""
    if not is_base:
        return holds_until(reading.rulebooks.current().scheme, moment.business_on)
    first = reading.members.first_tier_change(file.member.id, facts.day_id)
    return file.member.tier_until if first is None else first.until_before


def _receipt(tx: Writing, void: Void, shown: VoidPreview) -> Receipt:
    def at(at_us: int) -> str:
        return f"{local_time(at_us, tx.till.zone):%Y-%m-%d %H:%M}"

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
    )


def _record(
    void: Void, back: tuple[Tender, ...], burn: tuple[Transfer, tuple[Allocation, ...]] | None
) -> dict[str, object]:
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
        "transfer": burn[0].id if burn else None,
        "lots": [[part.lot_id, part.amount] for part in burn[1]] if burn else [],
        "tier_before": void.tier_before,
        "tier_after": void.tier_after,
    }
