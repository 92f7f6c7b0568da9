"""登录: who stands at the till."""

from __future__ import annotations

from core.actions.prove import prove
from core.shop import Shop
from core.trust.staff import Staff


def login(shop: Shop, pin: str, *, name: str | None = None) -> Staff:
    """The person with this PIN; raises WrongPin, PinWait, or NameNeeded where several work here."""
    return prove(shop, pin, name=name, done="logged_in", failed="login_failed")
