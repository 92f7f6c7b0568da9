"""关优惠: the offers of a basket with what they save, and those switched off, in words."""

from __future__ import annotations

from msgspec import Struct

from core.actions.counter import Counter
from core.pricing.adjustment import Adjustment, Lost, Stage
from core.values.money import format_money
from ui.text import tr
from ui.why_state import offer_name
from ui.widgets.choices import Choice

# What no rule of the shop gave: by hand, points as money, what cash is rounded by.
_NO_OFFER = (
    Stage.PRICE_BY_HAND,
    Stage.LINE_BY_HAND,
    Stage.BASKET_BY_HAND,
    Stage.POINTS,
    Stage.CASH_ROUNDING,
)


class Switch(Struct, frozen=True):
    """A row: an offer by its id, on or off."""

    offer: str
    is_on: bool


class OfferState(Struct, frozen=True):
    """What can be switched, and the rulebook's reasons for it."""

    rows: tuple[Choice, ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, counter: Counter) -> OfferState:
        """Those that are used first, then those that are off."""
        made: dict[str, list[Adjustment]] = {}
        for each in counter.quote.adjustments:
            if each.stage not in _NO_OFFER:
                made.setdefault(each.offer, []).append(each)
        used = [_used(offer, some) for offer, some in made.items()]
        return cls((*used, *_off(counter)), counter.rulebook.by_hand.reasons)


def _used(offer: str, made: list[Adjustment]) -> Choice:
    off_fen = sum(each.amount_fen for each in made)
    return Choice(
        key=Switch(offer, is_on=True),
        text=offer_name(made[0]),
        sub=tr("用上了，{count} 行", count=len({each.line for each in made})),
        right=format_money(-off_fen) if off_fen else tr("积分"),
        icon="offer",
    )


def _off(counter: Counter) -> list[Choice]:
    names = {
        each.offer: each.label or each.offer
        for each in counter.quote.rejected
        if each.lost is Lost.SWITCHED_OFF
    }
    return [
        Choice(
            key=Switch(off.offer, is_on=False),
            text=names.get(off.offer, off.offer),
            sub=tr("已关闭：{reason}", reason=off.reason),
            icon="close",
        )
        for off in counter.basket.off
    ]
