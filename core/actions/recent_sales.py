"""最近的单: what was sold last, for whoever brings something back or wants its paper again."""

from __future__ import annotations

from uuid import UUID

from core.actions.allow import allow
from core.errors import BadPhone
from core.members.phone import parse_phone
from core.ports import Reading
from core.sales.void import SoldRow
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

MOST_SHOWN = 200


def recent_sales(shop: Shop, *, staff: Staff, whose: str = "") -> tuple[SoldRow, ...]:
    """最近的单: what was sold last, newest first; of one member where `whose` is card or phone.

    Raises NotAllowed. Nothing for a card or a phone that is nobody's.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        if not whose:
            return reading.returns.recent(limit=MOST_SHOWN)
        found: list[SoldRow] = []
        for member_id in _members(reading, whose.strip()):
            found += reading.returns.recent(limit=MOST_SHOWN, member_id=member_id)
        return tuple(sorted(found, key=lambda row: row.at_us, reverse=True)[:MOST_SHOWN])


def _members(reading: Reading, text: str) -> list[UUID]:
    member = reading.members.by_card(text)
    if member is not None:
        return [member.id]
    try:
        return [each.id for each in reading.members.by_phone(parse_phone(text))]
    except BadPhone:
        return []
