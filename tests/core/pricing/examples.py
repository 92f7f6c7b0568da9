"""Products, baskets and rulebooks as short as a rule needs them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from core.catalog.product import Product
from core.members.member import Standing
from core.pricing.basket import Basket
from core.pricing.quote import Quote, quote
from core.pricing.tender import Tender, TenderKind
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment
from core.values.quantity import parse_quantity

SHIPPED = Path(__file__).parents[3] / "resources" / "rulebooks" / "pharmacy.json"
PHARMACY = rulebook_of(json.loads(SHIPPED.read_text(encoding="utf-8")))
NOW = Moment(1_795_501_920_000_000, date(2026, 11, 24))


def product(code: str, price_fen: int, **facts: object) -> Product:
    """A product whose id follows from its code."""
    return replace(
        Product(UUID(int=sum(map(ord, code))), code, f"商品{code}", price_fen),
        **facts,
    )


def basket(*lines: Product | tuple[Product, str]) -> Basket:
    """A basket of products, each alone or with its quantity as text."""
    made = Basket(UUID(int=99))
    for line in lines:
        goods, quantity = line if isinstance(line, tuple) else (line, "1")
        made = made.add(goods, parse_quantity(quantity))
    return made


def a_member(tier: str) -> Standing:
    """Somebody of a tier."""
    return Standing(UUID(int=7), tier)


def priced(
    goods: Basket, tier: str | None = None, book: Rulebook = PHARMACY, **tenders: int
) -> Quote:
    """The quote for a member of a tier, or nobody, with tenders by kind in fen."""
    paid = goods.with_tenders(tuple(Tender(TenderKind(kind), fen) for kind, fen in tenders.items()))
    return quote(paid, a_member(tier) if tier else None, book, NOW)


def payables(made: Quote) -> list[int]:
    """Fen of each line, in order of scanning."""
    return [line.payable_fen for line in made.lines]


def taken_off(made: Quote) -> list[tuple[str, int, int]]:
    """(stage, line, fen) of each adjustment."""
    return [(each.stage.value, each.line, each.amount_fen) for each in made.adjustments]


def losers(made: Quote) -> list[tuple[str, int, str, int]]:
    """(offer, line, why, dearer) of each offer that was not used."""
    return [(each.offer, each.line, each.lost.value, each.dearer_fen) for each in made.rejected]
