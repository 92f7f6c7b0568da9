"""同店的一天: what tills of a chain do with each other's codes, receipts, baskets and members."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from benchmarks.simulate import counter
from benchmarks.simulate.counter import COUPON, why
from benchmarks.simulate.machine import Machine
from benchmarks.simulate.town import Recalled
from core.actions.counter import Counter
from core.actions.coupon_codes import issue_coupons
from core.actions.hold import held_baskets, hold, recall
from core.actions.merge_members import merge_members
from core.actions.return_elsewhere import fetch_sale, return_elsewhere
from core.actions.return_sale import preview_return, return_sale
from core.actions.share_held import recall_taken, share_held, take_held
from core.errors import HeldAsksLine, NoSuchHeld, NoSuchSale, NotInChain, Unavailable
from core.values.quantity import ONE

MOST_CODES = 3
LATEST = 10
"""Most that comes back was sold just now."""


def issue_codes(machine: Machine, dice: random.Random) -> None:
    """发券: some codes for whoever has them."""
    shop, count = machine.shop, dice.randint(1, MOST_CODES)
    issued = issue_coupons(shop, COUPON, count, batch_id=shop.new_id(), staff=machine.staff)
    machine.town.codes += issued.batch.codes


def take_back_any(machine: Machine, dice: random.Random) -> None:
    """退别台的单: one piece of whatever receipt somebody has."""
    receipts = machine.town.receipts
    if not receipts:
        return
    shop, staff = machine.shop, machine.staff
    no = dice.choice(receipts[-LATEST:] if dice.random() < 0.7 else receipts)
    try:
        shown = preview_return(shop, no, staff=staff)
    except NoSuchSale:
        with machine.asking() as token:
            fetch_sale(shop, machine.line, token, no, staff=staff)
        shown = preview_return(shop, no, staff=staff)
    left = [e for e in shown.lines if e.left_milli >= ONE and e.no not in shown.restricted]
    if not left:
        return
    chosen, return_id = {dice.choice(left).no: ONE}, shop.new_id()
    told: dict[str, Any] = {
        "return_id": return_id,
        "explanation": why("changed_mind"),
        "staff": staff,
    }
    if not shown.sold.is_away:
        return_sale(shop, shown.sale.sale_id, chosen, **told)
        return
    machine.town.claimed_back.add(return_id)
    with machine.asking() as token:
        return_elsewhere(shop, machine.line, token, shown.sale.sale_id, chosen, **told)


def lay_aside(machine: Machine, dice: random.Random) -> None:
    """挂单: a customer steps aside."""
    hold(machine.shop, counter.filled(machine, dice).basket, staff=machine.staff)


def take_up(machine: Machine, dice: random.Random) -> None:
    """取单: a basket of here or of another till of the store; mostly it is paid then.

    Or it is held once more, or stands at the counter until somebody goes on with it. Whoever has
    an old state of a disk before them sees that no customer is there.
    """
    shop, town, there = machine.shop, machine.town, set[UUID]()
    try:
        with machine.asking() as token:
            there = {each.id for each in share_held(shop, machine.line, token).there}
    except (NotInChain, Unavailable):
        pass
    own = {each.sale_id for each in held_baskets(shop)}
    found = sorted(each for each in own | there if not town.is_gone(each))
    if not found:
        return
    held_id = dice.choice(found)
    standing = _recalled(machine, held_id, is_own=held_id in own)
    machine.standing = standing.basket.sale_id
    rolled = dice.random()
    if rolled < 0.7:
        counter.pay(machine, standing, dice)
    elif rolled < 0.85:
        hold(shop, standing.basket, staff=machine.staff)
        machine.standing = None


def _recalled(machine: Machine, held_id: UUID, *, is_own: bool) -> Counter:
    """Whoever is first has it: the server is asked, where it is there."""
    shop, staff, town = machine.shop, machine.staff, machine.town
    taken, was_asked = None, False
    try:
        with machine.asking() as token:
            taken = take_held(shop, machine.line, token, held_id, staff=staff)
        was_asked = True
    except (HeldAsksLine, NotInChain, NoSuchHeld, Unavailable):
        if not is_own:
            raise
    if taken is None:
        standing = recall(shop, None, held_id, staff=staff)
    else:
        standing = recall_taken(shop, None, taken, staff=staff)
        town.roots[standing.basket.sale_id] = town.root_of(held_id)
    told = Recalled(machine.home.name, machine.sun_us, was_asked)
    town.recalled[standing.basket.sale_id] = told
    return standing


def merge(machine: Machine, dice: random.Random) -> None:
    """合并: two of whom somebody says that they are one."""
    pair = [found for _ in range(2) if (found := counter.known(machine, dice)) is not None]
    with machine.store.read() as reading:
        cards = [member.card_no for each in pair if (member := reading.members.get(each))]
    if len(cards) == 2:
        merge_members(machine.shop, *cards, staff=machine.staff)
