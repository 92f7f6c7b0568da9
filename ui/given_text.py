"""退还积分 in words and in records: the points that come back, and until when they are good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.points.give_back import Given, GivenUntil, by_expiry
from core.sales.shortage import Shortage
from core.values.money import format_money
from ui.text import tr


def given_words(given: Iterable[Given]) -> list[str]:
    """ "退还积分 300，可用到 2027-12-31", once for each day."""
    return [_until(each) for each in by_expiry(given)]


def _until(given: GivenUntil) -> str:
    points = f"{given.points:,}"
    if given.expires_on is None:
        return tr("退还积分 {points}，不过期", points=points)
    on = given.expires_on.isoformat()
    return tr("退还积分 {points}，可用到 {on}", points=points, on=on)


def shortage_words(short: Shortage) -> list[str]:
    """What of the points has expired, and what is held back for those that are spent."""
    rows = []
    if gone := short.expired:
        rows.append(tr("另有 {points} 分已经到期，算已收回", points=f"{gone:,}"))
    if short.withheld_fen:
        withheld = format_money(short.withheld_fen)
        rows.append(tr("积分不够收回，从退款里扣 {withheld}", withheld=withheld))
    return rows


def given_record(given: Iterable[Given]) -> list[dict[str, Any]]:
    """Each day as plain JSON values."""
    return [
        {
            "points": each.points,
            "expires_on": None if each.expires_on is None else each.expires_on.isoformat(),
        }
        for each in by_expiry(given)
    ]
