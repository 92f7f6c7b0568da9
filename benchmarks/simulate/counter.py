"""柜台一天: what people do at a till, by its real actions."""

from __future__ import annotations

import csv
import random
from functools import cache
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from benchmarks.simulate.machine import Machine
from core.actions.claim_coupons import claim_coupons
from core.actions.counter import Counter, choose_member, new_basket, reprice, tendered
from core.actions.day import close_day, day_now, open_day
from core.actions.hold import keep_open, resume
from core.actions.join_member import join_member
from core.actions.redeem import redeem
from core.actions.reserve import Wanted, reserve
from core.actions.return_sale import preview_return, return_sale
from core.actions.reward_shelf import count_rewards
from core.actions.scan import scan
from core.actions.set_up import set_up
from core.actions.settle import settle
from core.actions.shift import takings_now
from core.actions.spend_points import spend_points
from core.actions.void import void_sale
from core.catalog.product import Product
from core.errors import (
    CouponAsksLine,
    CouponElsewhere,
    CouponUsed,
    CouponWithdrawn,
    Refused,
    Unavailable,
)
from core.members.consent import CONSENT
from core.pricing.basket import Basket
from core.pricing.tender import Tender, TenderKind
from core.rulebook.rulebook import Rulebook
from core.sales.explanation import CounterReason, Explanation
from core.values.money import parse_money
from core.values.quantity import ONE
from storage.rulebook_file import load_rulebook

RESOURCES = Path(__file__).parents[2] / "resources"
FLOAT_FEN = 200_00
GOODS, STOCK = 8, 10_000
POINTS_A_YUAN = 4
"""So that whoever came twice has some to spend."""
REWARD = "bag"
"""A reward of the rulebook for few points."""
COUPON = "five-off"
"""An offer of the rulebook for whoever has a code that can be used once."""
CODE_REFUSED = (CouponAsksLine, CouponElsewhere, CouponUsed, CouponWithdrawn)


@cache
def rulebook() -> Rulebook:
    """A pharmacy's, where points pay and buy something as in a supermarket, and are many.

    Offers have laws of their own: more of them make a sale slow here, and find nothing.
    """
    books = RESOURCES / "rulebooks"
    shop, other = load_rulebook(books / "pharmacy.json"), load_rulebook(books / "supermarket.toml")
    rewards = tuple(reward for reward in other.rewards if reward.code == REWARD)
    points = replace(other.points, points=POINTS_A_YUAN)
    coupon = replace(other.coupons[COUPON], from_fen=0)
    return replace(shop, points=points, rewards=rewards, offers=(*shop.offers, coupon))


@cache
def goods() -> tuple[dict[str, str], ...]:
    """Some of the sample's products."""
    path = RESOURCES / "sample" / "products.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["称重"] == "否"]
    return tuple(rows[:GOODS])


def furnish(machine: Machine) -> None:
    """A fresh till gets its rulebook, its manager and its goods."""
    set_up(machine.shop, rulebook=rulebook(), manager="店长", pin="246810")
    with machine.shop.store.write() as tx:
        for row in goods():
            member_price = row["会员价"]
            tx.products.add(
                Product(
                    machine.shop.new_id(),
                    row["条码"],
                    row["名称"],
                    parse_money(row["售价"]),
                    spec=row["规格"],
                    category=row["分类"],
                    member_price_fen=parse_money(member_price) if member_price else None,
                )
            )
    count_rewards(machine.shop, REWARD, STOCK, staff=machine.staff)


def begin_day(machine: Machine) -> None:
    """开店, where it is not open."""
    if day_now(machine.shop) is None:
        open_day(machine.shop, float_fen=FLOAT_FEN, staff=machine.staff)


