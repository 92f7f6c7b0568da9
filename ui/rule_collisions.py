"""撞期的句子: which other offers are on at the same time, and what becomes of both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.rulebook.collisions import AHEAD, Clash, Collision, collisions
from core.rulebook.offers import Offer
from ui.text import tr

MOST = 3
BECOMES = {
    Clash.GROUP: "同一组，每单只用一个",
    Clash.EXCLUSIVE: "用了一个就不用另一个",
    Clash.BETTER: "每件商品只取更便宜的一个",
    Clash.BOTH: "两个会一起用",
}


def collision_words(offer: Offer, offers: Iterable[Offer], on: date) -> str:
    """“和‘周末 95 折’撞期 2 天，从 2026-11-28 起：…”; "" where it meets no other."""
    found = collisions(offer, offers, on)
    told = [_words(each) for each in found[:MOST]]
    if len(found) > MOST:
        told.append(tr("另外还和 {count} 条撞期", count=len(found) - MOST))
    return tr("；").join(told)


def _words(each: Collision) -> str:
    becomes = tr(BECOMES[each.clash])
    if each.days >= AHEAD:
        return tr("和“{name}”天天一起：{becomes}", name=each.other, becomes=becomes)
    return tr(
        "和“{name}”撞期 {days} 天，从 {first} 起：{becomes}",
        name=each.other,
        days=each.days,
        first=each.first.isoformat(),
        becomes=becomes,
    )
