"""追溯码: a code gets its product, a line its codes, somebody answers where one is missing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.counter import Counter, priced
from core.actions.scan_goods import add_code, add_stray
from core.actions.telling import tell
from core.catalog.barcode import clean, read_code
from core.catalog.product import Product
from core.catalog.trace import TraceReason, check_trace, trace_prefix
from core.errors import (
    BadDates,
    BadScan,
    BadTrace,
    NoSuchTrace,
    TraceElsewhere,
    TraceNotNeeded,
    UnknownCode,
)
from core.ports import Reading
from core.pricing.basket import Basket, BasketLine, TraceWaiver
from core.sales.trace import SoldTrace, TraceRow, TraceSale
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.quantity import ONE


def name_trace(
    shop: Shop, basket: Basket, text: str, product_code: str, *, staff: Staff
) -> Counter:
    """认码: the product of a trace code that nobody knew; its beginning names it from now on.

    `text` is all that was scanned: the pack goes into the basket with the batch and the last day
    that stand in it. Where it stands there as another product, it is put right. Raises NotAllowed,
    UnknownCode, BadTrace, TraceTwice, BatchExpired.
    """
    scanned = clean(text)
    read = read_code(scanned)
    trace = read.trace or check_trace(scanned)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.ADD_PRODUCT, now_us=moment.at_us)
        product = _meant(tx, product_code)
        if product is None:
            raise UnknownCode(clean(product_code))
        if (wrong := _taken_for_another(basket, trace, product)) is not None:
            basket = _without_unit(basket, wrong, trace)
            batch, ends = read.batch or wrong.batch, read.expires_on or wrong.expires_on
            read = replace(read, batch=batch, expires_on=ends)
        if (prefix := trace_prefix(trace)) is not None:
            tx.traces.learn(prefix, product.id)
            tx.audit.note(
                "trace_prefix_learned",
                at_us=moment.at_us,
                staff_no=staff.no,
                subject=prefix,
                detail=product.code,
            )
            body = {"prefix": prefix, "product": product.id, "staff_no": staff.no}
            tell(shop, tx, moment, "TracePrefixLearned", body)
        pack = replace(read, candidates=(product.code,), trace=trace)
        fuller, warned = add_code(tx, basket, pack, tx.rulebooks.current(), moment)
        counter = priced(tx, moment, fuller, changed_line=fuller.holder(trace).no)
    return replace(counter, warned=warned)


def product_meant(shop: Shop, text: str) -> Product | None:
    """The product of a barcode that is shown to name a pack; None where it is anything else."""
    with shop.store.read() as reading:
        return _meant(reading, text)


def add_trace(shop: Shop, basket: Basket, no: int, code: str, *, staff: Staff) -> Counter:
    """补码: a code of any system on a line whose units are there already.

    Raises BadTrace, PaymentCode, NoSuchLine, TraceTwice, TooManyTraces.
    """
    trace = check_trace(clean(code))
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        fuller, warned = add_stray(reading, basket, no, trace)
        counter = priced(reading, moment, fuller, changed_line=no)
    return replace(counter, warned=warned)


def drop_trace(shop: Shop, basket: Basket, no: int, code: str) -> Counter:
    """去码: a code that was scanned by mistake; its unit stays. Raises NoSuchLine, NoSuchTrace."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        return priced(reading, moment, basket.without_trace(no, code), changed_line=no)


def waive_traces(
    shop: Shop,
    basket: Basket,
    reason: TraceReason,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Counter:
    """放行: the units that lack their codes now may be sold without; somebody answers for it.

    Raises NotAllowed, TraceNotNeeded.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.SELL_UNTRACED, now_us=moment.at_us, approval=approval)
        missing = sum(line.traces_lacking for line in basket.lacking_traces())
        if not missing:
            raise TraceNotNeeded()
        waiver = TraceWaiver(missing, reason.value, staff.no, answers)
        tx.audit.note(
            "traces_waived",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=basket.sale_id.hex,
            detail=noted(f"{missing} {reason.value}", staff, answers),
        )
        return priced(tx, moment, basket.with_waiver(waiver))


def traced_line(shop: Shop, sale_id: UUID, text: str) -> SoldTrace:
    """The line of a sale that a pack belongs to which comes back.

    Raises TraceElsewhere where it was sold with another sale, NoSuchTrace where nobody sold it, or
    where it came back before.
    """
    code = _trace_of(text)
    with shop.store.read() as reading:
        for sold in reading.traces.of_sale(sale_id):
            if sold.code == code and not sold.is_returned:
                return sold
        other = reading.traces.sold(code)
    if other is not None:
        raise TraceElsewhere(code, other.sale_no)
    raise NoSuchTrace(code)


def sold_pack(shop: Shop, text: str) -> TraceSale | None:
    """The sale that a pack went out with and has not come back from; None for every other text.

    Raises PaymentCode.
    """
    with shop.store.read() as reading:
        return pack_sale(reading, text)


def pack_sale(reading: Reading, text: str) -> TraceSale | None:
    """The same within a look at the store."""
    try:
        return reading.traces.sold(_trace_of(text))
    except (BadScan, BadTrace):
        return None


def trace_rows(shop: Shop, since: date, until: date) -> tuple[TraceRow, ...]:
    """Every pack that went out or came back between two business dates; raises BadDates."""
    _check_days(since, until)
    with shop.store.read() as reading:
        return reading.traces.rows(since, until)


def export_traces(
    shop: Shop, since: date, until: date, *, staff: Staff, approval: Approval | None = None
) -> tuple[TraceRow, ...]:
    """导出: the same, to be taken out of the shop; raises NotAllowed, BadDates."""
    _check_days(since, until)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.EXPORT_TRACES, now_us=now_us, approval=approval)
        rows = tx.traces.rows(since, until)
        tx.audit.note(
            "traces_exported",
            at_us=now_us,
            staff_no=staff.no,
            subject=str(len(rows)),
            detail=noted(f"{since.isoformat()} {until.isoformat()}", staff, answers),
        )
    return rows


def _check_days(since: date, until: date) -> None:
    if until < since:
        raise BadDates(since.isoformat(), until.isoformat())


def _trace_of(text: str) -> str:
    return read_code(clean(text)).trace or check_trace(clean(text))


def _meant(reading: Reading, text: str) -> Product | None:
    wanted = clean(text)
    found = map(reading.products.by_code, (wanted, *read_code(wanted).candidates))
    return next((each for each in found if each is not None), None)


def _taken_for_another(basket: Basket, code: str, product: Product) -> BasketLine | None:
    """The line of a pack that was named wrongly before."""
    wrong = (line for line in basket.lines if code in line.traces and line.product.id != product.id)
    return next(wrong, None)


def _without_unit(basket: Basket, line: BasketLine, code: str) -> Basket:
    if line.pieces == 1:
        return basket.without(line.no)
    fewer = basket.without_trace(line.no, code)
    return fewer.with_quantity(line.no, line.quantity_milli - ONE)
