"""存证: every input of `quote` as plain JSON, so that a sale can be priced again from its event.

The body of `SaleSettled` holds {"engine", "basket", "standing", "rulebook", "at_us", "business_on"}
and whatever else the sale adds; nothing personal is in it (sync.md 2). What an older event does not
have, its basket did not have either: it is read as none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import asdict

from core.catalog.product import Product
from core.errors import BadRecord
from core.members.member import Standing
from core.pricing.basket import Basket, BasketLine, Presented, SwitchedOff, TraceWaiver
from core.pricing.by_hand import Approved, ByHand, DiscountByHand, PriceByHand
from core.pricing.engine import ENGINE
from core.pricing.exchange import exchange_of, exchange_record, tender_of
from core.pricing.quote import Quote, quote
from core.pricing.standing_record import standing_of, standing_record, used_of, used_record
from core.pricing.used import Uses
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from core.values.fields import Fields
from core.values.moment import Moment
from core.values.rate import FULL


def price_again(body: dict[str, Any]) -> Quote:
    """The quote that the present engine gives for an event's inputs; raises BadRecord."""
    basket, standing, moment, uses = inputs_of(body)
    return quote(basket, standing, rulebook_in(body), moment, uses)


def inputs_of(body: dict[str, Any]) -> tuple[Basket, Standing | None, Moment, Uses]:
    """The inputs in an event's body but for its rulebook; raises BadRecord."""
    fields = Fields(body)
    store = "" if fields.is_null("store") else fields.free_text("store")
    moment = (fields.whole("at_us"), fields.day("business_on"), fields.whole("minute", 0), store)
    return (
        basket_of(body.get("basket", {}), "basket"),
        standing_of(body.get("standing"), "standing"),
        Moment(*moment),
        fields.items("uses", used_of),
    )


def pricing_record(
    basket: Basket,
    standing: Standing | None,
    rulebook: Rulebook,
    moment: Moment,
    uses: Uses = (),
) -> dict[str, Any]:
    """The inputs of `quote`, from which the same engine's `price_again` gives the same bytes.

    What comes back in the same step prices nothing, and has a fact of its own.
    """
    record: dict[str, Any] = {
        "engine": ENGINE,
        "basket": basket_record(basket.with_exchange(None)),
        "standing": standing_record(standing),
        "rulebook": record_of(rulebook),
        "at_us": moment.at_us,
        "business_on": moment.business_on.isoformat(),
    }
    if moment.minute:
        record["minute"] = moment.minute
    if rulebook.asks.stores:
        record["store"] = moment.store
    if uses:
        record["uses"] = [used_record(used) for used in uses]
    return record


def basket_record(basket: Basket) -> dict[str, Any]:
    """A basket with the facts of its products and its tenders."""
    record: dict[str, Any] = {
        "sale_id": basket.sale_id.hex,
        "member_id": None if basket.member_id is None else basket.member_id.hex,
        "next_line": basket.next_line,
        "lines": [
            {
                "no": line.no,
                "product": _product_record(line.product),
                "quantity_milli": line.quantity_milli,
                "label_fen": line.label_fen,
                "by_hand": _by_hand_record(line.by_hand),
                **({"offer": line.offer} if line.offer else {}),
                **_origin_record(line),
                **({"is_unweighed": True} if line.is_unweighed else {}),
            }
            for line in basket.lines
        ],
        "tenders": [
            {"kind": tender.kind.value, "amount_fen": tender.amount_fen}
            for tender in basket.tenders
        ],
        "discount": _by_hand_record(basket.discount),
    }
    if basket.coupons:
        record["coupons"] = [_presented_record(each) for each in basket.coupons]
    if basket.points:
        record["points"] = basket.points
    if basket.off:
        record["off"] = [_off_record(off) for off in basket.off]
    if basket.waiver is not None:
        record["waiver"] = asdict(basket.waiver)
    if basket.exchange is not None:
        record["exchange"] = exchange_record(basket.exchange)
    return record


