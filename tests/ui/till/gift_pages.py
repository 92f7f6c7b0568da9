"""Pictures of gifts and add-ons: what is near, what may be chosen, what is not had any more."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.counter import Counter
from core.actions.gifts import Choice, NotHad
from core.catalog.product import Product
from core.pricing.basket import Basket
from core.pricing.stages.gift import NeverHad
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer
from tests.ui.till import baskets
from tests.ui.till.counter_pages import CALCIUM, GOJI, STATIN, VITAMIN, basket_of, counter_page
from tests.ui.till.crowd import LONG
from ui.look import Look
from ui.till.gift_state import gift_rows
from ui.till.gifts import GiftSheet
from ui.till.state import TillState

NEVER = (NotHad("满 100 送口罩", GOJI, NeverHad.WEIGHED),)
Draw = Callable[[Look, QWidget], QWidget | None]
MASKS = Product(UUID(int=61), "6901234567847", "医用外科口罩", 29_90, "50只/盒", "盒")
TISSUE = Product(UUID(int=62), "6901234567848", "抽纸", 5_00, "3层120抽", "包")
TONIC = Product(UUID(int=63), "6901234567849", "藿香正气水", 12_50, "10支/盒", "盒")
OFFERS = (
    GiftOffer(
        id="masks",
        name="满 100 送口罩",
        steps=(GiftStep(Giving((MASKS.code, TISSUE.code)), from_fen=100_00),),
    ),
    GiftOffer(
        id="tonic",
        name="满 60 加 5 元换购",
        steps=(GiftStep(Giving((TONIC.code,), 1, 5_00), from_fen=60_00),),
    ),
)


def _counter(made: Basket) -> Counter:
    rules = replace(baskets.rulebook(), offers=OFFERS)
    return baskets.counter(made, file=baskets.member("normal"), rules=rules)


def gift_offered(look: Look, window: QWidget) -> None:
    made = basket_of((CALCIUM, 1000), (VITAMIN, 1000), (STATIN, 1000))
    counter_page(look, window, TillState.of(_counter(made)))


def gift_near(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(_counter(basket_of((VITAMIN, 1000)))))


def gift_chosen(look: Look, window: QWidget) -> None:
    made = basket_of((CALCIUM, 1000), (VITAMIN, 1000))
    made = made.add(MASKS, offer="masks").add(TONIC, offer="tonic")
    counter_page(look, window, TillState.of(_counter(made)))


def gift_unmet(look: Look, window: QWidget) -> None:
    made = basket_of((CALCIUM, 1000)).add(MASKS, offer="masks")
    counter_page(look, window, TillState.of(_counter(made)))


def _sheet(look: Look, window: QWidget, made: Basket, *found: Choice) -> None:
    counter = _counter(made)
    counter_page(look, window, TillState.of(counter))
    GiftSheet(look, window).show_rows(
        gift_rows(counter, found, dict.fromkeys(counter.quote.unmet, 29_90), NEVER)
    )


def gifts(look: Look, window: QWidget) -> None:
    _sheet(
        look,
        window,
        basket_of((CALCIUM, 1000), (VITAMIN, 1000)),
        Choice("masks", "满 100 送口罩", MASKS, 0, 1),
        Choice("masks", "满 100 送口罩", TISSUE, 0, 1),
        Choice("tonic", LONG, replace(TONIC, name=LONG), 5_00, 2),
    )


def gifts_unmet(look: Look, window: QWidget) -> None:
    made = basket_of((CALCIUM, 1000)).add(MASKS, offer="masks")
    _sheet(look, window, made, Choice("tonic", "满 60 加 5 元换购", TONIC, 5_00, 1))


def gifts_none(look: Look, window: QWidget) -> None:
    _sheet(look, window, basket_of((VITAMIN, 1000)))


PAGES: tuple[Draw, ...] = (
    gift_offered,
    gift_near,
    gift_chosen,
    gift_unmet,
    gifts,
    gifts_unmet,
    gifts_none,
)
