"""1: a card becomes a full member view, against one look-up of one encrypted row."""

from __future__ import annotations

from itertools import cycle
from uuid import UUID

from benchmarks.homes import home_of, opened, some_of
from benchmarks.timing import Row, pair
from core.actions.scan import scan
from core.actions.staff import everybody
from core.pricing.basket import Basket
from storage.engine import connect
from storage.home import home_key
from storage.store import store_path

CARDS = 2000
TAIL_US = 500


def rows(size: int) -> list[Row]:
    """Cards at random, so that pages are read as at a counter and not from one warm place."""
    with opened(size) as (shop, store):
        cards = some_of(store, "card_no", CARDS)
        mine, least = cycle(cards), cycle(cards[CARDS // 2 :] + cards[: CARDS // 2])
        home = home_of(size)
        staff = everybody(shop)[0]
        raw = connect(store_path(home), home_key(home).key, is_reader=True)
        basket = Basket(UUID(int=1))
        sql = "SELECT id, name, phone, tier FROM members WHERE card_no = ?"
        try:
            ours, limit = pair(
                lambda: scan(shop, basket, next(mine), staff=staff),
                lambda: raw.execute(sql, (next(least),)).fetchone(),
                times=CARDS,
            )
        finally:
            raw.close()
    return [
        Row(1, f"scan → full member view, {size:,} members", limit.median_us, ours.median_us, 8,
            tail=ours.p99_us, most_tail=TAIL_US)
    ]  # fmt: skip
