"""等级: how one becomes 银卡 or 金卡, how one stays, and what it gives (domain.md 4)."""

from __future__ import annotations

from msgspec import Struct

from core.values.rate import FULL

SPEND, POINTS, SCORE, PAID, GRANTED = "spend", "points", "score", "paid", "granted"
KINDS = (SPEND, POINTS, SCORE, PAID, GRANTED)
MEASURED = (SPEND, POINTS, SCORE)
"""Kinds in which figures give a tier; in the others only a card or a person does."""
ROLLING, CALENDAR = "rolling", "calendar"
POINTS_BASE, PAYABLE = "points_base", "payable"


class Benefit(Struct, frozen=True):
    """权益: what a tier gives beside prices. `count` times `per` month, quarter or year.

    Without a count it is only named, as 优先服务 is. `offer` is the id of the offer that gives it,
    where it is one: then pricing does it, and nobody counts here.
    """

    code: str
    name: str
    count: int = 0
    per: str = ""
    offer: str = ""


class TierCard(Struct, frozen=True):
    """付费卡: the code of the product that is the card, and its term; renewed by another one."""

    product: str
    months: int = 12


class Tier(Struct, frozen=True):
    """One tier: from which figure on, its percentage, its multiplier and its benefits.

    `least` is fen, points or score by the kind of its scheme; None where no figure gives it, but
    its card, or a person.
    """

    code: str
    name: str
    least: int | None = None
    discount_bp: int = FULL
    multiplier_bp: int = FULL
    card: TierCard | None = None
    benefits: tuple[Benefit, ...] = ()


class Bands(Struct, frozen=True):
    """评分: what recency, frequency and money score, each the best of its bands.

    `money` from so many fen, `purchases` from so many, highest first; `recency` within so many
    months, shortest first, None for longer ago than all of them.
    """

    money: tuple[tuple[int, int], ...]
    purchases: tuple[tuple[int, int], ...]
    recency: tuple[tuple[int | None, int], ...]


class TierScheme(Struct, frozen=True):
    """等级方案: tiers, lowest first, and how one gets in and stays.

    What counts lies within `window_months` before today, or, with `window` "calendar", within the
    calendar year. `counts` is "points_base" (neither prescriptions nor insurance), or "payable".
    A tier falls `grace_days` after its period has ended.
    """

    tiers: tuple[Tier, ...]
    window_months: int = 12
    kind: str = SPEND
    window: str = ROLLING
    counts: str = POINTS_BASE
    grace_days: int = 30
    bands: Bands | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the spend that stands on a member's file is all it takes."""
        return self.kind not in (POINTS, SCORE) and self.counts == POINTS_BASE

    @property
    def cards(self) -> dict[str, Tier]:
        """付费卡: the tier that each product gives."""
        return {tier.card.product: tier for tier in self.tiers if tier.card is not None}

    def tier(self, code: str) -> Tier:
        """The tier of this code; the lowest where the rulebook no longer knows it."""
        return next((tier for tier in self.tiers if tier.code == code), self.tiers[0])

    def named(self, text: str) -> Tier | None:
        """The tier a person means by its name or code, as in an import's 等级 column."""
        wanted = text.strip().casefold()
        matches = (t for t in self.tiers if wanted in (t.name.casefold(), t.code.casefold()))
        return next(matches, None)

    def rank(self, code: str) -> int:
        """Place in the order of tiers, 0 the lowest."""
        return self.tiers.index(self.tier(code))

    def benefits(self, code: str) -> tuple[Benefit, ...]:
        """What a tier gives: its own, and of those below it what it does not say itself."""
        given: dict[str, Benefit] = {}
        for tier in self.tiers[: self.rank(code) + 1]:
            given |= {benefit.code: benefit for benefit in tier.benefits}
        return tuple(given.values())