def basket_of(record: object, path: str = "") -> Basket:
    """The basket of a record; raises BadRecord."""
    fields = Fields(record, path)
    basket = Basket(
        sale_id=fields.id("sale_id"),
        lines=fields.items("lines", _line_of),
        member_id=None if fields.is_null("member_id") else fields.id("member_id"),
        tenders=fields.items("tenders", tender_of),
        next_line=fields.whole("next_line", least=1),
        discount=None if fields.is_null("discount") else _discount_of(fields.inner("discount")),
        coupons=fields.items("coupons", _presented_of),
        points=fields.whole("points", 0),
        off=fields.items("off", _off_of),
        waiver=None if fields.is_null("waiver") else _waiver_of(fields.inner("waiver")),
        exchange=None if fields.is_null("exchange") else exchange_of(fields.inner("exchange")),
    )
    fields.end()
    return basket


def _waiver_of(fields: Fields) -> TraceWaiver:
    waiver = TraceWaiver(
        missing=fields.whole("missing", least=1),
        reason=fields.free_text("reason"),
        staff_no=fields.whole("staff_no"),
        answers_no=fields.whole("answers_no"),
    )
    fields.end()
    return waiver


def _off_record(off: SwitchedOff) -> dict[str, Any]:
    return {
        "offer": off.offer,
        "reason": off.reason,
        "staff_no": off.staff_no,
        "answers_no": off.answers_no,
    }


def _off_of(fields: Fields) -> SwitchedOff:
    off = SwitchedOff(
        offer=fields.free_text("offer"),
        reason=fields.free_text("reason"),
        staff_no=fields.whole("staff_no"),
        answers_no=fields.whole("answers_no"),
    )
    fields.end()
    return off


def _presented_record(coupon: Presented) -> dict[str, Any]:
    whose = {} if coupon.member_id is None else {"member_id": coupon.member_id.hex}
    return {"code": coupon.code, "offer": coupon.offer, **whose}


def _presented_of(fields: Fields) -> Presented:
    code, offer = fields.free_text("code"), fields.free_text("offer")
    whose = None if fields.is_null("member_id") else fields.id("member_id")
    presented = Presented(code, offer, whose)
    fields.end()
    return presented


def rulebook_in(body: dict[str, Any]) -> Rulebook:
    """The rulebook that an event's sale was priced by, read or as it is spelt; raises BadRecord."""
    record = body.get("rulebook", {})
    try:
        is_spelt = isinstance(record, msgspec.Raw)
        return _rulebook_read(bytes(record) if is_spelt else msgspec.json.encode(record))
    except BadRecord as bad:
        raise BadRecord(f"rulebook.{bad.path}".rstrip("."), bad.reason) from bad


@lru_cache(maxsize=16)
def _rulebook_read(data: bytes) -> Rulebook:
    """Read once for all sales under it: reading takes longer than pricing."""
    return rulebook_of(msgspec.json.decode(data))


def _product_record(product: Product) -> dict[str, Any]:
    return {
        "id": product.id.hex,
        "code": product.code,
        "name": product.name,
        "price_fen": product.price_fen,
        "spec": product.spec,
        "unit": product.unit,
        "category": product.category,
        "member_price_fen": product.member_price_fen,
        "special_price_fen": product.special_price_fen,
        "is_prescription": product.is_prescription,
        "is_weighed": product.is_weighed,
        **({"brand": product.brand} if product.brand else {}),
        **({"requires_trace": True} if product.requires_trace else {}),
    }


def _product_in(fields: Fields) -> Product:
    try:
        return _product_read(fields.spelt)
    except (BadRecord, OverflowError, ValueError):
        return _product_of(fields)  # which says where it is wrong


@lru_cache(maxsize=2048)
def _product_read(data: bytes) -> Product:
    """Read once for the many sales that it is in, as it is then."""
    return _product_of(Fields(msgspec.json.decode(data)))


