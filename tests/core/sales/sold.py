"""Sales as the counter makes them: real baskets, priced by the shipped rulebook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from core.catalog.product import Product
from core.members.member import Member, Standing
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.pricing.quote import quote
from core.pricing.tender import Tender, TenderKind
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer
from core.rulebook.parse import rulebook_of
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rulebook import Rulebook
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import ExpiryLine, Heading, Receipt
from core.sales.return_receipt import make_return_receipt
from core.sales.returns import Return, SoldLine, refund
from core.sales.sale import Sale
from core.sales.sale_receipt import make_receipt
from core.sales.shortage import Shortage, hold_back
from core.sales.void import SaleFacts, Void, money_back
from core.sales.void_receipt import make_void_receipt
from core.values.moment import Moment

SHIPPED = Path(__file__).parents[3] / "resources" / "rulebooks" / "pharmacy.json"
PHARMACY = rulebook_of(json.loads(SHIPPED.read_text(encoding="utf-8")))
ROUNDED = replace(PHARMACY, cash_rounding_fen=10)
NOON = Moment(1_795_502_000_000_000, date(2026, 11, 24))
SALE_ID = UUID("019ab000-0000-7000-8000-000000000001")


def product(no: int, name: str, price_fen: int, **facts: object) -> Product:
    return Product(UUID(int=no), f"690000000000{no}", name, price_fen, **facts)  # type: ignore[arg-type]


VITAMIN = product(1, "维生素C片", 39_00, spec="100片", unit="盒", member_price_fen=37_00)
AMOXICILLIN = product(2, "阿莫西林胶囊", 18_50, spec="0.25g×24粒", unit="盒", is_prescription=True)
DANSHEN = product(3, "复方丹参滴丸（薄膜滴丸）27mg×180丸", 68_00, unit="瓶")
WOLFBERRY = product(4, "枸杞子", 128_00, unit="kg", is_weighed=True)
MASK = product(5, "医用外科口罩", 9_99, spec="10只", unit="袋")
LI = Member(UUID(int=9), "6600012345678", "李小华", "gold", date(2024, 1, 1), "+8613812345678")
CHEN = Member(UUID(int=8), "66001", "𠮷野·热合曼", "normal", date(2024, 1, 1))


def sold(
    *items: tuple[Product, int],
    tenders: tuple[tuple[TenderKind, int], ...],
    member: Member | None = None,
    rulebook: Rulebook = PHARMACY,
    balance: int = 0,
    tier_after: str | None = None,
) -> Sale:
    basket = Basket(SALE_ID)
    for thing, milli in items:
        basket = basket.add(thing, milli)
    return sold_basket(
        basket,
        tenders=tenders,
        member=member,
        rulebook=rulebook,
        balance=balance,
        tier_after=tier_after,
    )


def sold_basket(
    basket: Basket,
    *,
    tenders: tuple[tuple[TenderKind, int], ...],
    member: Member | None = None,
    rulebook: Rulebook = PHARMACY,
    balance: int = 0,
    points: int = 0,
    tier_after: str | None = None,
) -> Sale:
    basket = basket.with_tenders(tuple(Tender(kind, fen) for kind, fen in tenders))
    standing = None
    if member is not None:
        basket = basket.with_member(member.id).with_points(points)
        standing = Standing(member.id, member.tier, points)
    return Sale(
        no="S01-T2-000123",
        number=123,
        basket=basket,
        standing=standing,
        quote=quote(basket, standing, rulebook, NOON),
        rulebook_version=rulebook.version,
        currency=rulebook.currency,
        moment=NOON,
        staff_no=3,
        points_balance=balance,
        tier_after=tier_after or (member.tier if member else ""),
    )


def receipt_of_sale(
    sale: Sale, member: Member | None = None, expiry: ExpiryLine | None = None
) -> Receipt:
    scheme = PHARMACY.scheme
    upgraded = member is not None and sale.tier_after != member.tier
    return make_receipt(
        sale,
        store_name="中山路店",
        till_no=2,
        tier_name=scheme.tier(member.tier).name if member else "",
        upgraded_to=scheme.tier(sale.tier_after).name if upgraded else None,
        member=member,
        local_time="2026-11-24 14:32",
        expiry=expiry,
    )


def a_stranger_buys_a_box() -> Receipt:
    return receipt_of_sale(sold((MASK, 1000), tenders=((TenderKind.WECHAT, 9_99),)))


def sold_to_gold_card() -> Sale:
    return sold(
        (VITAMIN, 2000),
        (AMOXICILLIN, 1000),
        (DANSHEN, 1000),
        (WOLFBERRY, 375),
        member=LI,
        tenders=((TenderKind.INSURANCE, 18_50), (TenderKind.CASH, 200_00)),
        balance=12_480,
        tier_after="diamond",
    )


def gold_card_with_everything() -> Receipt:
    return receipt_of_sale(sold_to_gold_card(), LI)


def rounded_down_in_cash() -> Receipt:
    sale = sold((MASK, 3000), tenders=((TenderKind.CASH, 50_00),), rulebook=ROUNDED)
    return receipt_of_sale(sale)


def six_digits_for_a_rare_name() -> Receipt:
    dear = product(
        6, "野山参\u001bp\x00礼盒 GIFT-BOX-EXTRA-LONG-NAME 龙凤呈祥特别珍藏版", 123_456_78
    )
    sale = sold((dear, 9000), tenders=((TenderKind.CARD, 1_111_111_02),), member=CHEN, balance=-5)
    return receipt_of_sale(sale, CHEN)


def given_by_hand() -> Receipt:
    """改价 on one line, 减 on another, 95折 on all; a price tag that was too low on the third."""
    basket = Basket(SALE_ID).add(VITAMIN, 2000).add(DANSHEN).add(MASK, 3000)
    basket = basket.with_by_hand(1, PriceByHand(35_00, "临期", 3))
    basket = basket.with_by_hand(2, DiscountByHand("破损", 3, amount_fen=5_00))
    basket = basket.with_by_hand(3, PriceByHand(10_99, "价签错误", 3))
    basket = basket.with_discount(DiscountByHand("老顾客", 3, rate_bp=9500))
    return receipt_of_sale(sold_basket(basket, tenders=((TenderKind.CASH, 200_00),)))


def facts_of(sale: Sale) -> SaleFacts:
    return SaleFacts(
        sale_id=sale.basket.sale_id,
        no=sale.no,
        day_id=UUID(int=1),
        member_id=sale.basket.member_id,
        at_us=sale.moment.at_us,
        business_on=date(2026, 11, 24),
        payable_fen=sale.quote.payable_fen,
        change_fen=sale.change_fen,
        spend_fen=sale.quote.spend_fen,
        points=sale.quote.points,
        tenders=sale.basket.tenders,
        rulebook_version=1,
    )


def lines_of(sale: Sale) -> list[SoldLine]:
    products = {line.no: line.product for line in sale.basket.lines}
    return [
        SoldLine(
            no=line.no,
            code=line.code,
            name=products[line.no].name,
            spec=products[line.no].spec,
            unit=products[line.no].unit,
            category="",
            is_prescription=products[line.no].is_prescription,
            quantity_milli=line.quantity_milli,
            unit_price_fen=products[line.no].price_fen,
            list_fen=line.list_fen,
            payable_fen=line.payable_fen,
            spend_fen=line.spend_fen,
            points=line.points,
        )
        for line in sale.quote.lines
    ]


def partly_returned() -> Receipt:
    """One box and a little wolfberry of four lines, in cash; two points of it are spent."""
    sale = sold_to_gold_card()
    facts, lines = facts_of(sale), lines_of(sale)
    given = refund(lines, facts, PHARMACY, {1: 1000, 4: 125})
    told = Explanation(CounterReason.OTHER, "顾客嫌多")
    short = Shortage(2, 2, 2)
    made = Return(
        id=UUID(int=5),
        number=1,
        sale=facts,
        refund=given,
        back=hold_back(given.tenders, short.withheld_fen),
        shortage=short,
        day_id=UUID(int=1),
        shift_id=UUID(int=4),
        at_us=NOON.at_us,
        business_on=NOON.business_on,
        staff_no=3,
        approved_by=1,
        explanation=told,
        has_receipt=True,
    )
    return make_return_receipt(
        made,
        Heading("中山路店", 2),
        lines,
        member=LI,
        balance=0,
        tier_name="钻石卡",
        fallen_to="金卡",
        local_time="2026-11-25 09:12",
        sold_time="2026-11-24 14:32",
    )


def gift_and_add_on() -> Receipt:
    """Two boxes of vitamins: 74.00 give a bag of masks and a wolfberry tea at 5.00."""
    tea = product(9, "枸杞菊花茶", 12_00, spec="10包", unit="盒")
    offers = (
        GiftOffer(
            id="g", name="满 70 送口罩", steps=(GiftStep(Giving((MASK.code,)), from_fen=70_00),)
        ),
        GiftOffer(
            id="a",
            name="加 5 元换茶",
            steps=(GiftStep(Giving((tea.code,), 1, 5_00), from_fen=60_00),),
        ),
    )
    book = replace(PHARMACY, offers=(*PHARMACY.offers, *offers))
    basket = Basket(SALE_ID).add(VITAMIN, 2000).add(MASK, offer="g").add(tea, offer="a")
    sale = sold_basket(basket, tenders=((TenderKind.CASH, 79_00),), member=LI, rulebook=book)
    return receipt_of_sale(sale, LI)


def paid_with_points() -> Receipt:
    """1,000 points pay 10.00 of two boxes of vitamins; the pills are paid with money."""
    spend = SpendPolicy(fen=100, per_points=100, most_bp=5000)
    book = replace(ROUNDED, points=replace(ROUNDED.points, spend=spend))
    basket = Basket(SALE_ID).add(VITAMIN, 2000).add(AMOXICILLIN).add(MASK)
    sale = sold_basket(
        basket,
        tenders=((TenderKind.CASH, 100_00),),
        member=LI,
        rulebook=book,
        balance=11_590,
        points=1000,
    )
    return receipt_of_sale(sale, LI, ExpiryLine(480, "2027-03-31"))


def everything_voided() -> Receipt:
    sale = sold_to_gold_card()
    back = money_back(sale.basket.tenders, sale.change_fen)
    facts = facts_of(sale)
    told = Explanation(CounterReason.WRONG_PRODUCT, "拿错了一盒，顾客要的是小盒装")
    void = Void(UUID(int=3), facts, UUID(int=4), NOON.at_us, NOON.business_on, 3, 1, told)
    return make_void_receipt(
        void,
        receipt_of_sale(sale, LI),
        back,
        member=LI,
        balance=12_209,
        tier_name="钻石卡",
        fallen_to="金卡",
        local_time="2026-11-24 15:02",
        sold_time="2026-11-24 14:32",
    )


GOLDEN = {
    "given_by_hand": given_by_hand,
    "a_stranger_buys_a_box": a_stranger_buys_a_box,
    "gold_card_with_everything": gold_card_with_everything,
    "rounded_down_in_cash": rounded_down_in_cash,
    "gift_and_add_on": gift_and_add_on,
    "paid_with_points": paid_with_points,
    "everything_voided": everything_voided,
    "partly_returned": partly_returned,
    "six_digits_for_a_rare_name": six_digits_for_a_rare_name,
}
