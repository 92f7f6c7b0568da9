"""登录 · 锁屏: who stands at the till, and when nobody does."""

from __future__ import annotations

from core.actions.prove import prove
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff


def login(shop: Shop, pin: str, *, name: str | None = None, right: Right | None = None) -> Staff:
    """The person with this PIN, who has a right where one is asked for.

    Raises WrongPin, PinWait, NotAllowed, or NameNeeded where several could be meant.
    """
    return prove(shop, pin, name=name, right=right, done="logged_in", failed="login_failed")


def lock(shop: Shop, *, staff: Staff, by_itself: bool = False) -> None:
    """锁屏: the person goes away, or has not touched the till for a while; the basket stays."""
    with shop.store.write() as tx:
        detail = "by itself" if by_itself else ""
        at_us = shop.clock.now_us()
        tx.audit.note("locked", at_us=at_us, staff_no=staff.no, detail=detail)


def logout(shop: Shop, *, staff: Staff) -> None:
    """退出: nobody stands at the till any more."""
    with shop.store.write() as tx:
        tx.audit.note("logged_out", at_us=shop.clock.now_us(), staff_no=staff.no)
