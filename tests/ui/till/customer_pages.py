"""The customer's window, for the album."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.catalog.product import Product
from core.pricing.basket import Basket
from core.pricing.tender import TenderKind
from tests.ui.till import baskets
from ui.customer.state import CustomerState
from ui.customer.window import CustomerWindow
from ui.look import Look

Draw = Callable[[Look, QWidget], QWidget | None]
LINK = "https://shuke.example/m/S01?b=2026-11"

GOODS = (
    Product(UUID(int=21), "21", "维生素C咀嚼片", 3_900, "60片", "盒", member_price_fen=3_700),
    Product(UUID(int=22), "22", "碳酸钙D3片", 6_800, "60片", "盒"),
    Product(UUID(int=23), "23", "感冒灵颗粒", 1_580, "10克×9袋", "盒"),
    Product(UUID(int=24), "24", "阿托伐他汀钙片", 4_260, "20mg", "盒", is_prescription=True),
    Product(UUID(int=25), "25", "枸杞子（散装）", 9_600, "", "kg", is_weighed=True),
    Product(UUID(int=26), "26", "医用外科口罩", 2_990, "50只", "盒"),
)


def shopping(*, more: int = 0) -> Basket:
    basket = Basket(UUID(int=1))
    for product in GOODS:
        milli = 375 if product.is_weighed else 2_000 if product.price_fen < 4_000 else 1_000
        basket = basket.add(product, milli)
    for at in range(more):
        name = f"藿香正气口服液（浓缩型）加强装家庭用 {at + 1} 号"
        basket = basket.add(Product(UUID(int=50 + at), f"5{at}", name, 123_456))
    return basket


def _window(
    look: Look, state: CustomerState, *, link: str = LINK, store: str = "中山路店"
) -> CustomerWindow:
    made = CustomerWindow(look)
    made.show_place(store, "14:32")
    made.due.show_link(link, "扫码看电子小票，查积分、查券")
    made.show_state(state)
    return made


def customer_member(look: Look, _window_: QWidget) -> QWidget:
    counter = baskets.counter(shopping(), file=baskets.member())
    return _window(look, CustomerState.of(replace(counter, changed_line=3)))


def customer_nobody(look: Look, _window_: QWidget) -> QWidget:
    return _window(look, CustomerState.of(baskets.counter(shopping())), link="")


def customer_long(look: Look, _window_: QWidget) -> QWidget:
    """Forty lines, a large sum, a part of it paid, a long name of the shop."""
    counter = baskets.counter(
        shopping(more=34),
        (TenderKind.WECHAT, 1_000_000),
        file=baskets.member(points=-1_240),
    )
    state = CustomerState.of(replace(counter, changed_line=40))
    return _window(look, state, store="西双版纳傣族自治州景洪市民族医药大药房曼听公园店")


def customer_change(look: Look, _window_: QWidget) -> QWidget:
    counter = baskets.counter(shopping(), (TenderKind.CASH, 50_000), file=baskets.member())
    return _window(look, CustomerState.of(counter, baskets.settled(counter)))


def customer_paid(look: Look, _window_: QWidget) -> QWidget:
    counter = baskets.counter(shopping())
    fen = counter.quote.payable_fen
    paid = baskets.counter(shopping(), (TenderKind.WECHAT, fen))
    return _window(look, CustomerState.of(paid, baskets.settled(paid)))


def customer_idle(look: Look, _window_: QWidget) -> QWidget:
    return _window(look, CustomerState.of(None))


PAGES: tuple[Draw, ...] = (
    customer_member,
    customer_nobody,
    customer_long,
    customer_change,
    customer_paid,
    customer_idle,
)
