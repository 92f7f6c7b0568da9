"""What a server says of members, made by hand, and a till that hears it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from core.actions.take_members import look_ahead, read_told, take_members
from core.shop import Shop
from core.sync.directory import LotHeld, MemberTold, Person, check_of
from core.sync.feed import Change
from tests.builders import file_of

ALL_READ = 10**6


def told(
    member_id: UUID,
    lots: Sequence[LotHeld] = (),
    *,
    owes: int = 0,
    through: int = 10**6,
    **more: Any,
) -> MemberTold:
    """A member with these lots, or a debt, of whom all events of the till are read."""
    available = sum(lot.left for lot in lots) - owes
    check = check_of(available, 0, 0, lots)
    said = MemberTold(member_id, "某*", "", through, check, available=available, lots=tuple(lots))
    return replace(said, **more)


def person_of(shop: Shop, card: str, **more: Any) -> Person:
    """The person that a till knows by this card, as the server would tell of them."""
    member = file_of(shop, card).member
    return replace(Person(member.name, member.phone or "", member.card_no), **more)


def encoded(said: MemberTold) -> Raw:
    """As it stands in a page."""
    return Raw(msgspec.json.encode(said))


def hear(shop: Shop, *said: MemberTold) -> list[Any]:
    """A page that holds these, as it travels; what came of each."""
    again = [read_told(Change("member", e.id.hex, encoded(e))) for e in said]
    with shop.store.read() as reading:
        incarnation = reading.till.incarnation
    ahead = look_ahead(shop, incarnation, again)
    with shop.store.write() as tx:
        return list(take_members(shop, tx, shop.moment(tx), again, ahead))


def lots_told(shop: Shop, member_id: UUID) -> dict[UUID, int]:
    """What is left of each lot of a member, by what the chain calls it."""
    left: dict[UUID, int] = {}
    with shop.store.read() as reading:
        for lot in reading.ledger.lots(member_id):
            left[lot.told_id] = left.get(lot.told_id, 0) + lot.left
    return left
