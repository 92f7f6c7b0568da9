"""手里的券: the coupons that a member holds, and what each would save on this basket.

They are theirs to keep: one is used only where somebody says so, by scanning or pressing it.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions.asked import Told
from core.members.member import MemberFile
from core.ports import Reading
from core.pricing.basket import Basket, Presented
from core.pricing.quote import quote
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment

MOST_TRIED = 6
"""Further ones are held too, but not tried: each is a quote of its own."""


class HeldCoupon(Struct, frozen=True):
    """One of a member; `saves_fen` is how much less the basket costs with it than without."""

    code: str
    offer: str
    name: str
    ends_on: date | None
    saves_fen: int = 0
    is_presented: bool = False


def held_coupons(
    reading: Reading,
    basket: Basket,
    file: MemberFile | None,
    told: Told,
    rulebook: Rulebook,
    moment: Moment,
) -> tuple[HeldCoupon, ...]:
    """Those that can be used today, the ones that end first first."""

    def payable(coupons: tuple[Presented, ...]) -> int:
        tried = replace(basket, coupons=coupons)
        return quote(tried, told.standing, rulebook, moment, told.uses).payable_fen

    if file is None or not rulebook.single_use:
        return ()
    codes = reading.coupon_codes.held(file.member.id, moment.business_on)
    whose, shown = file.member.id, {each.code for each in basket.coupons}
    found: list[HeldCoupon] = []
    for code in codes:
        offer = rulebook.single_use.get(code.offer)
        if offer is None:
            continue
        others = tuple(each for each in basket.coupons if each.offer != offer.id)
        saves = 0
        if not basket.is_empty and len(found) < MOST_TRIED:
            with_it = (*others, Presented(code.code, offer.id, whose))
            saves = payable(others) - payable(with_it)
        held = HeldCoupon(code.code, offer.id, offer.name, code.ends_on)
        found.append(replace(held, saves_fen=max(0, saves), is_presented=code.code in shown))
    return tuple(found)
