"""19: recorded sales priced anew under a draft, against the quote of one line each.

The draft is the shipped supermarket with its deals and thresholds; the sales are baskets of one to
eight lines. Ours is the whole of it in several processes: parse the event, price it, add it up.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from benchmarks.pricing import basket_of_twenty, shipped_rulebook
from benchmarks.timing import Row, timed
from core.members.member import Standing
from core.points.liability import PointsRate
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.sales.preview import Preview, Recorded
from core.values.moment import Moment
from storage.preview import AT_ONCE, priced
from storage.rulebook_file import load_rulebook

DRAFT = Path(__file__).parents[1] / "resources" / "rulebooks" / "supermarket.toml"
SALES, SEED = 20_000, 20261126
MOST_US = 500.0  # 2,000 sales a second
MOMENT = Moment(0, date(2026, 11, 24))


def rows() -> list[Row]:
    """Time of one sale, and the same as a ratio to the quote of one line."""
    parts, draft = list(_parts()), load_rulebook(DRAFT)
    total = sum(len(part) for part in parts)
    preview = Preview(PointsRate.of(draft))
    begun = time.perf_counter()
    for found in priced(parts, draft, total=total):
        for each in found:
            preview.add(each)
    ours = (time.perf_counter() - begun) * 1e6 / total
    assert preview.all.sales == total, "every sale can be read"
    twenty = basket_of_twenty()
    one = replace(twenty, lines=twenty.lines[:1], member_id=None)
    least = timed(lambda: quote(one, None, draft, MOMENT), times=2000).median_us
    return [
        Row(19, f"preview of a sale ({1e6 / ours:,.0f} a second)", MOST_US, ours, 1),
        Row(19, "preview of a sale in quotes of one line", least, ours, 25),
    ]


def _parts() -> Iterator[list[Recorded]]:
    dice, book = random.Random(SEED), shipped_rulebook()
    gold, twenty = Standing(UUID(int=2), "gold"), basket_of_twenty()
    part: list[Recorded] = []
    for number in range(SALES):
        lines = tuple(dice.sample(twenty.lines, dice.randint(1, 8)))
        standing = gold if dice.random() < 0.5 else None
        basket: Basket = replace(
            twenty, lines=lines, member_id=None if standing is None else standing.member_id
        )
        was = quote(basket, standing, book, MOMENT)
        body = pricing_record(basket, standing, book, MOMENT)
        body |= {"no": f"S01-T1-{number:06d}", "payable_fen": was.payable_fen, "points": was.points}
        part.append((json.dumps({"body": body}).encode(), ()))
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
