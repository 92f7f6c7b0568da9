"""总部的价, at a till: each product is, and costs, what head office says of this business day.

A shop in no chain says it itself (`plan_prices`).
A price that somebody gave by hand gives way; the products that changed are told of, so that their
tags on the shelves are printed anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from core.actions.lay_aside import lay_aside
from core.actions.serve import is_card
from core.catalog.product import Product
from core.errors import CardTaken
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import Fact
from core.sync.feed import PRODUCT, Change, ProductIssued, ProductPlans
from core.values.moment import Moment

AT_ONCE = 20
"""So many begin in one transaction, beside a counter that sells."""
TOLD = ("id", "price_fen", "member_price_fen", "special_price_fen")


def read_plans(change: Change) -> ProductPlans:
    """What head office says of one code."""
    return msgspec.json.decode(change.value, type=ProductPlans)


def take_plans(_shop: Shop, tx: Writing, _moment: Moment, code: str, told: ProductPlans) -> bool:
    """Keep it for its days; what began already holds with the next step of `begin_prices`."""
    tx.plans.keep(code, told.plans)
    return True


def begin_prices(shop: Shop) -> bool:
    """One step of what should hold today; whether there may be more."""
    with shop.store.read() as reading:
        if not reading.plans.due(shop.moment(reading).business_on, limit=1):
            return False
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        codes = tx.plans.due(moment.business_on, limit=AT_ONCE)
        changed = [each for code in codes if (each := _begin(shop, tx, moment, code)) is not None]
        if not is_chained(tx):
            tx.plans.forget_begun()
        if changed:
            _tell(shop, tx, moment, changed)
    return len(codes) == AT_ONCE


def is_chained(reading: Reading) -> bool:
    """Whether head office says what things cost."""
    link = reading.links.get()
    return link is not None and bool(link.chain_name)


def _tell(shop: Shop, tx: Writing, moment: Moment, changed: Sequence[Product]) -> None:
    """With what they cost now: their tags are printed anew by it."""
    rows = [[each.id.hex, *(getattr(each, name) for name in TOLD[1:])] for each in changed]
    body = {"fields": list(TOLD), "products": rows}
    fact = Fact(shop.new_id(), "PricesBegan", moment.at_us, moment.business_on, body)
    tx.outbox.append(fact)
    detail = str(len(changed))
    tx.audit.note("prices_began", at_us=moment.at_us, staff_no=0, detail=detail)


def _begin(shop: Shop, tx: Writing, moment: Moment, code: str) -> Product | None:
    """The product as it is from now on, where that is something else."""
    plan = tx.plans.of(code, moment.business_on)
    tx.plans.begin(code, moment.business_on)
    if plan is None:
        return None
    before = tx.products.by_code(code)
    if before is None and is_card(tx, code):
        lay_aside(shop, tx, moment, CardTaken(code), topic=PRODUCT, about=code)
        return None
    product = _product(code, plan, before)
    if product == before:
        return None
    if before is None:
        tx.products.add(product)
    else:
        tx.products.change(product)
    return product


def _product(code: str, plan: ProductIssued, before: Product | None) -> Product:
    """One that is here keeps its id; what head office does not say of trace codes, too."""
    traced = before is not None and before.requires_trace
    made = Product(
        id=plan.id,
        code=code,
        name=plan.name,
        price_fen=plan.price_fen,
        spec=plan.spec,
        unit=plan.unit,
        category=plan.category,
        member_price_fen=plan.member_price_fen,
        special_price_fen=plan.special_price_fen,
        is_prescription=plan.is_prescription,
        is_weighed=plan.is_weighed,
        brand=plan.brand,
        requires_trace=traced if plan.requires_trace is None else plan.requires_trace,
    )
    return made if before is None else replace(made, id=before.id)
