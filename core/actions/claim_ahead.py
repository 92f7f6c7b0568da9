"""收款前占用: what a basket may have only once in the whole chain is asked for before it is paid.

Its coupons that are used once, and what comes back in exchange. Whatever else than another till
stands in the way, it is paid all the same, as far as this till may; what comes of it twice is a
case.
"""

from __future__ import annotations

from core.actions.claim_coupons import claim_coupons, codes_wanted
from core.actions.return_elsewhere import claim_exchange
from core.errors import (
    ClaimDiffers,
    ClaimLate,
    CouponElsewhere,
    CouponUsed,
    CouponWithdrawn,
    LineElsewhere,
    SaleIsVoid,
    SaleReturned,
)
from core.ports.central import Central
from core.pricing.basket import Basket
from core.shop import Shop

OTHERS_WERE_FIRST = (
    *(LineElsewhere, SaleIsVoid, SaleReturned, ClaimDiffers, ClaimLate),
    *(CouponUsed, CouponElsewhere, CouponWithdrawn),
)
"""What stops a payment, a return or a void of this till; a line that is away, or a chain that does
not want this till any more, does not."""


def asks_ahead(shop: Shop, basket: Basket) -> bool:
    """Whether there is anything to ask for; a till without a chain asks nobody."""
    with shop.store.read() as reading:
        is_in_chain = reading.links.get() is not None
    return is_in_chain and (basket.exchange is not None or bool(codes_wanted(shop, basket)))


def claim_ahead(shop: Shop, central: Central, token: str, basket: Basket) -> None:
    """Raises what OTHERS_WERE_FIRST has, and what speaking with the server does."""
    claim_exchange(shop, central, token, basket)
    claim_coupons(shop, central, token, basket)
