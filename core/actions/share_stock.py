"""兑换品库存 of a store: what its tills have put on a shelf together, less what they took off.

Each till tells what it did itself, in all; what the others did is told to it. So what it shows is
what is confirmed and what it has done since, whether that was sent or not.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec import Struct

from core.ports import Writing
from core.ports.feed import Asking
from core.ports.office import OfficeReading
from core.shop import Shop
from core.sync.feed import Change
from core.sync.together import StockSaid
from core.values.moment import Moment


def stock_for_tills(
    reading: OfficeReading, asking: Asking, codes: Collection[str], _now_us: int
) -> dict[str, Struct]:
    """What the others of the till's store have on these shelves."""
    place = (asking.store_code, asking.till_id)
    return {code: StockSaid(reading.shelves.others(code, *place)) for code in codes}


def read_stock(change: Change) -> StockSaid:
    """The value of the topic `stock`."""
    return msgspec.json.decode(change.value, type=StockSaid)


def take_stock(shop: Shop, tx: Writing, moment: Moment, code: str, said: StockSaid) -> bool:
    """It counts from now on, also where this till never counted the shelf itself."""
    before = tx.redemptions.stock().get(code)
    tx.redemptions.set_elsewhere(code, said.units)
    return tx.redemptions.stock().get(code) != before
