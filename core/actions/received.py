"""收到的: what a till has taken of head office, what is to come, and what it could not use."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from core import errors
from core.errors import ChangeUnread, Shortfall
from core.ports.feed import Aside
from core.shop import Shop
from core.sync.feed import PRODUCT


class Begins(Struct, frozen=True):
    """A rulebook of head office, or so many prices, and the day from which they hold."""

    number: int
    on: date


class Received(Struct, frozen=True):
    """`rulebook` is the version that holds, from when where it is one of head office.

    `prices_us`: when the last prices came. `next_rulebook`, `next_prices`: what is to come.
    `left`: why the newest thing that lies aside cannot be used; `left_count`: how many there are.
    """

    store_name: str
    rulebook: int
    rulebook_since: date | None = None
    next_rulebook: Begins | None = None
    prices_us: int | None = None
    next_prices: Begins | None = None
    left: Shortfall | None = None
    left_count: int = 0


def look_at_received(shop: Shop) -> Received:
    """How it is now."""
    with shop.store.read() as reading:
        today, version = shop.moment(reading).business_on, reading.rulebooks.current().version
        planned = reading.rulebooks.planned()
        later = [Begins(each, on) for each, on in planned if on > today and each != version]
        prices = [taken.at_us for taken in reading.feed.taken() if taken.topic == PRODUCT]
        waiting, aside = reading.plans.waiting(), reading.feed.aside()
        return Received(
            store_name=reading.till.store_name,
            rulebook=version,
            rulebook_since=dict(planned).get(version),
            next_rulebook=later[0] if later else None,
            prices_us=prices[0] if prices else None,
            next_prices=Begins(*waiting) if waiting else None,
            left=_error_of(aside[0]) if aside else None,
            left_count=len(aside),
        )


def _error_of(aside: Aside) -> Shortfall:
    """What another version of this program laid aside may be an error that is no more."""
    kind, facts = getattr(errors, aside.error, ChangeUnread), msgspec.json.decode(aside.facts)
    if not issubclass(kind, Shortfall) or facts.keys() != kind.facts.keys():
        return ChangeUnread(aside.topic, aside.about)
    return kind(**facts)
