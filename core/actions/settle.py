"""结账: one transaction, read from top to bottom; paper comes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.actions.asked import Told, ask
from core.actions.book_lot import Booked, book_lot, debts_record
from core.actions.by_hand import answered, note_by_hand
from core.actions.counter import keep_up, member_file, require_open_shift
from core.actions.coupon_codes import check_codes
from core.actions.cover import cover_sale, note_used
from core.actions.exchange import bring_back, link
from core.actions.offers import note_switched_off
from core.actions.return_sale import SaleReturned
from core.actions.serve import require_served
from core.actions.spend_points import expiry_line, spend
from core.actions.thank_referrer import thank_referrer
from core.actions.undo import Burn, burn_record
from core.actions.upgrade import Upgrade, base_record, figures_record, keep_upgrade, upgrade
from core.changes import Changes
from core.errors import EmptyBasket, NoSuchMember, PriceChanged
from core.members.member import MemberFile
from core.points.earn import earn
from core.points.ledger import Lot
from core.ports import StoredSale, Writing
from core.pricing.basket import Basket
from core.pricing.quote import Quote, quote
from core.pricing.record import pricing_record
from core.rulebook.rulebook import Rulebook
from core.sales.chosen import check_chosen
from core.sales.exchange_receipt import exchange_receipt
from core.sales.offer_use import codes_used, uses_of
from core.sales.payment import check_paid, check_tenders
from core.sales.receipt import Receipt
from core.sales.sale import Sale
from core.sales.sale_receipt import make_receipt
from core.sales.shift import Shift
from core.sales.trace import check_goods, trace_record
from core.shop import Shop
from core.sync.fact import Fact
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.ident import sale_no
from core.values.moment import Moment, day_and_time

if TYPE_CHECKING:
    from core.sync.own_escrow import OwnEscrow


class Settled(Struct, frozen=True):
    """A sale that is kept. `is_repeat`: it was settled before, nothing was done a second time."""

    sale: StoredSale
    is_repeat: bool = False
    changes: Changes = Changes.SALES | Changes.MEMBERS | Changes.BASKET


def settle(
    shop: Shop, basket: Basket, *, shown: str, staff: Staff, approval: Approval | None = None
) -> Settled:
    """Sell the basket for the tenders in it.

    `shown` is the hash of the quote the customer saw. Raises EmptyBasket, DayNotOpen, BadTender,
    TenderTooHigh, GiftUnmet, WeightNeeded, TraceNeeded, BatchExpired, NotPaid, PriceChanged,
    CardNeedsMember, StaffGone, NotAllowed (also for what was given by hand beyond the limit),
    and what `cover` does;
    Unavailable where the store cannot keep it. In each of these cases nothing was sold.
    """
    if basket.is_empty:
        raise EmptyBasket()
    keep_up(shop)
    with shop.store.write() as tx:
        known = tx.sales.get(basket.sale_id)
        if known is not None:
            return Settled(known, is_repeat=True)
        shift = require_open_shift(tx)
        moment = shop.moment(tx)
        allow(tx, staff, Right.SELL, now_us=moment.at_us)
        check_goods(basket, moment.business_on)
        back = bring_back(shop, tx, basket, moment, staff=staff) if basket.exchange else None
        rulebook = tx.rulebooks.current()
        file = _member(tx, basket, rulebook, moment)
        told = ask(tx, basket, file, rulebook, moment)
        quoted = _agreed_quote(basket, told, rulebook, moment, shown=shown)
        link(tx, basket, back, quoted.payable_fen)
        check_codes(tx, basket, quoted, rulebook, moment.business_on, moment.at_us)
        basket = answered(
            tx,
            basket,
            quoted,
            rulebook.by_hand,
            staff=staff,
            now_us=moment.at_us,
            approval=approval,
        )
        risen = upgrade(
            shop, tx, basket, file, quoted, rulebook, moment, shift=shift, staff_no=staff.no
        )
        sale = _sale(tx, basket, file, told, quoted, rulebook, moment, staff=staff, tier=risen.tier)
        own = cover_sale(tx, sale)
        spent = spend(shop, tx, sale, rulebook)
        earned = _earn(shop, tx, sale, rulebook)
        keep_upgrade(tx, risen, file)
        receipt = _receipt(tx, sale, file, rulebook, back)
        thank_referrer(shop, tx, basket.member_id, rulebook, moment, staff=staff)
        tx.sales.add(sale, receipt, day_id=shift.day_id)
        _keep_origin(tx, basket, quoted)
        _keep_uses(tx, sale, rulebook, shift)
        tx.baskets.forget_open()
        tx.baskets.drop_held(basket.sale_id)
        _note(tx, sale)
        tx.outbox.append(
            _fact(
                shop.new_id(),
                sale,
                rulebook,
                earned,
                spent,
                shift=shift,
                spent_before=file.spend_fen if file else 0,
                risen=risen,
                escrow=own,
            )
        )
        note_used(tx, own, basket.sale_id, quoted.points_spent)
    return Settled(stored(sale, receipt))


def _note(tx: Writing, sale: Sale) -> None:
    """The sale in the audit, and what people decided in it."""
    tx.audit.note(
        "sale_settled",
        at_us=sale.moment.at_us,
        staff_no=sale.staff_no,
        subject=sale.no,
        detail=str(sale.quote.payable_fen),
    )
    note_by_hand(tx, sale)
    note_switched_off(tx, sale)


def _keep_origin(tx: Writing, basket: Basket, quoted: Quote) -> None:
    """Trace codes, batches, and who answers where a code is missing."""
    origin = trace_record(basket, quoted)
    if origin is not None:
        tx.traces.add(basket.sale_id, origin)


def _keep_uses(tx: Writing, sale: Sale, rulebook: Rulebook, shift: Shift) -> None:
    """Which of the offers that are counted it used, and how much of those limited in units."""
    for use in uses_of(sale, rulebook, shift.day_id):
        tx.offer_uses.add(use)
    if units := sale.quote.used_units:
        basket, on = sale.basket, sale.moment.business_on
        tx.offer_uses.add_units(basket.sale_id, basket.member_id, on, units)


def stored(sale: Sale, receipt: Receipt) -> StoredSale:
    """The sale as it will be found again."""
    return StoredSale(
        sale_id=sale.basket.sale_id,
        no=sale.no,
        receipt=receipt,
        payable_fen=sale.quote.payable_fen,
        paid_fen=sale.paid_fen,
        change_fen=sale.change_fen,
        points_earned=sale.quote.points,
        points_balance=sale.points_balance,
        tier_after=sale.tier_after,
        at_us=sale.moment.at_us,
        member_id=sale.basket.member_id,
    )


def _member(tx: Writing, basket: Basket, rulebook: Rulebook, moment: Moment) -> MemberFile | None:
    if basket.member_id is None:
        return None
    file = member_file(tx, basket.member_id, rulebook, moment, purpose=basket.sale_id)
    if file is None:
        raise NoSuchMember(basket.member_id.hex)
    require_served(tx, file, moment.business_on)
    return file


def _agreed_quote(
    basket: Basket, told: Told, rulebook: Rulebook, moment: Moment, *, shown: str
) -> Quote:
    def price(it: Basket) -> Quote:
        return quote(it, told.standing, rulebook, moment, told.uses)

    quoted = price(basket)
    if quoted.hash != shown:
        # First: where the price has risen since, what was paid seems too little.
        raise PriceChanged(quoted.payable_fen)
    check_chosen(basket, quoted, price)
    check_tenders(basket, quoted, rulebook)
    check_paid(quoted)
    return quoted


def _sale(
    tx: Writing,
    basket: Basket,
    file: MemberFile | None,
    told: Told,
    quoted: Quote,
    rulebook: Rulebook,
    moment: Moment,
    *,
    staff: Staff,
    tier: str,
) -> Sale:
    till = tx.till
    number = tx.sales.next_number()
    return Sale(
        no=sale_no(till.store_code, till.till_no, till.incarnation, number),
        number=number,
        basket=basket,
        standing=told.standing,
        uses=told.uses,
        quote=quoted,
        rulebook_version=rulebook.version,
        currency=rulebook.currency,
        moment=moment,
        staff_no=staff.no,
        points_balance=file.points - quoted.points_spent + quoted.points if file else 0,
        tier_after=tier,
    )


def _earn(shop: Shop, tx: Writing, sale: Sale, rulebook: Rulebook) -> Booked | None:
    if sale.standing is None or sale.quote.points == 0:
        return None
    transfer, lot = earn(
        shop.new_id(),
        sale.standing.member_id,
        sale.quote.points,
        rulebook=rulebook,
        on=sale.moment.business_on,
        sale_id=sale.basket.sale_id,
    )
    return book_lot(tx, transfer, lot)


def _receipt(
    tx: Writing,
    sale: Sale,
    file: MemberFile | None,
    rulebook: Rulebook,
    back: SaleReturned | None,
) -> Receipt:
    till = tx.till
    scheme = rulebook.scheme
    is_upgrade = file is not None and sale.tier_after != file.member.tier
    receipt = make_receipt(
        sale,
        store_name=till.store_name,
        till_no=till.till_no,
        tier_name=scheme.tier(file.member.tier).name if file else "",
        upgraded_to=scheme.tier(sale.tier_after).name if is_upgrade else None,
        member=file.member if file else None,
        local_time=day_and_time(sale.moment.at_us, till.zone),
        expiry=expiry_line(tx, file, sale.moment.business_on),
        prints_origin=rulebook.prints_origin,
    )
    return receipt if back is None else exchange_receipt(receipt, back.receipt, sale.basket)


def _fact(
    fact_id: UUID,
    sale: Sale,
    rulebook: Rulebook,
    earned: Booked | None,
    spent: Burn | None,
    *,
    shift: Shift,
    spent_before: int,
    risen: Upgrade,
    escrow: OwnEscrow | None,
) -> Fact:
    """`spent_before` (fen, within the window) and the sale's spend give `tier_after`."""
    asked = (sale.standing, rulebook, sale.moment, sale.uses)
    body: dict[str, Any] = pricing_record(sale.basket, *asked)
    body |= {
        "no": sale.no,
        "number": sale.number,
        "staff_no": sale.staff_no,
        "shift": shift.id,
        "quote_hash": sale.quote.hash,
        "list_fen": sale.quote.list_fen,
        "payable_fen": sale.quote.payable_fen,
        "change_fen": sale.change_fen,
        "points": sale.quote.points,
        "spend_fen": sale.quote.spend_fen,
        "spent_before_fen": spent_before,
        "tier_after": sale.tier_after,
        "lot": None if earned is None else _lot_record(earned.lot),
    }
    if earned is not None:
        body |= debts_record((earned,))
    if risen.change is not None and risen.change.measured is not None:
        body["measured"] = figures_record(risen.change.measured)
    body |= base_record(risen.change)
    if risen.cards:
        body["cards"] = [[card.id, card.tier, card.line_no, card.months] for card in risen.cards]
    if exchange := sale.basket.exchange:
        body["exchange"] = {"return": exchange.return_id, "back_fen": exchange.back_fen}
    if codes := codes_used(sale.basket, sale.quote, rulebook):
        body["codes"] = sorted(codes.values())
    if spent is not None:
        out_of = {} if escrow is None else {"escrow": escrow.id}
        body["spent"] = {"points": spent[0].amount, **burn_record(spent), **out_of}
    return Fact(fact_id, "SaleSettled", sale.moment.at_us, sale.moment.business_on, body)


def _lot_record(lot: Lot) -> dict[str, object]:
    return {"id": lot.id, "expires_on": lot.expires_on}
