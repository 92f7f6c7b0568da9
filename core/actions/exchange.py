"""换货: goods of one sale come back and others go out, in one transaction, with one difference.

What comes back waits with the basket (`Basket.exchange`); what it comes to pays for the new goods
by the tenders of its own sale, and only the difference is paid or handed back. The new goods are
priced for the member as they are after the return.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec.structs import replace

from core.actions import counter as counters
from core.actions.allow import allow
from core.actions.counter import Counter, member_file, priced
from core.actions.return_sale import SaleReturned, preview_return, take_back
from core.actions.serve import require_served
from core.changes import Changes
from core.errors import EmptyBasket, ExchangeThere, ExchangeWaits, PriceChanged
from core.ports import Reading, Writing
from core.pricing.basket import Basket
from core.pricing.exchange import Exchange
from core.pricing.tender import Tender, TenderKind
from core.sales.chosen import check_chosen
from core.sales.explanation import CounterReason, Explanation
from core.sales.payment import check_tenders, may_pay_fen
from core.sales.trace import check_goods
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


def begin_exchange(
    shop: Shop,
    basket: Basket,
    sale_id: UUID,
    chosen: Mapping[int, int],
    *,
    return_id: UUID,
    explanation: Explanation | None,
    has_receipt: bool = True,
    traces: Collection[str] = (),
    staff: Staff,
    approval: Approval | None = None,
) -> Counter:
    """换货开始: the basket with what will come back; nothing has happened yet.

    Raises what `return_sale` would, and ExchangeWaits where goods come back with it already. The
    member of the sale stands here where nobody does.
    """
    if basket.exchange is not None:
        raise ExchangeWaits(basket.exchange.sale_no)
    with shop.store.trial() as tx:
        sale, said = tx.sales.get(sale_id), tx.elsewhere.get(sale_id)
        if sale is None and said is not None:
            raise ExchangeThere(said.no)
        back = take_back(
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
    assert sale is not None, "what nobody bought came back"
    assert explanation is not None, "something came back for no reason"
    shown = preview_return(shop, sale.no, chosen, has_receipt=has_receipt, staff=staff)
    given = approval is not None and approval.right is shown.right
    exchange = Exchange(
        return_id=return_id,
        sale_id=sale_id,
        sale_no=sale.no,
        chosen=tuple(sorted(chosen.items())),
        reason=explanation.reason.value,
        words=explanation.words,
        has_receipt=has_receipt,
        right=shown.right.value,
        answers_no=approval.staff_no if approval is not None and given else staff.no,
        back=back.back,
        traces=tuple(traces),
    )
    member_id = basket.member_id or sale.member_id
    with shop.store.read() as reading:
        exchanging = basket.with_member(member_id).with_exchange(exchange)
        return priced(reading, shop.moment(reading), exchanging)


def drop_exchange(shop: Shop, basket: Basket) -> Counter:
    """不换了: nothing comes back; the goods in the basket stay."""
    return counters.reprice(shop, basket.with_tenders(basket.own_tenders).with_exchange(None))


def tendered(shop: Shop, basket: Basket, *, staff: Staff) -> Counter:
    """What the tenders leave to pay; of an exchange after its goods are back, which pay first.

    Raises as `counters.tendered`, and as `return_sale` where something changed since.
    """
    if basket.exchange is None:
        return counters.tendered(shop, basket)
    if basket.is_empty:
        raise EmptyBasket()
    with shop.store.trial() as tx:
        moment = shop.moment(tx)
        back = bring_back(shop, tx, basket, moment, staff=staff)
        counter = _credited(tx, moment, basket, back)
        basket = counter.basket
        check_goods(basket, counter.business_on)
        check_chosen(basket, counter.quote, lambda other: priced(tx, moment, other).quote)
        check_tenders(basket, counter.quote, counter.rulebook)
    return replace(counter, changes=Changes.NOTHING)


def answer_exchange(
    shop: Shop, basket: Basket, *, staff: Staff, approval: Approval | None = None
) -> Counter:
    """授权换货: what comes back asks for more than when it was begun, or who answered is gone.

    Whoever approves answers for it from now on. Raises NotAllowed, ApprovalSpent, and as
    `tendered`.
    """
    exchange = basket.exchange
    assert exchange is not None, "nothing is exchanged"
    shown = preview_return(
        shop,
        exchange.sale_no,
        dict(exchange.chosen),
        has_receipt=exchange.has_receipt,
        staff=staff,
    )
    with shop.store.read() as reading:
        now_us = shop.clock.now_us()
        answers = allow(reading, staff, shown.right, now_us=now_us, approval=approval)
    answered = replace(exchange, right=shown.right.value, answers_no=answers)
    return tendered(shop, basket.with_exchange(answered), staff=staff)


def paid_by_member(shop: Shop, basket: Basket, *, staff: Staff) -> Counter:
    """The member of a card that was shown while the basket was paid for; its tenders stay.

    Raises TenderTooHigh where what was taken is more than is due now, and as `require_served`.
    """
    assert basket.member_id is not None, "the card of nobody"
    with shop.store.read() as reading:
        moment, rulebook = shop.moment(reading), reading.rulebooks.current()
        file = member_file(reading, basket.member_id, rulebook, moment)
        assert file is not None, "the card of nobody"
        require_served(reading, file, moment.business_on)
    return tendered(shop, basket, staff=staff)


def bring_back(
    shop: Shop, tx: Writing, basket: Basket, moment: Moment, *, staff: Staff
) -> SaleReturned:
    """Take back what waits with a basket; whoever answered for it at the beginning still does."""
    exchange = basket.exchange
    assert exchange is not None, "nothing is exchanged"
    approval = Approval(Right(exchange.right), exchange.answers_no, moment.at_us)
    return take_back(
        shop,
        tx,
        moment,
        exchange.sale_id,
        dict(exchange.chosen),
        return_id=exchange.return_id,
        explanation=Explanation(CounterReason(exchange.reason), exchange.words),
        has_receipt=exchange.has_receipt,
        traces=exchange.traces,
        staff=staff,
        approval=None if exchange.answers_no == staff.no else approval,
    )


def link(tx: Writing, basket: Basket, back: SaleReturned | None, payable_fen: int) -> None:
    """Two records, each naming the other; raises PriceChanged where other money came back."""
    exchange = basket.exchange
    if exchange is None or back is None:
        return
    if back.back != exchange.back or basket.tenders[: len(exchange.credit)] != exchange.credit:
        raise PriceChanged(payable_fen)
    credit_fen = sum(tender.amount_fen for tender in exchange.credit)
    tx.returns.exchange(exchange.return_id, basket.sale_id, credit_fen)


def _credited(reading: Reading, moment: Moment, basket: Basket, back: SaleReturned) -> Counter:
    """With what came back paying first: each tender what it may, cash the rest of it."""
    exchange, own = basket.exchange, basket.own_tenders
    assert exchange is not None, "nothing is exchanged"
    plain = basket.with_tenders(())
    counter, credit = priced(reading, moment, plain), list[Tender]()
    left_fen = counter.quote.payable_fen
    for tender in sorted(back.back, key=lambda each: each.kind is TenderKind.CASH):
        most = left_fen
        if tender.kind is not TenderKind.CASH:
            may = may_pay_fen(tender.kind, plain, counter.quote, counter.rulebook)
            most = min(left_fen, may)
        if fen := min(tender.amount_fen, most):
            credit.append(Tender(tender.kind, fen))
            left_fen -= fen
    # Cash is rounded in favour of the customer: what it need not pay is handed back.
    counter = priced(reading, moment, plain.with_tenders(tuple(credit)))
    if credit and credit[-1].kind is TenderKind.CASH and counter.quote.change_fen:
        fen = credit[-1].amount_fen - counter.quote.change_fen
        credit[-1:] = [Tender(TenderKind.CASH, fen)] if fen else []
    paid = tuple(credit)
    exchanged = plain.with_tenders(paid + own)
    done = replace(exchange, back=back.back, credit=paid)
    return priced(reading, moment, exchanged.with_exchange(done))
