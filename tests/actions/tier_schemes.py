"""等级方案 for tests: small ones of each kind, and a till that has one of them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from core.actions.counter import choose_member, new_basket
from core.members.member import MemberFile
from core.rulebook.schemes import Bands, Benefit, Tier, TierCard, TierScheme
from core.shop import Shop

CALCIUM, MASKS = "6901234567816", "6901234567847"
SPEND = TierScheme(
    (Tier("normal", "普通", 0), Tier("silver", "银卡", 1_000_00), Tier("gold", "金卡", 5_000_00))
)
POINTS = TierScheme(
    (Tier("normal", "普通", 0), Tier("silver", "银卡", 1_000), Tier("gold", "金卡", 5_000)),
    kind="points",
)
SCORE = TierScheme(
    (Tier("normal", "普通", 0), Tier("silver", "银卡", 11), Tier("gold", "金卡", 14)),
    kind="score",
    bands=Bands(
        money=((5_000_00, 5), (1_000_00, 4), (0, 2)),
        purchases=((5, 5), (3, 4), (1, 3)),
        recency=((3, 5), (6, 4), (12, 3), (None, 2)),
    ),
)
MAIL = Benefit("mail", "免邮卡", 1, "quarter")
FIRST = Benefit("first", "优先服务")
# The masks of the stories stand for the card: 29.90 for a year of silver.
PAID = TierScheme(
    (
        Tier("normal", "普通", 0),
        Tier("silver", "银卡", card=TierCard(MASKS), discount_bp=9800, benefits=(MAIL,)),
        Tier("gold", "金卡", 5_000_00, discount_bp=9500, benefits=(FIRST,)),
    )
)


def with_scheme(shop: Shop, scheme: TierScheme, **rest: Any) -> None:
    """Let a rulebook with this scheme hold."""
    with shop.store.write() as tx:
        book = tx.rulebooks.current()
        tx.rulebooks.add(replace(book, version=book.version + 1, scheme=scheme, **rest))


def seen(shop: Shop, card: str) -> MemberFile:
    """A member as the counter shows them."""
    with shop.store.read() as reading:
        member = reading.members.by_card(card)
    assert member is not None
    file = choose_member(shop, new_basket(shop).basket, member.id).file
    assert file is not None
    return file


def tier_of(shop: Shop, card: str) -> str:
    """The tier that holds."""
    return seen(shop, card).member.tier