def end_day(machine: Machine) -> None:
    """日结 with its verified backup, where a day is open."""
    shop, staff = machine.shop, machine.staff
    if day_now(shop) is None:
        return
    counted = max(0, takings_now(shop, staff=staff).expected_fen)
    closed = close_day(shop, counted_fen=counted, staff=staff, explanation=why("unknown"))
    if closed.backup:
        machine.backups[Path(closed.backup)] = (len(machine.sold), len(machine.members))


def join(machine: Machine, dice: random.Random) -> None:
    """入会: now and then with a phone that somebody has joined with at another till."""
    shop, town = machine.shop, machine.town
    joined = join_member(
        shop,
        new_basket(shop).basket,
        name="王小明",
        phone=town.phone(dice),
        staff=machine.staff,
        consent=CONSENT,
    )
    assert joined.basket.member_id is not None
    machine.members.append(joined.basket.member_id)
    town.people.append(joined.basket.member_id)


def serve(machine: Machine, dice: random.Random) -> None:
    """Whoever waits at the counter, or a customer with goods, most of them a member.

    Some have a code that can be used once, some pay with points.
    """
    resumed = resume(machine.shop)
    if resumed.is_back and resumed.counter.basket.sale_id == machine.standing:
        pay(machine, _as_they_are(machine, resumed.counter), dice)
        return
    pay(machine, filled(machine, dice), dice)


def _as_they_are(machine: Machine, counter: Counter) -> Counter:
    """A member that became another meanwhile, or nobody, is looked up anew: the till says so."""
    member_id = counter.basket.member_id
    now_id = _who_is(machine, member_id) if member_id else None
    return counter if now_id == member_id else choose_member(machine.shop, counter.basket, now_id)


def filled(machine: Machine, dice: random.Random) -> Counter:
    """The basket of a new customer; whose was there has gone."""
    shop, staff = machine.shop, machine.staff
    counter = new_basket(shop)
    if dice.random() < 0.8 and (member_id := known(machine, dice)) is not None:
        counter = choose_member(shop, counter.basket, member_id)
    for _ in range(dice.choice((1, 1, 2, 3))):
        counter = scan(shop, counter.basket, dice.choice(goods())["条码"], staff=staff)
    if machine.town.codes and dice.random() < 0.2:
        counter = _presented(machine, counter, dice.choice(machine.town.codes))
    if counter.basket.member_id and dice.random() < 0.5:
        counter = spend_points(shop, counter.basket, dice.choice((1, 2, 4, 8)) * 100, staff=staff)
    return counter