def _product_of(fields: Fields) -> Product:
    product = Product(
        id=fields.id("id"),
        code=fields.free_text("code"),
        name=fields.free_text("name"),
        price_fen=fields.whole("price_fen"),
        spec=fields.free_text("spec"),
        unit=fields.free_text("unit"),
        category=fields.free_text("category"),
        member_price_fen=_fen_or_none(fields, "member_price_fen"),
        special_price_fen=_fen_or_none(fields, "special_price_fen"),
        is_prescription=fields.flag("is_prescription"),
        is_weighed=fields.flag("is_weighed"),
        brand="" if fields.is_null("brand") else fields.free_text("brand"),
        requires_trace=fields.flag("requires_trace", False),
    )
    fields.end()
    return product


def _line_of(fields: Fields) -> BasketLine:
    line = BasketLine(
        no=fields.whole("no", least=1),
        product=_product_in(fields.inner("product")),
        quantity_milli=fields.whole("quantity_milli", least=1),
        label_fen=_fen_or_none(fields, "label_fen"),
        by_hand=None if fields.is_null("by_hand") else _by_hand_of(fields.inner("by_hand")),
        offer="" if fields.is_null("offer") else fields.free_text("offer"),
        batch="" if fields.is_null("batch") else fields.free_text("batch"),
        expires_on=None if fields.is_null("expires_on") else fields.day("expires_on"),
        traces=fields.texts("traces"),
        is_unweighed=fields.flag("is_unweighed", False),
    )
    fields.end()
    return line


def _origin_record(line: BasketLine) -> dict[str, Any]:
    """Where the goods of a line come from, as far as their codes told."""
    record: dict[str, Any] = {}
    if line.batch:
        record["batch"] = line.batch
    if line.expires_on is not None:
        record["expires_on"] = line.expires_on.isoformat()
    if line.traces:
        record["traces"] = list(line.traces)
    return record


def _by_hand_record(by_hand: ByHand | None) -> dict[str, Any] | None:
    """A price is told from a discount by its `price_fen`."""
    if by_hand is None:
        return None
    approved = by_hand.approved
    record: dict[str, Any] = {
        "reason": by_hand.reason,
        "staff_no": by_hand.staff_no,
        "approved": None
        if approved is None
        else {
            "staff_no": approved.staff_no,
            "fen": approved.fen,
            "share_bp": approved.share_bp,
        },
    }
    if isinstance(by_hand, PriceByHand):
        return record | {"price_fen": by_hand.price_fen}
    return record | {"amount_fen": by_hand.amount_fen, "rate_bp": by_hand.rate_bp}


def _by_hand_of(fields: Fields) -> ByHand:
    if fields.is_null("price_fen"):
        return _discount_of(fields)
    price = PriceByHand(
        price_fen=fields.whole("price_fen"),
        reason=fields.free_text("reason"),
        staff_no=fields.whole("staff_no"),
        approved=_approved_of(fields),
    )
    fields.end()
    return price


def _discount_of(fields: Fields) -> DiscountByHand:
    discount = DiscountByHand(
        reason=fields.free_text("reason"),
        staff_no=fields.whole("staff_no"),
        amount_fen=fields.whole("amount_fen"),
        rate_bp=fields.whole("rate_bp", most=FULL),
        approved=_approved_of(fields),
    )
    if discount.amount_fen and discount.rate_bp != FULL:
        raise fields.wrong("rate_bp", "an amount and a rate")
    fields.end()
    return discount


def _approved_of(fields: Fields) -> Approved | None:
    if fields.is_null("approved"):
        return None
    inner = fields.inner("approved")
    approved = Approved(inner.whole("staff_no"), inner.whole("fen"), inner.whole("share_bp"))
    inner.end()
    return approved


def _fen_or_none(fields: Fields, name: str) -> int | None:
    return None if fields.is_null(name) else fields.whole(name)
