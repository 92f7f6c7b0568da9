"""预热: what only the first customer would wait for, done while nobody waits."""

from __future__ import annotations

from core.members.birthday import birthday_in_days
from core.members.member import Birthday
from core.members.tiers import window_start
from core.shop import Shop

_NOBODY = "0"
_LUNAR_NEW_YEAR = Birthday(month=1, day=1, is_lunar=True)


def warm_up(shop: Shop) -> None:
    """Look for a card that is nobody's, and for a day of this year's lunar calendar.

    Afterwards the rulebook, the statements, the rooms of the store that a sale enters and the
    calendar are at hand (speed.md, 2).
    """
    with shop.store.read() as reading:
        today = shop.moment(reading).business_on
        rulebook = reading.rulebooks.current()
        reading.members.file_by_card(_NOBODY, spend_since=window_start(rulebook.scheme, today))
        reading.products.by_code(_NOBODY)
        reading.suggest(_NOBODY)
        reading.baskets.held()
        reading.escrows.line()
        reading.shifts.open_one()
    birthday_in_days(_LUNAR_NEW_YEAR, today)