def pay(machine: Machine, counter: Counter, dice: random.Random) -> None:
    """Codes and points are the till's for this sale, and it is settled; or they pay all of it."""
    shop, staff = machine.shop, machine.staff
    if counter.basket.coupons:
        machine.standing = counter.basket.sale_id
        keep_open(shop, counter.basket)
        counter = _claimed(machine, counter)
    if counter.basket.points:
        counter = _reserved(machine, counter)
    payable_fen = counter.quote.payable_fen
    given_fen = payable_fen if dice.random() < 0.5 else -(-payable_fen // 1000) * 1000
    paid = counter.basket.with_tenders(_tenders(given_fen, dice))
    ready = tendered(shop, paid)
    machine.asked = paid.sale_id
    claimed = _claims_of(machine, paid)
    try:
        sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    except CODE_REFUSED:
        machine.asked = None
        pay(machine, _without_codes(machine, counter), dice)
        return
    machine.town.claimed |= claimed
    machine.confirm(sale)


def known(machine: Machine, dice: random.Random) -> UUID | None:
    """Somebody whom this till knows, also from another one; half of the time one of its own."""
    people = machine.town.people
    is_own = machine.members and dice.random() < 0.5
    member_id = dice.choice(machine.members if is_own else people) if people else None
    return None if member_id is None else _who_is(machine, member_id)


def _who_is(machine: Machine, member_id: UUID) -> UUID | None:
    """Whoever they are by now; nobody where this till does not know them."""
    with machine.store.read() as reading:
        now_id = reading.standings.merged_into(member_id) or member_id
        member = reading.members.get(now_id)
        return now_id if member is not None and member.name else None


def _presented(machine: Machine, counter: Counter, code: str) -> Counter:
    """Their code, where this till takes it."""
    try:
        return scan(machine.shop, counter.basket, code, staff=machine.staff)
    except Refused:
        return counter


def _claimed(machine: Machine, counter: Counter) -> Counter:
    """No other till may use the codes meanwhile; without a line the sale says what may be."""
    try:
        with machine.asking() as token:
            claim_coupons(machine.shop, machine.line, token, counter.basket)
    except Unavailable:
        pass
    except CODE_REFUSED:
        return _without_codes(machine, counter)
    return counter


def _claims_of(machine: Machine, basket: Basket) -> set[tuple[str, UUID]]:
    """The codes that the server has given to this sale, and to no other."""
    if not basket.coupons:
        return set()
    now_us = machine.shop.clock.now_us()
    with machine.store.read() as reading:
        claims = reading.elsewhere.code_claims()
    sale_id = basket.sale_id
    return {(e.code, sale_id) for e in claims if e.sale_id == sale_id and e.until_us > now_us}


def _without_codes(machine: Machine, counter: Counter) -> Counter:
    basket = counter.basket
    for coupon in basket.coupons:
        basket = basket.with_coupon(coupon)
    return reprice(machine.shop, basket)


def _reserved(machine: Machine, counter: Counter) -> Counter:
    """Its points are asked for; where the server does not answer it is leases or nothing."""
    basket, member = counter.basket, counter.basket.member_id
    if not counter.is_reserved and member is not None:
        reserve_here(machine, Wanted(member, counter.quote.points_spent, basket.sale_id))
        counter = reprice(machine.shop, basket)
    if counter.is_reserved:
        return counter
    return spend_points(machine.shop, basket, 0, staff=machine.staff)


def reserve_here(machine: Machine, wanted: Wanted) -> None:
    """Ask once, in a session where there is one."""
    try:
        with machine.asking() as token:
            reserve(machine.shop, machine.line, token, wanted)
    except (Refused, Unavailable):
        return


def _tenders(given_fen: int, dice: random.Random) -> tuple[Tender, ...]:
    if not given_fen:
        return ()
    kinds = (TenderKind.CASH, TenderKind.WECHAT, TenderKind.ALIPAY)
    return (Tender(dice.choice(kinds) if given_fen % 1000 else TenderKind.CASH, given_fen),)


def take_back(machine: Machine, dice: random.Random) -> None:
    """退货: one piece of a line of a sale."""
    if not machine.sold:
        return
    shop, staff = machine.shop, machine.staff
    shown = preview_return(shop, dice.choice(machine.sold).no, staff=staff)
    left = [line for line in shown.lines if line.left_milli >= ONE]
    if left:
        return_sale(
            shop,
            shown.sale.sale_id,
            {dice.choice(left).no: ONE},
            return_id=shop.new_id(),
            explanation=why("changed_mind"),
            staff=staff,
        )


def void(machine: Machine, _: random.Random) -> None:
    """作废: the last sale."""
    if machine.sold:
        sale_id = machine.sold[-1].sale_id
        void_sale(machine.shop, sale_id, explanation=why("changed_mind"), staff=machine.staff)


def reward(machine: Machine, dice: random.Random) -> None:
    """兑换: somebody takes something for points, where there are enough."""
    if (member_id := known(machine, dice)) is not None:
        shop = machine.shop
        redemption_id = shop.new_id()
        if machine.link is not None and machine.link.chain_name:
            cost = rulebook().rewards[0].cost(1)
            reserve_here(machine, Wanted(member_id, cost, redemption_id))
        redeem(shop, member_id, REWARD, 1, redemption_id=redemption_id, staff=machine.staff)


def why(reason: str) -> Explanation:
    """What the cashier says of it."""
    return Explanation(CounterReason(reason))
