"""同店挂单: a till tells what it holds, sees what the others of its store do, and takes one up.

A basket that is taken up gets a sale id of its own: two tills never settle the same sale, whatever
is lost between them. One that money was taken for, or that goods come back with, stays where it is.
"""

from __future__ import annotations

import json
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.actions.hold import as_of_today, lay_aside, repriced
from core.actions.sync import joined
from core.errors import HeldAsksLine, Refused, Unavailable
from core.ports import Reading
from core.ports.central import Central
from core.ports.held import Taken
from core.pricing.basket import Basket, Presented
from core.pricing.record import basket_of, basket_record
from core.sales.held import Held
from core.shop import Shop
from core.sync.held import HeldPut, HeldSaid, HeldTake, HeldTold
from core.trust.rights import Right
from core.trust.staff import Staff

GRACE_US = 60 * 1_000_000
"""So long a basket may be on its way from the server to the counter."""


class TakenUp(Struct, frozen=True):
    """取来的: another till's basket under its new id, as it was held there."""

    held: Held


def what_is_held(shop: Shop) -> HeldTold:
    """What there is to tell, without a number."""
    with shop.store.read() as reading:
        return _told(reading, shop.clock.now_us())[0]


def share_held(shop: Shop, central: Central, token: str) -> HeldSaid:
    """Tell what is held here, and hear what others hold; raises NotInChain, and as `Central.say`.

    What another till has sold of here is held here no more.
    """
    now_us = shop.clock.now_us()
    with shop.store.write() as tx:
        link = joined(tx.links.get())
        told, over = _told(tx, now_us)
        told = replace(told, no=tx.held_away.number(now_us))
    said = central.say(link.url, token, "held", told, HeldSaid)
    with shop.store.write() as tx:
        tx.held_away.set_away((each.id, each.till_no) for each in said.away)
        for held_id in over:
            tx.held_away.let_go(held_id)
        for held_id in said.gone:
            if tx.baskets.held_one(held_id) is not None:
                tx.baskets.drop_held(held_id)
                tx.audit.note(
                    "held_gone", at_us=shop.clock.now_us(), staff_no=0, subject=held_id.hex
                )
    return said


def take_held(
    shop: Shop, central: Central, token: str, held_id: UUID, *, staff: Staff
) -> TakenUp | None:
    """Ask for a basket; None for one of this till, which may be taken up here.

    Raises NotAllowed, NoSuchHeld, HeldTaken where another till was first, HeldAsksLine without a
    line. It is written down before it is asked for, and comes back where nothing becomes of it.
    """
    now_us = shop.clock.now_us()
    with shop.store.write() as tx:
        allow(tx, staff, Right.SELL, now_us=now_us)
        link = joined(tx.links.get())
        is_own = tx.baskets.held_one(held_id) is not None
        taken, no = Taken(held_id, shop.new_id(), now_us), tx.held_away.number(now_us)
        if not is_own:
            tx.held_away.take(taken)
    try:
        put = central.say(link.url, token, "held/take", HeldTake(held_id, no), HeldPut)
    except Unavailable as error:
        raise HeldAsksLine() from error
    except Refused:
        with shop.store.write() as tx:
            tx.held_away.let_go(held_id)
        raise
    if is_own:
        return None
    basket = replace(basket_of(json.loads(put.record)), sale_id=taken.sale_id)
    held = Held(basket, put.called, put.held_us, staff.no, put.payable_fen, version=put.version)
    return TakenUp(held)


def give_back_held(
    shop: Shop, central: Central, token: str, held_id: UUID, taken: TakenUp | None
) -> None:
    """不取了: what was asked for is nobody's again at once; raises as `share_held`.

    One that was asked for anew meanwhile stays asked for.
    """
    if taken is not None:
        with shop.store.write() as tx:
            ours = (held_id, taken.held.sale_id)
            if any((each.id, each.sale_id) == ours for each in tx.held_away.taken()):
                tx.held_away.let_go(held_id)
    share_held(shop, central, token)


def recall_taken(shop: Shop, basket: Basket | None, taken: TakenUp, *, staff: Staff) -> Counter:
    """取单: another till's basket stands at the counter; what stood there is held in its place.

    A member or a code that this till does not know is asked for again. Raises NotAllowed,
    TooManyHeld.
    """
    with shop.store.write() as tx:
        moment, held = shop.moment(tx), taken.held
        allow(tx, staff, Right.SELL, now_us=moment.at_us)
        if basket is not None and not basket.is_empty:
            lay_aside(tx, moment, basket, staff=staff, name="")
        recalled = as_of_today(tx, held, moment)
        member_id = recalled.member_id
        if member_id is not None:
            now_id = tx.standings.merged_into(member_id) or member_id
            is_known = tx.members.get(now_id) is not None
            recalled = recalled.with_member(now_id if is_known else None)
        for unknown in _unknown(tx, recalled):
            recalled = recalled.with_coupon(unknown)
        tx.baskets.keep_open(recalled)
        tx.audit.note(
            "basket_taken", at_us=moment.at_us, staff_no=staff.no, subject=recalled.sale_id.hex
        )
        counter = priced(tx, moment, recalled)
        return replace(counter, repriced=repriced(held, counter))


def _told(reading: Reading, now_us: int) -> tuple[HeldTold, tuple[UUID, ...]]:
    """And which of those that were taken are told of for the last time."""
    standing, has, done, back = reading.baskets.open_one(), [], [], []
    for taken in reading.held_away.taken():
        is_here = standing is not None and standing.sale_id == taken.sale_id
        is_held = reading.baskets.held_one(taken.sale_id) is not None
        if is_held or reading.sales.get(taken.sale_id) is not None:
            done.append(taken.id)
        elif is_here or now_us - taken.at_us < GRACE_US:
            has.append(taken.id)
        else:
            back.append(taken.id)
    held = tuple(_put(each) for each in reading.baskets.held() if _is_shared(each))
    return HeldTold(0, held, tuple(has), tuple(done)), (*done, *back)


def _unknown(reading: Reading, basket: Basket) -> tuple[Presented, ...]:
    """Codes that were issued a moment ago: whether they may be used nobody knows here yet."""
    issued = reading.rulebooks.current().single_use
    return tuple(
        each
        for each in basket.coupons
        if each.offer in issued and reading.coupon_codes.get(each.code) is None
    )


def _is_shared(held: Held) -> bool:
    return not held.taken_fen and held.basket.exchange is None


def _put(held: Held) -> HeldPut:
    record = json.dumps(basket_record(held.basket), ensure_ascii=False, separators=(",", ":"))
    about = (held.called, len(held.basket.lines), held.payable_fen, held.version)
    return HeldPut(held.sale_id, held.held_us, *about, record)
