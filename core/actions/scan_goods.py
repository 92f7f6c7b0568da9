"""扫商品: what a code puts into the basket: a product, a label's goods, one pack with its code."""

from __future__ import annotations

from core.catalog.barcode import Code, Label
from core.catalog.product import Product
from core.catalog.trace import trace_prefix
from core.errors import BatchExpired, TraceUnknown
from core.ports import Reading
from core.pricing.basket import Basket
from core.rulebook.labels import LENGTH, LabelCode
from core.rulebook.rulebook import Rulebook
from core.sales.trace import NearExpiry, SoldBefore, Warned
from core.values.moment import Moment
from core.values.quantity import ONE


def layouts(reading: Reading, rulebook: Rulebook, text: str) -> tuple[LabelCode, ...]:
    """How labels of scales are read: as this store says, else as the rulebook does."""
    if len(text) != LENGTH or not text.startswith("2"):
        return ()
    own = reading.labels.all()
    prefixes = {layout.prefix for layout in own}
    return own + tuple(each for each in rulebook.labels if each.prefix not in prefixes)


def product_of(reading: Reading, code: Code) -> Product | None:
    """What a code names: by itself, by its label, or by the first digits of its trace code."""
    found = (reading.products.by_code(each) for each in code.candidates)
    product = next((each for each in found if each is not None), None)
    if product is None and code.label is not None:
        product = _of_label(reading, code.label)
    prefix = trace_prefix(code.trace)
    if product is None and prefix is not None:
        product = reading.traces.product_of(prefix)
    return product


def add_code(
    reading: Reading,
    basket: Basket,
    code: Code,
    rulebook: Rulebook,
    moment: Moment,
    *,
    wanted: int | None = None,
) -> tuple[Basket, tuple[Warned, ...]]:
    """The basket with what a code names, and what is to be known of it.

    `wanted` is the line whose unit a trace code is for, where it lacks one and may be of that pack.
    Raises TraceUnknown for a pack of a product that nobody has named, BatchExpired, TraceTwice.
    """
    product = product_of(reading, code)
    if product is None:
        raise TraceUnknown(code.trace)
    label = code.label if not any(each == product.code for each in code.candidates) else None
    warned = goods_warnings(reading, product, code, rulebook, moment)
    if label is None:
        fuller = basket.add(
            product,
            batch=code.batch,
            expires_on=code.expires_on,
            trace=code.trace,
            wanted=wanted,
            is_unweighed=product.is_weighed,
        )
    elif label.rule.holds == "weight":
        fuller = basket.add(product, label.value)
    else:
        fuller = basket.add(product, ONE, label_fen=label.value)
    return fuller, warned


def add_stray(
    reading: Reading, basket: Basket, no: int, trace: str
) -> tuple[Basket, tuple[Warned, ...]]:
    """The basket with a code of any system on a line whose units are there already.

    Raises NoSuchLine, TraceTwice, TooManyTraces.
    """
    fuller = basket.with_trace(no, trace)
    return fuller, _sold_before(reading, trace, fuller.line(no).product)


def goods_warnings(
    reading: Reading, product: Product, code: Code, rulebook: Rulebook, moment: Moment
) -> tuple[Warned, ...]:
    """What whoever sells these goods should know; raises BatchExpired where the day is over."""
    warned: list[Warned] = []
    if (on := code.expires_on) is not None:
        days = (on - moment.business_on).days
        if days < 0:
            raise BatchExpired(product.name, code.batch, on.isoformat())
        if days < rulebook.near_expiry_days:
            warned.append(NearExpiry(product.name, on, days))
    if code.trace:
        warned += _sold_before(reading, code.trace, product)
    return tuple(warned)


def _sold_before(reading: Reading, trace: str, product: Product) -> tuple[SoldBefore, ...]:
    before = reading.traces.sold(trace)
    if before is None:
        return ()
    return (SoldBefore(trace, product.name, before.sale_no, before.at_us),)


def _of_label(reading: Reading, label: Label) -> Product | None:
    # Shops write the article of a scale with its prefix, with zeros before it, or plainly.
    spellings = (label.rule.prefix + label.item, label.item, label.item.lstrip("0"))
    found = (reading.products.by_code(each) for each in spellings)
    return next((each for each in found if each is not None), None)
