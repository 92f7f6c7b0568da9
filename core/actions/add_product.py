"""新增商品: a product whose barcode nobody knew, added without leaving the queue."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.actions.serve import is_card
from core.catalog.barcode import clean
from core.catalog.product import Product
from core.catalog.product_table import check_price, check_product_name
from core.changes import Changes
from core.errors import CardTaken, ProductTaken
from core.pricing.basket import Basket
from core.shop import Shop
from core.sync.fact import Fact
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.money import format_money
from core.values.payment_code import refuse_payment, refuse_payment_in


def add_product(
    shop: Shop,
    basket: Basket,
    *,
    code: str,
    name: str,
    price_fen: int,
    staff: Staff,
    is_prescription: bool = False,
) -> Counter:
    """Keep the product and put one into the basket.

    Raises ProductTaken, BadProductName, BadPrice; CardTaken, since a scan finds the member first;
    PaymentCode for what a customer pays with: not kept.
    """
    check_price(price_fen, format_money(price_fen))
    good_name, good_code = refuse_payment_in(check_product_name(name)), refuse_payment(clean(code))
    with shop.store.write() as tx:
        allow(tx, staff, Right.ADD_PRODUCT, now_us=shop.clock.now_us())
        if tx.products.by_code(good_code) is not None:
            raise ProductTaken(good_code)
        if is_card(tx, good_code):
            raise CardTaken(good_code)
        product = Product(
            shop.new_id(), good_code, good_name, price_fen, is_prescription=is_prescription
        )
        tx.products.add(product)
        moment = shop.moment(tx)
        tx.audit.note(
            "product_added",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=good_code,
            detail=str(price_fen),
        )
        body = {"product": asdict(product), "staff_no": staff.no}
        tx.outbox.append(
            Fact(shop.new_id(), "ProductAdded", moment.at_us, moment.business_on, body)
        )
        fuller = basket.add(product)
        counter = priced(tx, moment, fuller, changed_line=fuller.lines[-1].no)
    return replace(counter, changes=Changes.BASKET | Changes.PRODUCTS)
