"""先放着: what head office issued and this till cannot use is kept, told here and told there."""

from __future__ import annotations

from core.errors import Shortfall
from core.ports import Writing
from core.ports.feed import aside_of
from core.shop import Shop
from core.sync.fact import Fact
from core.sync.feed import LEFT
from core.values.moment import Moment


def lay_aside(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    error: Shortfall,
    *,
    topic: str,
    about: str,
    value: bytes = b"",
) -> None:
    """It lies there until something of its topic can be used; head office hears of it once."""
    known = {(each.topic, each.about): each.error for each in tx.feed.aside()}
    aside = aside_of(topic, about, error, value, moment.at_us)
    tx.feed.lay_aside(aside)
    if known.get((topic, about)) == aside.error:
        return
    body = {"topic": topic, "about": about, "error": aside.error}
    tx.outbox.append(Fact(shop.new_id(), LEFT, moment.at_us, moment.business_on, body))
    detail = f"{topic} {about} {aside.error}"
    tx.audit.note("change_left", at_us=moment.at_us, staff_no=0, detail=detail)
