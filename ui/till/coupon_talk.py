"""券的通知: what a scan did with a coupon, above the summary of the counter."""

from __future__ import annotations

from collections.abc import Callable

from core.actions.counter import Counter
from ui.devices import sound
from ui.till.keys import GIFTS
from ui.till.notices import Notices
from ui.till.standing import Sentence


def tell_coupon(
    notices: Notices, tell: Callable[[Sentence], None], before: Counter | None, counter: Counter
) -> None:
    """A sign where it was used; else why not, which `tell` says until something else works."""
    if before is None or before.basket.sale_id != counter.basket.sale_id:
        return
    was = before.basket
    if was.coupons == counter.basket.coupons:
        return
    from ui.coupon_text import coupon_said

    said = coupon_said(was, counter, gifts=GIFTS)
    if said is not None and said.is_used:
        notices.say_done(said.text, icon="coupon")
    elif said is not None:
        sound.play_error()
        tell(lambda: said.text)
