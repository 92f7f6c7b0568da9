"""别店会员, without a screen: the chain is asked of who comes from another store, at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from core.actions.ask_members import ask_member, ask_visitor, look_in_full
from core.actions.counter import Counter, reprice
from core.actions.scan import scan
from core.actions.visitors import serve_now
from core.errors import NoSuchMember, NotInChain, Unavailable, UnknownCode
from core.members.member import Member
from core.ports.central import Central
from core.pricing.basket import Basket
from core.shop import Shop
from ui.console.desk import Desk, errand

T = TypeVar("T")


def scanned(desk: Desk, basket: Basket, code: str, kind: str) -> Counter:
    """What a scan comes to; what is nothing here may be a card or a phone of the chain.

    Without a line what is here counts.
    """
    try:
        counter = scan(desk.shop, basket, code, staff=desk.who(), kind=kind)
    except UnknownCode:
        found = None if kind else _found(desk, code)
        if found is None:
            raise
        return serve_now(desk.shop, basket, found)
    file = counter.file
    is_come = file is not None and basket.member_id != file.member.id
    if file is None or not is_come or not file.member.is_visitor:
        return counter
    member_id = file.member.id
    with suppress(Unavailable, NotInChain, NoSuchMember):
        _ask(desk, lambda shop, line, token: ask_member(shop, line, token, member_id))
        return reprice(desk.shop, counter.basket)
    return counter


def seen_in_full(desk: Desk, member: Member) -> Member:
    """The person behind a visitor, whom somebody may see; whoever is a member here is known."""
    if not member.is_visitor:
        return member
    return _ask(desk, lambda shop, line, token: look_in_full(shop, line, token, member))


def _found(desk: Desk, code: str) -> UUID | None:
    with suppress(Unavailable, NotInChain):
        return _ask(desk, lambda shop, line, token: ask_visitor(shop, line, token, code))
    return None


def _ask(desk: Desk, do: Callable[[Shop, Central, str], T]) -> T:
    return errand(desk, do, is_brief=True)
