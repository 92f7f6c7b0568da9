"""挂单 · 取单: baskets laid aside and taken up again, and the open one after a crash.

A basket keeps its sale id all the while, so that it can be sold once only, whoever recalls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.counter import Counter, priced
from core.actions.kept_codes import KeptCodes, keep_codes, kept_codes
from core.errors import EmptyBasket, HeldTaken, NoSuchHeld, TooManyHeld
from core.ports import Reading, Writing
from core.pricing.basket import Basket, BasketLine
from core.sales.held import MOST_HELD, Held, Repriced, check_held_name, refuse_held_money
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment, business_date


class Resumed(Struct, frozen=True):
    """What stands at the counter when somebody comes to it; `is_back`: it was left unsold there.

    `kept` are codes that were scanned while something lay over the counter, and are in no basket.
    """

    counter: Counter
    is_back: bool
    kept: KeptCodes = KeptCodes()


def hold(shop: Shop, basket: Basket, *, staff: Staff, name: str = "") -> Counter:
    """挂单: lay the basket aside; an empty one stands at the counter then.

    Raises EmptyBasket, BadHeldName, TooManyHeld. Tenders recorded so far stay with it.
    """
    good_name = check_held_name(name)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.SELL, now_us=moment.at_us)
        lay_aside(tx, moment, basket, staff=staff, name=good_name)
        tx.baskets.forget_open()
        return priced(tx, moment, Basket(sale_id=shop.new_id()))


def recall(shop: Shop, basket: Basket | None, sale_id: UUID, *, staff: Staff) -> Counter:
    """取单: a held basket stands at the counter again; what stood there is held in its place.

    Of an earlier business day its products are taken up as they are sold today. It is priced by
    the rules of now, and `repriced` says so where that makes a difference. Raises NoSuchHeld,
    TooManyHeld; HeldTaken where another till has it.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.SELL, now_us=moment.at_us)
        held = tx.baskets.held_one(sale_id)
        if held is None or tx.sales.get(sale_id) is not None:
            raise NoSuchHeld()
        if (till_no := tx.held_away.away().get(sale_id)) is not None:
            raise HeldTaken(till_no)
        tx.baskets.drop_held(sale_id)
        if basket is not None and not basket.is_empty:
            lay_aside(tx, moment, basket, staff=staff, name="")
        recalled = as_of_today(tx, held, moment)
        tx.baskets.keep_open(recalled)
        tx.audit.note("basket_recalled", at_us=moment.at_us, staff_no=staff.no, subject=sale_id.hex)
        counter = priced(tx, moment, recalled)
        last = max((line.no for line in recalled.lines), default=None)
        return replace(counter, changed_line=last, repriced=repriced(held, counter))


def held_baskets(shop: Shop) -> tuple[Held, ...]:
    """All that are laid aside, oldest first, but for those that another till has taken."""
    with shop.store.read() as reading:
        away = reading.held_away.away()
        return tuple(each for each in reading.baskets.held() if each.sale_id not in away)


def discard_held(
    shop: Shop, sale_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> tuple[Held, ...]:
    """丢弃挂单: the customer will not come back. What is left.

    Raises NoSuchHeld, NotAllowed; HeldMoney where money was taken for it.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        held = tx.baskets.held_one(sale_id)
        # Nobody may discard money: no manager is asked for it.
        refuse_held_money([held] if held else [])
        by = allow(tx, staff, Right.DISCARD_HELD, now_us=now_us, approval=approval)
        if held is None:
            raise NoSuchHeld()
        tx.baskets.drop_held(sale_id)
        tx.audit.note(
            "held_discarded",
            at_us=now_us,
            staff_no=staff.no,
            subject=sale_id.hex,
            detail=noted(str(held.payable_fen), staff, by),
        )
        return tx.baskets.held()


def keep_open(shop: Shop, basket: Basket, codes: Sequence[str] | None = None) -> None:
    """Remember what stands at the counter, so that a crash brings it back.

    With it the `codes` that wait to be taken in: one write, so that none is there twice or lost.
    None leaves those that are kept.
    """
    with shop.store.write() as tx:
        if codes is not None:
            keep_codes(tx, codes)
        if basket.is_nothing:
            tx.baskets.forget_open()
        elif tx.sales.get(basket.sale_id) is None:
            tx.baskets.keep_open(basket)


def resume(shop: Shop) -> Resumed:
    """The basket that was left at the counter, priced as of now, or a new one."""
    with shop.store.read() as reading:
        left, kept = reading.baskets.open_one(), kept_codes(reading)
        moment = shop.moment(reading)
        if left is None or reading.sales.get(left.sale_id) is not None:
            new = priced(reading, moment, Basket(sale_id=shop.new_id()))
            return Resumed(new, is_back=False, kept=kept)
        # It may have been kept in the middle of a payment, with what its goods that come back pay.
        left = left.with_own_tenders(left.own_tenders)
        return Resumed(priced(reading, moment, left), is_back=True, kept=kept)


def lay_aside(tx: Writing, moment: Moment, basket: Basket, *, staff: Staff, name: str) -> None:
    """Within the transaction of an action that does more; raises EmptyBasket, TooManyHeld."""
    if basket.is_empty:
        raise EmptyBasket()
    if len(tx.baskets.held()) >= MOST_HELD:
        raise TooManyHeld(MOST_HELD)
    counter = priced(tx, moment, basket)
    payable_fen, version = counter.quote.payable_fen, counter.rulebook.version
    tx.baskets.hold(Held(basket, name, moment.at_us, staff.no, payable_fen, version=version))
    tx.audit.note(
        "basket_held",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=basket.sale_id.hex,
        detail=str(payable_fen),
    )


def repriced(held: Held, counter: Counter) -> Repriced | None:
    """Whether it comes to something else than when it was held."""
    now_fen, version = counter.quote.payable_fen, counter.rulebook.version
    if now_fen == held.payable_fen:
        return None
    is_new = bool(held.version) and held.version != version
    return Repriced(held.payable_fen, now_fen, version if is_new else 0)


def as_of_today(reading: Reading, held: Held, moment: Moment) -> Basket:
    """Its products as they are sold now, where it is of an earlier business day."""
    till = reading.till
    if business_date(held.held_us, till.zone, till.day_ends_hour) == moment.business_on:
        return held.basket
    lines = tuple(_sold_today(reading, line) for line in held.basket.lines)
    return replace(held.basket, lines=lines)


def _sold_today(reading: Reading, line: BasketLine) -> BasketLine:
    """A label keeps its price; so does what is not sold any more."""
    product = reading.products.by_code(line.product.code)
    if product is None or line.label_fen is not None:
        return line
    return replace(line, product=product)
