"""这里: which till this is, and which business date it has now."""

from __future__ import annotations

from datetime import date, tzinfo

from msgspec import Struct

from core.ports import Reading
from core.shop import Shop
from core.values.moment import local_time
from ui.text import tr


class Here(Struct, frozen=True):
    """What the header says of the place, and the zone that its clock runs in.

    `sells`: whether it is a till at all; `counts`: whose sales are counted here, where that is not
    all there are, else ""; at an office PC, until when they are known.
    """

    place: str
    zone: tzinfo
    business_on: date
    store: str
    sells: bool
    counts: str


def here(shop: Shop) -> Here:
    """Look where we are; a question for `work.ask`."""
    with shop.store.read() as reading:
        till, on = reading.till, shop.moment(reading).business_on
        link = reading.links.get()
        is_in_chain = link is not None and bool(link.chain_name)
        if till.till_no:
            words = tr("{store}·{till} 号台", store=till.store_name, till=till.till_no)
            counts = tr("只算这台的销售") if is_in_chain else ""
        else:
            words = tr("{store}·后台电脑", store=till.store_name)
            counts = _counted(reading, shop.clock.now_us(), is_in_chain=is_in_chain)
        if is_in_chain and _is_out(reading):
            counts = tr("总部停用了这台，{counts}", counts=counts)
    return Here(words, till.zone, on, till.store_name, bool(till.till_no), counts)


def _is_out(reading: Reading) -> bool:
    """Where there is no chain nothing of it is loaded."""
    from core.actions.put_out import is_put_out

    return is_put_out(reading)


def _counted(reading: Reading, now_us: int, *, is_in_chain: bool) -> str:
    """What an office PC counts; at a till nothing of it is loaded."""
    from core.actions.look_at_store_sales import store_sales_seen
    from ui.store_sales_words import counted_words

    seen = store_sales_seen(reading, now_us)
    if seen.heard_us is None and not is_in_chain:
        return tr("不收银，没有销售")
    return counted_words(seen)


def clock_words(now_us: int, zone: tzinfo) -> str:
    """The time to the minute, in the store's zone."""
    return f"{local_time(now_us, zone):%H:%M}"


def day_words(day: date) -> str:
    """A business date as one reads it: 2026 年 11 月 24 日."""
    return tr("{year} 年 {month} 月 {day} 日", year=day.year, month=day.month, day=day.day)
