"""地址: what the server does for what is said at each of its places, as its routes do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from core.actions import claim_code, hold_together, take_back_elsewhere
from core.actions.look_up import find_by_key, look_up
from core.actions.tell_sales import DeedsAsked, deeds_of_till, lives_of_store
from core.actions.tell_tills import tills_beside
from core.shop import HeadOffice


def said_at(place: str) -> Callable[[HeadOffice, str, Any], Any]:
    """What the route of this place does."""
    if place.startswith("sales/"):
        return lambda office, token, _: take_back_elsewhere.find_sale(office, token, place[6:])
    if place.startswith("members"):
        return lambda office, token, _: _members_at(office, token, place)
    if place.startswith("store/sales?"):
        return lambda office, token, _: deeds_of_till(office, token, _deeds_asked(place))
    return _PLACES[place]


def _members_at(office: HeadOffice, token: str, place: str) -> Any:
    if place.startswith("members?"):
        return find_by_key(office, token, bytes.fromhex(place.partition("=")[2]))
    ident, _, more = place.removeprefix("members/").partition("?")
    return look_up(office, token, UUID(ident), in_full=more == "full=1")[1]


def _deeds_asked(place: str) -> DeedsAsked:
    told = dict(parse_qsl(place.partition("?")[2]))
    numbers = (int(told.get(name, "0")) for name in ("incarnation", "after", "before"))
    return DeedsAsked(UUID(told["till"]), *numbers)


_PLACES: dict[str, Callable[[HeadOffice, str, Any], Any]] = {
    "returns/claim": take_back_elsewhere.claim,
    "returns/void": take_back_elsewhere.give_up,
    "coupons/claim": claim_code.claim,
    "coupons/void": claim_code.give_up,
    "held": hold_together.share,
    "held/take": hold_together.take,
    "tills": lambda office, token, _: tills_beside(office, token),
    "store/tills": lambda office, token, _: lives_of_store(office, token),
}
