"""Counters to pay for, and sales, priced by the real rules of the shipped rulebook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from core.actions.counter import Counter
from core.actions.settle import stored
from core.catalog.product import Product
from core.members.member import Member, MemberFile
from core.members.tiers import tier_after
from core.ports import StoredSale
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.pricing.tender import Tender, TenderKind
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.sales.sale import Sale
from core.sales.sale_receipt import make_receipt
from core.values.moment import Moment

SHIPPED = Path(__file__).parents[3] / "resources" / "rulebooks" / "pharmacy.json"
MOMENT = Moment(1_795_501_920_000_000, date(2026, 11, 24))
TILL = "S01-T2-000123"


def rulebook(*, rounding_fen: int = 0, insurance_pays: str = "all") -> Rulebook:
    record = json.loads(SHIPPED.read_text(encoding="utf-8"))
    record["cash_rounding_fen"] = rounding_fen
    for tender in record["tenders"]:
        if tender["kind"] == "insurance":
            tender["pays"] = insurance_pays
    return rulebook_of(record)


def member(tier: str = "gold", *, points: int = 12_480, spend_fen: int = 820_460) -> MemberFile:
    person = Member(UUID(int=7), "900102000012", "李小华", tier, date(2024, 1, 1), "+8613812345678")
    return MemberFile(person, points, spend_fen)


def basket(*prices_fen: int, prescription_fen: int = 0) -> Basket:
    made = Basket(UUID(int=1))
    for at, fen in enumerate(prices_fen, 1):
        made = made.add(Product(UUID(int=100 + at), f"69000000000{at}", f"商品{at}", fen))
    if prescription_fen:
        cure = Product(
            UUID(int=99), "6901", "阿托伐他汀钙片", prescription_fen, is_prescription=True
        )
        made = made.add(cure)
    return made


def counter(
    made: Basket,
    *paid: tuple[TenderKind, int],
    file: MemberFile | None = None,
    rules: Rulebook | None = None,
) -> Counter:
    """The counter after these tenders were recorded."""
    rules = rules or rulebook()
    made = made.with_tenders(tuple(Tender(kind, fen) for kind, fen in paid))
    if file is not None:
        made = made.with_member(file.member.id)
    return Counter(
        basket=made,
        quote=quote(made, file.standing if file else None, rules, MOMENT),
        file=file,
        tier=rules.scheme.tier(file.member.tier) if file else None,
        rulebook=rules,
        business_on=MOMENT.business_on,
    )


def settled(paid: Counter) -> StoredSale:
    """The sale of a counter whose tenders cover it, as the store would give it back."""
    file, quoted, scheme = paid.file, paid.quote, paid.rulebook.scheme
    after = tier_after(scheme, file.member.tier, file.spend_fen + quoted.spend_fen) if file else ""
    sale = Sale(
        no=TILL,
        number=123,
        basket=paid.basket,
        standing=file.standing if file else None,
        quote=quoted,
        rulebook_version=paid.rulebook.version,
        currency=paid.rulebook.currency,
        moment=MOMENT,
        staff_no=1,
        points_balance=file.points - quoted.points_spent + quoted.points if file else 0,
        tier_after=after,
    )
    is_upgrade = file is not None and after != file.member.tier
    receipt = make_receipt(
        sale,
        store_name="中山路店",
        till_no=2,
        tier_name=scheme.tier(file.member.tier).name if file else "",
        upgraded_to=scheme.tier(after).name if is_upgrade else None,
        member=file.member if file else None,
        local_time="2026-11-24 14:32",
    )
    return stored(sale, receipt)


def with_change(made: Basket, handed_fen: int, file: MemberFile | None = None) -> StoredSale:
    """A sale for cash, with what was handed over."""
    return settled(counter(made, (TenderKind.CASH, handed_fen), file=file))


def richer(file: MemberFile, points: int) -> MemberFile:
    return replace(file, points=points)
